"""The screens of learn pages, the glossary, and crisis lines."""

from django.contrib import admin

from therapies.admin.entries import EntryAdmin
from therapies.models import CrisisLine, GlossaryTerm, Topic


@admin.register(Topic)
class TopicAdmin(EntryAdmin):
    list_display = ("title", "order", "reviewed_on")
    search_fields = ("title", "slug", "main_message")
    prepopulated_fields = {"slug": ("title",)}
    hints = {"main_message": "The one thing to take away, in one or two sentences."}


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(EntryAdmin):
    list_display = ("term", "meaning")
    search_fields = ("term", "slug", "meaning")
    prepopulated_fields = {"slug": ("term",)}


@admin.register(CrisisLine)
class CrisisLineAdmin(EntryAdmin):
    list_display = ("line_name", "country", "region", "about", "phone", "checked", "checked_on")
    list_filter = ("checked", "kind", "about", "country")
    search_fields = ("line_name", "country", "slug", "phone")
    date_hierarchy = None
    fieldsets = (
        ("The line", {"fields": ("line_name", "slug", "country", "iso2", "region", "kind", "about", "order")}),
        (
            "How to reach it",
            {
                "fields": ("emergency_number", "phone", "text", "chat_url", "url", "hours", "languages", "free"),
                "description": "Several numbers are parted by “or”: “116 123 or 0800 1110111”. What to press stands "
                "after “then”, the word to send before “to”, all else in brackets: “988 then press 1”, “HOME to "
                "741741”, “9151 1767 (WhatsApp)”. An emergency number that reaches one service says which: “117 "
                "(police)”.",
            },
        ),
        (
            "Is it right?",
            {
                "fields": ("checked", "checked_on", "seen", "source_date", "care_note"),
                "description": "Open the official page, compare every number, then tick “checked” and set the date. "
                "A line checked over 12 months ago stops the next release until somebody checks it again.",
            },
        ),
    )
