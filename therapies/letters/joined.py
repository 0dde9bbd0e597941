"""What the parts of a letter mean together: its therapy for its concerns, its dose, its step of care."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from therapies.domain.stemming import fold
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.letters.amounts import Amount
from therapies.letters.kin import Relative, nearest
from therapies.letters.offer import HIGHEST_STEP, Offer
from therapies.letters.terms import words_of_letters
from therapies.models import Condition, Recommendation, Therapy
from therapies.serving import catalogue, describe

LEFT, RIGHT = 3.0, 97.0  # percent: the ends of a rail
SHORTEST_RAIL = 20  # sessions


@dataclass(frozen=True, slots=True)
class NearPair:
    """A therapy or a concern that is nearly that of the letter, and what is known of it."""

    near: Relative
    concern: Condition | None  # where it is not the concern of the letter

    @property
    def url(self) -> str:
        return reverse("therapy", args=[self.near.slug])


@dataclass(frozen=True, slots=True)
class ForConcern:
    """What is known of the therapy for one concern of the letter."""

    concern: Condition
    therapy: Therapy
    verdict: Verdict | None
    of_general: bool = False  # what is said is of the therapy, and not of its form in the letter
    of_several: bool = False  # the letter offers several therapies
    near: list[NearPair] = field(default_factory=list)  # where nobody speaks of the pair itself


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    line: str
    here: bool
    next: bool


@dataclass(frozen=True, slots=True)
class Stair:
    """A stair in the drawing l-steps, in its units."""

    number: int
    here: bool

    @property
    def x(self) -> int:
        return 4 + 80 * (self.number - 1)

    @property
    def y(self) -> int:
        return 138 - 26 * (self.number - 1)

    @property
    def height(self) -> int:
        return 164 - self.y

    @property
    def middle(self) -> int:
        return self.x + 40

    @property
    def you_x(self) -> int:
        return self.x + 25

    @property
    def you_y(self) -> int:
        return self.y - 44

    @property
    def words_y(self) -> int:
        return self.you_y - 6


@dataclass(frozen=True, slots=True)
class Dose:
    """Sessions in the letter beside those that are usual, as places on a rail in percent."""

    therapy: Therapy
    offered: Amount
    low: int
    high: int

    @property
    def most(self) -> int:
        """The end of the rail."""
        return max(SHORTEST_RAIL, -(-int(max(self.high, self.offered.high) * 1.25) // 10) * 10)

    def _at(self, count: float) -> str:
        return f"{LEFT + (RIGHT - LEFT) * count / self.most:.1f}%"

    @property
    def at_low(self) -> str:
        return self._at(self.low)

    @property
    def at_high(self) -> str:
        return self._at(self.high)

    @property
    def at_offered(self) -> str:
        return self._at(self.offered.high)

    @property
    def at_offered_low(self) -> str:
        return self._at(self.offered.low)

    @property
    def anchor(self) -> str:
        """Where the words over the mark begin, so that they stay on the rail."""
        share = self.offered.high / self.most
        return "end" if share > END_OF_RAIL else "start" if share < START_OF_RAIL else "middle"

    @property
    def low_is_apart(self) -> bool:
        """Whether there is room for both numbers of the band."""
        return (self.high - self.low) / self.most > ROOM

    @property
    def usual(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"

    @property
    def answer(self) -> str:
        """In words, without a judgment: what is usual is no rule."""
        if self.offered.high < self.low:
            return "It is fewer than usual."
        if self.offered.low > self.high:
            return "It is more than usual."
        if self.low <= self.offered.low and self.offered.high <= self.high:
            return "Yes: it is within what is usual."
        return "In part: some of it is outside what is usual."


END_OF_RAIL, START_OF_RAIL, ROOM = 0.85, 0.15, 0.07


@dataclass(slots=True)
class Together:
    concerns: list[ForConcern] = field(default_factory=list)
    at_once: list[str] | None = None  # documents that speak of several of the concerns; None where there is one concern
    dose: Dose | None = None
    steps: list[Step] = field(default_factory=list)
    here: list[int] = field(default_factory=list)

    @property
    def stairs(self) -> list["Stair"]:
        """The stairs of the drawing, which has four; none for a step above them."""
        if not self.here or max(self.here) > HIGHEST_STEP:
            return []
        return [Stair(number, number in self.here) for number in range(1, HIGHEST_STEP + 1)]

    @property
    def highest(self) -> "Stair":
        return Stair(max(self.here), here=True)


def of(offer: Offer) -> Together:
    """Six queries at most."""
    together = Together(here=offer.steps)
    together.steps = [*_steps(offer.steps)]
    therapies = [offer.therapy] if offer.therapy else offer.settled[:MOST_THERAPIES]
    if therapies:
        _for_concerns(therapies, offer, together)
    if offer.therapy:
        together.dose = _dose(_as_given(offer.therapy, together), offer)
    return together


def _as_given(therapy: Therapy, together: Together) -> Therapy:
    """The form of the therapy that is on file for the concern: its number of sessions is the usual one."""
    forms = {found.near[0].near.slug for found in together.concerns if found.near and found.near[0].near.how == "form"}
    return catalogue.therapies().get(slug=forms.pop()) if len(forms) == 1 else therapy


def _dose(therapy: Therapy, offer: Offer) -> Dose | None:
    low, high, quantity = therapy.sessions_min, therapy.sessions_max, offer.sessions
    low, high = (low if low is not None else high), (high if high is not None else low)
    if low is None or high is None or describe.is_open_ended(therapy) or not quantity or not quantity.amount:
        return None
    return Dose(therapy, quantity.amount, low, high)


MOST_THERAPIES = 3


def _for_concerns(therapies: Sequence[Therapy], offer: Offer, together: Together) -> None:
    slugs = list(dict.fromkeys(found.card.slug for found in offer.concerns if found.card))
    if not slugs:
        return
    wanted = catalogue.conditions().filter(slug__in=slugs).prefetch_related("related")
    by_slug = {condition.slug: condition for condition in wanted}
    concerns = [by_slug[slug] for slug in slugs if slug in by_slug]
    family = list({one.pk: one for one in (*therapies, *offer.settled[:MOST_THERAPIES])}.values())
    used = {one.pk: set(one.commonly_used_for.values_list("pk", flat=True)) for one in family}
    known = verdicts.of_therapies(family, used)
    several = len(therapies) > 1
    for concern in concerns:
        for therapy in therapies:
            own = known[therapy.pk].get(concern.pk)
            general = known[offer.settled[0].pk].get(concern.pk) if offer.joined else None
            is_general = not (own and own.standing) and bool(general and general.standing)
            told = general if is_general else own
            near = [] if told and told.standing and told.standing.bodies else _near(therapy, concern)
            together.concerns.append(ForConcern(concern, therapy, told, is_general, several, near))
    if len(concerns) > 1 and not several:
        rows = [row for found in together.concerns if found.verdict for row in found.verdict.current]
        together.at_once = list(dict.fromkeys(_naming_two(rows, concerns)))


def _near(therapy: Therapy, concern: Condition) -> list[NearPair]:
    """What is on file of forms of the therapy, or of a concern of the same kind: low mood is nearly depression."""
    related = {other.slug: other for other in concern.related.all() if _is_nearly(concern, other)}
    found = nearest(therapy.pk, concern.slug, [*related])
    return [NearPair(near, related.get(near.concern)) for near in found]


def _is_nearly(concern: Condition, other: Condition) -> bool:
    """Whether a related concern is a milder, wider or narrower one: not anorexia beside bulimia."""
    if other.group_id != concern.group_id or other.is_delicate:
        return False
    names = {*concern.slug.split("-")}, {*other.slug.split("-")}
    codes = [code for one in (concern, other) for code in one.icd10cm_codes]
    is_wider = len({code[:3] for code in codes}) == 1 and any(code.endswith("9") for code in codes)
    return not concern.is_diagnosis or names[0] <= names[1] or names[1] <= names[0] or is_wider


def _naming_two(rows: Sequence[Recommendation], concerns: Sequence[Condition]) -> Iterator[str]:
    """The documents whose statement on one of the concerns names another of them."""
    for row in rows:
        said = fold(f"{row.population_note} {row.fact}")
        others = (concern for concern in concerns if concern.pk != row.condition_id)
        if any(fold(name) in said for other in others for name in (other.name, other.everyday_name)):
            yield row.source.label


def _steps(here: Sequence[int]) -> Iterator[Step]:
    """The steps of care, in the curators' words: in full where the reader is and next, else in short."""
    if not here:
        return
    notes = words_of_letters().notes
    for number in range(1, max(HIGHEST_STEP, *here) + 1):
        line = next((note.line for note in notes.get(f"step{number}", [])), "")
        is_next = number == max(here) + 1
        short = line if number in here or is_next else _in_short(line)
        yield Step(number, short, number in here, is_next)


def _in_short(line: str) -> str:
    return f"{line.split(',')[0].split(':')[0].rstrip('.')}."
