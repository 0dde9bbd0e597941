"""How hard a text is to read, said while it is written: beside each text field, and live for the script."""

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
    """Words, grade and advice, as the line under a field says them."""
    count = len(readability.words(text))
    advice = readability.words_to_avoid(text)
    if readability.too_hard(text, names):
        advice.append("Shorter sentences and everyday words make it easier.")
    if count > readability.MAX_WORDS:
        advice.append(f"Most readers stop before {readability.MAX_WORDS} words.")
    return {"words": count, "grade": round(max(0.0, readability.grade(text, names)), 1), "advice": advice}


def in_words(found: dict[str, Any]) -> str:
    if not found["words"]:
        return "Nothing written yet."
    words = f"{found['words']} {'word' if found['words'] == 1 else 'words'}"
    return " ".join(
        [f"{words}, reading grade {found['grade']} (aim at {readability.MAX_GRADE:.0f} or less).", *found["advice"]]
    )


class PlainTextarea(AdminTextareaWidget):
    """A text field with the line about its words; the script keeps the line up to date."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = {"data-reading": name, "data-address": reverse("admin:reading")}
        field = super().render(name, value, {**(attrs or {}), **own}, renderer)
        line = in_words(reading(str(value or ""), names_set_aside()))
        html = '<div class="reading-box">{}<p class="reading" id="reading-{}" role="status">{}</p></div>'
        return format_html(html, field, name, line)

    class Media:
        js = ("therapies/admin/reading.js",)


def names_set_aside() -> readability.Names:
    """Names of the working copy, which the grade sets aside."""
    names = [name for model in (Therapy, Condition, Technique) for name in model.objects.values_list("name", flat=True)]
    return readability.Names(names)


@require_POST
def grade(request: HttpRequest) -> JsonResponse:
    """The line for the text that is being written. Keeps nothing."""
    found = reading(request.POST.get("text", "")[:MOST_TEXT], names_set_aside())
    return JsonResponse({"line": in_words(found), "hard": bool(found["advice"])})
