"""The two halves of a card: the fields of an entry, and the sources to hold them against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from therapies.models import Source
from therapies.models.base import Entry
from therapies.models.fields import Lines

HIDDEN = {"slug", "raw_ref", "reviewed_on", "review_due", "name", "source", "order", "seen", "read_url", "url"}
FIRST = ("therapy", "condition", "fact", "strength_as_issued")  # what a statement is about comes before its details
ADDRESS_FIELDS = ("url", "source_url", "read_url", "chat_url")
MOST_TEXT = 900


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of the entry; `in_question` marks the field that the card is about."""

    label: str
    text: str
    in_question: bool = False


@dataclass(frozen=True, slots=True)
class CardSource:
    """One document or page to open. `status` is in words; `newer` names the document that replaced this one."""

    label: str
    title: str
    url: str
    status: str = ""
    newer: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Halves:
    fields: list[FieldLine]
    sources: list[CardSource]

    @property
    def against(self) -> str:
        """The first three sources in one line, for the record of a check."""
        return "; ".join(f"{source.label} {source.url}".strip() for source in self.sources[:3])


def halves_of(entry: Entry, field_in_question: str = "") -> Halves:
    """Both halves; the field in question comes first, even if it is empty."""
    lines = [line for field in _fields(entry) if (line := _line(entry, field, field_in_question))]
    return Halves(sorted(lines, key=lambda line: not line.in_question), _sources(entry))


def proposed_lines(model: type[Entry], values: Mapping[str, Any]) -> list[FieldLine]:
    """The same of an entry that does not exist yet; `values` are what its form would begin with."""
    fields = [field for field in _fields(model) if field.name in values and not field.many_to_many]
    entry = model(**{field.attname: values[field.name] for field in fields})
    return [line for field in fields if (line := _line(entry, field, ""))]


def _fields(entry: Entry | type[Entry]) -> list[Any]:
    every = [*entry._meta.fields, *entry._meta.many_to_many]
    visible = [field for field in every if not field.primary_key and field.name not in HIDDEN]
    return sorted(visible, key=lambda field: FIRST.index(field.name) if field.name in FIRST else len(FIRST))


def _line(entry: Any, field: Any, field_in_question: str) -> FieldLine | None:
    """The field in words; None if it is empty and not the field in question."""
    text = _text(entry, field)
    if not text and field.name != field_in_question:
        return None
    label = str(field.verbose_name)
    cut = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    return FieldLine(label[:1].upper() + label[1:], cut or "Nothing yet", field.name == field_in_question)


def _text(entry: Any, field: Any) -> str:
    value = getattr(entry, field.name)
    if field.many_to_many:
        return ", ".join(str(other) for other in value.all())
    if isinstance(field, Lines):
        return ", ".join((field.allowed or {}).get(item, item) for item in value)
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if field.choices:
        return str(getattr(entry, f"get_{field.name}_display")())
    return "" if value is None else str(value)


def _sources(entry: Any) -> list[CardSource]:
    """The documents that the entry names, then the other pages that it gives an address of."""
    sources = [entry] if isinstance(entry, Source) else []
    for field in [*entry._meta.fields, *entry._meta.many_to_many]:
        if field.related_model is Source and field.name != "superseded_by":
            value = getattr(entry, field.name)
            sources += list(value.all()) if field.many_to_many else [value] if value else []
    named = {source.url for source in sources}
    addresses = dict.fromkeys(str(getattr(entry, name, "")) for name in ADDRESS_FIELDS)
    pages = [url for url in addresses if url.startswith("http") and url not in named]
    return [*map(_card_source, sources), *(CardSource("Where it was read", url, url) for url in pages)]


def _card_source(source: Source) -> CardSource:
    newer = str(source.superseded_by) if source.superseded_by else ""
    url = source.url if source.url.startswith("http") else ""
    return CardSource(source.label, source.title, url, source.get_status_display(), newer, source.identifier)
