"""The page of one condition as data: what helps in order of standing, for the ages asked for, and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, groupby

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse

from therapies.domain import pooled_words, things_to_know
from therapies.domain.standing import Label, Standing, heard_at
from therapies.domain.things_to_know import Thing
from therapies.entries.differences import TAKEN_TOGETHER, ForestPlot, forest_plots
from therapies.entries.therapy import by_body
from therapies.evidence import verdicts, warned
from therapies.evidence.statements import Document, about_condition, ages_spoken_of, documents, recommendations
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import FoldedLines
from therapies.models import (
    Condition,
    ConditionGroup,
    ConditionStatement,
    Outcome,
    PooledEffect,
    Recommendation,
    Source,
)
from therapies.models.base import name_key
from therapies.models.vocabulary import AGE_WORDS
from therapies.serving import catalogue, markdown, pooled
from therapies.serving.describe import ADULTS_MEANS
from therapies.serving.drawn_facts import ShortFact, in_short
from therapies.serving.query import OneOf, QueryForm

MOST_CARDS = 3
TEXTS = ("things_to_know", "what_it_is", "what_helps", "untreated", "get_help", "children")


@dataclass(frozen=True, slots=True)
class AgeChoice:
    """One ages link of the switch."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Help:
    """A therapy in the list: its standing, the bodies whose checked words make it, and how much else there is."""

    rated: Verdict
    bodies: list[Recommendation]
    ages: str = ""  # such as “teenagers”, if it is said of them alone and other therapies are spoken of for adults
    effect: PooledEffect | None = None  # people of 100, beside those of the other cards

    @property
    def facts(self) -> list[ShortFact]:
        return in_short(self.rated.therapy)

    @property
    def more(self) -> str:
        """Such as “2 to be checked, 1 replaced”."""
        counts = ((len(self.rated.unchecked), "to be checked"), (len(self.rated.history), "replaced or withdrawn"))
        return ", ".join(f"{count} {word}" for count, word in counts if count)


@dataclass(frozen=True, slots=True)
class ConditionBlock:
    """Therapies of one standing, under its name and meaning."""

    slug: str
    name: str
    meaning: str
    helps: list[Help]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of one therapy, or of several pooled (then without an address)."""

    name: str
    url: str
    outcomes: list[Outcome]


@dataclass(frozen=True)
class ConditionPage:
    condition: Condition
    age: str
    ages: list[AgeChoice]
    messages: list[str]
    warnings: FoldedLines
    blocks: list[ConditionBlock]
    for_else: list[Help]  # for preventing the problem or a relapse, or for living with it
    unchecked: list[Help]
    against: list[Help]
    statements: list[tuple[str, list[Document]]]
    effects: list[PooledEffect]
    effect: PooledEffect | None  # the figure that heads the page: of talking therapies taken together
    drawn: Outcome | None  # without one, such a figure that was read in its document
    numbers: list[Numbers]
    plots: list[ForestPlot]
    codes: list[tuple[str, list[tuple[str, str]]]]
    cited: dict[str, Source]
    text_sources: list[Source]

    @property
    def urgent(self) -> str:
        """The first sentence of when to get help, which stands alone."""
        return markdown.first_sentence(self.condition.get_help) if self.condition.get_help else ""

    @property
    def things_to_know(self) -> list[Thing]:
        """What it is, what is on file of therapies, and how it goes; without texts of ours the middle one."""
        on_file = {block.name: [item.rated.therapy.name for item in block.helps] for block in self.blocks}
        kinds = (
            Standing(Label.OPTION),
            Standing(Label.SECOND),
            Standing(Label.RECOMMENDED, line="adjunct"),
            Standing(Label.DIFFER),
            Standing(Label.HELPS),
        )
        options, second, beside, differing, researched = (len(on_file.get(kind.name, ())) for kind in kinds)
        recommended = on_file.get(Standing(Label.RECOMMENDED).name, [])
        written = things_to_know.read(self.condition.things_to_know)
        found = things_to_know.of_therapies(recommended, options + second, beside, differing, researched)
        return [*written[:1], found, *written[1:]]

    @cached_property
    def foremost(self) -> list[Help]:
        """The first that guidelines recommend, or list where they recommend none, for cards."""
        block = next((block for block in self.blocks if block.slug in ("recommended", "option")), None)
        first = block.helps[:MOST_CARDS] if block else []
        prefetch_related_objects([item.rated.therapy for item in first], "participants")
        effects = pooled.side_by_side(self.effects, [item.rated.therapy.pk for item in first], self.age)
        return [replace(item, effect=effects.get(item.rated.therapy.pk)) for item in first]

    @property
    def in_cards(self) -> PooledEffect | None:
        """One of the effects of the cards: they have the same comparison, measure and ages."""
        return next((item.effect for item in self.foremost if item.effect), None)

    @property
    def between_cards(self) -> str:
        """“no clear difference” if that holds between any two of the cards' numbers."""
        ends = [(item.effect.treated_low, item.effect.treated_high) for item in self.foremost if item.effect]
        said = {pooled_words.between(one, other) for one, other in combinations(ends, 2)}
        return said.pop() if len(said) == 1 else ""

    @property
    def compare_url(self) -> str:
        """The cards side by side, for this concern and age; empty where there are not two."""
        asked = {"t": [item.rated.therapy.slug for item in self.foremost], "for": self.condition.slug}
        age = {"age": self.age} if self.age else {}
        return reverse("compare", query=asked | age) if len(self.foremost) > 1 else ""

    @property
    def age_name(self) -> str:
        return AGE_WORDS.get(self.age, "")

    @property
    def age_note(self) -> str:
        return ADULTS_MEANS if self.age == "older" else ""

    @property
    def first_code(self) -> str:
        return next((code for code in (*self.condition.icd10cm_codes, *self.condition.icd11_codes)), "")

    @property
    def abbreviations(self) -> list[str]:
        """Clinicians' short forms, without one that is the name itself."""
        return [text for text in self.condition.abbreviations if text != self.condition.name]

    @property
    def also_called(self) -> list[str]:
        """Each other name once, without those that head the page."""
        item = self.condition
        named = {name_key(name): name for name in (*item.aliases, *item.lay_names)}
        return [name for key, name in named.items() if key not in {name_key(item.name), name_key(item.plain_name)}]

    @property
    def status(self) -> int:
        return 400 if self.messages else 200


