"""Words that search knows beyond the entries: synonyms, shorthand, phrases that signal danger or only sound so."""

from django.db import models

from therapies.models.base import Entry
from therapies.models.fields import Lines
from therapies.models.therapy import Therapy
from therapies.models.vocabulary import Condition, LookAlike

LANGUAGES = {"en": "English", "es": "Spanish"}


class SearchSynonym(Entry):
    """A word or short form that people type, and what it means here."""

    KINDS = {
        "everyday": "Everyday words for an entry",
        "shorthand": "Clinicians' shorthand for an entry",
        "words": "Other words for the same thing",
        "not-therapy": "Not a talking therapy",
        "letter": "Words of letters from a clinic",
    }
    term = models.CharField(max_length=120, help_text="What people type, such as “shrink” or “TRD”.")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    language = models.CharField(max_length=5, choices=list(LANGUAGES.items()), default="en")
    means = Lines(help_text="Words of the catalogue that say the same, one a line; search looks for them as well.")
    therapies = models.ManyToManyField(Therapy, blank=True, related_name="search_synonyms")
    conditions = models.ManyToManyField(Condition, blank=True, related_name="search_synonyms")
    look_alikes = models.ManyToManyField(LookAlike, blank=True, related_name="search_synonyms")
    note = models.TextField(
        blank=True, help_text="For what is no talking therapy, and for words of letters: one line on what it is."
    )

    def __str__(self) -> str:
        return self.term


class DangerPhrase(Entry):
    """Words that signal danger, so that help shows above the results; or words that only sound like it.

    The grammar in `danger.py` covers many more ways of saying the same; these rows are what it must get right.
    """

    KINDS = {
        "suicide": "Suicide",
        "self-harm": "Self-harm",
        "harm-to-others": "Harm to others",
        "abuse": "Abuse or violence",
        "emergency": "Emergency",
        "eating-emergency": "Eating emergency",
    }
    phrase = models.CharField(max_length=160, help_text="As people type it; small words and spelling may vary.")
    language = models.CharField(max_length=5, choices=list(LANGUAGES.items()), default="en")
    kind = models.CharField(
        max_length=20, choices=list(KINDS.items()), help_text="For a figurative phrase: what it could be taken for."
    )
    figurative = models.BooleanField(
        default=False, help_text="It only sounds like danger: help does not show for these words alone."
    )
    reason = models.TextField(help_text="Why it stands in the list, in one sentence.")

    def __str__(self) -> str:
        return self.phrase
