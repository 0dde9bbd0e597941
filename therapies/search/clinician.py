"""One screen for a clinician: a condition, code or short form in; options by ages in standing order out.

It shows what the condition's page shows, shorter; what is left out is counted. Warnings stand before the options, and
an age that something on file speaks of is never passed over in silence. Reads the installed release only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from therapies.domain.standing import TREATMENT, Label, saying_of, voice
from therapies.evidence import verdicts, warned
from therapies.evidence.statements import Pair, about_condition, recommendations
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import FoldedLines
from therapies.models import Condition, ConditionStatement, Recommendation, Therapy
from therapies.search.engine import SearchAnswer, search
from therapies.search.hits import SearchCard
from therapies.serving import catalogue, describe, markdown

MOST_OPTIONS = {"adult": 14, "adolescent": 8, "child": 8}
MOST_PRINTED = {"adult": 5, "adolescent": 3, "child": 3}  # what a page of A4 holds
MOST_BODIES = 2
MOST_OTHERS = 6
GROUPS = {"adult": "Adults", "adolescent": "Teenagers", "child": "Children"}
HEARD = {"adult": {"adult", "older"}, "adolescent": {"adolescent"}, "child": {"child"}}  # of what has no entry
FIRST, WITHOUT_LABEL = "First choices", "Without a label for treatment"
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
class ClinicianOption:
    """A row: a therapy, its standing for these ages, and in short what a referral needs to know."""

    rated: Verdict
    bodies: list[Recommendation]
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
    def is_extra(self) -> bool:
        return all(option.is_extra for option in self.options)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """What is warned against at one age, and the options. `advised` has no entry; `used` is in use and not rated."""

    name: str
    warnings: FoldedLines
    parts: list[Part]
    advised: FoldedLines
    used: list[Therapy]
    left_out: int

    @property
    def says_something(self) -> bool:
        return bool(self.warnings or self.parts or self.advised)

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
    groups: list[AgeGroup] = field(default_factory=list)
    others: list[SearchCard] = field(default_factory=list)
    settle_first: Sequence[str] = SETTLE_FIRST

    @property
    def codes(self) -> str:
        item = self.condition
        return ", ".join([*item.icd10cm_codes, *item.icd11_codes][:6]) if item else ""


def look_up(text: str) -> Quick:
    """The screen for what was typed; twenty queries at most, however long the lists."""
    found = search(text)
    conditions = [hit for hit in found.hits if hit.card.kind == "condition"]
    quick = Quick(found.query, found)
    if not conditions:
        return quick
    first = conditions[0]
    quick.others = [hit.card for hit in conditions[1:] if hit.score * 2 >= first.score][:MOST_OTHERS]
    quick.why = first.text if first.how == "code" else ""
    condition = catalogue.conditions().select_related("group").get(slug=first.card.slug)
    quick.condition = condition
    said, statements = recommendations(conditions=[condition.pk]), about_condition(condition)
    groups = [(age, _group(condition, age, said, statements)) for age in GROUPS]
    speaking = _ages_on_file(condition, said, statements)
    quick.groups = [group for age, group in groups if group.says_something or age in speaking]
    return quick


def _ages_on_file(
    condition: Condition, said: Mapping[Pair, list[Recommendation]], statements: Iterable[ConditionStatement]
) -> set[str]:
    """The ages that anything on file speaks of, whatever its state; of these the screen says it if nothing is left."""
    rows = [*(row for of_pair in said.values() for row in of_pair), *statements]
    ages = {age for row in rows for age in row.ages}
    return ages | {"child", "adolescent"} if condition.children else ages


def _group(
    condition: Condition,
    age: str,
    said: Mapping[Pair, list[Recommendation]],
    statements: Iterable[ConditionStatement],
) -> AgeGroup:
    every = verdicts.of_condition(condition, ages=[age], by_pair=said)
    about = [row for row in statements if HEARD[age] & set(row.ages)]
    rated = [one for one in every if _is_option(one)]
    shown = sorted(rated, key=_place)[: MOST_OPTIONS[age]]
    formats = catalogue.therapies().filter(pk__in=[one.therapy.pk for one in shown])
    by_pk = formats.prefetch_related("participants").in_bulk()
    options = [
        (_part(one), _option(one, describe.participants(by_pk[one.therapy.pk]), is_extra=number >= MOST_PRINTED[age]))
        for number, one in enumerate(shown)
    ]
    titles = dict.fromkeys(title for title, _ in options)
    return AgeGroup(
        GROUPS[age],
        warned.warnings(every, about, condition, [age]),
        [Part(title, [option for part, option in options if part == title]) for title in titles],
        warned.advised(about, condition, [age]),
        [one.therapy for one in every if one.standing and one.standing.label is Label.USED and not one.is_against],
        len(rated) - len(shown),
    )


def _is_option(rated: Verdict) -> bool:
    """Whether it has a label worth a row, or is at least spoken of in a document in force."""
    if rated.is_against or rated.folds:
        return False
    return rated.standing.label in PARTS if rated.standing else bool(rated.rows)


def _part(rated: Verdict) -> str:
    standing = rated.standing
    if standing is None:
        return WITHOUT_LABEL
    return FIRST if standing.label is Label.RECOMMENDED and standing.line == "first" else PARTS[standing.label]


def _place(rated: Verdict) -> tuple[int, Any]:
    """By part of the table; within one, in the order of the standings."""
    titles = list(dict.fromkeys([FIRST, *PARTS.values(), WITHOUT_LABEL]))
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


def _who_says_so(rated: Verdict) -> list[Recommendation]:
    """Those who make the label first; where guidelines differ, one of each side before the rest."""
    if rated.standing is None:
        return _bodies(rated.rows)
    saying = saying_of(rated.standing.label)
    making = [row for row in rated.rows if row.purpose in TREATMENT and voice(row.stance, row.source.kind) in saying]
    first = _bodies(making)
    if rated.standing.label is Label.DIFFER:
        first = [*first[:1], *_bodies(rated.warnings)[:1], *first[1:]]
    rest = _bodies(row for row in rated.rows if row.source_id not in {body.source_id for body in first})
    return [*first, *rest]


def _bodies(rows: Iterable[Recommendation]) -> list[Recommendation]:
    """Each document once: what was read before what is recalled, advice before findings."""
    once: dict[int, Recommendation] = {}
    for row in sorted(rows, key=lambda row: (Recommendation.ADVICE_FIRST.index(row.stance), not row.is_checked)):
        once.setdefault(row.source_id, row)
    return list(once.values())
