"""What bodies say: sources, their recommendations, statements about a condition, and outcome numbers."""

from collections.abc import Iterator
from sys import intern
from typing import Any, Self

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from therapies.domain.standing import Spoken
from therapies.models.base import Entry
from therapies.models.fields import Lines
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
    STATUSES = {"current": "Current", SUPERSEDED: "Superseded", "unknown": "Not known"}

    body = models.CharField(max_length=255)
    body_short = models.CharField(max_length=120, blank=True)
    title = models.TextField()
    year = models.CharField(max_length=20, blank=True)
    identifier = models.CharField(max_length=120, blank=True)
    url = models.TextField(blank=True)
    url_is_official = models.BooleanField(
        default=False, help_text="The document's own address or DOI. A copy elsewhere is never linked."
    )
    kind = models.CharField(max_length=40, choices=list(KINDS.items()))
    region = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, choices=list(STATUSES.items()), default="unknown")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    status_basis = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.short_body} {self.year}".strip() + f": {self.title}"

    @property
    def short_body(self) -> str:
        return self.body_short or self.body

    @property
    def label(self) -> str:
        """Body and year, as it stands beside a claim: “NICE 2011”."""
        return f"{self.short_body} {self.year or '(no date)'}"

    @property
    def link(self) -> str:
        return self.url if self.url_is_official else ""

    @property
    def is_superseded(self) -> bool:
        return self.status == self.SUPERSEDED


class StatementQuerySet(models.QuerySet[Any]):
    def counting(self) -> Self:
        """Only what was checked, from a document that is not superseded, counts toward a standing."""
        return self.filter(seen=True).exclude(source__status=Source.SUPERSEDED)

    def with_body(self) -> Self:
        """Each row with the short name of its source's body as `body`."""
        return self.annotate(body=Coalesce(NullIf("source__body_short", Value("")), "source__body"))

    def spoken(self) -> Iterator[tuple[int, str, Spoken]]:
        """(row number of the therapy, slug of the condition, what the rule reads), without making model instances."""
        columns = ("therapy_id", "condition__slug", "body", "source__kind", "stance", "ages")
        rows = self.with_body().order_by().values_list(*columns)
        for therapy, condition, body, kind, stance, ages in rows.iterator(chunk_size=10_000):
            yield therapy, condition, Spoken(intern(body), intern(kind), intern(stance), tuple(ages))


class Statement(Entry):
    """What one source says about one condition, in that body's own words or scale."""

    STANCES = {
        "recommended": "Recommended",
        "option": "Listed as an option",
        "insufficient": "Could not decide",
        "not-usually": "Not usually offered",
        "do-not": "Advised against",
        "finding": "Research finding",
    }
    ADVICE_FIRST = ("recommended", "option", "not-usually", "do-not", "finding", "insufficient")
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
    slug = models.SlugField(max_length=250, unique=True)
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="%(class)ss")
    ages = Lines(allowed=AGES)
    population_note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the document.")
    strength_as_issued = models.TextField(blank=True, help_text="The body's own words or scale, always shown.")
    stance = models.CharField(max_length=20, choices=list(STANCES.items()))
    finding_level = models.CharField(max_length=20, blank=True, choices=list(LEVELS.items()))
    line = models.CharField(max_length=20, blank=True, choices=list(LINES.items()))
    format_note = models.TextField(blank=True)
    seen = models.BooleanField(default=False, help_text="The statement was checked against its source.")
    secondary = models.BooleanField(default=False, help_text="Seen on a page that reports the document.")
    fact = models.TextField(help_text="One plain sentence, our own words.")
    seen_url = models.TextField(blank=True)
    raw_ref = models.CharField(max_length=20, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("slug",)

    @property
    def stance_words(self) -> str:
        """The stance, and how strong a research finding is: “Research finding: modest support”."""
        level = self.LEVELS.get(self.finding_level, "") if self.stance == "finding" else ""
        return self.STANCES[self.stance] + (f": {level}" if level else "")

    @property
    def counts(self) -> bool:
        """The rule of `StatementQuerySet.counting`, for a row that is in memory."""
        return self.seen and not self.source.is_superseded

    @property
    def state(self) -> str:
        """“history” if its source was superseded, “unchecked” if it was not checked, else empty."""
        return "history" if self.source.is_superseded else "" if self.seen else "unchecked"

    @property
    def spoken(self) -> Spoken:
        return Spoken(self.source.short_body, self.source.kind, self.stance, tuple(self.ages))


class Recommendation(Statement):
    """What one source says of one therapy for one condition."""

    therapy = models.ForeignKey("Therapy", models.PROTECT, related_name="recommendations")
    named_as = models.CharField(max_length=160, blank=True, help_text="What the source called the therapy.")

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
    seen = models.BooleanField(default=False)
    secondary = models.BooleanField(default=False)
    note = models.TextField(blank=True)
