"""One screen for a clinician: a condition, code or short form in; options by ages in standing order out.

It shows what the condition's page shows, shorter; what is left out is counted. Warnings stand before the options, and
an age that something on file speaks of is never passed over in silence. Where the query says how severe it is, what
documents say of another severity stands apart. Reads the installed release only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from therapies.domain import severity
from therapies.domain.severity import Severity
from therapies.domain.standing import LINES, TREATMENT, Label, praise, saying_of, voice
from therapies.evidence import verdicts, warned
from therapies.evidence.pairs import NO_PAIRS, every_pair
from therapies.evidence.statements import Pair, about_condition, recommendations
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import FoldedLines, Said
from therapies.models import Condition, ConditionStatement, Recommendation, Therapy
from therapies.search.engine import SearchAnswer, search
from therapies.search.hits import SearchCard
from therapies.serving import catalogue, describe, markdown

OLDER = "older"
MOST_OPTIONS = {"adult": 14, OLDER: 5, "adolescent": 8, "child": 8}
MOST_PRINTED = {"adult": 5, OLDER: 0, "adolescent": 3, "child": 3}  # what a page of A4 holds
MOST_BODIES = 2
MOST_OTHERS = 6
MOST_NEIGHBORS = 3
GROUPS = {"adult": "Adults", OLDER: "Older adults", "adolescent": "Teenagers", "child": "Children"}
HEARD = {  # of what has no entry
    "adult": {"adult", "older"},
    OLDER: {"older"},
    "adolescent": {"adolescent"},
    "child": {"child"},
}
OF_THE_YOUNG = "child-and-adolescent"  # the group of conditions that adults do not have
FIRST, BESIDE, WITHOUT_LABEL = "First choices", "Beside other treatment", "Without a label for treatment"
PLACES = {"first": FIRST, "adjunct": BESIDE}  # by line, of what guidelines recommend or list
FOR_IT = (Label.RECOMMENDED, Label.OPTION)
PARTS = {  # by label; what a guideline recommends without putting it first stands with the other choices
    Label.RECOMMENDED: "Other choices",
    Label.OPTION: "Other choices",
    Label.SECOND: "Second choices",
    Label.DIFFER: "Guidelines differ",
    Label.HELPS: "Research only",
    Label.UNCLEAR: "Research only",
    Label.NO_BENEFIT: "Research only",
}
SETTLE_FIRST = (
    "Is there a risk to the person or to somebody else, or abuse at home?",
    "Could a bodily illness, a medicine, alcohol or drugs explain it?",
    "Is there psychosis, mania, a learning disability or a pregnancy that changes the choice?",
    "What was tried before, for how long, and did it help?",
    "What does the person want: one to one, group, family or online, and in which language?",
)


@dataclass(frozen=True, slots=True)
class DocumentSays:
    """A document in a row: what it says, of which severities. `apart` is what it says otherwise of other severities."""

    row: Recommendation
    severities: str
    of_whom: str = ""
    apart: Sequence["DocumentSays"] = ()

    @property
    def every(self) -> list["DocumentSays"]:
        return [self, *self.apart]


@dataclass(frozen=True, slots=True)
class ClinicianOption:
    """A row: a therapy, its standing for these ages, and in short what a referral needs to know."""

    rated: Verdict
    bodies: list[DocumentSays]
    more: int
    sessions: str
    formats: str
    given_by: str
    cautions: str
    is_extra: bool  # shown on a screen, with no room on paper


@dataclass(frozen=True, slots=True)
class Part:
    """The options of one place in the order, such as the first choices."""

    title: str
    options: list[ClinicianOption]

    @property
    def note(self) -> str:
        """How to read first choices that a guideline only lists: “consider” can be what it puts first."""
        labels = {option.rated.standing.label for option in self.options if option.rated.standing}
        if self.title != FIRST or Label.OPTION not in labels:
            return ""
        if labels == {Label.OPTION}:
            return "These are options: no guideline here recommends one outright."
        return "“An option” stands here where a guideline puts it first without recommending it outright."

    @property
    def is_extra(self) -> bool:
        return all(option.is_extra for option in self.options)


@dataclass(frozen=True, slots=True)
class OtherSeverity:
    """A therapy that documents are for at another severity alone."""

    therapy: Therapy
    says: DocumentSays


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An age that nothing here is for, and the neighboring concerns where guidelines are for something."""

    age: str
    name: str
    neighbors: list[Condition]


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """What is warned against at one age, and the options. `advised` has no entry; `used` is in use and not rated.

    `neighbors` are related concerns, where no guideline is for a therapy here at this age and one is there.
    """

    age: str
    name: str
    warnings: FoldedLines
    parts: list[Part]
    advised: FoldedLines
    used: list[Therapy]
    left_out: int
    other_severity: list[OtherSeverity] = field(default_factory=list)
    neighbors: list[Condition] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return bool(self.warnings or self.parts or self.advised or self.other_severity)

    @property
    def is_of_older_adults(self) -> bool:
        return self.age == OLDER

    @property
    def options(self) -> list[ClinicianOption]:
        return [option for part in self.parts for option in part.options]

    @property
    def not_printed(self) -> int:
        return self.left_out + sum(option.is_extra for option in self.options)


