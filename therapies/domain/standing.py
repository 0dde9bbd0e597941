"""Statements to one honest label for (therapy, condition, ages). Pure; the only place that knows the rule.

Bodies disagree, and merging their grades hides it: the label serves sorting and filtering, and a page always shows
each body's own words beside it. A label says what, and how far it was checked. Which documents are in force is decided
in `models/evidence.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from therapies.domain import bodies
from therapies.domain.statements import BEST_BASED, PRAISE, Spoken, Voice, voice


class Label(StrEnum):
    """In the order in which a list shows them."""

    RECOMMENDED = "recommended"
    OPTION = "option"
    SECOND = "second-choice"
    DIFFER = "guidelines-differ"
    HELPS = "research-helps"
    UNCLEAR = "research-unclear"
    NO_BENEFIT = "research-no-benefit"
    USED = "in-use-not-rated"
    HARM = "harm-found"
    AGAINST = "advised-against"

    @property
    def label(self) -> str:
        return NAMES[self]


NAMES = {
    Label.RECOMMENDED: "Recommended",
    Label.OPTION: "An option",
    Label.SECOND: "Second choice",
    Label.DIFFER: "Guidelines differ",
    Label.HELPS: "Research: helps",
    Label.UNCLEAR: "Research: unclear",
    Label.NO_BENEFIT: "Research: no benefit shown",
    Label.USED: "In use, not rated",
    Label.HARM: "Harm found",
    Label.AGAINST: "Advised against",
}
MEANINGS = {
    Label.RECOMMENDED: "At least one guideline recommends it and none advises against it.",
    Label.OPTION: "At least one guideline lists it as an option. None recommends it or advises against it.",
    Label.SECOND: "Guidelines name it only after another treatment, or if that one is refused or does not suit.",
    Label.DIFFER: "Some guidelines are for it and some against it.",
    Label.HELPS: "Studies found that it helps. No guideline in force on file is for it or against it as a treatment.",
    Label.UNCLEAR: "Studies or guidelines looked at it and could not decide.",
    Label.NO_BENEFIT: "Studies looked at it and did not show that it helps.",
    Label.USED: "It is in use. There is no statement about it on file.",
    Label.HARM: "Studies found harm, and no guideline on file is for it.",
    Label.AGAINST: "At least one guideline or professional organization advises against it and none is for it.",
}
WARNINGS = frozenset({Label.HARM, Label.AGAINST})
RESEARCH = frozenset({Label.HELPS, Label.UNCLEAR, Label.NO_BENEFIT, Label.HARM})
OF_PRAISE = (Label.RECOMMENDED, Label.OPTION, Label.SECOND)
FOUND = {"strong": Label.HELPS, "modest": Label.HELPS, "limited": Label.HELPS, "none": Label.NO_BENEFIT}
FOUND |= {"harmful": Label.HARM}
TREATMENT = frozenset({"treatment", "acute-early"})
OTHER_PURPOSES = {  # which have labels of their own, beside the one for treatment
    "To prevent a relapse": frozenset({"relapse-prevention"}),
    "For prevention": frozenset({"prevention"}),
    "For living with it": frozenset({"self-management"}),
}


# ── The label ──

LINES = ("first", "option", "", "none", "adjunct", "after-first", "relapse")  # the order within a label
NAMED_LINES = ("first", "option", "after-first")  # say where it stands among the choices


class Order(NamedTuple):
    """Where a list puts a standing: by kind, by line, checked before to be checked, then what most bodies say.

    What holds for a part of the people alone comes after what holds for all of them. Of what equally many say outright,
    that comes first which most bodies speak of, then what was said last.
    """

    rank: int
    is_part: bool
    line: int
    is_unchecked: bool
    minus_agree: int
    minus_bodies: int = 0
    minus_year: int = 0

    @property
    def label(self) -> Label:
        return KINDS[self.rank][0]


@dataclass(frozen=True, slots=True)
class Standing:
    """The label, how many of the bodies that speak of the pair say so (`agree` of `bodies`), and how far it is checked.

    `line` is the best place that a body gives it; `only_for` names groups, if it holds for them alone. `would_say` has
    the bodies whose recalled words make the label; it is empty if the label rests on what was read. `is_mild` tells of
    advice against that only says “not as a rule”. `year` is that of the newest document that says so.
    """

    label: Label
    agree: int = 0
    bodies: int = 0
    line: str = ""
    would_say: tuple[str, ...] = ()
    is_mild: bool = False
    year: int = 0
    only_for: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return self.label.value

    @property
    def name(self) -> str:
        word = NOT_USUALLY if self.is_mild else self.label.label
        return f"{word} {BESIDE}{self.of_whom}" if self.is_beside else f"{word}{self.of_whom}"

    @property
    def of_whom(self) -> str:
        """Such as “ for people with cancer”; empty if it holds for everybody with the concern."""
        return f" for {' and '.join(self.only_for)}" if self.only_for else ""

    @property
    def is_beside(self) -> bool:
        """Whether it is recommended beside other treatment alone: then every option comes before it."""
        return self.label is Label.RECOMMENDED and self.line == "adjunct"

    @property
    def says_more(self) -> bool:
        """Whether it says more than a heading over several: what is to be checked, for whom, and how mildly."""
        return bool(self.would_say or self.only_for or self.is_mild)

    @property
    def of_kind(self) -> "Standing":
        """What a heading over several says of them: the label, and whether it is for use beside other treatment."""
        return Standing(self.label, line=self.line if self.is_beside else "")

    @property
    def is_checked(self) -> bool:
        return not self.would_say

    @property
    def briefly(self) -> "Standing":
        """The label as a heading says it, and only whether it is checked."""
        return replace(self.of_kind, would_say=self.would_say and ("",))

    @property
    def is_warning(self) -> bool:
        return self.label in WARNINGS

    @property
    def rank(self) -> int:
        return KINDS.index((self.label, self.is_beside))

    @property
    def order(self) -> Order:
        line, is_part = LINES.index(self.line), bool(self.only_for)
        return Order(self.rank, is_part, line, not self.is_checked, -self.agree, -self.bodies, -self.year)

    @property
    def meaning(self) -> str:
        if self.is_mild:
            return MILD_MEANS
        return BESIDE_MEANS if self.is_beside else MEANINGS[self.label]

    @property
    def count(self) -> str:
        """Such as “2 of 3 guidelines” or “1 guideline recommends it”; empty where no body speaks."""
        if not self.bodies:
            return ""
        if self.label in RESEARCH:
            return f"{self.bodies} source{'' if self.bodies == 1 else 's'}"
        if self.is_mild:
            return MILD_SAYS if self.bodies == 1 else f"{self.bodies} organizations: {NOT_AS_A_RULE}"
        if self.bodies == 1:
            return ONE_SAYS[self.label]
        if self.label is Label.DIFFER:
            return f"{self.agree} of {self.bodies} organizations for it"
        return f"{self.agree} of {self.bodies} {'organizations' if self.label is Label.AGAINST else 'guidelines'}"

    @property
    def sentence(self) -> str:
        """The count as a sentence: “1 of 2 guidelines recommends it”; empty where no guideline speaks."""
        if self.label not in SAY or not self.bodies:
            return ""
        one, several = SAY[self.label]
        said = self.count
        if self.bodies > 1 and not self.is_mild:
            said = f"{said.removesuffix(' for it')} {one if self.agree == 1 else several}"
        return f"{said} {BESIDE}{self.of_whom}" if self.is_beside else f"{said}{self.of_whom}"


KINDS = [(label, False) for label in Label]  # label and `is_beside`, in the order of a list
KINDS.insert(KINDS.index((Label.SECOND, False)), (Label.RECOMMENDED, True))
NOWHERE = Order(len(KINDS), False, 0, False, 0)  # sorts after every standing
ORDER = {label: place for place, label in enumerate(Label)}
BESIDE = "beside other treatment"
BESIDE_MEANS = "At least one guideline recommends it to go with other treatment, and none puts it first."
ONE_SAYS = {
    Label.RECOMMENDED: "1 guideline recommends it",
    Label.OPTION: "1 guideline lists it",
    Label.SECOND: "1 guideline names it second",
    Label.DIFFER: "1 guideline says both",
    Label.AGAINST: "1 organization advises against it",
}
NOT_USUALLY = "Not usually offered"  # of advice against that is no stronger
NOT_AS_A_RULE = "not as a rule"
MILD_MEANS = "At least one guideline or professional organization says that it is not to be offered as a rule."
MILD_SAYS = f"1 organization says {NOT_AS_A_RULE}"
SAY = {  # of one, of several
    Label.RECOMMENDED: ("recommends it", "recommend it"),
    Label.OPTION: ("lists it as an option", "list it as an option"),
    Label.SECOND: ("names it second", "name it second"),
    Label.DIFFER: ("is for it", "are for it"),
    Label.AGAINST: ("advises against it", "advise against it"),
}


class Beside(NamedTuple):
    """A label beside the one for treatment: for another purpose, or for a part of the people alone."""

    words: str
    standing: Standing


class Mark(NamedTuple):
    """What one guideline says, to be drawn: a mark that is not checked is hollow."""

    label: Label
    is_checked: bool


def heard_at(ages: Iterable[str]) -> set[str]:
    """The ages whose statements matter to readers of these ages: in guidelines “adults” means everyone from 18 up."""
    wanted = set(ages)
    return wanted | {"adult"} if "older" in wanted else wanted


def derive(
    statements: Iterable[Spoken], *, used: bool, ages: Iterable[str] = (), purposes: frozenset[str] = TREATMENT
) -> Standing | None:
    """The standing that the statements on one (therapy, condition) pair give, for one of these purposes.

    `ages` narrows to statements about at least one of them; empty means all. `used` tells whether the therapy is
    commonly used for the condition, which is a label only where nothing at all is on file. None if no label holds.
    """
    on_file = list(statements)
    heard = _heard(on_file, ages, purposes)
    label = _label_of(heard)
    if label is None:
        return Standing(Label.USED) if used and not on_file else None
    counted = {Voice.RESEARCH} if label in RESEARCH else set(Voice) - {Voice.RESEARCH}
    saying = saying_of(label)
    agreeing = [row for says, row in heard if says in saying]
    speaking = {row.body for says, row in heard if says in counted}
    is_part = label in OF_PRAISE and all(row.only_for for row in agreeing)
    return Standing(
        label,
        bodies.count({row.body for row in agreeing}, among=speaking),
        bodies.count(speaking, among=speaking),
        _line_of(agreeing, heard),
        _to_be_checked(label, heard, saying),
        is_mild=label is Label.AGAINST and all(row.stance == "not-usually" for row in agreeing),
        year=max((row.year for row in agreeing), default=0),
        only_for=tuple(sorted({row.only_for for row in agreeing})) if is_part else (),
    )


def beside(statements: Iterable[Spoken], *, ages: Iterable[str] = ()) -> list[Beside]:
    """The labels beside the one for treatment, praise only: for other purposes, then for parts of the people."""
    on_file = list(statements)
    found = [(words, aside(on_file, purposes=purposes, ages=ages)) for words, purposes in OTHER_PURPOSES.items()]
    general = derive(on_file, used=False, ages=ages)
    told = general.only_for if general else ()
    groups = sorted({row.only_for for row in on_file} - {"", *told})
    found += [(f"For {group}", aside(on_file, only_for=group, ages=ages)) for group in groups]
    return [Beside(words, standing) for words, standing in found if standing]


def aside(
    statements: Iterable[Spoken],
    *,
    purposes: frozenset[str] = TREATMENT,
    only_for: str = "",
    ages: Iterable[str] = (),
) -> Standing | None:
    """The label for one purpose, or for one part of the people by what is said of them alone; praise only."""
    heard = [row._replace(only_for="") for row in statements if row.only_for == only_for] if only_for else statements
    standing = derive(heard, used=False, ages=ages, purposes=purposes)
    return standing if standing and standing.label in OF_PRAISE else None


def marks(statements: Iterable[Spoken], *, ages: Iterable[str] = ()) -> list[Mark]:
    """One mark for each guideline that `derive` counts, what is said most strongly first; none for research alone."""
    heard = [(says, row) for says, row in _heard(statements, ages, TREATMENT) if says is not Voice.RESEARCH]
    found = []
    for voice_of in bodies.voices(row.body for _, row in heard):
        own = [(says, row) for says, row in heard if bodies.members(row.body) & voice_of]
        label = _label_of(own)
        if label:
            found.append(Mark(label, not _to_be_checked(label, own, saying_of(label))))
    return sorted(found, key=lambda mark: (ORDER[mark.label], not mark.is_checked))


def _heard(statements: Iterable[Spoken], ages: Iterable[str], purposes: frozenset[str]) -> list[tuple[Voice, Spoken]]:
    """What documents in force say at these ages, for one of these purposes.

    Every one of them speaks: a newer document of the same body may be about something else. One that another replaced
    is no longer in force. But praise for a part of the people is not heard where there is praise for all of them.
    """
    wanted = heard_at(ages)
    in_force = [row for row in statements if row.in_force and (not wanted or wanted & set(row.ages))]
    spoken = [(says, row) for row in in_force if (says := voice(row.stance, row.source_kind))]
    heard = [(says, row) for says, row in spoken if row.purpose in purposes or _warns(says, row, purposes)]
    if any(says in PRAISE and not row.only_for for says, row in heard):
        return [(says, row) for says, row in heard if says not in PRAISE or not row.only_for]
    return heard


def praise(statements: Iterable[Spoken]) -> list[Spoken]:
    """The statements of guidelines in force that are for it as a treatment."""
    in_force = (row for row in statements if row.in_force and row.purpose in TREATMENT)
    return [row for row in in_force if voice(row.stance, row.source_kind) in PRAISE]


def _warns(says: Voice, row: Spoken, purposes: frozenset[str]) -> bool:
    """A warning counts for treatment whatever it is about."""
    return purposes is TREATMENT and (says is Voice.AGAINST or FOUND.get(row.level) is Label.HARM)


def _label_of(heard: Sequence[tuple[Voice, Spoken]]) -> Label | None:
    """The table of the content policy, read from the top."""
    voices = {says for says, _ in heard}
    praise = voices.intersection(PRAISE)
    if Voice.AGAINST in voices:
        return Label.DIFFER if praise else Label.AGAINST
    if Voice.FOR in voices:
        return Label.RECOMMENDED
    if Voice.OPTION in voices:
        return Label.OPTION
    if Voice.SECOND in voices:
        return Label.SECOND
    return _found([row for _, row in heard]) if voices else None


def _found(rows: Sequence[Spoken]) -> Label:
    """What research says: harm if anybody found it, else what the best-based finding says."""
    found = [(FOUND.get(row.level, Label.UNCLEAR), row) for row in rows]
    if Label.HARM in {label for label, _ in found}:
        return Label.HARM
    return min(found, key=lambda pair: (_foundation(pair[1]), ORDER[pair[0]]))[0]


def _foundation(row: Spoken) -> tuple[bool, int, int]:
    """Read before recalled, then reviews before lists before single studies, then the newest."""
    return row.basis == "recalled", BEST_BASED.index(row.source_kind), -row.year


def saying_of(label: Label) -> set[Voice]:
    """What a statement says that makes this label."""
    match label:
        case Label.RECOMMENDED:
            return {Voice.FOR}
        case Label.OPTION:
            return {Voice.OPTION}
        case Label.SECOND:
            return {Voice.SECOND}
        case Label.DIFFER:
            return {*PRAISE}
        case Label.AGAINST:
            return {Voice.AGAINST}
    return {Voice.RESEARCH}


def _line_of(agreeing: Sequence[Spoken], heard: Sequence[tuple[Voice, Spoken]]) -> str:
    """The best place that those who make the label give it; if they name none, the best that others who praise it do.

    Whoever names a therapy only after another puts it there.
    """
    lines = {row.line for row in agreeing}
    others = {"after-first" if says is Voice.SECOND else row.line for says, row in heard if says in PRAISE}
    named = lines.intersection(NAMED_LINES) or (others.intersection(NAMED_LINES) if lines & {"", "none"} else set())
    return min(named or lines, key=LINES.index, default="")


def _to_be_checked(label: Label, heard: Sequence[tuple[Voice, Spoken]], saying: set[Voice]) -> tuple[str, ...]:
    """The bodies whose recalled words make the label, unless what was read gives the same one."""
    read = [(says, row) for says, row in heard if row.basis != "recalled"]
    if _label_of(read) is label:
        return ()
    making = saying | {Voice.AGAINST} if label is Label.DIFFER else saying
    return tuple(sorted({row.body for says, row in heard if says in making and row.basis == "recalled"}))
