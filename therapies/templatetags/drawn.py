"""Symbols in the page, always beside the words they stand for.

`{% symbol "i-help" %}`, `{% symbol "w-group" "who" %}`; `{% mark standing %}`, also for what one guideline says.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from therapies.domain.standing import Label, Mark, Standing
from therapies.serving import people as hundred
from therapies.serving import symbols

register = template.Library()
OF_LABEL = {
    Label.RECOMMENDED: "s-rec",
    Label.OPTION: "s-opt",
    Label.SECOND: "s-second",
    Label.DIFFER: "s-diff",
    Label.HELPS: "s-res",
    Label.UNCLEAR: "s-unsure",
    Label.NO_BENEFIT: "s-nothing",
    Label.USED: "s-used",
    Label.HARM: "s-against",
    Label.AGAINST: "s-against",
}


@register.simple_tag
def symbol(name: str, css: str = "") -> SafeString:
    """A symbol by its name; `css` is its class, by default that of its kind: `mk` for a mark, `i` for the others."""
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true"><use href="#{}"/></svg>',
        css or ("mk" if name.startswith("s-") else "i"),
        symbols.view_box(name),
        name,
    )


@register.simple_tag
def mark(said: Standing | Mark | str) -> SafeString:
    """What is said, by its shape; hollow where the words are to be checked. A text is the slug of a label."""
    if isinstance(said, str):
        said = Mark(Label(said), is_checked=True)
    name = OF_LABEL[said.label]
    if not said.is_checked and f"{name}-hollow" in symbols.every():
        name += "-hollow"
    tone = " bad" if said.label in (Label.HARM, Label.AGAINST) else " mute" if said.label is Label.USED else ""
    return symbol(name, f"mk{tone}")


@register.simple_tag
def people(count: int, other: int | None = None) -> SafeString:
    """A hundred people of whom `count` are filled. Beside an `other` group, those beyond its number are marked."""
    return _drawn(hundred.without_it(count) if other is None else hundred.with_it(count, other))


@register.simple_tag
def people_between(low: int, high: int) -> SafeString:
    """A hundred people of whom `low` are filled, and those up to `high` in a lighter shade."""
    return _drawn(hundred.between(low, high))


def _drawn(placed: list[hundred.Placed]) -> SafeString:
    figures = format_html_join(
        "",
        '<use class="{}" href="#{}" x="{}" y="{}" width="{}" height="16"/>',
        ((one.css, one.name, one.x, one.y, one.width) for one in placed),
    )
    return format_html('<svg viewBox="0 0 120 178" aria-hidden="true">{}</svg>', figures)


register.filter("difference", hundred.difference)