@dataclass(slots=True)
class Quick:
    """The screen. `condition` is None where nothing was asked or found; `others` are what it could also have meant."""

    query: str
    found: SearchAnswer
    condition: Condition | None = None
    why: str = ""
    severity: Severity | None = None
    differs_by_severity: bool = False
    groups: list[AgeGroup] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    others: list[SearchCard] = field(default_factory=list)
    settle_first: Sequence[str] = SETTLE_FIRST

    @property
    def codes(self) -> str:
        item = self.condition
        return ", ".join([*item.icd10cm_codes, *item.icd11_codes][:6]) if item else ""


def look_up(text: str) -> Quick:
    """The screen for what was typed; some thirty queries at most, however long the lists."""
    found, asked = _search(text)
    conditions = [hit for hit in found.hits if hit.card.kind == "condition"]
    quick = Quick(text if asked else found.query, found)
    if not conditions:
        return quick
    first = conditions[0]
    quick.others = [hit.card for hit in conditions[1:] if hit.score * 2 >= first.score][:MOST_OTHERS]
    quick.why = first.text if first.how == "code" else ""
    condition = catalogue.conditions().select_related("group").prefetch_related("related").get(slug=first.card.slug)
    quick.condition = condition
    quick.severity = None if asked and _is_in_a_name(asked, condition, text) else asked
    said, statements = recommendations(conditions=[condition.pk]), about_condition(condition)
    in_force = [row for of_pair in said.values() for row in of_pair if row.source.is_in_force]
    quick.differs_by_severity = any(row.severity for row in in_force)
    groups = [(age, _group(condition, age, said, statements, quick.severity)) for age in GROUPS]
    speaking = _ages_on_file(said, statements)
    quick.groups = [group for age, group in groups if group.says_something or age in speaking]
    shown = {group.age for group in quick.groups}
    silent = [age for age in GROUPS if age not in {*shown, OLDER} and _is_of_age(condition, age)]
    quick.elsewhere = [Elsewhere(age, GROUPS[age], _neighbors(condition, age)) for age in silent]
    return quick


def _search(text: str) -> tuple[SearchAnswer, Severity | None]:
    """What a query finds, and how severe it says that it is; those words are left out only where they hinder."""
    found, asked = search(text), severity.read(text)
    if asked and not any(hit.card.kind == "condition" for hit in found.hits):
        return search(severity.without(text)), asked
    return found, asked


def _is_in_a_name(asked: Severity, condition: Condition, text: str) -> bool:
    """Whether the words belong to a name in the query, such as “mild cognitive impairment”."""
    names = (condition.name, condition.plain_name, *condition.aliases, *condition.lay_names)
    typed = [name.casefold() for name in names if name and name.casefold() in text.casefold()]
    return any(asked.words in name for name in typed)


