"""One optional question a page, safety first (/guide/). Answers live in the address alone; no page is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from therapies.guide.answers import GuideQuery, read
from therapies.guide.asking import question_page
from therapies.guide.ranking import guided
from therapies.search import engine
from therapies.serving.render import page
from therapies.site import help_now
from therapies.site.learn import for_teenagers


def guide(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET)
    status = 400 if asked.messages or asked.problems else 200
    template, context = _shown(asked)
    if "guided" in context:
        status = max(status, context["guided"].status)
    context |= {"asked": asked, "help": _help(asked)}
    response = page(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(asked: GuideQuery) -> tuple[str, dict[str, Any]]:
    """The template and what it shows."""
    if not asked.is_started:
        return "therapies/guide/safety.html", {"for_teenagers": for_teenagers()}
    if asked.question:
        return "therapies/guide/question.html", {"asking": question_page(asked, asked.question)}
    return "therapies/guide/list.html", {"guided": guided(asked)}


def _help(asked: GuideQuery) -> help_now.Panel | None:
    """The help panel, where what was typed as a concern speaks of danger."""
    danger = engine.search(" ".join(problem.written for problem in asked.problems)).danger
    return help_now.panel(None, danger.kinds) if danger else None
