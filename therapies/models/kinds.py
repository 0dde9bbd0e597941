"""The kinds of entry: the one list of what each is called in bundles, in addresses and by readers."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from django.urls import reverse

from therapies.models.base import Entry
from therapies.models.evidence import ConditionStatement, Outcome, Recommendation, Source
from therapies.models.fields import WebAddress, is_our_text
from therapies.models.pooled import PooledEffect
from therapies.models.search_words import CodeRange, DangerPhrase, SearchIntent, SearchSynonym
from therapies.models.therapy import Therapy
from therapies.models.topics import CrisisLine, GlossaryTerm, Topic
from therapies.models.vocabulary import AmbiguousTerm, Condition, ConditionGroup, Family, Format, LookAlike, Technique

Row = dict[str, Any]  # the fields of one entry, by name; references are slugs
Bundle = dict[str, Any]  # the rows of each kind, by the kind's name


class Texts(Enum):
    """Whose words the texts of a kind are."""

    OURS = "written for readers: the rules on wording read them"
    REPORTED = "what others hold or offer"
    INTERNAL = "for search and curators"


class ClinicalReview(Enum):
    """What a clinician does with the entries of a kind."""

    WHOLE = "the queue asks for a review of each, and its page says whether there was one"
    COUNTED = "the ledger counts the reviews that there were"
    NONE = "there is nothing to review"


@dataclass(frozen=True)
class Kind:
    """One kind of entry. What has no default has to be decided for each; the rest is empty where it does not apply."""

    model: type[Entry]
    texts: Texts
    review: ClinicalReview
    route: str = ""  # the name of the route of an entry's own page
    listing: str = ""  # the name of the route of the page that lists them all
    noun: str = ""  # what a reader calls one of them
    found_as: str = ""  # what search calls the kind
    found_under: str = ""  # the heading over its search results
    has_other_names: bool = False  # an address may use an abbreviation or alias in place of the slug

    @cached_property
    def slug(self) -> str:
        """The kind's name in a bundle: “therapies”, “look_alikes”."""
        return str(self.model._meta.verbose_name_plural).replace(" ", "_").replace("-", "_")

    @property
    def name(self) -> str:
        """What a curator calls one of them: “therapy”, “look-alike”."""
        return str(self.model._meta.verbose_name)

    def address(self, slug: str) -> str:
        """The path of an entry's page, or of its place on the list; empty where the kind has neither."""
        return self._pattern.replace("SLUG", slug)

    @cached_property
    def _pattern(self) -> str:
        if self.route:
            return reverse(self.route, args=["SLUG"])
        return reverse(self.listing, fragment="SLUG") if self.listing else ""

    @cached_property
    def our_texts(self) -> list[str]:
        """The names of the fields with words that we wrote for readers; none where the texts are somebody else's."""
        fields = self.model._meta.fields if self.texts is Texts.OURS else ()
        return [field.name for field in fields if is_our_text(field)]

    @cached_property
    def web_addresses(self) -> list[str]:
        """The names of the fields that lead to pages elsewhere."""
        return [field.name for field in self.model._meta.fields if isinstance(field, WebAddress)]

    def field(self, name: str) -> Any:
        return self.model._meta.get_field(name)


# In the order in which they can be loaded: nobody refers to a kind further down, but through many-to-many rows.
_KINDS = (
    Kind(
        Family,
        Texts.OURS,
        ClinicalReview.COUNTED,
        route="family",
        listing="families",
        noun="kind of therapy",
        found_as="family",
        found_under="Families of therapy",
        has_other_names=True,
    ),
    Kind(ConditionGroup, Texts.INTERNAL, ClinicalReview.NONE, listing="conditions"),
    Kind(Source, Texts.REPORTED, ClinicalReview.COUNTED, route="source", listing="sources", noun="source"),
    Kind(
        Format,
        Texts.OURS,
        ClinicalReview.COUNTED,
        route="format",
        listing="formats",
        noun="format",
        found_as="format",
        found_under="Formats and people",
        has_other_names=True,
    ),
    Kind(
        Condition,
        Texts.OURS,
        ClinicalReview.WHOLE,
        route="condition",
        listing="conditions",
        noun="concern",
        found_as="condition",
        found_under="Concerns and conditions",
        has_other_names=True,
    ),
    Kind(
        Therapy,
        Texts.OURS,
        ClinicalReview.WHOLE,
        route="therapy",
        listing="therapies",
        noun="therapy",
        found_as="therapy",
        found_under="Therapies",
        has_other_names=True,
    ),
    Kind(
        Technique,
        Texts.OURS,
        ClinicalReview.COUNTED,
        route="technique",
        listing="techniques",
        noun="technique",
        found_as="technique",
        found_under="Techniques",
        has_other_names=True,
    ),
    Kind(Recommendation, Texts.REPORTED, ClinicalReview.COUNTED),
    Kind(ConditionStatement, Texts.REPORTED, ClinicalReview.COUNTED),
    Kind(Outcome, Texts.REPORTED, ClinicalReview.COUNTED),
    Kind(PooledEffect, Texts.REPORTED, ClinicalReview.NONE),
    Kind(LookAlike, Texts.OURS, ClinicalReview.COUNTED, found_as="look-alike", found_under="Not this kind of therapy"),
    Kind(AmbiguousTerm, Texts.INTERNAL, ClinicalReview.NONE),
    Kind(CrisisLine, Texts.REPORTED, ClinicalReview.COUNTED),
    Kind(
        Topic,
        Texts.OURS,
        ClinicalReview.WHOLE,
        route="topic",
        listing="learn",
        noun="page",
        found_as="topic",
        found_under="Questions",
    ),
    Kind(
        GlossaryTerm,
        Texts.OURS,
        ClinicalReview.COUNTED,
        listing="glossary",
        found_as="glossary",
        found_under="Words explained",
    ),
    Kind(SearchSynonym, Texts.INTERNAL, ClinicalReview.NONE),
    Kind(SearchIntent, Texts.OURS, ClinicalReview.NONE, found_as="question", found_under="Questions"),
    Kind(DangerPhrase, Texts.INTERNAL, ClinicalReview.NONE),
    Kind(CodeRange, Texts.INTERNAL, ClinicalReview.NONE),
)
KINDS = {kind.slug: kind for kind in _KINDS}
CATALOGUE_MODELS = tuple(kind.model for kind in _KINDS)
STATEMENTS = tuple(kind.slug for kind in _KINDS if hasattr(kind.model, "basis"))  # what a source says, and how we know
ADVICE = tuple(slug for slug in STATEMENTS if hasattr(KINDS[slug].model, "stance"))  # what it says for or against
for _kind in _KINDS:
    _kind.model.of_kind = _kind
