"""What pages share that answer what somebody typed: how it is read, the help panel, and that nothing of it is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from therapies.search.danger import MOST_CHARACTERS, Danger
from therapies.serving.query import QueryForm, Words
from therapies.serving.render import page
from therapies.site import help_now

PRIVATE = "private, no-store"


class TypedForm(QueryForm):
    """What somebody typed. A country in the address gives the help panel its numbers."""

    q = Words(longest=MOST_CHARACTERS)
    country = help_now.OneCountry()

    @property
    def text(self) -> str:
        return str(self.value("q"))


def private_page(
    request: HttpRequest,
    template: str,
    form: TypedForm,
    context: dict[str, Any],
    danger: Danger,
    *,
    spanish: bool = False,
) -> HttpResponse:
    """The page, with the help panel above it where the text signals danger."""
    kinds = (*danger.kinds, *help_now.poisoning(form.text))
    panel = help_now.panel(form.value("country"), kinds, spanish=spanish) if danger else None
    context |= {"messages": [*form.messages(), *context.get("messages", [])], "help": panel}
    understood = not context["messages"] and not context.get("problems")
    response = page(request, template, context, status=200 if understood else 400)
    response["Cache-Control"] = PRIVATE
    return response
