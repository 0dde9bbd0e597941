"""The screen of a therapy: its name and card, then the twenty questions in the order in which readers meet them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Field
from django.http import HttpRequest

from therapies.admin.entries import EntryAdmin
from therapies.domain import questions
from therapies.domain.questions import QuestionGroup
from therapies.models import Therapy

Fieldset = tuple[str, dict[str, Any]]
BEFORE: tuple[Fieldset, ...] = (
    ("Its name", {"fields": ("name", "slug", "abbreviation", "aliases", "spanish", "family", "status")}),
    ("On the card", {"fields": ("summary",), "description": "What a reader sees first, in a list of many."}),
)
AFTER: tuple[Fieldset, ...] = (
    (
        "Where it comes from",
        {
            "fields": ("parents", "relation", "is_form_of_parent", "originators", "decade", "origin"),
            "classes": ("collapse",),
        },
    ),
    (
        "A warning, for a practice that is warned against",
        {"fields": ("who_warns", "look_instead"), "classes": ("collapse",)},
    ),
    (
        "What it rests on",
        {"fields": ("text_sources", "source_url", "seen", "seen_note", "mesh_id"), "classes": ("collapse",)},
    ),
)
TWO_SENTENCES = "Two to five short sentences. Talk to “you”."


def question_fieldsets() -> list[Fieldset]:
    """One part of the form for each group of questions that a curator answers, with the numbers of its questions."""
    numbers = {question.slug: number for number, question in questions.numbered()}
    return [_fieldset(group, numbers) for group in questions.GROUPS if list(_fields(group))]


def _fieldset(group: QuestionGroup, numbers: dict[str, int]) -> Fieldset:
    first, last = numbers[group.questions[0].slug], numbers[group.questions[-1].slug]
    return f"{group.title} (questions {first} to {last})", {"fields": tuple(_fields(group))}


def _fields(group: QuestionGroup) -> Iterator[str | tuple[str, ...]]:
    for question in group.questions:
        yield from question.fields
        yield from (text.field for text in question.texts)


def question_of(field: str) -> str:
    """The question that a text answers, with its number; empty for a field that answers none."""
    for number, question in questions.numbered():
        if field in [text.field for text in question.texts]:
            return f"Question {number}: {question.text}"
    return ""


@admin.register(Therapy)
class TherapyAdmin(EntryAdmin):
    list_display = ("name", "abbreviation", "family", "status", "has_words", "reviewed_on")
    list_filter = (
        "status",
        "family",
        "structure",
        "focus",
        "homework",
        "seen",
        ("reviewed_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("family",)
    search_fields = ("name", "abbreviation", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    checkboxes = ("participants", "delivery", "settings")
    hints = {
        "summary": "Example: “You learn to notice worry and to leave it alone.”",
        "idea": TWO_SENTENCES,
        "session": TWO_SENTENCES,
        "between_sessions": TWO_SENTENCES,
        "outcomes": "Example: “About 50 in 100 people got better. With usual care, 30 in 100.”",
        "good_points": "As long as the hard parts: good and hard get equal room.",
        "hard_parts": "As long as the good points.",
        "care": "And why?",
        "difference": "Name the other one.",
        "decade": "Such as 1960s.",
        "session_minutes": "One number or a range.",
        "frequency": "Such as “weekly”.",
        "sessions_min": "The smallest usual number in a source. Left empty, readers see “Not known”.",
        "sessions_max": "The largest usual number that a source gives.",
        "status": "A program is shown under its parent; what is warned against is in no list.",
    }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*BEFORE, *question_fieldsets(), *AFTER]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.help_text = " ".join(filter(None, [question_of(db_field.name), str(field.help_text)]))
        return field

    @admin.display(boolean=True, description="Has words")
    def has_words(self, therapy: Therapy) -> bool:
        return bool(therapy.summary and therapy.idea)
