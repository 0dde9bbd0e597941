"""What bodies say: sources, their recommendations, statements about a condition, and outcome numbers."""

from collections.abc import Iterator
from sys import intern
from typing import Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from therapies.domain.bodies import body_key
from therapies.domain.own_words import remark_in, remark_message
from therapies.domain.statements import AGAINST_STANCES, Spoken, year_of
from therapies.models.base import Entry
from therapies.models.fields import CuratorsNote, Lines, TheirWords, WebAddress
from therapies.models.vocabulary import AGES, Condition


class Source(Entry):
    """A document: a guideline, a rating list, a review, a study, a statement or an information page."""

    KINDS = {
        "guideline": "Guideline",
        "rating-list": "Rating list",
        "systematic-review": "Systematic review",
        "study": "Study",
        "professional-statement": "Professional statement",
        "information-page": "Information page",
    }
    SUPERSEDED = "superseded"
    STATUSES = {
        "current": "Current",
        SUPERSEDED: "Superseded",
        "draft": "Draft",
        "withdrawn": "Withdrawn",
        "unknown": "Not known",
    }
    IN_FORCE = ("current", "unknown")  # an edition that nobody has confirmed counts, and says so
    EDITIONS = ("guideline", "rating-list", "professional-statement")  # kinds that a newer edition replaces

    body = models.CharField(max_length=255)
    body_short = models.CharField(max_length=120, blank=True)
    title = TheirWords()
    year = models.CharField(max_length=20, blank=True)
    identifier = models.CharField(max_length=120, blank=True)
    url = WebAddress(blank=True)
    url_is_official = models.BooleanField(
        default=False, help_text="The document's own address or DOI. A copy elsewhere is never linked."
    )
    kind = models.CharField(max_length=40, choices=list(KINDS.items()))
    region = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, choices=list(STATUSES.items()), default="unknown")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    status_basis = models.CharField(max_length=120, blank=True)
    rests_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_by",
        help_text="The guideline that it was built on, if it was: the two are one voice.",
    )
    gone_through_on = models.DateField(
        null=True,
        blank=True,
        verbose_name="gone through on",
        help_text="When somebody went through the whole document for talking therapies.",
    )
    note = CuratorsNote(blank=True)

    def __str__(self) -> str:
        return f"{self.short_body} {self.year}".strip() + f": {self.title}"

    def clean(self) -> None:
        """A body has one short name. Where the catalogue has two already, either may stand while they are mended."""
        super().clean()
        others = set(type(self)._default_manager.exclude(pk=self.pk).values_list("body_short", flat=True))
        same = [name for name in sorted(others) if name and body_key(name) == body_key(self.short_body)]
        if same and self.short_body not in same:
            raise ValidationError({"body_short": f"This body is written “{same[0]}” elsewhere. Write it so here too."})

    @property
    def short_body(self) -> str:
        return self.body_short or self.body

    @property
    def label(self) -> str:
        """Body and year, as it stands beside a claim: “NICE 2011”."""
        return f"{self.short_body} {self.year or '(no date)'}"

    @property
    def cited_as(self) -> str:
        """The label in a text, where brackets stand around it: without a year the body alone."""
        return f"{self.short_body} {self.year}".strip()

    @property
    def link(self) -> str:
        return self.url if self.url_is_official else ""

    @property
    def is_in_force(self) -> bool:
        """Whether what it says counts: not so once it was replaced or withdrawn, and not while it is a draft."""
        return self.status in self.IN_FORCE

    @property
    def spoken(self) -> tuple[str, str, int, bool]:
        """What the rule reads of it: whose voice it is, its kind, its year and whether it is in force."""
        return (self.rests_on or self).short_body, self.kind, year_of(self.year), self.is_in_force

    @property
    def out_of_force(self) -> str:
        """“superseded”, “draft” or “withdrawn”; empty if it is in force."""
        return "" if self.is_in_force else str(self.get_status_display()).lower()

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody has confirmed yet that it is the newest edition."""
        return self.status == "unknown" and self.kind in self.EDITIONS

    @property
    def edition(self) -> str:
        """How it stands, as a list says it: “current”, “edition not confirmed”, “draft”; empty where nobody knows."""
        if self.status == "unknown":
            return "edition not confirmed" if self.is_unconfirmed else ""
        return str(self.get_status_display()).lower()


SPOKEN = (
    "stance",
    "finding_level",
    "line",
    "purpose",
    "basis",
    "only_for",
)  # the fields of a statement that the rule reads


class StatementQuerySet(models.QuerySet[Any]):
    def with_body(self) -> Self:
        """Each row with the short name of its source's body as `body`; what rests on another guideline has its body."""
        names = ("source__rests_on__body_short", "source__rests_on__body", "source__body_short")
        return self.annotate(body=Coalesce(*(NullIf(name, Value("")) for name in names), "source__body"))

    def spoken(self) -> Iterator[tuple[int, str, Spoken]]:
        """(row number of the therapy, slug of the condition, what the rule reads) by therapy; no model instances."""
        sources = Source._default_manager.using(self.db).select_related("rests_on")
        spoken_by = {source.pk: source.spoken for source in sources}
        rows = self.order_by("therapy_id").values_list("therapy_id", "condition__slug", "source_id", "ages", *SPOKEN)
        for therapy, condition, source, ages, *words in rows.iterator(chunk_size=10_000):
            yield therapy, condition, Spoken(*spoken_by[source], tuple(sorted(ages)), *map(intern, words))


