"""The screens of conditions, techniques, formats, families and the other words that describe therapies."""

from django.contrib import admin

from therapies.admin.entries import EntryAdmin
from therapies.models import AmbiguousTerm, Condition, ConditionGroup, Family, Format, LookAlike, Technique


@admin.register(Condition)
class ConditionAdmin(EntryAdmin):
    list_display = ("name", "plain_name", "group", "is_diagnosis", "is_delicate", "codes_seen", "reviewed_on")
    list_filter = ("group", "is_diagnosis", "is_delicate", "codes_seen", ("reviewed_on", admin.EmptyFieldListFilter))
    list_select_related = ("group",)
    search_fields = ("name", "plain_name", "slug", "aliases", "lay_names", "icd10cm_codes")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        ("Its name", {"fields": ("name", "plain_name", "slug", "group", "is_diagnosis", "is_delicate")}),
        (
            "What people read",
            {
                "fields": (
                    "summary",
                    "things_to_know",
                    "what_it_is",
                    "what_helps",
                    "untreated",
                    "get_help",
                    "children",
                    "text_sources",
                    "related",
                )
            },
        ),
        (
            "What people type",
            {
                "fields": ("phrases", "lay_names", "aliases", "abbreviations", "spanish"),
                "description": "Search finds all of these. Write one per line.",
            },
        ),
        (
            "Codes",
            {
                "fields": (
                    "icd10cm_codes",
                    "icd10cm_titles",
                    "icd11_codes",
                    "icd11_titles",
                    "mesh_term",
                    "mesh_id",
                    "codes_seen",
                    "how_verified",
                ),
                "classes": ("collapse",),
            },
        ),
        ("For curators", {"fields": ("note",), "classes": ("collapse",)}),
    )
    hints = {
        "what_it_is": "Never tell readers what they feel: “some people feel…”.",
        "what_helps": "Name the bodies that say so, each with a [^source] mark.",
        "untreated": "Only what a source says.",
        "get_help": "When to call somebody now, in plain steps. Link to /help-now/.",
        "note": "Not shown to readers.",
    }


@admin.register(Technique)
class TechniqueAdmin(EntryAdmin):
    list_display = ("name", "as_treatment", "seen", "reviewed_on")
    list_filter = ("seen",)
    list_select_related = ("as_treatment",)
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        ("Its name", {"fields": ("name", "slug", "aliases")}),
        ("What people read", {"fields": ("what_you_do", "example", "what_the_person_does", "as_treatment")}),
        ("What it rests on", {"fields": ("url", "seen")}),
    )
    hints = {
        "example": "A made-up, everyday situation in one to three sentences.",
        "what_the_person_does": "In one line; shown until the longer text above is written.",
        "seen": "Tick it if you have seen it in the source above.",
    }


@admin.register(Format)
class FormatAdmin(EntryAdmin):
    list_display = ("name", "kind", "seen", "reviewed_on")
    list_filter = ("kind", "seen")
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        ("Its name", {"fields": ("name", "slug", "kind", "aliases")}),
        ("What people read", {"fields": ("what_it_is", "good_points", "hard_points", "training", "plain_facts")}),
        ("What it rests on", {"fields": ("source_url", "seen", "note")}),
    )


@admin.register(Family)
class FamilyAdmin(EntryAdmin):
    list_display = ("name", "plain_name", "reviewed_on")
    search_fields = ("name", "plain_name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(ConditionGroup)
class ConditionGroupAdmin(EntryAdmin):
    list_display = ("name", "plain_name")
    search_fields = ("name", "plain_name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(LookAlike)
class LookAlikeAdmin(EntryAdmin):
    list_display = ("name", "see_instead", "reviewed_on")
    list_select_related = ("see_instead",)
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    hints = {"why_it_is_not_psychotherapy": "Matter-of-fact, without blame."}


@admin.register(AmbiguousTerm)
class AmbiguousTermAdmin(EntryAdmin):
    list_display = ("term", "kind", "note")
    list_filter = ("kind",)
    search_fields = ("term", "slug")
    prepopulated_fields = {"slug": ("term",)}
    hints = {"term": "Such as “CBT-E” or “PE”.", "therapies": "Every therapy it can mean."}
