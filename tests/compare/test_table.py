"""The table as data: what counts as different, what is shared, and the scale of the bars."""

from dataclasses import replace
from typing import Any

import pytest

from tests import builders
from therapies.compare import charts, choices, columns, table
from therapies.compare.columns import Answer, Link
from therapies.compare.table import Alike
from therapies.domain.questions import QUESTIONS


@pytest.fixture
def pair(site: Any) -> list[columns.Column]:
    return columns.columns(site.number, ["cognitive-behavioral-therapy", "acceptance-and-commitment-therapy"])


def test_the_same_answer_is_the_same() -> None:
    assert table.alike(["a", "a"]) is Alike.SAME


def test_what_is_not_known_for_one_is_never_called_different() -> None:
    assert table.alike(["a", None]) is Alike.UNKNOWN
    assert table.alike([None, None]) is Alike.UNKNOWN


def test_two_known_answers_can_differ_beside_an_unknown_one() -> None:
    assert table.alike(["a", "b", None]) is Alike.DIFFERENT


def test_lists_are_parted_into_what_is_shared_and_what_is_not(pair: list[columns.Column]) -> None:
    both, only = Link("Both", "/both/"), Link("Only", "/only/")
    first = replace(pair[0], answers=pair[0].answers | {"techniques": Answer(1, links=(both, only))})
    second = replace(pair[1], answers=pair[1].answers | {"techniques": Answer(2, links=(both,))})
    cells = table.answer_row("techniques", "Which?", 11, [first, second]).cells
    assert (cells[0].shared, cells[0].own, cells[1].own) == ([both], [only], [])


def test_bars_share_one_scale(pair: list[columns.Column]) -> None:
    short = replace(pair[0], sessions=(5, 10), open_ended=False)
    long = replace(pair[1], sessions=(20, 20), open_ended=False)
    first, second = charts.bars([short, long])
    assert first
    assert second
    assert (first.end, first.start, first.width) == (20, 50, 50)
    assert second.start + second.width == charts.BAR_WIDTH


def test_an_unknown_length_has_no_bar(pair: list[columns.Column]) -> None:
    assert charts.bars([replace(pair[0], sessions=None, open_ended=False)]) == [None]


def test_dots_are_a_hundred_together() -> None:
    dots = charts.dots(37)
    assert (dots.filled.count("h0"), dots.rest.count("h0")) == (37, 63)


def test_how_they_differ_is_the_entries_own_words(pair: list[columns.Column]) -> None:
    assert [unlike.column.short for unlike in table.unlike(pair)] == ["CBT", "ACT"]


def test_concerns_with_different_standings_come_first(pair: list[columns.Column]) -> None:
    shared = table.shared_concerns(pair, choices.concerns(-1, "any"))
    assert len(shared) > 1
    assert [row.differ for row in shared] == sorted((row.differ for row in shared), reverse=True)


def test_a_body_that_speaks_of_one_alone_is_no_difference_of_opinion(pair: list[columns.Column]) -> None:
    concern = next(one for one in choices.concerns(-1, "any") if one.slug == "generalized-anxiety")
    assert table.body_row("RANZCP", pair, concern).alike is Alike.PART


def test_where_guidelines_differ_it_says_who_is_for_and_who_against(serve: Any) -> None:
    rows = [builders.recommendation(), builders.recommendation("row-2", source="other-2021", stance="do-not")]
    other = builders.source("other-2021", body="Other Body")
    site = serve(builders.catalogue(therapies=[builders.therapy()], sources=[other], recommendations=rows))
    (column,) = columns.columns(site.number, ["worry-therapy"])
    (pk,) = column.record.verdicts
    concern = table.Concern(pk, "worry", "Worry", "Worry")
    question = QUESTIONS[11]
    cell = next(iter(table.evidence_rows(question, [column], concern))).cells[0]
    assert cell.sides == table.Sides(("National Body",), ("Other Body",))