DAY_OR_MONTH = RegexValidator(r"^\d{4}-\d\d(-\d\d)?$", "Write the day as YYYY-MM-DD, or the month as YYYY-MM.")


class Basis(models.TextChoices):
    """How it is known what a document says; the best first."""

    READ = "read", "Read in the document"
    COPY = "copy", "Read in a copy or a report of the document"
    RECALLED = "recalled", "Recalled: to be checked against the document"


def with_basis(row: dict[str, Any]) -> dict[str, Any]:
    """A row that still says `seen` and `secondary` (before version 1.2) with its basis instead."""
    if "basis" in row or "seen" not in row:
        return row
    basis = Basis.RECALLED if not row["seen"] else Basis.COPY if row.get("secondary") else Basis.READ
    return {**row, "basis": basis.value, "read_url": row.get("seen_url", "")}


class Statement(Entry):
    """What one edition of a body's document says of one condition, age group, purpose and severity."""

    STANCES = {
        "recommended": "Recommended",
        "option": "Listed as an option",
        "second-choice": "Second choice",
        "insufficient": "Could not decide",
        "not-usually": "Not usually offered",
        "do-not": "Advised against",
        "finding": "Research finding",
    }
    ADVICE_FIRST = ("recommended", "option", "second-choice", "not-usually", "do-not", "finding", "insufficient")
    LEVELS = {
        "strong": "strong support",
        "modest": "modest support",
        "limited": "limited support",
        "unclear": "unclear",
        "none": "no benefit shown",
        "harmful": "harm found",
    }
    LINES = {
        "first": "First choice",
        "option": "One option among others",
        "after-first": "After a first treatment",
        "relapse": "To prevent relapse",
        "adjunct": "Beside other treatment",
        "none": "",
    }
    PURPOSES = {
        "treatment": "Treatment",
        "acute-early": "Early or in a crisis",
        "relapse-prevention": "To prevent relapse",
        "prevention": "Prevention",
        "self-management": "Living with it",
    }
    slug = models.SlugField(max_length=250, unique=True)
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="%(class)ss")
    ages = Lines(allowed=AGES)
    population_note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the document.")
    strength_as_issued = TheirWords(blank=True, help_text="The body's own words or scale, always shown.")
    stance = models.CharField(max_length=20, choices=list(STANCES.items()))
    finding_level = models.CharField(max_length=20, blank=True, choices=list(LEVELS.items()))
    line = models.CharField(max_length=20, blank=True, choices=list(LINES.items()))
    purpose = models.CharField(max_length=20, default="treatment", choices=list(PURPOSES.items()))
    severity = models.CharField(
        max_length=80, blank=True, help_text="mild, moderate, severe or the body's own words; empty for all."
    )
    format_note = models.TextField(blank=True)
    basis = models.CharField(max_length=10, default=Basis.RECALLED.value, choices=Basis.choices)
    read_url = CuratorsNote(blank=True, help_text="The page where the passage was read.")
    read_on = models.CharField(max_length=10, blank=True, validators=[DAY_OR_MONTH], help_text="YYYY-MM-DD or YYYY-MM.")
    fact = models.TextField(help_text="One plain sentence, our own words.")
    raw_ref = models.CharField(max_length=20, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("slug",)

    @classmethod
    def upgraded(cls, row: dict[str, Any]) -> dict[str, Any]:
        return with_basis(row)

    def clean(self) -> None:
        super().clean()
        message = remark_message(self.strength_as_issued)
        if message:
            raise ValidationError({"strength_as_issued": message})

    @property
    def in_their_words(self) -> str:
        """What was issued; empty if it holds a remark of ours, which nobody may read as the words of a body."""
        return "" if remark_in(self.strength_as_issued) else self.strength_as_issued

    @property
    def stance_words(self) -> str:
        """The stance, and how strong a research finding is: “Research finding: modest support”."""
        level = self.LEVELS.get(self.finding_level, "") if self.stance == "finding" else ""
        return self.STANCES[self.stance] + (f": {level}" if level else "")

    @property
    def is_checked(self) -> bool:
        return self.basis != Basis.RECALLED.value

    @property
    def state(self) -> str:
        """“history” if its source is not in force, “unchecked” if nobody has opened the document, else empty."""
        return "history" if not self.source.is_in_force else "" if self.is_checked else "unchecked"

    @property
    def warns(self) -> bool:
        return self.stance in AGAINST_STANCES or (self.stance == "finding" and self.finding_level == "harmful")

    @property
    def purpose_words(self) -> str:
        """What it is for, unless that is treatment. Early help is for the first weeks, a crisis or an acute phase."""
        return "" if self.purpose == "treatment" else self.PURPOSES[self.purpose]

    @property
    def read_link(self) -> str:
        """The page where it was read, if it is on the document's own site: a copy elsewhere is named and not linked."""
        own = urlsplit(self.source.link).hostname
        address = self.read_url.split(" ")[0]  # a note may follow it
        return address if own and urlsplit(address).hostname == own else ""


class Recommendation(Statement):
    """What one source says of one therapy for one condition."""

    therapy = models.ForeignKey("Therapy", models.PROTECT, related_name="recommendations")
    named_as = models.CharField(max_length=160, blank=True, help_text="What the source called the therapy.")
    preferred = models.ForeignKey(
        "Therapy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="preferred_in",
        help_text="For a second choice: what the body names first.",
    )
    only_for = models.CharField(
        max_length=80,
        blank=True,
        help_text="The people, if it is about a part of those who have the concern: “women”. Empty for all.",
    )

    @property
    def spoken(self) -> Spoken:
        return Spoken(*self.source.spoken, tuple(sorted(self.ages)), *(getattr(self, name) for name in SPOKEN))

    def __str__(self) -> str:
        return f"{self.therapy} for {self.condition}: {self.source}"


class ConditionStatement(Statement):
    """What one source says about a condition without naming a therapy of the catalogue."""

    ABOUT = {
        "any-therapy": "Therapy in general",
        "medicine": "Medicine",
        "service": "A service",
        "other-help": "Other help",
    }
    about = models.CharField(max_length=20, choices=list(ABOUT.items()))
    subject = models.CharField(max_length=255)

    def __str__(self) -> str:
        return f"{self.subject} for {self.condition}: {self.source}"


class Outcome(Entry):
    """How many people in 100 got better, with the comparison group beside it."""

    therapy = models.ForeignKey("Therapy", models.PROTECT, null=True, blank=True, related_name="outcome_figures")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="outcome_figures")
    measure = models.CharField(max_length=160, help_text="Such as “symptoms halved after about two months”.")
    treated_per_100 = models.PositiveSmallIntegerField()
    comparison_per_100 = models.PositiveSmallIntegerField()
    comparison = models.CharField(max_length=160, help_text="Who they were compared with, such as “usual care”.")
    source = models.ForeignKey(Source, models.PROTECT, related_name="outcome_figures")
    basis = models.CharField(max_length=10, default=Basis.RECALLED.value, choices=Basis.choices)
    note = CuratorsNote(blank=True)

    @classmethod
    def upgraded(cls, row: dict[str, Any]) -> dict[str, Any]:
        return with_basis(row)

    @property
    def is_checked(self) -> bool:
        return self.basis != Basis.RECALLED.value
