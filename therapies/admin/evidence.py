"""The screens of sources and of the statements and figures that rest on them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from therapies.admin.entries import EntryAdmin
from therapies.models import ConditionStatement, Outcome, PooledEffect, Recommendation, Source


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    list_display = ("short_title", "body_short", "year", "kind", "status", "superseded_by")
    list_filter = ("status", "kind", "url_is_official", "region")
    list_select_related = ("superseded_by",)
    search_fields = ("title", "body", "body_short", "slug", "identifier", "year")
    fieldsets = (
        ("The document", {"fields": ("body", "body_short", "title", "year", "kind", "region", "identifier", "slug")}),
        (
            "Where it is",
            {
                "fields": ("url", "url_is_official"),
                "description": "Give only the document's own address or DOI, never the link of a copy elsewhere.",
            },
        ),
        (
            "Is it still in force?",
            {
                "fields": ("status", "superseded_by", "status_basis", "rests_on", "gone_through_on", "note"),
                "description": "What a superseded or withdrawn document says, or a draft, does not count.",
            },
        ),
    )
    hints = {"body_short": "The short name beside a statement, such as “NICE”.", "status_basis": "How do you know?"}

    @admin.display(description="Title", ordering="title")
    def short_title(self, source: Source) -> str:
        return source.title if len(source.title) <= 90 else f"{source.title[:88]}…"


SAYS = (
    "What it says",
    {
        "fields": (
            "strength_as_issued",
            "stance",
            "finding_level",
            "line",
            "purpose",
            "severity",
            "fact",
            "locator",
        )
    },
)
CHECKED = (
    "Was it checked?",
    {
        "fields": ("basis", "read_url", "read_on", "raw_ref"),
        "description": "Until somebody has opened the document, readers see “to be checked against the document”.",
    },
)
STATEMENT_HINTS = {
    "fact": "Example: “NICE recommends it as a first choice for adults.”",
    "strength_as_issued": "Nothing of ours, such as “as reported” or “grade not read”.",
    "read_url": "The page where you read it. A page that a language model wrote is never a basis.",
    "population_note": "Who exactly it is about, if the ages do not say it all.",
    "raw_ref": "Its number in the first collection of statements.",
}


class StatementAdmin(EntryAdmin):
    """What the screens of the two kinds of statement share."""

    hints = STATEMENT_HINTS

    @admin.display(description="Source", ordering="source__body_short")
    def source_label(self, row: Recommendation | ConditionStatement) -> str:
        return row.source.label


@admin.register(Recommendation)
class RecommendationAdmin(StatementAdmin):
    list_display = ("therapy", "condition", "source_label", "stance", "line", "basis")
    list_display_links = ("therapy", "condition")
    list_filter = ("basis", "purpose", "stance", "source__status", "source__kind", "source__body_short")
    list_select_related = ("therapy", "condition", "source")
    search_fields = (
        "therapy__name",
        "therapy__abbreviation",
        "condition__name",
        "source__title",
        "source__body",
        "slug",
        "fact",
    )
    fieldsets = (
        (
            "Who says what about what",
            {
                "fields": (
                    "source",
                    "therapy",
                    "named_as",
                    "preferred",
                    "condition",
                    "ages",
                    "only_for",
                    "population_note",
                    "format_note",
                    "slug",
                )
            },
        ),
        SAYS,
        CHECKED,
    )


@admin.register(ConditionStatement)
class ConditionStatementAdmin(StatementAdmin):
    list_display = ("subject", "condition", "source_label", "about", "stance", "basis")
    list_filter = ("about", "basis", "stance", "source__status")
    list_select_related = ("condition", "source")
    search_fields = ("subject", "condition__name", "source__title", "slug", "fact")
    fieldsets = (
        (
            "Who says what about what",
            {"fields": ("source", "about", "subject", "condition", "ages", "population_note", "format_note", "slug")},
        ),
        SAYS,
        CHECKED,
    )


@admin.register(Outcome)
class OutcomeAdmin(EntryAdmin):
    list_display = ("measure", "therapy", "condition", "treated_per_100", "comparison_per_100", "basis")
    list_filter = ("basis",)
    list_select_related = ("therapy", "condition")
    search_fields = ("measure", "therapy__name", "condition__name", "slug")
    hints = {
        "treated_per_100": "How many of 100 people who had it got better.",
        "comparison_per_100": "How many of 100 in the other group got better.",
    }


@admin.register(PooledEffect)
class PooledEffectAdmin(EntryAdmin):
    """To look at and to export: nobody changes by hand what a command worked out."""

    list_display = ("slug", "comparison", "trials", "g", "treated_per_100", "comparison_per_100", "pooled_on")
    list_filter = ("comparison", "database")
    search_fields = ("therapy__name", "condition__name", "slug")
    fieldsets = (
        (
            "Pooled by the command",
            {
                "fields": ("therapy", "condition", "ages", "population", "comparison", "measure", "slug"),
                "description": "Worked out from open data by “manage.py pool_trials”. Nobody types these numbers in: "
                "docs/trials.md says how they are made and how to make them anew.",
            },
        ),
        ("What is behind it", {"fields": ("trials", "people", "low_risk_trials")}),
        (
            "How much better off",
            {
                "fields": (
                    ("g", "g_low", "g_high"),
                    ("predicted_low", "predicted_high"),
                    ("tau_squared", "i_squared", "asymmetry_p"),
                    ("low_risk_g", "low_risk_g_low", "low_risk_g_high"),
                    ("outliers", "trimmed_g", "trimmed_g_low", "trimmed_g_high"),
                )
            },
        ),
        (
            "People of 100",
            {
                "fields": (
                    ("counted_trials", "counted_people", "counted_by"),
                    ("treated_per_100", "treated_low", "treated_high"),
                    ("comparison_per_100", "comparison_low", "comparison_high"),
                )
            },
        ),
        (
            "Left before the end, of 100",
            {
                "fields": (
                    ("left_trials", "left_people"),
                    ("left_per_100", "left_low", "left_high"),
                    ("comparison_left_per_100", "comparison_left_low", "comparison_left_high"),
                )
            },
        ),
        ("Where from", {"fields": ("source", "database", "version", "last_search", "doi", "pooled_on")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return False
