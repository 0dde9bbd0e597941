"""The nouns. `CATALOGUE_MODELS` live in the working copy and in every release; the rest never leave the first."""

from therapies.models.curation import Check, Correction, Lead, LinkCheck, Release, SignOff
from therapies.models.evidence import ConditionStatement, Outcome, Recommendation, Source
from therapies.models.fields import Lines
from therapies.models.kinds import ADVICE, CATALOGUE_MODELS, KINDS, STATEMENTS, Kind
from therapies.models.pooled import PooledEffect
from therapies.models.search_words import CodeRange, DangerPhrase, SearchIntent, SearchSynonym
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

__all__ = [
    "ADVICE",
    "CATALOGUE_MODELS",
    "KINDS",
    "STATEMENTS",
    "AmbiguousTerm",
    "Check",
    "CodeRange",
    "Condition",
    "ConditionGroup",
    "ConditionStatement",
    "Correction",
    "CrisisLine",
    "DangerPhrase",
    "Family",
    "Format",
    "GlossaryTerm",
    "Kind",
    "Lead",
    "Lines",
    "LinkCheck",
    "LookAlike",
    "Outcome",
    "PooledEffect",
    "Recommendation",
    "Release",
    "SearchIntent",
    "SearchSynonym",
    "SignOff",
    "Source",
    "Technique",
    "Therapy",
    "Topic",
]