def _is_of_age(condition: Condition, age: str) -> bool:
    """Whether people of this age have the condition, as far as its entry says so."""
    return condition.group.slug != OF_THE_YOUNG if age == "adult" else bool(condition.children)


def _ages_on_file(said: Mapping[Pair, list[Recommendation]], statements: Iterable[ConditionStatement]) -> set[str]:
    """The ages that anything on file speaks of, whatever its state; of these the screen says it if nothing is left."""
    rows = [*(row for of_pair in said.values() for row in of_pair), *statements]
    return {age for row in rows for age in row.ages} - {OLDER}


def _neighbors(condition: Condition, age: str) -> list[Condition]:
    """The related concerns of which guidelines in force are for something at this age.

    Those of the same group first, then those of which they say most.
    """
    counts: Counter[Condition] = Counter()
    sayings = every_pair().sayings
    for other in condition.related.all():
        for _, number in every_pair().by_condition.get(other.slug, NO_PAIRS):
            counts[other] += sum(age in row.ages for row in praise(sayings[number].statements))
    found = [other for other, count in counts.items() if count]
    found.sort(key=lambda other: (other.group_id != condition.group_id, -counts[other], other.name))
    return found[:MOST_NEIGHBORS]


def _group(
    condition: Condition,
    age: str,
    said: Mapping[Pair, list[Recommendation]],
    statements: Iterable[ConditionStatement],
    asked: Severity | None,
) -> AgeGroup:
    every = _verdicts(condition, age, _heard(said, age, asked))
    about = [row for row in statements if HEARD[age] & set(row.ages) and (age != OLDER or "adult" not in row.ages)]
    rated = [one for one in every if _is_option(one)]
    shown = sorted(rated, key=_place)[: MOST_OPTIONS[age]]
    formats = catalogue.therapies().filter(pk__in=[one.therapy.pk for one in shown])
    by_pk = formats.prefetch_related("participants").in_bulk()
    options = [
        (_part(one), _option(one, describe.participants(by_pk[one.therapy.pk]), is_extra=number >= MOST_PRINTED[age]))
        for number, one in enumerate(shown)
    ]
    titles = dict.fromkeys(title for title, _ in options)
    is_advised = any(praise(row.spoken for row in one.rows) for one in rated)
    return AgeGroup(
        age,
        GROUPS[age],
        warned.warnings(every, about, condition, [age]),
        [Part(title, [option for part, option in options if part == title]) for title in titles],
        warned.advised(about, condition, [age]),
        [one.therapy for one in every if one.standing and one.standing.label is Label.USED and not one.is_against],
        len(rated) - len(shown),
        _of_another(every, _verdicts(condition, age, _heard(said, age, None))) if asked else [],
        [] if is_advised or age == OLDER else _neighbors(condition, age),
    )


def _verdicts(condition: Condition, age: str, heard: Mapping[Pair, list[Recommendation]]) -> list[Verdict]:
    """Of older adults only what is said of them in particular: what is said of adults is about them too."""
    if age == OLDER and not heard:
        return []
    every = verdicts.of_condition(condition, ages=[age], by_pair=heard)
    return [one for one in every if one.all_rows] if age == OLDER else every


def _heard(
    said: Mapping[Pair, list[Recommendation]], age: str, asked: Severity | None
) -> dict[Pair, list[Recommendation]]:
    """The statements on each pair that this age and severity hear."""
    heard = {
        pair: [
            row
            for row in rows
            if (not asked or asked.suits(row.severity))
            and (age != OLDER or (OLDER in row.ages and "adult" not in row.ages))
        ]
        for pair, rows in said.items()
    }
    return {pair: rows for pair, rows in heard.items() if rows}


def _of_another(heard: Iterable[Verdict], every: Iterable[Verdict]) -> list[OtherSeverity]:
    """The therapies that guidelines in force are for at another severity, and at the one that was asked for not."""
    advised = {one.therapy.pk for one in heard if praise(row.spoken for row in one.rows)}
    others = []
    for one in every:
        rows = [row for row in one.rows if row.severity and praise([row.spoken])]
        if rows and one.therapy.pk not in advised:
            others.append(OtherSeverity(one.therapy, _documents(rows)[0]))
    return others


