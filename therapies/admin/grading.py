"""Shows how hard a text is to read while it is written: a line under each text field, kept up to date by a script."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from therapies.models import Condition, Technique, Therapy
from therapies.rules import readability

MOST_TEXT = 20_000


def reading(text: str, names: readability.Names = readability.NO_NAMES) -> dict[str, Any]:
    """The number of words, the reading grade and the advice for the line under a text field."""
    count = len(readability.words(text))
    advice = readability.words_to_avoid(text)
    if readability.too_hard(text, names):
        advice.append("Shorter sentences and everyday words make it easier.")
    if count > readability.MAX_WORDS:
        advice.append(f"Most readers stop before {readability.MAX_WORDS} words.")
    return {"words": count, "grade": round(max(0.0, readability.grade(text, names)), 1), "advice": advice}


def in_words(measured: dict[str, Any]) -> str:
    """The line under a text field."""
    if not measured["words"]:
        return "Nothing written yet."
    words = f"{measured['words']} {'word' if measured['words'] == 1 else 'words'}"
    grade = f"{words}, reading grade {measured['grade']} (aim at {readability.MAX_GRADE:.0f} or less)."
    return " ".join([grade, *measured["advice"]])


class PlainTextarea(AdminTextareaWidget):
    """A text field with the line under it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = {"data-reading": name, "data-address": reverse("admin:reading")}
        field = super().render(name, value, {**(attrs or {}), **own}, renderer)
        line = in_words(reading(str(value or ""), names_set_aside()))
        html = '<div class="reading-box">{}<p class="reading" id="reading-{}" role="status">{}</p></div>'
        return format_html(html, field, name, line)

    class Media:
        js = ("therapies/admin/reading.js",)


def names_set_aside() -> readability.Names:
    """The names in the working copy, which are set aside when a text is graded."""
    names = [name for model in (Therapy, Condition, Technique) for name in model.objects.values_list("name", flat=True)]
    return readability.Names(names)


@require_POST
def grade(request: HttpRequest) -> JsonResponse:
    """The line for a text that is being written. Stores nothing."""
    measured = reading(request.POST.get("text", "")[:MOST_TEXT], names_set_aside())
    return JsonResponse({"line": in_words(measured), "hard": bool(measured["advice"])})
