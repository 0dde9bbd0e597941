"""The whole field as grids of therapies by conditions (/evidence/), and the statements behind one cell."""

from collections.abc import Mapping

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
from therapies.serving.query import Link, NotUnderstood, OneOf, QueryForm, Words
from therapies.serving.render import page
from therapies.serving.resolve import ResolvedName

CELL = {"therapy": "therapies", "condition": "conditions"}  # the names of a cell's address, and their kinds


class EvidenceForm(QueryForm):
    """How the grid is shown, or the two names of one cell of it."""

    view = OneOf({"grid", "list"}, otherwise="grid", message="“{}” is no way to show the evidence. Here is the grid.")
    therapy = Words()
    condition = Words()


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


def cell(request: HttpRequest, form: EvidenceForm) -> HttpResponse:
    """The statements behind one cell; what the names may mean if the pair is not understood."""
    named = {kind: form.value(name) for name, kind in CELL.items()}
    found = {kind: resolve.resolve(kind, [written])[0] for kind, written in named.items()}
    problems = [_unclear(kind, name, found) for kind, name in found.items() if name.written and not name.slug]
    missing = [f"Name one of the {kind} too." for kind, name in found.items() if not name.written]
    if problems or missing:
        context = {"problems": problems, "messages": missing}
        return page(request, "therapies/evidence/cell.html", context, status=400)
    therapy = catalogue.therapies().get(slug=found["therapies"].slug)
    condition = catalogue.conditions().get(slug=found["conditions"].slug)
    context = {"verdict": verdicts.of_pair(therapy, condition), "therapy": therapy, "condition": condition}
    return page(request, "therapies/evidence/cell.html", context)


def _unclear(kind: str, name: ResolvedName, found: Mapping[str, ResolvedName]) -> NotUnderstood:
    """With a link to the same cell for each thing that the name may mean."""
    slugs = name.slugs or resolve.suggestions(kind, name.written)
    rows = catalogue.entries(KINDS[kind]).filter(slug__in=slugs).order_by("name").values_list("slug", "name")
    other = {part: found[of].slug or found[of].written for part, of in CELL.items() if of != kind}
    part = next(part for part, of in CELL.items() if of == kind)
    meanings = [Link(text, reverse("evidence", query={part: slug, **other})) for slug, text in rows]
    return NotUnderstood(KINDS[kind].noun.capitalize(), name.written, meanings, ambiguous=bool(name.slugs))
