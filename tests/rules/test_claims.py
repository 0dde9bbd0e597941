"""What texts say of bodies must follow from the rows."""

import pytest

from tests import builders
from therapies.rules.claims import claims_without_rows, sentences


def messages(text: str, *rows: builders.Row, **sources: str) -> list[str]:
    """What is wrong with this text on worry, where these rows are on file."""
    content = builders.catalogue(
        conditions=[builders.condition("worry", what_helps=text)],
        therapies=[builders.therapy(), builders.therapy("other-therapy")],
        sources=[builders.source(**sources), builders.source("study-2019", kind="study", body_short="NICE")],
        recommendations=list(rows),
    )
    return [problem.message for problem in claims_without_rows(content)]


@pytest.mark.parametrize(
    ("stance", "right", "wrong"),
    [
        ("recommended", "National Body recommends it.", "National Body lists it as an option."),
        ("option", "National Body lists it as an option.", "National Body recommends it."),
        ("option", "National Body says to consider it.", "National Body advises against it."),
        ("second-choice", "It is a second choice.", "It is recommended."),
        ("do-not", "National Body advises against it.", "National Body recommends it."),
        ("insufficient", "National Body could not decide on it.", "National Body recommends it."),
    ],
)
def test_a_claim_must_have_the_stance_that_is_on_file(stance: str, right: str, wrong: str) -> None:
    row = builders.recommendation(stance=stance)
    assert messages(f"{right}[^guideline-2020]", row) == []
    assert messages(f"{wrong}[^guideline-2020]", row)


def test_a_claim_about_one_therapy_is_held_against_that_therapy() -> None:
    rows = builders.recommendation(), builders.recommendation("row-2", therapy="other-therapy", stance="do-not")
    assert messages("It recommends worry therapy.[^guideline-2020]", *rows) == []
    assert messages("It recommends other therapy.[^guideline-2020]", *rows) == [
        "What is on file says otherwise of other-therapy: It recommends other therapy."
    ]


def test_a_first_choice_is_one_that_the_document_puts_first() -> None:
    assert messages("It is a first choice.[^guideline-2020]", builders.recommendation(line="first")) == []
    assert messages("It is a first choice.[^guideline-2020]", builders.recommendation(line="after-first"))


@pytest.mark.parametrize("status", ["superseded", "draft", "withdrawn"])
def test_a_document_out_of_force_is_only_cited_as_such(status: str) -> None:
    row = builders.recommendation()
    assert messages("It recommends it.[^guideline-2020]", row, status=status) == [
        f"“guideline-2020” is {status}, and this speaks of it as in force: It recommends it."
    ]
    assert messages("An earlier guideline recommended it.[^guideline-2020]", row, status=status) == []


def test_a_document_that_says_nothing_here_cannot_be_cited_for_it() -> None:
    assert messages("It recommends it.[^guideline-2020]") == [
        "Nothing of “guideline-2020” is on file here: It recommends it."
    ]


def test_nothing_is_on_file_only_where_nothing_is() -> None:
    assert messages("We found no guideline.") == []
    assert messages("We found no guideline.", builders.recommendation())
    assert messages("We found no guideline for children.", builders.recommendation()) == []
    assert messages("We found no guideline for children.", builders.recommendation(ages=["child"]))
    assert messages("We found no guideline.", builders.recommendation(), status="superseded") == []


def test_what_was_read_is_not_said_to_be_unchecked() -> None:
    text = "It recommends it (we still have to check this against the document).[^guideline-2020]"
    assert messages(text, builders.recommendation(basis="recalled")) == []
    assert messages(text, builders.recommendation()) == [
        "It was read, and this says that it is still to be checked: "
        "It recommends it (we still have to check this against the document)."
    ]


def test_what_a_body_holds_needs_its_document() -> None:
    assert messages("National Body recommends it.", body_short="National Body") == [
        "It says what a body holds and cites no document: National Body recommends it."
    ]


def test_a_figure_of_a_hundred_is_on_file() -> None:
    row = builders.recommendation(fact="42 of 100 got better.")
    assert messages("About 42 out of 100 people got better.", row) == []
    assert messages("About 60 out of 100 people got better.", row) == ["No figure of 60 in 100 is on file here."]


def test_the_marks_of_a_sentence_stand_behind_its_full_stop() -> None:
    assert sentences("One thing.[^a][^b] Another.[^c] A third.") == ["One thing.[^a][^b]", "Another.[^c]", "A third."]
