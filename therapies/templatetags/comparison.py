"""Fragments of the comparison that are the same on many pages, made once a release and kept. Bounded."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from therapies.compare.choices import FamilyChoices
from therapies.compare.table import Sides, TableCell, TableRow
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, Recommendation, Therapy
from therapies.serving.once import once_a_release
from therapies.serving.query import Link
from therapies.serving.render import fragment

register = template.Library()
LINKS_AT_ONCE = 8
CHOOSE_A_CONCERN = mark_safe('<p class="soft">Choose a concern above to see what each guideline says.</p>')
SILENT = '<p class="soft">{}</p>'
MISSING = '<p class="not-written">{}</p>'


@register.filter
def contents(cell: TableCell, kind: str) -> SafeString:
    """What stands in one cell of a comparison; `kind` is the row's."""
    if kind == "concerns":
        return CHOOSE_A_CONCERN
    if kind == "verdict":
        return mark_safe(verdict_in_full(cell.verdict, cell.sides) + history(cell.statements, cell.column.therapy))
    if kind == "body":
        silent = format_html(SILENT, cell.silent) if cell.silent else ""
        return mark_safe("".join(statement_on(row, cell.column.therapy) for row in cell.statements) + silent)
    return _answer(cell)


def _answer(cell: TableCell) -> SafeString:
    answer, pictures = cell.answer, "".join(pictured(outcome) for outcome in cell.outcomes)
    html: str = answer.html
    if cell.bar:
        html = fragment(
            "therapies/compare/_answer.html", {"facts": answer.facts, "notes": answer.notes, "bar": cell.bar}
        )
    missing = format_html(MISSING, answer.missing) if answer.missing and not pictures else ""
    return mark_safe(f"{html}{links(cell.shared, cell.own)}{pictures}{missing}")


def history(rows: Sequence[Recommendation], therapy: Therapy) -> SafeString:
    if not rows:
        return SafeString()
    return fragment("therapies/compare/_history.html", {"rows": rows, "therapy": therapy})


def links(shared: Sequence[Link], own: Sequence[Link]) -> SafeString:
    if not shared and not own:
        return SafeString()
    first, rest = own[:LINKS_AT_ONCE], own[LINKS_AT_ONCE:]
    context = {"shared": _joined(shared), "own": _joined(first), "rest": _joined(rest), "more": len(rest)}
    return fragment("therapies/compare/_links.html", context)


def _joined(several: Sequence[Link]) -> SafeString:
    return format_html_join(", ", '<a href="{}">{}</a>', ((link.url, link.name) for link in several))


# ── Kept ──


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


@once_a_release(most=4_000)
def verdict_in_full(verdict: Verdict | None, sides: Sides | None = None) -> SafeString:
    return fragment("therapies/compare/_standing.html", {"verdict": verdict, "sides": sides})


@register.filter
@once_a_release(most=4_000)
def briefly(verdict: Verdict | None) -> SafeString:
    return fragment("therapies/compare/_verdict_briefly.html", {"verdict": verdict})


@register.filter
@once_a_release(most=1_000)
def pictured(outcome: Outcome) -> SafeString:
    return fragment("therapies/components/_people_100.html", {"outcome": outcome})


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
