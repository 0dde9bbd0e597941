"""What search knows beyond the entries: synonyms, questions that people ask, phrases of danger, diagnosis codes."""

from django.core.exceptions import ValidationError
from django.db import models

from therapies.domain.codes import ICD10, ICD11
from therapies.models.base import Entry
from therapies.models.fields import CuratorsNote, Lines
from therapies.models.therapy import Therapy
from therapies.models.vocabulary import Condition, LookAlike

LANGUAGES = {"en": "English", "es": "Spanish"}


class SearchSynonym(Entry):
    """A word or short form that people type, and what it means here."""

    KINDS = {
        "everyday": "Everyday words for an entry",
        "shorthand": "Clinicians' shorthand for an entry",
        "clinical": "Clinical names, old and new, and MeSH terms",
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
    note = CuratorsNote(
        blank=True, help_text="For what is no talking therapy, and for words of letters: one line on what it is."
    )

    def __str__(self) -> str:
        return self.term


class SearchIntent(Entry):
    """What people ask for without naming it, such as “only a few sessions”, and the page of this site that answers."""

    title = models.CharField(
        max_length=60, help_text="What the page has, in readers' words, such as “Therapies in only a few sessions”."
    )
    line = models.TextField(help_text="One plain sentence on what the page shows.")
    leads_to = models.CharField(
        max_length=400, help_text="The path of the page with its query, such as /therapies/?length=brief&sort=sessions."
    )
    phrases = Lines(
        blank=False, help_text="What people type or ask that this page answers, one a line, Spanish too; 15 or more."
    )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """It has no page of its own."""
        return self.leads_to

    def clean(self) -> None:
        from therapies.models import addresses  # which knows every kind, this one too

        super().clean()
        fault = addresses.fault(self.leads_to, self.slug, addresses.working_copy) if self.leads_to else ""
        if fault:
            raise ValidationError({"leads_to": fault})


class DangerPhrase(Entry):
    """Words that signal danger, so that help shows above the results; or words that only sound like it.

    Set phrases are looked for as they are. Whole sentences are looked for nowhere: what is learned from them is in
    `search/danger_model.npz`, and a new one counts from the next `make search-calibrate` on.
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
    is_sentence = models.BooleanField(
        "whole sentence",
        default=False,
        help_text="An example to learn from of how people say it, such as “he put his hands round my neck last night”. "
        "Search does not look for its words.",
    )
    reason = models.TextField(help_text="Why it stands in the list, in one sentence.")

    def __str__(self) -> str:
        return self.phrase


class CodeRange(Entry):
    """Diagnosis codes that begin alike, and the concern that holds them; the longest prefix that fits a code wins."""

    SYSTEMS = {ICD10: "ICD-10-CM", ICD11: "ICD-11"}
    RELATIONS = {
        "exact": "The code is this concern",
        "narrower": "The code is a part of this concern",
        "broader": "The code holds more than this concern",
        "related": "The concern is near to the code",
        "none": "We have no page for it",
    }
    system = models.CharField(max_length=10, choices=list(SYSTEMS.items()))
    prefix = models.CharField(
        max_length=10,
        help_text="What the codes begin with, such as F41 or F41.1. A ? stands for any character, as in T36.??2.",
    )
    condition = models.ForeignKey(Condition, models.PROTECT, null=True, blank=True, related_name="code_ranges")
    relation = models.CharField(
        max_length=10, choices=list(RELATIONS.items()), help_text="For the code of the prefix itself."
    )
    second_condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="second_code_ranges"
    )
    danger = models.CharField(
        max_length=20,
        blank=True,
        choices=list(DangerPhrase.KINDS.items()),
        help_text="The kind of danger that such a code speaks of; the help panel then shows. Empty where the "
        "page of the concern is enough, as for abuse: it says when and where to get help.",
    )
    say = models.CharField(
        max_length=160,
        blank=True,
        help_text="In plain words, such as “a spell of depression”. Empty if the title is plain.",
    )
    note = CuratorsNote(blank=True, help_text="For curators, such as why this concern.")

    def __str__(self) -> str:
        return f"{self.SYSTEMS[self.system]} {self.prefix}"

    def clean(self) -> None:
        super().clean()
        if (self.relation == "none") != (self.condition is None):
            raise ValidationError(
                {"condition": "Name a concern, or choose that we have no page for it: one of the two."}
            )