class AgeForm(QueryForm):
    age = OneOf(AGE_WORDS, message="We did not understand “{}” as an age. Here is everything, for all ages.")


def groups(often: Sequence[str] = ()) -> list[tuple[ConditionGroup, list[Condition]]]:
    """Every group with its conditions; two queries.

    The groups come first that hold what is looked for most `often` (slugs in that order), and so do those in a group;
    the others by the name that is shown.
    """
    place = {slug: number for number, slug in enumerate(often)}
    found = []
    for group in catalogue.condition_groups().prefetch_related("conditions"):
        conditions = sorted(
            group.conditions.all(), key=lambda item: (place.get(item.slug, len(place)), _everyday_name(item))
        )
        first = min((place.get(item.slug, len(place)) for item in conditions), default=len(place))
        found.append((first, _everyday_name(group), group, conditions))
    return [(group, conditions) for _, _, group, conditions in sorted(found, key=lambda row: row[:2])]


def often_looked_for(every: Iterable[tuple[ConditionGroup, list[Condition]]], often: Sequence[str]) -> list[Condition]:
    """Of these groups, what is looked for most often, in that order."""
    by_slug = {item.slug: item for _, conditions in every for item in conditions}
    return [by_slug[slug] for slug in often if slug in by_slug]


def _everyday_name(item: ConditionGroup | Condition) -> str:
    return (item.plain_name or item.name).lower()