def _is_option(rated: Verdict) -> bool:
    """Whether it has a label worth a row, or is at least spoken of in a document in force."""
    if rated.is_against or rated.folds:
        return False
    return rated.standing.label in PARTS if rated.standing else bool(rated.rows)


def _part(rated: Verdict) -> str:
    standing = rated.standing
    if standing is None:
        return WITHOUT_LABEL
    if standing.label in FOR_IT and standing.line in PLACES:
        return PLACES[standing.line]
    return PARTS[standing.label]


def _place(rated: Verdict) -> tuple[int, Any]:
    """By part of the table; within one, in the order of the standings."""
    titles = list(dict.fromkeys([FIRST, PARTS[Label.OPTION], BESIDE, *PARTS.values(), WITHOUT_LABEL]))
    return titles.index(_part(rated)), rated.order


def _option(rated: Verdict, formats: str, *, is_extra: bool) -> ClinicianOption:
    bodies = _who_says_so(rated)
    return ClinicianOption(
        rated=rated,
        bodies=bodies[:MOST_BODIES],
        more=max(0, len(bodies) - MOST_BODIES),
        sessions=describe.sessions(rated.therapy),
        formats=formats,
        given_by=markdown.first_sentence(rated.therapy.provided_by) if rated.therapy.provided_by else "",
        cautions=rated.therapy.cautions,
        is_extra=is_extra,
    )


def _who_says_so(rated: Verdict) -> list[DocumentSays]:
    """Those who make the label first; where guidelines differ, one of each side before the rest."""
    if rated.standing is None:
        return _documents(rated.rows)
    saying = saying_of(rated.standing.label)
    making = [row for row in rated.rows if row.purpose in TREATMENT and voice(row.stance, row.source.kind) in saying]
    first = _documents(making, rated.rows)
    if rated.standing.label is Label.DIFFER:
        first = [*first[:1], *_documents(rated.warnings)[:1], *first[1:]]
    known = {one.row.source_id for one in first}
    return [*first, *_documents(row for row in rated.rows if row.source_id not in known)]


def _documents(rows: Iterable[Recommendation], every: Iterable[Recommendation] = ()) -> list[DocumentSays]:
    """Each document once: what was read before what is recalled, advice before findings; all severities together.

    `every` may hold more that these documents say: what they say otherwise of another severity stands beside it.
    """
    ordered, everything = sorted(rows, key=_advice_first), sorted(every, key=_advice_first)
    once: dict[int, DocumentSays] = {}
    for row in ordered:
        if row.source_id not in once:
            same = [other for other in ordered if _says_the_same(other, row)]
            of_same = [other for other in everything or ordered if other.source_id == row.source_id]
            otherwise = {other.stance: other for other in reversed(of_same) if other.stance != row.stance}
            severities = {"", *(other.severity for other in same)}
            apart = [other for other in otherwise.values() if row.severity and other.severity not in severities]
            once[row.source_id] = _says(same, [_says([other]) for other in apart])
    return list(once.values())


def _advice_first(row: Recommendation) -> tuple[int, int, bool]:
    return Recommendation.ADVICE_FIRST.index(row.stance), LINES.index(row.line), not row.is_checked


def _says_the_same(one: Recommendation, other: Recommendation) -> bool:
    fields = ("source_id", "stance", "line", "purpose", "basis")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _says(rows: Sequence[Recommendation], apart: Sequence[DocumentSays] = ()) -> DocumentSays:
    """Several statements of one document that say the same; of whom, only where they do not differ in it."""
    notes = {Said(row).of_whom.split("; ")[0] for row in rows}
    of_whom = notes.pop() if len(notes) == 1 else ""
    return DocumentSays(rows[0], severity.listed(row.severity for row in rows), of_whom, apart)
