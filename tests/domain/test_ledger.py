"""The ledger counts statements, editions and labels, by body and by condition."""

from collections.abc import Iterable

from therapies.domain.ledger import CountedDocument, CountedStatement, Ledger, Tally, evidence_ledger
from therapies.domain.standing import Label, Standing

CHECKED = Standing(Label.RECOMMENDED)
BY_NICE = Standing(Label.RECOMMENDED, would_say=("NICE",))
NICE = CountedDocument("NICE", "NICE")
SIGN = CountedDocument("SIGN", "NICE", is_complete=True)  # built on NICE's
STUDY = CountedDocument("A journal", "A journal", is_edition=False)
NAMES = {"worry": "Worry", "fear": "Fear"}


def count(*statements: CountedStatement, labels: dict[tuple[str, str], Standing] | None = None) -> Ledger:
    return evidence_ledger(statements, {"nice": NICE, "sign": SIGN, "study": STUDY}, labels or {}, NAMES)


def row(document: str, basis: str = "read", condition: str = "worry", therapy: str | None = "cbt") -> CountedStatement:
    return CountedStatement(document, basis, condition, therapy)


def labels_of(tallies: Iterable[Tally]) -> list[tuple[str, int, int]]:
    return [(tally.name, tally.labels, tally.to_check) for tally in tallies]


def test_statements_are_counted_by_how_it_is_known_what_they_say() -> None:
    counted = count(row("nice"), row("nice", "copy"), row("study", "recalled"), row("nice", "recalled", therapy=None))
    assert (counted.total.read, counted.total.copy, counted.total.recalled) == (1, 1, 2)
    assert counted.total.statements == 4


def test_what_a_document_says_that_is_not_in_force_is_not_counted() -> None:
    assert count(row("withdrawn")).total.statements == 0


def test_bodies_are_those_of_editions_even_if_nothing_of_theirs_is_on_file() -> None:
    counted = count(row("nice"), row("study"))
    assert counted.bodies == (Tally("NICE", read=1, editions=1), Tally("SIGN", editions=1, complete=1))
    assert counted.total.editions == 2


def test_a_condition_counts_every_document_that_speaks_of_it_and_the_editions_among_them() -> None:
    counted = count(row("nice"), row("study", condition="fear"), row("nice", "copy"))
    assert counted.conditions == (Tally("Fear", "fear", read=1), Tally("Worry", "worry", read=1, copy=1, editions=1))


def test_a_label_that_rests_on_recalled_words_counts_for_its_condition_and_the_body_that_would_say_it() -> None:
    rows = [row("nice", "recalled"), row("sign", "read"), row("nice", condition="fear")]
    counted = count(*rows, labels={("cbt", "worry"): BY_NICE, ("cbt", "fear"): CHECKED})
    assert (counted.total.labels, counted.total.to_check) == (2, 1)
    assert [(tally.name, tally.labels, tally.to_check) for tally in counted.conditions] == [
        ("Fear", 1, 0),
        ("Worry", 1, 1),
    ]
    assert [(tally.name, tally.labels, tally.to_check) for tally in counted.bodies] == [("NICE", 2, 1), ("SIGN", 1, 0)]


def test_a_document_built_on_anothers_is_heard_under_that_name() -> None:
    counted = count(row("sign", "recalled"), labels={("cbt", "worry"): BY_NICE})
    assert labels_of(counted.bodies) == [("NICE", 0, 0), ("SIGN", 1, 1)]
