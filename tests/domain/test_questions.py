"""The one list of questions: what follows it, and what is refused because it names what is not there."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies import checks
from therapies.domain import questions
from therapies.domain.questions import AnswerText, Question
from therapies.models import Therapy
from therapies.rules import release
from therapies.search.engine import search

WHERE_FROM = Question("lighthouse", "Which lighthouse does it come from?", (AnswerText("origin"),))
MANY = len(questions.questions())
ORIGIN = "It was first tried by lighthouse keepers."


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[Question], None]:
    """Adds one more question at the end of the list."""

    def added(question: Question) -> None:
        *groups, last = questions.GROUPS
        longer = replace(last, questions=(*last.questions, question))
        monkeypatch.setattr(questions, "GROUPS", (*groups, longer))

    return added


@pytest.fixture
def asked(ask: Callable[[Question], None], serve: Callable[..., Site]) -> Site:
    """A small catalogue that answers one more question, for one therapy of two."""
    ask(WHERE_FROM)
    return serve(builders.catalogue(therapies=[builders.therapy(origin=ORIGIN), builders.therapy("other-therapy")]))


# ── One more question reaches everything that follows the list ──


def test_it_is_the_last_and_has_the_next_number(asked: Site) -> None:
    assert list(questions.numbered())[MANY:] == [(MANY + 1, WHERE_FROM)]


def test_it_and_its_answer_are_on_the_page_of_a_therapy(asked: Site, client: Client) -> None:
    answer = get(client, "/therapies/worry-therapy/").partition('id="lighthouse"')[2].partition("</div>")[0]
    assert text(f"<div{answer}").endswith(f"{WHERE_FROM.text} {ORIGIN}")
    other = text(get(client, "/therapies/other-therapy/"))
    assert WHERE_FROM.text in other.partition("Not written yet:")[2]


def test_it_has_a_row_in_every_comparison(asked: Site, client: Client) -> None:
    row = get(client, "/compare/?t=worry-therapy&t=other-therapy").partition('id="row-lighthouse"')[2]
    words = text(f"<tr{row.partition('</tr>')[0]}")
    assert WHERE_FROM.text in words
    assert ORIGIN in words
    assert "Not written yet" in words


def test_its_field_is_in_the_curators_form_with_its_number(asked: Site) -> None:
    fieldsets: Any = admin.site.get_model_admin(Therapy).get_fieldsets(RequestFactory().get("/"))
    part = next(part for title, part in fieldsets if f"to {MANY + 1})" in title)
    assert part["fields"][-1] == "origin"


def test_the_rules_ask_therapies_of_the_lists_for_it(asked: Site) -> None:
    missing = {problem.slug: problem.message for problem in release.missing_answers(asked.content)}
    assert "origin" not in missing["worry-therapy"]
    assert "origin" in missing["other-therapy"]


def test_search_finds_a_therapy_by_the_words_of_its_answer(asked: Site) -> None:
    assert [hit.card.slug for hit in search("lighthouse keepers").hits] == ["worry-therapy"]


def test_it_passes_the_system_check(asked: Site) -> None:
    assert checks.questions_can_be_answered(None) == []


# ── What names nothing that there is, is refused by that name ──


@pytest.mark.parametrize(
    "part",
    [
        {"texts": (AnswerText("moonlight"),)},
        {"fields": ("moonlight",)},
        {"fields": (("ages", "moonlight"),)},
        {"facts": ("moonlight",)},
        {"notes": ("moonlight",)},
        {"links": "moonlight"},
    ],
    ids=lambda part: next(iter(part)),
)
def test_a_question_that_names_what_does_not_exist_is_refused_by_that_name(
    ask: Callable[[Question], None], part: dict[str, Any]
) -> None:
    ask(Question("night", "What happens at night?", **part))
    (problem,) = checks.questions_can_be_answered(None)
    assert "“night”" in problem.msg
    assert "“moonlight”" in problem.msg


def test_two_questions_of_one_name_are_refused_by_that_name(ask: Callable[[Question], None]) -> None:
    ask(Question("idea", "What is the idea, again?"))
    (problem,) = checks.questions_can_be_answered(None)
    assert "“idea”" in problem.msg


def test_a_text_that_no_question_claims_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    others = Therapy.NOT_ANSWERS
    monkeypatch.setattr(Therapy, "NOT_ANSWERS", ())
    messages = [problem.msg for problem in checks.questions_can_be_answered(None)]
    assert len(messages) == len(others)
    assert all(any(f"“{name}”" in message for message in messages) for name in others)


def test_several_texts_without_a_fragment_that_shows_them_are_refused_by_the_questions_name(
    ask: Callable[[Question], None],
) -> None:
    ask(Question("lighthouse", "Which lighthouse does it come from?", (AnswerText("origin"), AnswerText("care"))))
    (problem,) = checks.every_answer_is_shown(None)
    assert problem.id == "therapies.E003"
    assert "“lighthouse”" in problem.msg
    assert "entries/answers/_lighthouse.html" in str(problem.hint)


def test_a_fragment_that_leaves_a_text_out_is_refused_by_the_name_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_care(question: Question) -> Question:
        return replace(question, texts=(*question.texts, AnswerText("care"))) if question.texts else question

    asked = [with_care(question) for question in questions.questions() if question.slug in ("hard-parts", "nearest")]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    problems = checks.every_answer_is_shown(None)
    assert ["“care”" in problem.msg for problem in problems] == [True, True]


@pytest.mark.parametrize("part", [{"links": "participants"}, {}, {"notes": ("sessions",)}])
def test_a_question_that_its_page_would_not_answer_is_refused_by_its_name(
    ask: Callable[[Question], None], part: dict[str, Any]
) -> None:
    ask(Question("company", "Who comes along?", **part))
    (problem,) = checks.every_answer_is_shown(None)
    assert "“company”" in problem.msg


@pytest.mark.parametrize(
    "slug", ["idea", "good-points", "session", "between-sessions", "evidence", "outcomes", "nearest"]
)
def test_a_renamed_question_is_refused_by_the_name_that_others_still_call_it_by(
    monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    def renamed(question: Question) -> Question:
        halves = [replace(text, field="care") if text.slug == slug and text.title else text for text in question.texts]
        return replace(question, slug="moonlight" if question.slug == slug else question.slug, texts=tuple(halves))

    asked = [renamed(question) for question in questions.questions()]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    problems = checks.what_names_a_question_names_one_that_there_is(None)
    assert problems
    assert all(f"“{slug}”" in problem.msg for problem in problems)


# ── The list itself ──


def test_the_questions_are_numbered_in_the_order_of_their_groups() -> None:
    assert [number for number, _ in questions.numbered()] == list(range(1, MANY + 1))
    assert [question for group in questions.GROUPS for question in group.questions] == questions.questions()


def test_the_list_as_it_is_passes_the_system_checks() -> None:
    assert checks.questions_can_be_answered(None) == []
    assert checks.every_answer_is_shown(None) == []


def test_each_kind_of_therapy_owes_readers_its_texts() -> None:
    assert {"summary", "idea"} <= set(questions.owed(questions.PROGRAM)) < set(questions.owed(questions.LISTED))
    assert {"who_warns", "look_instead", "care"} <= set(questions.owed(questions.WARNING))


def test_search_reads_no_warnings_and_no_costs() -> None:
    assert not {"care", "cost_access", "hard_parts"} & set(questions.searched_fields())
