"""Template words for facts: `{{ therapy|fact:"sessions" }}`."""

from django import template

from therapies import facts
from therapies.models import Therapy

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
    return str(getattr(facts, name)(therapy))
