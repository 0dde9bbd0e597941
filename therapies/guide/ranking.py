"""What the guide shows for a reader's answers: every therapy, with the wishes it meets and those it does not.

Answers narrow (by concern and age) and reorder. Nothing is scored and nothing is hidden: what the concern leaves out is
counted and one link away.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import QueryDict
from django.urls import reverse

from therapies.browse import bitsets, facets
from therapies.browse.facets import FacetIndex, Option
from therapies.domain.standing import Label, Standing
from therapies.evidence import statements
from therapies.guide import questions as guide
from therapies.models import Therapy
from therapies.models.vocabulary import AGES
from therapies.serving import catalogue, resolve
from therapies.serving import query as paging

PER_PAGE = 24
HEADINGS = ("Meets every wish you named", "Meets all but one", "Meets all but two")
FEWER = "Meets fewer of them"


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    wish: str
    met: Met

    @property
    def words(self) -> str:
        return {"yes": "Meets", "no": "Does not meet", "unknown": "Not known"}[self.met.value]


@dataclass(frozen=True, slots=True)
class Item:
    therapy: Therapy
    heading: str
    wishes: list[Judged]
    standing: Standing | None


@dataclass(slots=True)
class Asked:
    """The answers, as far as they were understood."""

    wishes: dict[str, guide.Answer]
    concern: str = ""
    age: str = ""
    everything: bool = False
    messages: list[str] = field(default_factory=list)
    number: int = 1

    def url(self, **changed: str) -> str:
        pairs = {"safe": "yes", "for": self.concern, "age": self.age}
        pairs |= {slug: answer.value for slug, answer in self.wishes.items()}
        pairs |= {"everything": "1" if self.everything else ""} | changed
        return reverse("guide", query={name: value for name, value in pairs.items() if value})


@dataclass(slots=True)
class Guided:
    """Everything the page shows. `items` stay empty until a question was answered."""

    asked: Asked
    started: bool
    concerns: Sequence[Option]
    ages: dict[str, str]
    items: list[Item] = field(default_factory=list)
    total: int = 0
    left_out: int = 0
    pages: int = 1
    status: int = 200

    @property
    def previous(self) -> str:
        return self.asked.url(page=str(self.asked.number - 1)) if self.asked.number > 1 else ""

    @property
    def next(self) -> str:
        return self.asked.url(page=str(self.asked.number + 1)) if self.asked.number < self.pages else ""

    @property
    def show_everything(self) -> str:
        return self.asked.url(everything="1")

    @property
    def answered(self) -> bool:
        return bool(self.asked.wishes or self.asked.concern or self.asked.age)

    @property
    def questions(self) -> list[tuple[guide.Question, str]]:
        """Each question with the value that was chosen."""
        chosen = {slug: answer.value for slug, answer in self.asked.wishes.items()}
        return [(question, chosen.get(question.slug, "")) for question in guide.QUESTIONS]


def guided(query: QueryDict, release: catalogue.InstalledRelease) -> Guided:
    index = facets.index_of(release.number, release.digest)
    asked = read(query, index)
    shown = Guided(asked, bool(query), index.options["condition"], AGES, status=400 if asked.messages else 200)
    if not shown.answered:
        return shown
    listed = index.listed(programs=False)
    narrowed = {"condition": [asked.concern] if asked.concern else [], "age": [asked.age] if asked.age else []}
    found = listed if asked.everything else index.matching(narrowed)
    wishes = list(asked.wishes.values())
    shown.total, shown.left_out = found.bit_count(), (listed & ~found).bit_count()
    shown.pages = paging.pages(shown.total, PER_PAGE)
    if asked.number > shown.pages:
        asked.messages.append(paging.no_such_page(asked.number, shown.pages))
        asked.number, shown.status = shown.pages, 404
    levels = by_misses(found, [met(wish, index) for wish in wishes])
    sets = (bits for level in levels for bits in _by_standing(level, narrowed, index))
    rows = bitsets.taken(sets, (asked.number - 1) * PER_PAGE, PER_PAGE)
    shown.items = _items([(_misses(row, levels), row) for row in rows], wishes, asked, index)
    return shown


# ── Sets of therapies ──


def met(wish: guide.Answer, index: FacetIndex) -> int:
    """The therapies of which it is known that they meet the wish."""
    wanted = _union(index, wish.any_of)
    return wanted if wish.any_of else known(wish, index) & ~_union(index, wish.none_of)


def known(wish: guide.Answer, index: FacetIndex) -> int:
    """The therapies of which enough is known to say."""
    found = -1
    for facet in wish.facets:
        found &= _union(index, [(facet, option) for option in index.bits[facet] if option])
    return found


def _union(index: FacetIndex, choices: Iterable[guide.Choice]) -> int:
    return bitsets.union(index.bits[facet].get(option, 0) for facet, option in choices)


def by_misses(found: int, wishes: Sequence[int]) -> list[int]:
    """The therapies by how many of the wishes they are not known to meet: none first."""
    levels = [found]
    for wish in wishes:
        kept = [level & wish for level in levels]
        fallen = [level & ~wish for level in levels]
        levels = [a | b for a, b in zip([*kept, 0], [0, *fallen], strict=True)]
    return levels


def _by_standing(bits: int, narrowed: dict[str, list[str]], index: FacetIndex) -> Iterator[int]:
    """Within one level, in the order of the standing for the concern; without a concern, by name."""
    for label in Label if narrowed["condition"] else ():
        rank = index.standing(label, narrowed["condition"], narrowed["age"])
        yield bits & rank
        bits &= ~rank
    yield bits


def _misses(row: int, levels: Sequence[int]) -> int:
    return next(misses for misses, level in enumerate(levels) if level >> row & 1)


# ── From sets to what is shown ──


def _items(
    rows: Sequence[tuple[int, int]], wishes: Sequence[guide.Answer], asked: Asked, index: FacetIndex
) -> list[Item]:
    ids = [index.ids[row] for _, row in rows]
    therapies = {therapy.pk: therapy for therapy in catalogue.therapies().filter(pk__in=ids).select_related("family")}
    concern = [asked.concern] if asked.concern else []
    standings = statements.standings(ids, concern, [asked.age] if asked.age else [])
    return [
        Item(
            therapies[index.ids[row]],
            _heading(level, len(wishes)),
            [_judged(wish, row, index) for wish in wishes],
            standings.get((index.ids[row], asked.concern)),
        )
        for level, row in rows
    ]


def _heading(misses: int, wishes: int) -> str:
    if not wishes:
        return ""
    if misses == wishes:
        return "Not known to meet any of them" if wishes > 1 else "Not known to meet it"
    return HEADINGS[misses] if misses < len(HEADINGS) else FEWER


def _judged(wish: guide.Answer, row: int, index: FacetIndex) -> Judged:
    bit = 1 << row
    if met(wish, index) & bit:
        return Judged(wish.wish, Met.YES)
    return Judged(wish.wish, Met.NO if known(wish, index) & bit else Met.UNKNOWN)


# ── Reading the answers ──


def read(query: QueryDict, index: FacetIndex) -> Asked:
    """The answers of the address; what is not understood is said in a sentence and left out."""
    wishes, misread = guide.wishes({question.slug: query.get(question.slug, "") for question in guide.QUESTIONS})
    messages = [f"“{one.written[:40]}” is no answer to “{one.question.text}”" for one in misread]
    age = query.get("age", "").strip()
    if age and age not in AGES:
        messages.append(f"“{age[:40]}” is no age group.")
        age = ""
    number, said = paging.read(query.get("page", ""))
    messages += [said] if said else []
    concern = _concern(query.get("for", "").strip()[:80], index, messages)
    return Asked(wishes, concern, age, query.get("everything") == "1", messages, number)


def _concern(written: str, index: FacetIndex, messages: list[str]) -> str:
    known = {option.slug for option in index.options["condition"]}
    if not written or written in known:
        return written
    slugs = resolve.resolve("conditions", [written])[0].slugs
    if len(slugs) == 1:
        return slugs[0]
    said = "can mean more than one thing" if slugs else "is no concern we know"
    messages.append(f"“{written}” {said}. Please choose one from the list.")
    return ""
