"""The screen of a therapy: the facts, then the twenty questions in the order in which readers meet them."""

from django.contrib import admin

from therapies.admin.entries import EntryAdmin
from therapies.models import Therapy

TWO_SENTENCES = "Two to five short sentences. Talk to “you”."


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
    fieldsets = (
        ("Its name", {"fields": ("name", "slug", "abbreviation", "aliases", "spanish", "family", "status")}),
        (
            "On the card",
            {"fields": ("summary",), "description": "What a reader sees first, in a list of many."},
        ),
        (
            "What it is (questions 1 to 5)",
            {"fields": ("idea", "commonly_used_for", "ages", "session", "between_sessions", "homework")},
        ),
        (
            "Sessions (question 6)",
            {
                "fields": (
                    ("sessions_min", "sessions_max"),
                    "sessions_basis",
                    "length",
                    ("session_minutes", "frequency"),
                ),
                "description": "Only numbers that a source gives. Leave a number empty where none is known: "
                "readers then see “Not known”.",
            },
        ),
        (
            "How it works (questions 7 to 11)",
            {"fields": ("participants", "delivery", "settings", "focus", "structure", "stance", "techniques")},
        ),
        (
            "Good points, hard points, care (questions 13 to 17)",
            {"fields": ("outcomes", "good_points", "hard_parts", "care", "not_helping", "with_medication")},
        ),
        (
            "Choosing it (questions 18 to 20)",
            {"fields": ("provided_by", "real_thing", "nearest", "difference", "nearest_fact", "cost_access")},
        ),
        (
            "Where it comes from",
            {
                "fields": ("parents", "relation", "is_form_of_parent", "originators", "decade", "origin"),
                "classes": ("collapse",),
            },
        ),
        (
            "A warning, for a practice that is warned against",
            {"fields": ("cautions", "who_warns", "look_instead"), "classes": ("collapse",)},
        ),
        (
            "What it rests on",
            {"fields": ("text_sources", "source_url", "seen", "seen_note", "mesh_id"), "classes": ("collapse",)},
        ),
    )
    hints = {
        "summary": "Example: “You learn to notice worry and to leave it alone.”",
        "idea": f"Question 1: what is the idea? {TWO_SENTENCES}",
        "session": f"Question 4: what happens in a session? {TWO_SENTENCES}",
        "between_sessions": f"Question 5: what will I be asked to do between sessions? {TWO_SENTENCES}",
        "outcomes": "Question 13. Example: “About 50 in 100 people got better. With usual care, 30 in 100.”",
        "good_points": "Question 14. As long as the hard parts: good and hard get equal room.",
        "hard_parts": "Question 14. As long as the good points.",
        "care": "Question 15: who should take care with it, and why?",
        "not_helping": "Question 16: what can be done or changed if it is not helping?",
        "with_medication": "Question 17: can it go with medication or other therapies?",
        "provided_by": "Question 18: who provides it, with what training?",
        "difference": "Question 19: how is it unlike the entry above? Name the other one.",
        "cost_access": "Question 20: what should a reader know about cost and access?",
        "decade": "Such as 1960s.",
        "session_minutes": "One number or a range.",
        "frequency": "Such as “weekly”.",
        "sessions_min": "The smallest usual number.",
        "sessions_max": "The largest usual number.",
        "status": "A program is shown under its parent; what is warned against is in no list.",
    }

    @admin.display(boolean=True, description="Has words")
    def has_words(self, therapy: Therapy) -> bool:
        return bool(therapy.summary and therapy.idea)
