"""The table as data: what counts as different, what is shared, and what leads."""

from typing import Any

import pytest
from django.utils.safestring import SafeString

from tests import builders
from therapies.compare import columns, table
from therapies.compare.columns import Column, ColumnAnswer
from therapies.compare.table import Alike, SaidOfOne, Table, TableRow
from therapies.domain import questions
from therapies.domain.questions import question_rows
from therapies.models import Therapy
from therapies.serving import concerns
from therapies.serving.query import Link

QUESTIONS = {question.slug: question for question in questions.questions()}


@pytest.fixture
def pair(site: Any) -> list[Column]:
    return columns.columns(["cognitive-behavioral-therapy", "acceptance-and-commitment-therapy"])


def column(answers: dict[str, ColumnAnswer] | None = None, **fields: Any) -> Column:
    """The column of a therapy that nobody has rated."""
    return Column(Therapy(**fields), answers or {}, {}, (), SafeString(), SafeString())


def test_the_same_answer_is_the_same() -> None:
    assert table.alike(["a", "a"]) is Alike.SAME


def test_what_is_not_known_for_one_is_never_called_different() -> None:
    assert table.alike(["a", None]) is Alike.UNKNOWN
    assert table.alike([None, None]) is Alike.UNKNOWN


def test_two_known_answers_can_differ_beside_an_unknown_one() -> None:
    assert table.alike(["a", "b", None]) is Alike.DIFFERENT


def test_lists_are_parted_into_what_is_shared_and_what_is_not() -> None:
    both, only = Link("Both", "/both/"), Link("Only", "/only/")
    first, second = (column({"techniques": ColumnAnswer(1, links=links)}) for links in ((both, only), (both,)))
    (row,) = question_rows(QUESTIONS["techniques"])
    cells = table.answer_row(row, [first, second]).cells
    assert (cells[0].shared, cells[0].own, cells[1].own) == ([both], [only], [])


def test_what_texts_alone_answer_differs_and_stays_folded(pair: list[Column]) -> None:
    rows = {row.slug: row for row in rows_of(table.table(pair, concerns.every()["generalized-anxiety"]))}
    assert (rows["idea"].differs, rows["idea"].is_open, rows["idea"].alike_words) == (True, False, "In words")
    assert (rows["length"].differs, rows["length"].is_open, rows["length"].alike_words) == (True, True, "Different")
    assert not any(row.is_open for row in rows.values() if row.kind == "body")


def test_what_matters_leads_in_a_group_of_its_own_and_stands_nowhere_else(pair: list[Column]) -> None:
    plain = table.table(pair, concerns.every()["generalized-anxiety"])
    sorted_ = table.table(pair, concerns.every()["generalized-anxiety"], first=["length", "evidence"])
    first, *others = sorted_.groups
    assert first.slug == table.MATTERS
    assert [row.slug for row in first.rows][:2] == ["length", "evidence"]
    assert {row.slug for row in first.rows[2:]} == {row.slug for row in rows_of(plain) if row.kind == "body"}
    assert sorted(row.slug for row in rows_of(sorted_)) == sorted(row.slug for row in rows_of(plain))
    assert [group.slug for group in others] == [group.slug for group in plain.groups]


def rows_of(made: Table) -> list[TableRow]:
    return [row for group in made.groups for row in group.rows]


def test_how_they_differ_is_the_entries_own_words(pair: list[Column]) -> None:
    assert [unlike.column.therapy.short_name for unlike in table.unlike(pair)] == ["CBT", "ACT"]


def test_concerns_with_different_standings_come_first(pair: list[Column]) -> None:
    shared = table.shared_concerns(pair, concerns.every().values())
    assert len(shared) > 1
    assert [row.differ for row in shared] == sorted((row.differ for row in shared), reverse=True)


def test_a_body_that_speaks_of_one_alone_is_no_difference_of_opinion(pair: list[Column]) -> None:
    worry = concerns.every()["generalized-anxiety"]
    said = [SaidOfOne(column, table.current(column, worry)) for column in pair]
    assert table.body_row("RANZCP", said, worry).alike is Alike.PART


def test_if_guidelines_differ_it_says_who_is_for_and_who_against(serve: Any) -> None:
    rows = [builders.recommendation(), builders.recommendation("row-2", source="other-2021", stance="do-not")]
    other = builders.source("other-2021", body="Other Body")
    serve(builders.catalogue(therapies=[builders.therapy()], sources=[other], recommendations=rows))
    found = columns.columns(["worry-therapy"])
    standing, *_ = table.evidence_rows(QUESTIONS["evidence"], found, concerns.every()["worry"])
    assert standing.cells[0].sides == table.Sides(("National Body",), ("Other Body",))


def test_a_question_with_two_titled_texts_is_two_rows() -> None:
    titles = [row.title for row in question_rows(QUESTIONS["hard-parts"])]
    assert titles == ["What may be good about it?", "What may be hard about it?"]


def test_only_rows_that_differ_are_left_and_the_others_are_named(pair: list[Column]) -> None:
    every, differing = table.table(pair), table.table(pair, only_differing=True)
    kept = {row.slug for group in differing.groups for row in group.rows}
    assert "focus" in {row.slug for row in differing.left_out}
    assert kept | {row.slug for row in differing.left_out} == {row.slug for group in every.groups for row in group.rows}
    assert (differing.differing, differing.alike) == (every.differing, every.alike)
