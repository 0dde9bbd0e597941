"""/evidence/: the whole field as grids of therapies by conditions, and the statements behind one cell."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from therapies.compare import columns
from therapies.domain.standing import MEANINGS, Label, Standing
from therapies.evidence import grid
from therapies.evidence.grid import Wanted
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue, resolve
from therapies.serving.render import page

LABELS = {
    "family": "Kind of therapy",
    "group": "Group of concerns",
    "age": "Age",
    "body": "Who says so",
}


def evidence(request: HttpRequest) -> HttpResponse:
    if request.GET.get("therapy") or request.GET.get("condition"):
        return cell(request)
    release = catalogue.release()
    wanted, messages = read(request.GET, options_of(grid.choices(release.number, release.digest)))
    view = "list" if request.GET.get("view") == "list" else "grid"
    context = {"body": body(release.number, release.digest, wanted, view), "messages": messages}
    return page(request, "therapies/evidence/grid.html", context, status=400 if messages else 200)


@lru_cache(maxsize=64)
def body(number: int, digest: str, wanted: Wanted, view: str) -> SafeString:
    """The choices and the grids, or the lists; kept for one release."""
    context = {
        "grids": grid.grids(number, digest, wanted),
        "fields": fields(options_of(grid.choices(number, digest)), wanted),
        "view": view,
        "grid_url": address(wanted),
        "list_url": address(wanted, view="list"),
        "key": [(Standing(label), grid.LETTERS[label]) for label in Label if label is not Label.USED],
        "narrowed": wanted != Wanted(),
    }
    return mark_safe(render_to_string("therapies/evidence/_body.html", context))


def options_of(choices: grid.Choices) -> dict[str, dict[str, str]]:
    return {"family": choices.family, "group": choices.group, "age": AGES, "body": choices.body}


def read(query: QueryDict, options: dict[str, dict[str, str]]) -> tuple[Wanted, list[str]]:
    """What to narrow the grid to, and a sentence for each value that is none of the choices."""
    messages: list[str] = []
    understood: dict[str, tuple[str, ...]] = {}
    for name, allowed in options.items():
        written = [value.strip()[:80] for value in query.getlist(name) if value.strip()]
        understood[name] = tuple(dict.fromkeys(value for value in written if value in allowed))
        messages += [
            f"“{value}” is none of the choices for {LABELS[name]}." for value in written if value not in allowed
        ]
    return Wanted(**understood), messages


def fields(options: dict[str, dict[str, str]], wanted: Wanted) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """For each select: its name, its label and its options with what is chosen."""
    return [
        (name, LABELS[name], [(value, text, value in getattr(wanted, name)) for value, text in allowed.items()])
        for name, allowed in options.items()
    ]


def address(wanted: Wanted, *, view: str = "") -> str:
    pairs = [(name, value) for name in LABELS for value in getattr(wanted, name)]
    pairs += [("view", view)] if view else []
    return reverse("evidence", query=pairs)


def cell(request: HttpRequest) -> HttpResponse:
    """The statements behind one cell; a clear sentence where the pair is not understood."""
    therapy, condition, messages = _pair(request.GET)
    if therapy is None or condition is None:
        return page(request, "therapies/evidence/cell.html", {"messages": messages}, status=404)
    release = catalogue.release()
    column = columns.columns(release.number, [therapy])[0]
    pk, name = catalogue.conditions().values_list("pk", "name").get(slug=condition)
    verdict, said = column.record.verdicts.get(pk), column.record.said.get(pk, ())
    context: dict[str, Any] = {
        "column": column,
        "condition": {"slug": condition, "name": name},
        "verdict": verdict,
        "current": [one for one in said if not one.superseded],
        "history": [one for one in said if one.superseded],
        "meanings": MEANINGS,
    }
    return page(request, "therapies/evidence/cell.html", context)


def _pair(query: QueryDict) -> tuple[str | None, str | None, list[str]]:
    found = {
        kind: resolve.resolve(kind, [query.get(name, "").strip()[:80]])[0]
        for kind, name in (("therapies", "therapy"), ("conditions", "condition"))
    }
    messages = [
        f"We did not understand “{name.written}”." if name.written else f"Name one of the {kind} too."
        for kind, name in found.items()
        if not name.slug
    ]
    return found["therapies"].slug, found["conditions"].slug, messages
