"""The comparison that an address asks for: which therapies, for which concern, and what was not understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.safestring import SafeString

from therapies.compare import choices, pictures
from therapies.compare.choices import CompareAddress, FamilyChoices, SuggestedPair
from therapies.compare.columns import Column, at_age, columns
from therapies.compare.pictures import Picture
from therapies.compare.table import MOST_COMPARED, SharedConcern, Table, Unlike, current, shared_concerns, table, unlike
from therapies.domain import questions
from therapies.models import Condition, Outcome
from therapies.models.vocabulary import AGE_WORDS, AGES
from therapies.serving import catalogue, concerns, resolve
from therapies.serving.concerns import ConcernNames
from therapies.serving.describe import in_a_sentence
from therapies.serving.query import Link, NotUnderstood, OneOf, QueryForm, Several, SomeOf, Switch
from therapies.serving.resolve import ResolvedName

QUESTIONS = "#questions"  # where they begin on the page
SAID_ALONE = ("age", "matters", "differ", "view")  # of an address, what is read without asking the release
VIEWS = {"question": "By question", "therapy": "By therapy"}


class CompareForm(QueryForm):
    t = Several()
    concern = ConcernNames()
    age = OneOf(AGE_WORDS, message="We did not understand “{}” as an age. Here is what is said of all ages.")
    matters = SomeOf(
        known=[question.slug for question in questions.questions()],
        message="“{}” is none of the questions, so it cannot come first.",
    )
    differ = Switch()
    view = OneOf(VIEWS, otherwise="question", message="“{}” is no way to show a comparison. Here it is by question.")


@dataclass(frozen=True, slots=True)
class CompareQuery:
    """What an address asks for, as far as it was understood."""

    address: CompareAddress
    concern: Condition | None
    problems: list[NotUnderstood]
    messages: list[str]
    alone: str  # what to do next where one therapy is chosen


@dataclass(frozen=True, slots=True)
class Chosen:
    column: Column
    url: str  # of the same comparison without it


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A concern that at least two are rated for, and the address of this comparison for it."""

    row: SharedConcern
    url: str


@dataclass(slots=True)
class Comparison:
    """Everything the page shows. `table` is None if there are not two therapies to compare."""

    title: str
    address: CompareAddress
    concern: Condition | None
    problems: list[NotUnderstood]
    messages: list[str]
    chosen: list[Chosen]
    concerns: list[Condition]
    families: tuple[FamilyChoices, ...]
    alone: str = ""
    table: Table | None = None
    picture: Picture | None = None
    unlike: list[Unlike] = field(default_factory=list)
    shared: list[SharedLink] = field(default_factory=list)
    pairs: tuple[SuggestedPair, ...] = ()
    beside: list[Link] = field(default_factory=list)
    has_unchecked: bool = False
    in_general: tuple[Outcome, ...] = ()  # outcomes of any therapy
    untreated: SafeString = field(default_factory=SafeString)

    @property
    def status(self) -> int:
        return 400 if self.problems or self.messages else 200

    @property
    def by_question(self) -> str:
        return self.address.url(view="question") + QUESTIONS

    @property
    def by_therapy(self) -> str:
        return self.address.url(view="therapy") + QUESTIONS

    @property
    def handout(self) -> str:
        return self.address.url("comparison_handout", matters=(), differ=False, view="question")

    @property
    def all_rows(self) -> str:
        return self.address.url(differ=False) + QUESTIONS

    @property
    def asks_for_questions(self) -> bool:
        """Whether the address is about how the questions are shown: then they are open."""
        return self.address.differ or self.address.view == "therapy"

    @property
    def ages(self) -> list[tuple[str, str]]:
        return list(AGES.items())

    @property
    def age_name(self) -> str:
        return AGE_WORDS.get(self.address.age, "")

    @property
    def about(self) -> str:
        """What the counts are about, such as “constant worry, adults”; empty without a concern."""
        return (
            ", ".join(filter(None, [in_a_sentence(self.concern.everyday_name), self.age_name])) if self.concern else ""
        )

    @property
    def room(self) -> bool:
        return len(self.chosen) < MOST_COMPARED

    @property
    def warned(self) -> list[Column]:
        return [chosen.column for chosen in self.chosen if chosen.column.therapy.is_discouraged]


