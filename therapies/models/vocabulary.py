"""The words that therapies are described with: families, conditions, techniques, formats, and terms that mislead."""

from typing import Any

from django.db import models

from therapies.domain import things_to_know
from therapies.models.base import Entry, bare_name
from therapies.models.fields import CuratorsNote, FactLine, Lines, WebAddress

AGES = {
    "child": "Children (under 12)",
    "adolescent": "Teenagers (12 to 17)",
    "adult": "Adults (18 and over)",
    "older": "Older adults (about 65 and over)",
}
AGE_WORDS = {age: bare_name(name).lower() for age, name in AGES.items()}  # within a sentence: “older adults”
WARNED_AGAINST = "warned-against"  # the family of practices that are listed so that people can read why


class Family(Entry):
    """A school of therapies that share one idea."""

    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120, help_text="In everyday words, such as “Thoughts and habits”.")
    line = FactLine(help_text="One factual sentence.")

    class Meta(Entry.Meta):
        verbose_name_plural = "families"

    @property
    def is_warned_against(self) -> bool:
        return self.slug == WARNED_AGAINST


class ConditionGroup(Entry):
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120)


class Format(Entry):
    """Who takes part, how it is delivered, where it happens, or who provides it."""

    KINDS = {
        "participants": "Who takes part",
        "delivery": "How it is delivered",
        "setting": "Where it happens",
        "provider": "Who provides it",
    }
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    name = models.CharField(max_length=120)
    aliases = Lines(help_text="Other names, one a line.")
    plain_facts = FactLine(blank=True)
    what_it_is = models.TextField(blank=True)
    good_points = models.TextField(blank=True)
    hard_points = models.TextField(blank=True)
    training = models.TextField(blank=True, help_text="Who provides it and what training they have.")
    source_url = WebAddress(blank=True)
    seen = models.BooleanField(default=False, help_text="The facts were checked against a source.")
    note = CuratorsNote(blank=True, help_text="For curators; not shown.")


class Condition(Entry):
    """What people want help with: a diagnosis or an everyday concern."""

    name = models.CharField(max_length=160)
    plain_name = models.CharField(
        max_length=120, blank=True, help_text="What people call it, such as “Constant worry”."
    )
    group = models.ForeignKey(ConditionGroup, models.PROTECT, related_name="conditions")
    is_diagnosis = models.BooleanField(default=False)
    is_delicate = models.BooleanField(
        "lead to it with care",
        default=False,
        help_text="It hurts where it is suggested lightly: search shows it only by name, or if nothing fits better.",
    )
    icd10cm_codes = Lines(verbose_name="ICD-10-CM codes", help_text="One a line, such as F41.1.")
    icd10cm_titles = Lines(verbose_name="ICD-10-CM titles", help_text="In the order of the codes.")
    icd11_codes = Lines(verbose_name="ICD-11 codes")
    icd11_titles = Lines(verbose_name="ICD-11 titles")
    mesh_term = models.CharField("MeSH term", max_length=160, blank=True)
    mesh_id = models.CharField("MeSH identifier", max_length=20, blank=True)
    aliases = Lines(help_text="Other names and spellings.")
    abbreviations = Lines(help_text="Clinicians' shorthand, such as GAD.")
    lay_names = Lines(help_text="Everyday names.")
    phrases = Lines(
        help_text="What people type, in the first person, such as “I can't stop worrying”. "
        "Search reads them all; the page shows the first twelve."
    )
    spanish = Lines(help_text="Everyday words in Spanish, for search.")
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="related_to")
    summary = models.TextField(blank=True, help_text="One plain sentence.")
    things_to_know = models.TextField(blank=True, help_text=things_to_know.HELP)
    what_it_is = models.TextField("What it is like", blank=True)
    what_helps = models.TextField("What usually helps, and how sure we are", blank=True)
    untreated = models.TextField("What happens without treatment", blank=True)
    get_help = models.TextField("When to get help now", blank=True)
    children = models.TextField("In children and teenagers", blank=True)
    text_sources: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "Source", blank=True, related_name="condition_texts"
    )
    codes_seen = models.BooleanField(default=False, help_text="The codes were compared with the official tables.")
    how_verified = CuratorsNote(blank=True)
    note = CuratorsNote(blank=True)

    @property
    def bare_name(self) -> str:
        """The clinical name without what stands in parentheses."""
        return bare_name(self.name)

    @property
    def everyday_name(self) -> str:
        return self.plain_name or self.name


class Technique(Entry):
    """One thing that a person does in therapy; used by one or more therapies."""

    name = models.CharField(max_length=160)
    aliases = Lines()
    what_the_person_does = FactLine(blank=True)
    what_you_do = models.TextField(blank=True, help_text="Two or three sentences.")
    example = models.TextField(blank=True)
    as_treatment = models.ForeignKey(
        "Therapy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="as_technique",
        help_text="The therapy this technique is when it is given alone.",
    )
    seen = models.BooleanField(default=False)
    url = WebAddress(blank=True)


class LookAlike(Entry):
    """Something that sounds like a talking therapy and is not one."""

    name = models.CharField(max_length=160)
    aliases = Lines()
    what_it_is = FactLine()
    why_it_is_not_psychotherapy = FactLine()
    see_instead = models.ForeignKey("Therapy", models.PROTECT, null=True, blank=True, related_name="look_alikes")

    class Meta(Entry.Meta):
        verbose_name = "look-alike"


class AmbiguousTerm(Entry):
    """A short form with several meanings: ask which one is meant."""

    term = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=[("therapy", "therapy"), ("condition", "condition")])
    therapies: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "Therapy", blank=True, related_name="ambiguous_terms"
    )
    conditions = models.ManyToManyField(Condition, blank=True, related_name="ambiguous_terms")
    note = CuratorsNote(blank=True)

    def __str__(self) -> str:
        return self.term
