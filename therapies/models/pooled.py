"""What all trials give together: pooled effects, which a command works out and nobody types in."""

from functools import partial
from typing import Any, cast

from django.db import models

from therapies.domain import pooled_words
from therapies.domain.pooled_words import Base
from therapies.models.base import Entry
from therapies.models.evidence import Source
from therapies.models.fields import Lines
from therapies.models.vocabulary import AGES, Condition

# What no trials say is empty. The types of partial fields are beyond the checker.
Known: Any = partial(cast(Any, models.PositiveIntegerField), null=True, blank=True)
OfHundred: Any = partial(cast(Any, models.PositiveSmallIntegerField), null=True, blank=True)
Size: Any = partial(cast(Any, models.FloatField), null=True, blank=True)
NO_SIZE = "Hedges' g; above 0 the therapy did better. Empty for a result that is counted alone."


class PooledEffect(Entry):
    """All trials of one therapy for one concern, ages and comparison, pooled. Written by `pool_trials` alone."""

    COMPARISONS = {
        "waiting-list": "a waiting list",
        "usual-care": "usual care",
        "placebo": "a dummy treatment",
        "any-control": "control groups of several kinds",
    }
    BASES = {
        "counted": "counted in the trials",
        "worked-out": "worked out from the trials' averages",
        "both": "counted in the trials, or worked out from their averages",
    }
    LEAST_TRIALS = 3  # with fewer there is no pooled number

    therapy = models.ForeignKey(
        "Therapy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pooled_effects",
        help_text="Empty: talking therapies taken together.",
    )
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="pooled_effects")
    ages = Lines(allowed=AGES)
    population = models.CharField(max_length=120, blank=True, help_text="Who they were, if not people in general.")
    comparison = models.CharField(max_length=20, choices=list(COMPARISONS.items()))
    measure = models.CharField(max_length=160, help_text="What those had who are counted as better off.")

    trials = models.PositiveIntegerField(help_text="Trials behind the effect; if it has no size, those counted.")
    people = models.PositiveIntegerField(help_text="People in these trials, both groups together.")
    low_risk_trials = Known(help_text="Trials at low risk of bias; empty if the database does not say.")

    g = Size(help_text=NO_SIZE)
    g_low = Size(help_text="Lower end of its 95 % interval (Hartung-Knapp).")
    g_high = Size()
    predicted_low = Size(help_text="Where the effect of the next trial should lie, 95 % prediction interval.")
    predicted_high = Size()
    tau_squared = Size(help_text="How much the trials' true effects vary (Paule-Mandel).")
    i_squared = OfHundred(help_text="Of 100: the share of the variation that is not chance.")
    asymmetry_p = Size(help_text="Egger's test of the funnel; below 0.05 small trials found more. Ten trials or more.")
    low_risk_g = Size(help_text="The same from the trials at low risk of bias alone.")
    low_risk_g_low = Size()
    low_risk_g_high = Size()
    outliers = Known(help_text="Trials whose interval lies wholly outside that of the pooled effect.")
    trimmed_g = Size(help_text="The same without these.")
    trimmed_g_low = Size()
    trimmed_g_high = Size()

    counted_trials = Known(help_text="Trials behind the people of 100.")
    counted_people = Known()
    counted_by = models.CharField(max_length=20, blank=True, choices=list(BASES.items()))
    treated_per_100 = OfHundred()
    treated_low = OfHundred(help_text="Lower end of its 95 % interval.")
    treated_high = OfHundred()
    comparison_per_100 = OfHundred()
    comparison_low = OfHundred()
    comparison_high = OfHundred()

    left_trials = Known(help_text="Trials that say how many people left before the end.")
    left_people = Known()
    left_per_100 = OfHundred()
    left_low = OfHundred()
    left_high = OfHundred()
    comparison_left_per_100 = OfHundred()
    comparison_left_low = OfHundred()
    comparison_left_high = OfHundred()

    source = models.ForeignKey(Source, models.PROTECT, related_name="pooled_effects")
    database = models.CharField(max_length=120)
    version = models.DateField(help_text="The day of the database's version.")
    last_search = models.DateField(help_text="Until when its makers looked for trials.")
    doi = models.CharField(max_length=80)
    pooled_on = models.DateField()

    @property
    def is_in_general(self) -> bool:
        """Whether it is of talking therapies taken together."""
        return self.therapy_id is None

    @property
    def compared_with(self) -> str:
        """Such as “usual care”, within a sentence."""
        return self.COMPARISONS[self.comparison]

    @property
    def others(self) -> str:
        """Who the comparison group were, such as “who had usual care”, after “of 100”."""
        return pooled_words.GROUPS[self.comparison]

    @property
    def has_people(self) -> bool:
        """Whether it says how many of 100 were better off; 0 of 100 is a number too."""
        return self.treated_per_100 is not None

    @property
    def difference(self) -> str:
        """How the therapy did, in words; empty where there is no size."""
        if self.g is None:
            return ""
        return pooled_words.difference(self.g, (self.g_low, self.g_high), self.compared_with)

    @property
    def weakens(self) -> list[str]:
        """What a reader has to know before trusting it, the weightiest first."""
        return pooled_words.weakens(
            Base(
                trials=self.trials,
                people=self.people,
                comparison=self.comparison,
                low_risk_trials=self.low_risk_trials,
                asymmetry_p=self.asymmetry_p,
                i_squared=self.i_squared,
                predicted=None if self.g is None else (self.predicted_low, self.predicted_high),
                treated=(self.treated_low, self.treated_high) if self.has_people else None,
            )
        )