def condition_page(slug: str, query: QueryDict) -> ConditionPage | None:
    """The page of the condition with exactly this slug; None where there is none. `age` narrows what is listed."""
    wanted = catalogue.conditions().filter(slug=slug).select_related("group")
    condition = wanted.prefetch_related("related", "text_sources").first()
    if condition is None:
        return None
    form = AgeForm(query)
    age: str = form.value("age")
    ages = [age] if age else []
    said = recommendations(conditions=[condition.pk])
    spoken_of = ages_spoken_of(row for rows in said.values() for row in rows)
    every = verdicts.of_condition(condition, ages=ages, by_pair=said)
    helps = [_help(rated, names_ages="adult" in spoken_of) for rated in every if not rated.folds]
    against = [item for item in helps if item.rated.is_against]
    rest = [item for item in helps if not item.rated.is_against]
    rated = [item for item in rest if item.rated.standing]
    cited = markdown.cited(getattr(condition, field) for field in TEXTS)
    statements = about_condition(condition, ages=ages)
    outcomes = list(catalogue.outcomes().filter(condition=condition).select_related("condition", "source", "therapy"))
    effects = pooled.of_condition(condition)
    effect = pooled.drawn([row for row in effects if row.is_in_general], age)
    drawn = None if effect else next((row for row in outcomes if row.therapy is None and row.is_checked), None)
    return ConditionPage(
        condition=condition,
        age=age,
        ages=_choices(slug, age, spoken_of),
        messages=form.messages(),
        warnings=warned.warnings(every, statements, condition, heard_at(ages)),
        blocks=list(_blocks(rated)),
        for_else=[item for item in rest if not item.rated.standing and item.rated.beside],
        unchecked=[item for item in rest if not item.rated.standing and not item.rated.beside],
        against=against,
        statements=_by_subject(statements),
        effects=effects,
        effect=effect,
        drawn=drawn,
        numbers=_numbers(row for row in outcomes if row is not drawn),
        plots=forest_plots(effects, age),
        codes=_codes(condition),
        cited=cited,
        text_sources=by_body(({source.slug: source for source in condition.text_sources.all()} | cited).values()),
    )


def _help(rated: Verdict, *, names_ages: bool) -> Help:
    """Each document once for each thing it says, advice before findings."""
    once = {(row.source_id, row.stance, row.finding_level, row.purpose): row for row in rated.rows}
    bodies = sorted(once.values(), key=lambda row: Recommendation.ADVICE_FIRST.index(row.stance))
    return Help(rated, bodies, rated.ages_alone if names_ages else "")


def _blocks(helps: Sequence[Help]) -> Iterable[ConditionBlock]:
    for kind, here in groupby(helps, key=_kind):
        if kind:
            yield ConditionBlock(kind.slug, kind.name, kind.meaning, list(here))


def _kind(item: Help) -> Standing | None:
    return item.rated.standing and item.rated.standing.of_kind


def _numbers(outcomes: Iterable[Outcome]) -> list[Numbers]:
    """The figures of each therapy under its name; those of no single one come last, under a heading of their own."""
    by_therapy: dict[int | None, Numbers] = {}
    for row in outcomes:
        name, url = (row.therapy.name, row.therapy.get_absolute_url()) if row.therapy else (TAKEN_TOGETHER, "")
        by_therapy.setdefault(row.therapy_id, Numbers(name, url, [])).outcomes.append(row)
    return sorted(by_therapy.values(), key=lambda numbers: not numbers.url)


def _choices(slug: str, age: str, spoken_of: Sequence[str]) -> list[AgeChoice]:
    """All ages, those that something on file speaks of, and the one that was asked for."""
    known = {key: name.capitalize() for key, name in AGE_WORDS.items() if key in spoken_of or key == age}
    names = {"": "All ages", **known}
    return [AgeChoice(name, _at_age(slug, key), key == age) for key, name in names.items()]


def _at_age(slug: str, age: str) -> str:
    return reverse("condition", args=[slug], query={"age": age} if age else None, fragment="therapies")


def _by_subject(statements: Sequence[ConditionStatement]) -> list[tuple[str, list[Document]]]:
    """What can be shown honestly, that is with its subject and its fact, in the order of the kinds of help."""
    shown = [row for row in statements if row.subject and row.fact]
    kinds = ((name, [row for row in shown if row.about == about]) for about, name in ConditionStatement.ABOUT.items())
    return [(name, documents(rows)) for name, rows in kinds if rows]


def _codes(condition: Condition) -> list[tuple[str, list[tuple[str, str]]]]:
    """(name of the code system, [(code, title)])."""
    return [
        (system, list(zip(codes, [*titles, *[""] * len(codes)], strict=False)))
        for system, codes, titles in (
            ("ICD-10-CM", condition.icd10cm_codes, condition.icd10cm_titles),
            ("ICD-11", condition.icd11_codes, condition.icd11_titles),
            ("MeSH", [condition.mesh_id] if condition.mesh_id else [], [condition.mesh_term]),
        )
        if codes
    ]
