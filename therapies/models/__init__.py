"""The nouns. `CATALOGUE_MODELS` live in the working copy and in every release; the rest never leave the first."""

from django.db.models import Model

from therapies.models.curation import Check, Correction, LinkCheck, Release, SignOff
from therapies.models.evidence import ConditionStatement, Outcome, Recommendation, Source
from therapies.models.fields import Lines
from therapies.models.search_words import DangerPhrase, SearchSynonym
from therapies.models.therapy import Therapy
from therapies.models.topics import CrisisLine, GlossaryTerm, Topic
from therapies.models.vocabulary import (
    AmbiguousTerm,
    Condition,
    ConditionGroup,
    Family,
    Format,
    LookAlike,
    Technique,
)

# In the order in which they can be loaded: nobody refers to a kind further down, but through many-to-many rows.
CATALOGUE_MODELS = (
    Family,
    ConditionGroup,
    Source,
    Format,
    Condition,
    Therapy,
    Technique,
    Recommendation,
    ConditionStatement,
    Outcome,
    LookAlike,
    AmbiguousTerm,
    CrisisLine,
    Topic,
    GlossaryTerm,
    SearchSynonym,
    DangerPhrase,
)

# The names of the kinds, as a bundle has them: "therapies", "look_alikes"…
KINDS: dict[str, type[Model]] = {
    str(model._meta.verbose_name_plural).replace(" ", "_").replace("-", "_"): model for model in CATALOGUE_MODELS
}

__all__ = [
    "CATALOGUE_MODELS",
    "KINDS",
    "AmbiguousTerm",
    "Check",
    "Condition",
    "ConditionGroup",
    "ConditionStatement",
    "Correction",
    "CrisisLine",
    "DangerPhrase",
    "Family",
    "Format",
    "GlossaryTerm",
    "Lines",
    "LinkCheck",
    "LookAlike",
    "Outcome",
    "Recommendation",
    "Release",
    "SearchSynonym",
    "SignOff",
    "Source",
    "Technique",
    "Therapy",
    "Topic",
]
