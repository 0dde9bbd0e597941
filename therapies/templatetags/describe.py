"""Template words for facts: `{{ therapy|fact:"sessions" }}`."""

from django import template

from therapies.models import Therapy
from therapies.models.base import bare_name, name_key
from therapies.models.evidence import Statement
from therapies.serving import describe

register = template.Library()
ALLOWED = {
    "ages",
    "delivery",
    "focus",
    "homework",
    "length",
    "participants",
    "sessions",
    "sessions_basis",
    "sessions_in_full",
    "settings",
    "stance",
    "structure",
}


@register.filter
def fact(therapy: Therapy, name: str) -> str:
    """One fact of the therapy in words; a name that is no fact is a mistake in the template."""
    if name not in ALLOWED:
        raise template.TemplateSyntaxError(f"“{name}” is not a fact of a therapy.")
    return str(getattr(describe, name)(therapy))


register.filter(describe.in_a_sentence)
register.filter(describe.age_names)
register.filter(describe.in_short)


@register.filter
def named_otherwise(row: Statement, therapy: Therapy | None) -> bool:
    """Whether the source calls the therapy something that a reader would not recognize from its name."""
    named = getattr(row, "named_as", "")
    if not named or therapy is None:
        return False
    known = {name_key(name) for name in (therapy.name, therapy.abbreviation, *therapy.aliases)}
    return name_key(bare_name(named)) not in known
