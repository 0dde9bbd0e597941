"""Small parts of the comparison and the grids as HTML, made once and kept by their content. Bounded."""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from therapies.compare.charts import Bar, Pictured
from therapies.compare.choices import Choices
from therapies.compare.columns import Answer, Link
from therapies.compare.query import Shared
from therapies.compare.table import Cell, Concern, Row, Sides
from therapies.evidence.verdicts import Said, Verdict

register = template.Library()
SHOWN_AT_ONCE = 8


@register.filter
def contents(cell: Cell, kind: str) -> SafeString:
    """What stands in one cell of a comparison; `kind` is the row's."""
    if kind == "concerns":
        return mark_safe('<p class="soft">Choose a concern above to see what each body says.</p>')
    if kind == "verdict":
        return mark_safe(verdict(cell.verdict, cell.sides) + history(tuple(cell.said)))
    if kind == "body":
        silent = f'<p class="soft">{escape(cell.silent)}</p>' if cell.silent else ""
        return mark_safe("".join(said(one) for one in cell.said) + silent)
    pictures = "".join(people(picture) for picture in cell.pictures)
    return mark_safe(
        answer(cell.answer, cell.bar, bool(pictures)) + links(tuple(cell.shared), tuple(cell.own)) + pictures
    )


@register.filter
def as_row(row: Row) -> SafeString:
    """One row of the comparison. Without a template: a page has dozens, of up to four cells each."""
    mark = f'<span class="mark">{row.alike.words}</span>' if row.kind != "concerns" else ""
    says = " says" if row.kind == "body" else ""
    cells = "".join(
        f'<td role="cell" data-column="{place}"><span class="who" aria-hidden="true">{escape(cell.column.short)}</span>'
        f"{contents(cell, row.kind)}</td>"
        for place, cell in enumerate(row.cells, start=1)
    )
    return mark_safe(
        f'<tr role="row" class="{row.kind} {row.alike}" id="row-{row.slug}"><th role="rowheader" scope="row">'
        f'<span class="q">{escape(row.text)}{says}</span>{mark}</th>{cells}</tr>'
    )


@register.filter
def as_shared_row(shared: Shared) -> SafeString:
    """One concern that several are rated for, with the standing of each."""
    mark = '<span class="mark">Different</span>' if shared.row.differ else ""
    cells = "".join(f"<td>{verdict_briefly(given)}</td>" for given in shared.row.verdicts)
    name = escape(shared.row.concern.name)
    return mark_safe(f'<tr><th scope="row"><a href="{escape(shared.url)}">{name}</a>{mark}</th>{cells}</tr>')


@lru_cache(maxsize=8_000)
def answer(given: Answer, bar: Bar | None, pictured: bool) -> SafeString:
    return _made("compare/_answer", {"answer": given, "bar": bar, "pictured": pictured})


@lru_cache(maxsize=2_000)
def links(shared: tuple[Link, ...], own: tuple[Link, ...]) -> SafeString:
    if not shared and not own:
        return SafeString()
    first, rest = _joined(own[:SHOWN_AT_ONCE]), _joined(own[SHOWN_AT_ONCE:])
    return _made("compare/_links", {"shared": _joined(shared), "own": first, "rest": rest, "more": len(own[8:])})


def _joined(several: Sequence[Link]) -> SafeString:
    return mark_safe(", ".join(f'<a href="{link.url}">{escape(link.name)}</a>' for link in several))


@lru_cache(maxsize=4_000)
def verdict(given: Verdict | None, sides: Sides | None = None) -> SafeString:
    return _made("compare/_standing", {"verdict": given, "sides": sides})


@register.filter
@lru_cache(maxsize=4_000)
def verdict_briefly(given: Verdict | None) -> SafeString:
    return _made("compare/_verdict_briefly", {"verdict": given})


@register.filter
@lru_cache(maxsize=8_000)
def said(given: Said) -> SafeString:
    return _made("components/_said_briefly", {"said": given})


@lru_cache(maxsize=2_000)
def history(rows: tuple[Said, ...]) -> SafeString:
    return _made("compare/_history", {"rows": [said(row) for row in rows]}) if rows else SafeString()


@register.filter
@lru_cache(maxsize=1_000)
def people(picture: Pictured) -> SafeString:
    return _made("components/_people", {"picture": picture})


@register.filter
@lru_cache(maxsize=4)
def select(choices: tuple[Choices, ...]) -> SafeString:
    """Every therapy of the catalogue to choose from, by family."""
    return _made("compare/_select", {"choices": choices})


@register.filter
def options(concerns: Sequence[Concern], chosen: Concern | None) -> SafeString:
    return _options(tuple(concerns), chosen.slug if chosen else "")


@lru_cache(maxsize=64)
def _options(concerns: tuple[Concern, ...], chosen: str) -> SafeString:
    made = (
        f'<option value="{concern.slug}"{" selected" if concern.slug == chosen else ""}>{escape(concern.name)}</option>'
        for concern in concerns
    )
    return mark_safe("".join(made))


def _made(name: str, context: dict[str, object]) -> SafeString:
    return mark_safe(render_to_string(f"therapies/{name}.html", context).strip())
