"""The picture of a comparison as HTML: the lines that matter to the reader first. Each line is made once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from therapies.compare.choices import CompareAddress
from therapies.compare.columns import Column
from therapies.compare.lines import ASKED, lines
from therapies.domain import questions
from therapies.models import Condition
from therapies.serving.once import Kept
from therapies.serving.render import fragment

SHORT = 5  # letters of a name that fit before a rail on a phone


@dataclass(frozen=True, slots=True)
class DrawnLine:
    question: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Matter:
    """A question that can come first, and whether it does."""

    slug: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Picture:
    lines: tuple[DrawnLine, ...]
    matters: tuple[Matter, ...]  # what it draws
    other_matters: tuple[Matter, ...]
    has_long_names: bool

    @property
    def is_sorted(self) -> bool:
        return self.is_sorted_further or any(matter.is_chosen for matter in self.matters)

    @property
    def is_sorted_further(self) -> bool:
        return any(matter.is_chosen for matter in self.other_matters)


PictureKey = tuple[tuple[str, ...], int | None, str]
KEPT = Kept[PictureKey, tuple[DrawnLine, ...]](most=300)


def picture(columns: Sequence[Column], concern: Condition | None, address: CompareAddress) -> Picture:
    key = tuple(column.slug for column in columns), concern.pk if concern else None, address.age
    drawn = KEPT.get([key], lambda missing: {key: _draw(columns, concern)})[key]
    names = [column.therapy.short_name for column in columns]
    return Picture(
        tuple(sorted(drawn, key=lambda line: line.question not in address.matters)),
        tuple(Matter(slug, words, slug in address.matters) for slug, words in ASKED.items()),
        tuple(Matter(slug, words, slug in address.matters) for slug, words in _others().items()),
        any(len(name) > SHORT for name in names),
    )


def _draw(columns: Sequence[Column], concern: Condition | None) -> tuple[DrawnLine, ...]:
    return tuple(
        DrawnLine(line.question, fragment("therapies/compare/_line.html", {"line": line}))
        for line in lines(columns, concern)
    )


def _others() -> dict[str, str]:
    """The rest of the twenty, by slug."""
    return {asked.slug: asked.brief or asked.text for asked in questions.questions() if asked.slug not in ASKED}
