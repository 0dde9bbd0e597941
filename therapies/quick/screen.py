"""The case card: a clinician's line in, the options for that case out, on one page of A4.

It shows what the concern's page shows, shorter; what is left out is counted. Red flags and warnings are never folded,
and nothing that was typed is passed over in silence. Reads the installed release only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from therapies.domain.severity import Severity
from therapies.models import Condition
from therapies.quick import both, line_reader
from therapies.quick.both import OfMedicine, Quoted
from therapies.quick.card import AGES, Card, Silent, card, neighbors, praised
from therapies.quick.on_file import OnFile, on_file
from therapies.quick.parsed import CaseLine
from therapies.quick.wish_words import CaseWish
from therapies.search.engine import SearchAnswer
from therapies.search.hits import SearchCard
from therapies.serving import catalogue, markdown
from therapies.serving.describe import in_a_sentence

OF_THE_YOUNG = "child-and-adolescent"  # the group of conditions that adults do not have
SHORT_AGES = {"adult": "Adults", "older": "Older", "adolescent": "Teenagers", "child": "Children"}
NEAREST = {  # the age to look at where nothing is for the one that was asked for
    "child": ("adolescent", "adult"),
    "adolescent": ("child", "adult"),
    "adult": ("adolescent", "child"),
    "older": ("adult",),
}
SETTLE_FIRST = (
    "Is there a risk to the person or to somebody else, or abuse at home?",
    "Could a bodily illness, a medicine, alcohol or drugs explain it?",
    "Is there psychosis, mania, a learning disability or a pregnancy that changes the choice?",
    "What was tried before, for how long, and did it help?",
    "What does the person want: one to one, group, family or online, and in which language?",
)


@dataclass(frozen=True, slots=True)
class AgeLink:
    """The same case at another age."""

    name: str
    line: str
    is_current: bool


@dataclass(slots=True)
class Case:
    """The screen. It has no concern where nothing was asked or found; `others` are what it could also have meant."""

    line: CaseLine
    conditions: list[Condition] = field(default_factory=list)
    card: Card | None = None
    nearest: Card | None = None
    elsewhere: list[Silent] = field(default_factory=list)  # no age was asked, and nothing is said of adults
    ages: list[AgeLink] = field(default_factory=list)
    medicine: list[OfMedicine] = field(default_factory=list)
    joint: list[Quoted] = field(default_factory=list)
    differs_by_severity: bool = False
    of_older: bool = False  # whether anything in force speaks of older adults
    settle_first: Sequence[str] = SETTLE_FIRST

    @property
    def found(self) -> SearchAnswer:
        return self.line.found

    @property
    def query(self) -> str:
        return self.line.text

    @property
    def condition(self) -> Condition | None:
        return next(iter(self.conditions), None)

    @property
    def name(self) -> str:
        """Such as “PTSD and alcohol problems”, with a plus between names that hold an “and” themselves."""
        first, *others = (item.name for item in self.conditions)
        names = [first, *map(in_a_sentence, others)]
        return (" + " if any(" and " in name for name in names) else " and ").join(names)

    @property
    def why(self) -> list[str]:
        """The official titles of the codes that led here."""
        return [one.hit.text for one in self.line.concerns if one.hit.how == "code"]

    @property
    def others(self) -> list[SearchCard]:
        """Of an age that was asked for, those alone that guidelines speak of at this age."""
        found = [other for one in self.line.concerns for other in one.others if other.slug not in self._slugs]
        return [other for other in found if not self.line.age or praised(other.slug, self.line.age)]

    @property
    def severity(self) -> Severity | None:
        return self.line.severity

    @property
    def wishes(self) -> list[CaseWish]:
        return self.line.wishes

    @property
    def wants_no_medicine(self) -> bool:
        return any(wish.slug == "medicine" for wish in self.wishes)

    @property
    def speaks_of_adults(self) -> bool:
        """Whether older adults were asked for, and nothing on file speaks of them in particular."""
        return bool(self.card and self.card.age == "older" and not self.of_older)

    @property
    def silent_on_medicine(self) -> str:
        """The concerns of which nothing on file says how they are treated with or without medicine."""
        return " or ".join(in_a_sentence(one.condition.name) for one in self.medicine if not one.quoted)

    @property
    def codes(self) -> str:
        """The codes of each concern, for a referral."""
        return " · ".join(
            ", ".join([*item.icd10cm_codes, *item.icd11_codes][:6])
            for item in self.conditions
            if item.icd10cm_codes or item.icd11_codes
        )

    @property
    def red_flags(self) -> list[str]:
        """The sentences of when to get help, each once."""
        return list(
            dict.fromkeys(flag for item in self.conditions for flag in markdown.sentences(item.get_help) if flag)
        )

    @property
    def _slugs(self) -> set[str]:
        return {item.slug for item in self.conditions}


def look_up(text: str) -> Case:
    """The screen for what was typed; some thirty queries at most, however long the lists."""
    line = line_reader.read(text)
    case = Case(line)
    slugs = [one.slug for one in line.concerns]
    wanted = catalogue.conditions().filter(slug__in=slugs).select_related("group").prefetch_related("related")
    by_slug = {condition.slug: condition for condition in wanted}
    case.conditions = [by_slug[slug] for slug in slugs]
    if not case.conditions:
        return case
    files = [on_file(condition) for condition in case.conditions]
    speaking = {age for one in files for age in one.ages}
    age = line.age or _usual_age(files, speaking)
    case.differs_by_severity = any(row.severity for one in files for row in one.in_force)
    case.of_older = any("older" in row.ages for one in files for row in one.in_force)
    case.card = card(files, age, line.severity, line.wishes, every_age=not line.age)
    if case.card.is_silent:
        nearest = next((near for near in NEAREST[age] if near in speaking), None)
        made = card(files, nearest, line.severity) if nearest else None
        case.nearest = made if made and not made.is_silent else None
    if not line.age and age != "adult":
        missed = [one.condition for one in files if one.condition.group.slug != OF_THE_YOUNG]
        case.elsewhere = [Silent(condition, neighbors(condition, "adult")) for condition in missed]
    named = [other for other in AGES if other in speaking or other == age]
    case.ages = [AgeLink(SHORT_AGES[other], line.at_age(other), other == age) for other in named]
    case.medicine = both.of_medicine(files, age) if case.wants_no_medicine else []
    case.joint = both.joint(files, age)
    return case


def _usual_age(files: Sequence[OnFile], speaking: set[str]) -> str:
    """Adults where the concerns have them, else the first age that something is said of."""
    if all(one.condition.group.slug == OF_THE_YOUNG for one in files):
        return next((age for age in ("child", "adolescent") if age in speaking), "child")
    return next((age for age in ("adult", "older", "adolescent", "child") if age in speaking), "adult")
