"""Fragments of the comparison that are the same on many pages, made once a release and kept. Bounded."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from therapies.compare.choices import FamilyChoices
from therapies.compare.table import Sides, TableCell, TableRow
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, PooledEffect, Recommendation, Therapy
from therapies.serving.once import once_a_release
from therapies.serving.query import Link
from therapies.serving.render import fragment

register = template.Library()
LINKS_AT_ONCE = 8


@register.filter
def contents(cell: TableCell, kind: str) -> SafeString:
    """What stands in one cell of a comparison; `kind` is the row's."""
    if kind == "answer":
        return _answer(cell)
    return fragment("therapies/compare/_cell.html", {"cell": cell, "kind": kind})


def _answer(cell: TableCell) -> SafeString:
    """What answers the question, joined of what is kept: a comparison that is new has dozens of these cells."""
    parts = [cell.answer.html]
    if cell.shared or cell.own:
        parts.append(_links(cell.shared, cell.own))
    parts += map(pictured, cell.outcomes)
    if cell.missing:
        parts.append(_not_written(cell.missing))
    return mark_safe("".join(parts))


def _links(shared: Sequence[Link], own: Sequence[Link]) -> SafeString:
    first, rest = own[:LINKS_AT_ONCE], own[LINKS_AT_ONCE:]
    context = {"shared": _joined(shared), "own": _joined(first), "rest": _joined(rest), "more": len(rest)}
    return fragment("therapies/compare/_links.html", context)


def _joined(several: Sequence[Link]) -> SafeString:
    return mark_safe(", ".join(map(_link, several)))


# ── Kept ──


@once_a_release(most=2_000)
def _link(link: Link) -> SafeString:
    return fragment("therapies/compare/_link.html", {"link": link})


@once_a_release(most=100)
def _not_written(words: str) -> SafeString:
    return fragment("therapies/compare/_not_written.html", {"words": words})


@register.filter
@once_a_release(most=2_000)
def as_row(row: TableRow) -> SafeString:
    """The row as HTML: another concern, or only the differences, leaves most rows of the same therapies as they are."""
    return fragment("therapies/compare/_row.html", {"row": row})


@register.filter
def statement_on(row: Recommendation, therapy: Therapy) -> SafeString:
    return statement(row, row.therapy_id != therapy.pk)


@once_a_release(most=8_000)
def statement(row: Recommendation, is_form: bool = False) -> SafeString:
    """What one body says, briefly; `is_form` names the form of the therapy that it speaks of."""
    return fragment("therapies/components/_statement.html", {"statement": row, "size": "brief", "is_form": is_form})


@register.filter
def verdict_in_full(cell: TableCell) -> SafeString:
    return _in_full(cell.verdict, cell.sides)


@once_a_release(most=4_000)
def _in_full(verdict: Verdict | None, sides: Sides | None) -> SafeString:
    return fragment("therapies/compare/_standing.html", {"verdict": verdict, "sides": sides})


@register.filter
@once_a_release(most=4_000)
def briefly(verdict: Verdict | None) -> SafeString:
    return fragment("therapies/compare/_verdict_briefly.html", {"verdict": verdict})


@register.filter
@once_a_release(most=1_000)
def pictured(figure: Outcome | PooledEffect) -> SafeString:
    if isinstance(figure, PooledEffect):
        return fragment("therapies/components/_people_pooled.html", {"effect": figure, "had": "it"})
    return fragment("therapies/components/_people_100.html", {"outcome": figure})


@register.filter
@once_a_release()
def select(families: tuple[FamilyChoices, ...]) -> SafeString:
    """Every therapy of the catalogue to choose from, by family."""
    return fragment("therapies/compare/_select.html", {"families": families})


@register.filter
def options(concerns: Sequence[Condition], chosen: Condition | None) -> SafeString:
    return _options(tuple(concerns), chosen)


@once_a_release(most=64)
def _options(concerns: tuple[Condition, ...], chosen: Condition | None) -> SafeString:
    return fragment("therapies/compare/_options.html", {"concerns": concerns, "chosen": chosen})
