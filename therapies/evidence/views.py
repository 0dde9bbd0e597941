"""The whole field as grids of therapies by conditions (/evidence/), and the statements behind one cell."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Label, Standing
from therapies.evidence import grid, verdicts
from therapies.evidence.grid import Narrowing
from therapies.evidence.verdicts import Verdict
from therapies.models.vocabulary import AGE_WORDS
from therapies.serving import catalogue, concerns, resolve
from therapies.serving.concerns import ConcernNames
from therapies.serving.once import once_a_release
from therapies.serving.query import Link, NotUnderstood, OneOf, QueryForm, Words
from therapies.serving.render import page
from therapies.serving.resolve import ResolvedName

CELL = {"therapy": "therapies", "condition": "conditions"}  # the names of a cell's address, and what they name


class EvidenceForm(QueryForm):
    """How the grid is shown, or the two names of one cell of it."""

    view = OneOf(
        {"grid", "list"}, otherwise="grid", message="“{}” is no way to show the evidence. It can be grid or list."
    )
    therapy = Words()
    condition = ConcernNames()


def evidence(request: HttpRequest) -> HttpResponse:
    form = EvidenceForm(request.GET)
    if form.value("therapy") or form.value("condition"):
        return cell(request, form)
    narrowing, messages = grid.read(request.GET)
    messages += form.messages()
    context = {"body": body(narrowing, form.value("view")), "messages": messages}
    return page(request, "therapies/evidence/grid.html", context, status=400 if messages else 200)


@once_a_release(most=64)
def body(narrowing: Narrowing, view: str) -> SafeString:
    """The choices and the grids, or the lists."""
    address = reverse("evidence", query=narrowing.pairs())
    context = {
        "grids": grid.grids(narrowing),
        "fields": selects(narrowing),
        "view": view,
        "grid_url": address,
        "list_url": reverse("evidence", query=[*narrowing.pairs(), ("view", "list")]),
        "key": [(Standing(label), grid.LETTERS[label]) for label in Label if label is not Label.USED],
        "narrowed": narrowing != Narrowing(),
        "is_narrowed_within": narrowing != Narrowing(group=narrowing.group),
        "of_pair": f"{address}{'&' if '?' in address else '?'}",  # the address of one pair begins so
    }
    return mark_safe(render_to_string("therapies/evidence/_body.html", context))


def selects(narrowing: Narrowing) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """For each select: its name, its label and its options (value, text, chosen)."""
    return [
        (
            name,
            grid.LABELS[name],
            [(value, text, value in getattr(narrowing, name)) for value, text in known.items()],
        )
        for name, known in grid.choices().items()
    ]


def cell(request: HttpRequest, form: EvidenceForm) -> HttpResponse:
    """The statements behind one cell; what the names may mean if the pair is not understood."""
    narrowing, unread = grid.read(request.GET)
    named, asked = resolve.resolve("therapies", [form.value("therapy")])[0], concerns.read(form.value("condition"))
    pair = {"therapy": named.slug or named.written, "condition": asked.slug or "".join(form.value("condition")[:1])}
    problems = asked.problems(lambda slug: reverse("evidence", query=pair | {"condition": slug}))
    if named.written and not named.slug:
        problems.append(_unclear(named, lambda slug: reverse("evidence", query=pair | {"therapy": slug})))
    missing = [f"Name one of the {CELL[name]} too." for name, written in pair.items() if not written]
    messages = [*form.messages(), *asked.messages, *unread, *missing]
    context: dict[str, Any] = {"problems": problems, "messages": messages}
    if named.slug and asked.concern:
        therapy, condition = catalogue.therapies().get(slug=named.slug), asked.concern
        verdict = verdicts.of_pair(therapy, condition)
        context |= {"verdict": verdict, "therapy": therapy, "condition": condition}
        context |= _narrowed(verdict, narrowing)
    return page(request, "therapies/evidence/cell.html", context, status=400 if problems or messages else 200)


def _narrowed(verdict: Verdict, narrowing: Narrowing) -> dict[str, Any]:
    """What the chosen ages and bodies alone add up to, which is what the mark in the grid showed."""
    if not narrowing.age and not narrowing.body:
        return {}
    rows = [row for row in verdict.all_rows if not narrowing.body or row.spoken.body in narrowing.body]
    words = [*(AGE_WORDS[age] for age in narrowing.age), *narrowing.body]
    narrowed = verdicts.judge(verdict.therapy, verdict.condition, rows, used=False, ages=narrowing.age)
    return {"narrowed": narrowed, "narrowed_to": ", ".join(words)}


def _unclear(name: ResolvedName, url: Callable[[str], str]) -> NotUnderstood:
    """With a link to the same cell for each therapy that the name may mean."""
    slugs = name.slugs or resolve.suggestions("therapies", name.written)
    rows = catalogue.therapies().filter(slug__in=slugs).order_by("name").values_list("slug", "name")
    meanings = [Link(text, url(slug)) for slug, text in rows]
    return NotUnderstood("Therapy", name.written, meanings, ambiguous=bool(name.slugs))
