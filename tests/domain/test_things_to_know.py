"""What to know first of a concern: only what is in order is shown, and what is counted agrees with what is on file."""

import json

import pytest
from django.conf import settings

from therapies.domain import things_to_know
from therapies.domain.things_to_know import Thing, of_therapies

SHIPPED = json.loads((settings.FIXTURES_DIR / "conditions.json").read_text(encoding="utf-8"))
GOOD = "It passes. An attack ends by itself.\nIt comes back. Many people have another one.[^a-source]"


def test_the_first_sentence_of_a_line_is_its_heading() -> None:
    assert things_to_know.read(GOOD) == [
        Thing("It passes", "An attack ends by itself."),
        Thing("It comes back", "Many people have another one.[^a-source]"),
    ]
    assert things_to_know.read("") == []


@pytest.mark.parametrize(
    "text",
    [
        "It passes. An attack ends by itself.",
        "It passes.\nIt comes back. Often.",
        f"{'Too many words for a heading, far'}. An attack ends.\nIt comes back. Often.",
        f"It passes. {'word ' * (things_to_know.WORDS + 1)}.\nIt comes back. Often.",
    ],
)
def test_what_is_not_in_order_is_named_and_not_shown(text: str) -> None:
    assert things_to_know.faults(text)
    assert things_to_know.read(text) == []


def test_the_things_of_the_catalogue_are_in_order() -> None:
    found = {row["slug"]: things_to_know.faults(row["things_to_know"]) for row in SHIPPED}
    assert {slug: faults for slug, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("recommended", "options", "beside", "differing", "researched", "heading", "words"),
    [
        (["A", "B"], 0, 0, 0, 0, "More than one therapy can help", "Guidelines recommend two of those on file."),
        (["A", "B"], 12, 0, 0, 0, "More than one therapy can help", "12 more are listed as options."),
        (["A"], 1, 0, 0, 0, "One therapy is recommended", "A guideline recommends A. One more is listed as an option."),
        ([], 3, 0, 1, 1, "There are options to try", "Three are listed as options."),
        ([], 1, 0, 0, 1, "There are options to try", "One is listed as an option."),
        ([], 0, 1, 2, 1, "It goes with other treatment", "One is recommended beside other treatment."),
        ([], 0, 0, 2, 1, "Guidelines differ", "for a therapy"),
        ([], 0, 0, 0, 1, "Research has looked at some", "below"),
        ([], 0, 0, 0, 0, "Little is on file yet", "does not mean that nothing helps"),
    ],
)
def test_therapies_are_counted_in_words(
    recommended: list[str], options: int, beside: int, differing: int, researched: int, heading: str, words: str
) -> None:
    thing = of_therapies(recommended, options, beside, differing, researched)
    assert thing.heading == heading
    assert words in thing.words
