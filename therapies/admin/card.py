"""The two halves of a card: what the entry says, and the sources to hold it against."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from therapies.curate import queue
from therapies.models import KINDS, Source
from therapies.models.fields import Lines

QUIET = {"slug", "raw_ref", "reviewed_on", "review_due", "name", "source", "order", "seen", "seen_url", "url"}
FIRST = ("therapy", "condition", "fact", "strength_as_issued")  # what a statement is about comes before its details
MOST_TEXT = 900


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the entry; `asked` marks the one that the card is about."""

    label: str
    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One source to open. `status` is in words, `newer` names what replaced it."""

    label: str
    title: str
    url: str
    status: str = ""
    newer: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    lines: list[Line]
    papers: list[Paper]

    @property
    def against(self) -> str:
        """What a check says it was made against."""
        return "; ".join(f"{paper.label} {paper.url}".strip() for paper in self.papers[:3])


def face(card: queue.Card) -> Face:
    entry = KINDS[card.kind].model._default_manager.get(slug=card.slug)
    lines = [line for field in _fields(entry) if (line := _line(entry, field, card.field))]
    return Face(sorted(lines, key=lambda line: not line.asked), papers_of(entry))


def _fields(entry: models.Model) -> list[Any]:
    every = [*entry._meta.fields, *entry._meta.many_to_many]
    shown = [field for field in every if not field.primary_key and field.name not in QUIET]
    return sorted(shown, key=lambda field: FIRST.index(field.name) if field.name in FIRST else len(FIRST))


def _line(entry: Any, field: Any, asked: str) -> Line | None:
    """The field in words; None where it is empty, but for the one that is asked about."""
    value = getattr(entry, field.name)
    if field.many_to_many:
        text = ", ".join(str(other) for other in value.all())
    elif isinstance(field, Lines):
        text = ", ".join((field.allowed or {}).get(item, item) for item in value)
    elif isinstance(field, models.BooleanField):
        text = "yes" if value else "no"
    elif field.choices:
        text = str(getattr(entry, f"get_{field.name}_display")())
    else:
        text = "" if value is None else str(value)
    if not text and field.name != asked:
        return None
    label = str(field.verbose_name)
    cut = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    return Line(label[:1].upper() + label[1:], cut or "Nothing yet", field.name == asked)


def papers_of(entry: Any) -> list[Paper]:
    """The documents that the entry names, then the addresses it was seen at."""
    sources = [entry] if isinstance(entry, Source) else []
    for field in [*entry._meta.fields, *entry._meta.many_to_many]:
        if field.related_model is Source and field.name != "superseded_by":
            value = getattr(entry, field.name)
            sources += list(value.all()) if field.many_to_many else [value] if value else []
    known = {source.url for source in sources}
    names = {"url", "source_url", "seen_url", "chat_url"}
    pages = [str(getattr(entry, name)) for name in names if getattr(entry, name, "")]
    seen = [
        Paper("Where it was seen", url, url)
        for url in dict.fromkeys(pages)
        if url.startswith("http") and url not in known
    ]
    return [_paper(source) for source in sources] + seen


def _paper(source: Source) -> Paper:
    newer = str(source.superseded_by) if source.superseded_by else ""
    link = source.url if source.url.startswith("http") else ""
    return Paper(source.label, source.title, link, source.get_status_display(), newer, source.identifier)
