"""The labels of a bundle, and what becomes of one when a statement turns out right or wrong. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from therapies.domain.ledger import CountedDocument, CountedStatement, Ledger, evidence_ledger
from therapies.domain.standing import OTHER_PURPOSES, Standing, aside, derive
from therapies.domain.statements import Spoken, year_of
from therapies.models import ADVICE, Source
from therapies.models.evidence import SPOKEN, Basis
from therapies.models.vocabulary import AGE_WORDS, AGES
from therapies.releases.bundle import Bundle, Row

Pair = tuple[str, str]  # slugs of a therapy and a condition
Rule = Callable[[Iterable[Spoken]], Standing | None]


class BundleLabels:
    """What the rule reads of every recommendation of a bundle, by pair of therapy and condition."""

    def __init__(self, content: Bundle) -> None:
        self.sources: dict[str, Row] = {row["slug"]: row for row in content["sources"]}
        self.used = {(row["slug"], condition) for row in content["therapies"] for condition in row["commonly_used_for"]}
        self.therapies = {row["slug"]: row["abbreviation"] or row["name"] for row in content["therapies"]}
        self.conditions = {row["slug"]: row["name"] for row in content["conditions"]}
        self.spoken: defaultdict[Pair, dict[str, Spoken]] = defaultdict(dict)  # and by slug of the statement
        for row in content["recommendations"]:
            self.spoken[row["therapy"], row["condition"]][row["slug"]] = self._spoken(row)

    def _spoken(self, row: Row) -> Spoken:
        source, words = self.sources[row["source"]], (row[name] for name in SPOKEN)
        in_force = source["status"] in Source.IN_FORCE
        return Spoken(self.voice(source), source["kind"], year_of(source["year"]), in_force, tuple(row["ages"]), *words)

    def voice(self, source: Row) -> str:
        """The body that the rule hears: that of the guideline which the document was built on, if any."""
        return body_of(self.sources[source["rests_on"]] if source["rests_on"] else source)

    def standings(self) -> dict[Pair, Standing]:
        """The label of every pair that some document speaks of."""
        given = {pair: derive(rows.values(), used=False) for pair, rows in self.spoken.items()}
        return {pair: standing for pair, standing in given.items() if standing}

    def hanging_on(self, row: Row) -> str:
        """What becomes of the label of its pair if this recommendation is right, and if not; empty if nothing does.

        The label for everybody decides, and where that stays as it is, the labels for the ages it is about.
        """
        ages = ((), *((age,) for age in AGES if age in row["ages"]))
        return next(filter(None, (self._hanging_on(row, at) for at in ages)), "")

    def _hanging_on(self, row: Row, ages: tuple[str, ...]) -> str:
        pair = row["therapy"], row["condition"]
        at = "".join(f" ({AGE_WORDS[age]})" for age in ages)
        name = f"{self.therapies[row['therapy']]} for {self.conditions[row['condition']]}{at}"
        treatment = partial(derive, used=pair in self.used, ages=ages)
        rules: list[tuple[Rule, str]] = [(treatment, "")]
        for words, purposes in OTHER_PURPOSES.items():
            rules.append((partial(aside, purposes=purposes, ages=ages), f" ({words[0].lower()}{words[1:]})"))
        if row["only_for"]:
            rules.append((partial(aside, only_for=row["only_for"], ages=ages), f" (for {row['only_for']})"))
        return next(filter(None, (self._changes(row, rule, f"the label of {name}{aim}") for rule, aim in rules)), "")

    def _changes(self, row: Row, rule: Rule, label: str) -> str:
        spoken = self.spoken[row["therapy"], row["condition"]]
        rest = [other for slug, other in spoken.items() if slug != row["slug"]]
        read = spoken[row["slug"]]._replace(basis=Basis.READ.value)
        now = rule(spoken.values())
        if_right, if_wrong = becomes(now, rule([*rest, read])), becomes(now, rule(rest))
        sentences = []
        if if_right:
            sentences.append(f"If this is right, {label} {if_right}.")
        if if_wrong:
            sentences.append(f"If it is wrong, {'it' if if_right else label} {if_wrong}.")
        return " ".join(sentences)


def body_of(source: Row) -> str:
    return str(source["body_short"] or source["body"])


def becomes(now: Standing | None, then: Standing | None) -> str:
    """What happens to a label, as the end of a sentence; empty if it stays, checked or not as before."""
    if then is None:
        return "goes away" if now else ""
    if now is None or now.label is not then.label:
        return f"becomes “{then.name}”{'' if then.is_checked else ', still to be checked'}"
    if now.is_checked is then.is_checked:
        return ""
    return "becomes checked" if then.is_checked else "is to be checked again"


# ── The ledger of a bundle ──


def ledger_of(content: Bundle) -> Ledger:
    """How far the evidence of a bundle is checked; the page of a release counts its rows in the same way."""
    labels = BundleLabels(content)
    documents = {
        slug: CountedDocument(
            body_of(source),
            labels.voice(source),
            source["kind"] in Source.EDITIONS,
            bool(source["gone_through_on"]),
            source["status"] == "unknown",
        )
        for slug, source in labels.sources.items()
        if source["status"] in Source.IN_FORCE
    }
    statements = (
        CountedStatement(row["source"], row["basis"], row["condition"], row.get("therapy"))
        for kind in ADVICE
        for row in content[kind]
    )
    return evidence_ledger(statements, documents, labels.standings(), labels.conditions)
