"""A therapy: the entry that everything else describes. Its text fields are the twenty questions of every entry."""

from typing import Any, ClassVar

from django.db import models

from therapies.domain import frames
from therapies.models.base import Entry
from therapies.models.fields import CuratorsNote, FactLine, Lines, WebAddress
from therapies.models.vocabulary import AGES, Condition, Family, Format, Technique

LENGTHS = {
    "brief": "Up to 8 meetings",
    "short": "9 to 20 meetings",
    "medium": "21 to 52 meetings",
    "long": "Over a year",
}
FOCUSES = {"present": "Mostly the present", "past": "Mostly the past", "both": "Past and present"}
STRUCTURES = {"high": "Planned step by step", "medium": "Some plan", "low": "Open, follows you"}
HOMEWORK = {"yes": "Yes, most weeks", "some": "Some", "no": "No"}
STANCES = {
    "directive": "The therapist leads",
    "collaborative": "You lead together",
    "non-directive": "You lead",
}


class Status(models.TextChoices):
    APPROACH = "approach", "Approach"
    PROGRAM = "technique-level programme", "Specific program"
    ADJUNCT = "adjunct", "Goes beside treatment"
    DISCOURAGED = "discouraged", "Warned against"


class Therapy(Entry):
    name = models.CharField(max_length=160, help_text="In American English, such as “Cognitive behavioral therapy”.")
    abbreviation = models.CharField(max_length=20, blank=True)
    aliases = Lines(help_text="Other names and spellings, one a line. Search finds them.")
    spanish = Lines(help_text="Names in Spanish, for search.")
    family = models.ForeignKey(Family, models.PROTECT, related_name="therapies")
    status = models.CharField(max_length=40, choices=Status.choices, default=Status.APPROACH)
    parents = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="offspring", help_text="What it grew out of."
    )
    relation = models.CharField(max_length=120, blank=True, help_text="How it grew out of them, such as “offshoot”.")
    is_form_of_parent = models.BooleanField(
        default=False,
        help_text="It is the parent in another form (for one condition, in a group, online). "
        "Its ratings then show on the parent's page, with its own name beside them.",
    )
    originators = Lines()
    decade = models.CharField(max_length=40, blank=True)

    # Facts
    participants = models.ManyToManyField(
        Format, blank=True, related_name="by_participants", limit_choices_to={"kind": "participants"}
    )
    delivery = models.ManyToManyField(
        Format, blank=True, related_name="by_delivery", limit_choices_to={"kind": "delivery"}
    )
    settings = models.ManyToManyField(
        Format, blank=True, related_name="by_setting", limit_choices_to={"kind": "setting"}
    )
    ages = Lines(allowed=AGES)
    sessions_min = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_max = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_basis = models.CharField(
        max_length=80, blank=True, help_text="How the numbers came about: seen, computed, recalled, none given."
    )
    session_minutes = models.CharField(max_length=40, blank=True, help_text="Such as 50-60.")
    frequency = models.CharField(max_length=80, blank=True)
    length = Lines(allowed=LENGTHS)
    focus = models.CharField(max_length=20, blank=True, choices=list(FOCUSES.items()))
    structure = models.CharField(max_length=20, blank=True, choices=list(STRUCTURES.items()))
    homework = models.CharField(max_length=20, blank=True, choices=list(HOMEWORK.items()))
    stance = models.CharField(max_length=20, blank=True, choices=list(STANCES.items()))
    techniques = models.ManyToManyField(Technique, blank=True, related_name="therapies")
    commonly_used_for = models.ManyToManyField(Condition, blank=True, related_name="therapies")
    nearest = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nearest_of",
        help_text="The entry most easily confused with it; for a discouraged one, the better place to look.",
    )
    nearest_fact = FactLine(blank=True, help_text="In one line, how it is unlike the nearest.")
    cautions = FactLine(blank=True, help_text="In one line; for a discouraged entry, the warning to show.")
    mesh_id = models.CharField("MeSH identifier", max_length=20, blank=True)
    source_url = WebAddress(blank=True)
    seen = models.BooleanField(default=False, help_text="The session facts were seen in a source.")
    seen_note = CuratorsNote(blank=True)
    origin = CuratorsNote(blank=True)

    # Words: domain/questions.py has the question that each answers
    summary = models.TextField(blank=True, help_text="One plain sentence of at most 22 words, for the card.")
    idea = models.TextField(blank=True)
    session = models.TextField(blank=True)
    between_sessions = models.TextField(blank=True)
    frames = Lines(help_text=frames.HELP)
    outcomes = models.TextField(blank=True, help_text="Only numbers that a source gives, with the comparison group.")
    good_points = models.TextField(blank=True)
    hard_parts = models.TextField(blank=True)
    care = models.TextField(blank=True)
    not_helping = models.TextField(blank=True)
    with_medication = models.TextField(blank=True)
    provided_by = models.TextField(blank=True)
    real_thing = Lines(help_text="Three to five questions to ask a provider, one a line.")
    difference = models.TextField(blank=True)
    cost_access = models.TextField(blank=True)
    who_warns = models.TextField(blank=True, help_text="Discouraged entries: who warns, and why.")
    look_instead = models.TextField(blank=True, help_text="Discouraged entries: what to look at instead.")
    text_sources: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "Source", blank=True, related_name="therapy_texts"
    )

    NOT_ANSWERS: ClassVar = ("source_url", "seen_note", "origin")  # texts that answer no question

    class Meta(Entry.Meta):
        verbose_name_plural = "therapies"

    @property
    def both_names(self) -> str:
        """As people may have heard it, and in full: “CBT-I (CBT for insomnia)”."""
        return f"{self.abbreviation} ({self.name})" if self.abbreviation else self.name

    @property
    def short_name(self) -> str:
        return self.abbreviation or self.name

    @property
    def is_discouraged(self) -> bool:
        return self.status == Status.DISCOURAGED

    @property
    def is_program(self) -> bool:
        return self.status == Status.PROGRAM
