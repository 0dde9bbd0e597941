"""The whole field as grids of therapies by conditions (/evidence/), and the statements behind one cell."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Label, Standing
from therapies.evidence import grid, verdicts
from therapies.evidence.grid import Narrowing, StatementFilter
from therapies.models import KINDS
from therapies.serving import catalogue, resolve
from therapies.serving.once import once_a_release
from therapies.serving.query import QueryForm, Words
from therapies.serving.render import page


class CellForm(QueryForm):
    therapy = Words()
    condition = Words()


def evidence(request: HttpRequest) -> HttpResponse:
    if request.GET.get("therapy") or request.GET.get("condition"):
        return cell(request)
    narrowing, messages = grid.read(request.GET)
    view = "list" if request.GET.get("view") == "list" else "grid"
    context = {"body": body(narrowing, view), "messages": messages}
    return page(request, "therapies/evidence/grid.html", context, status=400 if messages else 200)


@once_a_release(most=64)
def body(narrowing: Narrowing, view: str) -> SafeString:
    """The choices and the grids, or the lists."""
    context = {
        "grids": grid.grids(narrowing),
        "fields": selects(narrowing),
        "view": view,
        "grid_url": reverse("evidence", query=narrowing.pairs()),
        "list_url": reverse("evidence", query=[*narrowing.pairs(), ("view", "list")]),
        "key": [(Standing(label), grid.LETTERS[label]) for label in Label if label is not Label.USED],
        "narrowed": narrowing != Narrowing(),
    }
    return mark_safe(render_to_string("therapies/evidence/_body.html", context))


def selects(narrowing: Narrowing) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """For each select: its name, its label and its options (value, text, chosen)."""
    return [
        (
            name,
            StatementFilter.base_filters[name].label,
            [(value, text, value in getattr(narrowing, name)) for value, text in known.items()],
        )
        for name, known in grid.choices().items()
    ]


def cell(request: HttpRequest) -> HttpResponse:
    """The statements behind one cell; a clear sentence if the pair is not understood."""
    form = CellForm(request.GET)
    names = {
        name: resolve.resolve(kind, [form.value(name)])[0]
        for name, kind in (("therapy", "therapies"), ("condition", "conditions"))
    }
    messages = [
        f"We did not understand “{name.written}”." if name.written else f"Name one of the {KINDS[kind].slug} too."
        for kind, name in zip(("therapies", "conditions"), names.values(), strict=True)
        if not name.slug
    ]
    if messages:
        return page(request, "therapies/evidence/cell.html", {"messages": messages}, status=404)
    return page(request, "therapies/evidence/cell.html", _behind(names["therapy"].slug, names["condition"].slug))


def _behind(therapy_slug: str | None, condition_slug: str | None) -> dict[str, Any]:
    therapy = catalogue.therapies().get(slug=therapy_slug)
    condition = catalogue.conditions().get(slug=condition_slug)
    verdict = verdicts.of_pair(therapy, condition)
    statements = verdict.statements
    return {
        "verdict": verdict,
        "therapy": therapy,
        "condition": condition,
        "current": [row for row in statements if not row.source.is_superseded],
        "history": [row for row in statements if row.source.is_superseded],
    }
