"""The one list of questions: what follows it, and what is refused because it names what is not there."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
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
from therapies.entries.therapy import fragment_of
from therapies.models import Therapy
from therapies.rules import release
from therapies.search.engine import search
from therapies.serving.drawn_facts import PICTURES

WHERE_FROM = Question("lighthouse", "Which lighthouse does it come from?", (AnswerText("origin"),))
MANY = len(questions.questions())
PAGE_SOURCE = checks._source(checks.PAGE)
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


@pytest.mark.parametrize("shown", [questions.FOLDED, questions.FACT])
def test_one_that_facts_alone_answer_shows_them(
    ask: Callable[[Question], None], serve: Callable[..., Site], client: Client, shown: str
) -> None:
    ask(Question("mood", "Who sets the mood?", fields=("decade",), facts=("stance",), shown=shown))
    serve(builders.catalogue(therapies=[builders.therapy(stance="directive"), builders.therapy("other-therapy")]))
    assert checks.questions_can_be_answered(None) == checks.every_answer_is_shown(None) == []
    page = get(client, "/therapies/worry-therapy/").partition('id="mood"')[2]
    assert text(f"<p{page}").removeprefix(">").split("The therapist leads")[0].endswith("Who sets the mood? ")
    assert "Who sets the mood?" not in page.partition("Not written yet:")[2]


def test_a_question_in_other_words_is_asked_in_them_wherever_the_page_asks_it(
    monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Site], client: Client
) -> None:
    asked = [replace(question, text=f"{question.slug} in other words?") for question in questions.questions()]
    before = [question.text for question in questions.questions()]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    texts: dict[str, Any] = {text.field: f"A text on {text.field}." for question in asked for text in question.texts}
    serve(builders.catalogue(therapies=[builders.therapy(**texts | {"real_thing": ["Is it?"]}, stance="directive")]))
    page = unescape(get(client, "/therapies/worry-therapy/"))
    assert [question.slug for question in asked if question.text not in page] == []
    assert [words for words in before if words in page] == []


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


@pytest.mark.parametrize(
    "part",
    [{"links": "participants"}, {}, {"notes": ("sessions",)}, {"texts": (AnswerText("origin"),), "notes": ("places",)}],
)
def test_a_question_that_its_page_would_not_answer_is_refused_by_its_name(
    ask: Callable[[Question], None], part: dict[str, Any]
) -> None:
    ask(Question("company", "Who comes along?", **part))
    (problem,) = checks.every_answer_is_shown(None)
    assert "“company”" in problem.msg


@pytest.mark.parametrize(
    ("slug", "more", "missing"),
    [
        ("real-thing", {"facts": ("stance",)}, "stance"),
        ("session", {"facts": ("stance",)}, "stance"),
        ("care", {"notes": ("places",)}, "places"),
        ("nearest", {"links": "parents"}, "parents"),
    ],
)
def test_a_fragment_that_leaves_a_fact_a_note_or_links_out_is_refused(
    monkeypatch: pytest.MonkeyPatch, slug: str, more: dict[str, Any], missing: str
) -> None:
    asked = [replace(one, **more) for one in questions.questions() if one.slug == slug]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    (problem,) = checks.every_answer_is_shown(None)
    assert f"“{missing}”" in problem.msg


@pytest.mark.parametrize("slug", ["techniques", "length"])
def test_a_fragment_that_shows_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    monkeypatch.setattr(checks, "_source", lambda name: PAGE_SOURCE)
    assert any(f"question “{slug}”" in problem.msg for problem in checks.every_answer_is_shown(None))


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        ("has no fragment", {"slug": "lighthouse", "shown": questions.OPEN}),
        ("does not include", {"slug": "care", "shown": questions.OPEN}),
        ("names none", {"slug": "lighthouse", "shown": questions.FACT}),
    ],
)
def test_a_question_that_has_no_place_on_the_page_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, fault: str, part: dict[str, Any]
) -> None:
    asked = [Question(text="Which one?", texts=(AnswerText("care"),), **part)]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    (problem,) = checks.every_answer_is_shown(None)
    assert f"“{part['slug']}”" in problem.msg
    assert fault in problem.msg


@pytest.mark.parametrize(
    "question", [one for one in questions.questions() if len(one.texts) > 1], ids=lambda one: one.slug
)
def test_a_text_that_its_fragment_only_asks_for_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, question: Question
) -> None:
    source = str(checks._source(fragment_of(question)))
    for place, answer in enumerate(question.texts):
        names = rf"therapy\.{answer.field}\b" + (r"|answer\.text\b" if place == 0 else "")
        emptied = re.sub(rf"(\{{\{{ |in )(?:{names})", r"\1nothing", source)
        monkeypatch.setattr(checks, "_source", lambda name, emptied=emptied: f"{emptied} {PAGE_SOURCE}")
        (problem,) = [one for one in checks.every_answer_is_shown(None) if f"question “{question.slug}”" in one.msg]
        assert f"“{answer.field}”" in problem.msg


@pytest.mark.parametrize("question", questions.questions(), ids=lambda question: question.slug)
def test_a_renamed_question_is_still_on_the_page_or_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Site], client: Client, question: Question
) -> None:
    every = questions.questions()
    asked = [replace(one, slug="moonlight") if one is question else one for one in every]
    monkeypatch.setattr(questions, "questions", lambda: asked)
    if problems := checks.what_names_a_question_names_one_that_there_is(None):
        assert all(f"“{question.slug}”" in problem.msg for problem in problems)
        return
    serve(builders.catalogue(therapies=[builders.therapy()]))
    page = unescape(get(client, "/therapies/worry-therapy/"))
    assert 'id="moonlight"' in page
    assert question.text in page


@pytest.mark.parametrize(
    "slug",
    [
        "idea",
        "good-points",
        "session",
        "between-sessions",
        "evidence",
        "outcomes",
        "nearest",
        "length",
        "focus",
        "structure",
        "participants",
        "hard-parts",
    ],
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


def test_every_picture_is_of_a_field_that_a_fact_has() -> None:
    drawn = {name for one in questions.questions() if one.shown == questions.FACT for name in one.every_field}
    assert set(PICTURES) - drawn == set()


def test_each_kind_of_therapy_owes_readers_its_texts() -> None:
    assert {"summary", "idea"} <= set(questions.owed(questions.PROGRAM)) < set(questions.owed(questions.LISTED))
    assert {"who_warns", "look_instead", "care"} <= set(questions.owed(questions.WARNING))


def test_search_reads_no_warnings_and_no_costs() -> None:
    assert not {"care", "cost_access", "hard_parts"} & set(questions.searched_fields())