def compare(query: QueryDict) -> Comparison:
    """What the page shows for this query; its status is 400 if part of it was not understood."""
    asked = read(query)
    found = columns(asked.address.slugs)
    comparison = Comparison(
        title=_title([column.therapy.short_name for column in found]),
        address=asked.address,
        concern=asked.concern,
        problems=asked.problems,
        messages=asked.messages,
        alone=asked.alone,
        chosen=[Chosen(column, asked.address.without(column.slug)) for column in found],
        concerns=_known_concerns(found),
        families=choices.by_family(),
    )
    if len(found) < 2:
        comparison.pairs = choices.suggested()
        comparison.beside = _beside(found, asked.address)
    else:
        _set_side_by_side(comparison, found)
    return comparison


def _set_side_by_side(comparison: Comparison, found: Sequence[Column]) -> None:
    address, concern = comparison.address, comparison.concern
    at_this_age = [at_age(column, concern, address.age) for column in found]
    comparison.table = table(at_this_age, concern, only_differing=address.differ, first=address.matters)
    comparison.picture = pictures.picture(at_this_age, concern, address)
    comparison.unlike = unlike(found)
    comparison.shared = [
        SharedLink(row, address.url(concern=row.concern.slug))
        for row in shared_concerns(found, concerns.every().values())
    ]
    if concern:
        comparison.in_general, comparison.untreated = choices.known_of(concern)
        comparison.has_unchecked = any(not row.is_checked for column in at_this_age for row in current(column, concern))


def _title(short: Sequence[str]) -> str:
    if len(short) < 2:
        return "Compare therapies"
    return f"{', '.join(short[:-1])} and {short[-1]}, side by side"


def _known_concerns(found: Sequence[Column]) -> list[Condition]:
    """The concerns that any of them is rated or used for; all of them if no therapy is chosen yet."""
    every = choices.concerns_by_name()
    known = {pk for column in found for pk in column.verdicts}
    return [concern for concern in every if concern.pk in known] if found else list(every)


def _beside(found: Sequence[Column], address: CompareAddress) -> list[Link]:
    """For one therapy alone: what it is most easily confused with."""
    nearest = [column.therapy.nearest for column in found if column.therapy.nearest]
    return [Link(other.name, address.with_also(other.slug)) for other in nearest]


# ── Reading the query ──


def read(query: QueryDict) -> CompareQuery:
    """What is asked for, as far as it was understood; the rest becomes clear sentences."""
    form = CompareForm(query)
    asked = concerns.read(form.value("concern"))
    names = resolve.resolve("therapies", form.value("t")) if form.value("t") else []
    slugs = [name.slug for name in names if name.slug]
    once = list(dict.fromkeys(slugs))
    address = CompareAddress(once[:MOST_COMPARED], asked.slug, **{name: form.value(name) for name in SAID_ALONE})
    titles = _titles([*once, *(slug for name in names for slug in name.slugs)]) if names else {}
    messages = [*form.messages(), *asked.messages, *_twice(slugs, titles), *_too_many(once, titles)]
    problems = _unclear([name for name in names if not name.slug], address, titles)
    problems += asked.problems(lambda slug: address.url(concern=slug))
    return CompareQuery(address, asked.concern, problems, messages, _alone(once, titles))


def _titles(slugs: Sequence[str]) -> dict[str, str]:
    return dict(catalogue.therapies().filter(slug__in=slugs).values_list("slug", "name"))


def _twice(slugs: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    again = dict.fromkeys(slug for position, slug in enumerate(slugs) if slug in slugs[:position])
    return [f"{titles[slug]} was chosen more than once. It is shown once." for slug in again]


def _alone(slugs: Sequence[str], titles: Mapping[str, str]) -> str:
    if len(slugs) != 1:
        return ""
    return f"{titles[slugs[0]]} is one therapy alone. Add at least one more to compare it with."


def _too_many(slugs: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    if len(slugs) <= MOST_COMPARED:
        return []
    left = [titles[slug] for slug in slugs[MOST_COMPARED:]]
    several = f"{', '.join(left[:-1])} and {left[-1]} were" if len(left) > 1 else f"{left[0]} was"
    return [f"Four therapies at most fit side by side. {several} left out. Remove one of the four to make room."]


def _unclear(names: Sequence[ResolvedName], address: CompareAddress, titles: Mapping[str, str]) -> list[NotUnderstood]:
    """Each with what it may mean; names spelled like it are looked for a few times only, because that takes a while."""
    problems = []
    for position, name in enumerate(names):
        slugs, known = name.slugs, titles
        if not slugs and position < resolve.MOST_SUGGESTED_FOR:
            slugs = resolve.suggestions("therapies", name.written)
            known = _titles(slugs)
        meanings = [Link(known[slug], address.with_also(slug)) for slug in slugs if slug in known]
        problems.append(NotUnderstood("a therapy to compare", name.written, meanings, ambiguous=bool(name.slugs)))
    return problems
