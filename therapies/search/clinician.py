"""One screen for a clinician: a condition, code or short form in; options by ages in standing order out.

It shows what the condition's page shows, shorter; what is left out is counted. Reads the installed release only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from therapies.domain.standing import Label
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Recommendation
from therapies.search.engine import SearchAnswer, search
from therapies.search.hits import SearchCard
from therapies.serving import catalogue, describe, markdown

MOST_OPTIONS = {"adult": 7, "adolescent": 3, "child": 3}  # what a page of A4 holds
MOST_BODIES = 2
MOST_AGAINST = 5
MOST_OTHERS = 6
GROUPS = {"adult": "Adults", "adolescent": "Teenagers", "child": "Children"}
WORTH_LISTING = (Label.RECOMMENDED, Label.OPTION, Label.DIFFER, Label.RESEARCH, Label.USED)
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


@dataclass(frozen=True, slots=True)
class AgeGroup:
    name: str
    options: list[ClinicianOption]
    left_out: int


@dataclass(slots=True)
class Quick:
    """The screen. `condition` is None where nothing was asked or found; `others` are what it could also have meant."""

    query: str
    found: SearchAnswer
    condition: Condition | None = None
    why: str = ""
    groups: list[AgeGroup] = field(default_factory=list)
    against: list[tuple[Verdict, list[Recommendation]]] = field(default_factory=list)
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
    quick.others = [hit.card for hit in conditions[1:] if hit.score >= first.score - 0.6][:MOST_OTHERS]
    quick.why = first.text if first.how == "code" else ""
    condition = catalogue.conditions().select_related("group").get(slug=first.card.slug)
    quick.condition = condition
    quick.groups = [group for age in GROUPS if (group := _group(condition, age)).options]
    quick.against = _against(condition)
    return quick


def _group(condition: Condition, age: str) -> AgeGroup:
    rated = [one for one in verdicts.of_condition(condition, ages=[age]) if _is_option(one)]
    main = [one for one in rated if not one.therapy.is_program] + [one for one in rated if one.therapy.is_program]
    shown = main[: MOST_OPTIONS[age]]
    slugs = [one.therapy.pk for one in shown]
    formats = catalogue.therapies().filter(pk__in=slugs).prefetch_related("participants").in_bulk()
    options = [_option(one, describe.participants(formats[one.therapy.pk])) for one in shown]
    return AgeGroup(GROUPS[age], options, len(main) - len(shown))


def _is_option(rated: Verdict) -> bool:
    return bool(rated.standing and rated.standing.label in WORTH_LISTING and not rated.therapy.is_discouraged)


def _option(rated: Verdict, formats: str) -> ClinicianOption:
    bodies = _bodies(rated)
    return ClinicianOption(
        rated=rated,
        bodies=bodies[:MOST_BODIES],
        more=max(0, len(bodies) - MOST_BODIES),
        sessions=describe.sessions(rated.therapy),
        formats=formats,
        given_by=markdown.first_sentence(rated.therapy.provided_by) if rated.therapy.provided_by else "",
        cautions=rated.therapy.cautions,
    )


def _bodies(rated: Verdict) -> list[Recommendation]:
    """Each document once, advice before findings."""
    once = {
        row.source_id: row for row in sorted(rated.rows, key=lambda row: -Recommendation.ADVICE_FIRST.index(row.stance))
    }
    return sorted(once.values(), key=lambda row: Recommendation.ADVICE_FIRST.index(row.stance))


def _against(condition: Condition) -> list[tuple[Verdict, list[Recommendation]]]:
    """What bodies advise against, and practices that are warned against."""
    rated = [one for one in verdicts.of_condition(condition) if one.is_against]
    return [(one, _bodies(one)[:MOST_BODIES]) for one in rated[:MOST_AGAINST]]
