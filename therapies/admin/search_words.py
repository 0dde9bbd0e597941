"""The screens of the words, questions and codes that search understands."""

from django.contrib import admin

from therapies.admin.entries import EntryAdmin
from therapies.models.search_words import CodeRange, DangerPhrase, SearchIntent, SearchSynonym


@admin.register(SearchSynonym)
class SearchSynonymAdmin(EntryAdmin):
    list_display = ("term", "kind", "language", "note")
    list_filter = ("kind", "language")
    search_fields = ("term", "slug", "means")
    prepopulated_fields = {"slug": ("term",)}


@admin.register(SearchIntent)
class SearchIntentAdmin(EntryAdmin):
    list_display = ("title", "line", "leads_to")
    search_fields = ("title", "slug", "leads_to", "phrases")
    prepopulated_fields = {"slug": ("title",)}
    hints = {
        "leads_to": "Open the page, choose what you want on it, and copy the address from the first slash on. "
        "Questions that a learn page answers are phrases of that page.",
        "phrases": "Short and long, in the words of patients and of clinicians; none that another page answers.",
    }


@admin.register(DangerPhrase)
class DangerPhraseAdmin(EntryAdmin):
    list_display = ("phrase", "kind", "language", "figurative", "is_sentence")
    list_filter = ("kind", "language", "figurative", "is_sentence")
    search_fields = ("phrase", "slug")


@admin.register(CodeRange)
class CodeRangeAdmin(EntryAdmin):
    list_display = ("prefix", "system", "condition", "relation", "second_condition", "danger", "say")
    list_filter = ("system", "relation", "danger")
    list_select_related = ("condition", "second_condition")
    search_fields = ("prefix", "slug", "say", "condition__name")
    prepopulated_fields = {"slug": ("system", "prefix")}
