"""Leads: what is probably so and nobody has read yet. Loads them, fills an entry's form from one, and closes them.

They stay in the working database. No bundle and no release ever holds one.
"""

import json
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone

from therapies.curate.queue import QueueCard, by_document, usage_of
from therapies.models import KINDS, Lead
from therapies.models.base import Entry
from therapies.releases.bundle import Bundle

FILE = "leads.json"


def load_leads(folder: Path) -> int:
    """Loads the shipped leads if there are none yet, handled or not. Returns how many were loaded."""
    if Lead.objects.exists() or not (folder / FILE).exists():
        return 0
    rows = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return len(Lead.objects.bulk_create(Lead(**row) for row in rows))


def lead_cards(content: Bundle) -> list[QueueCard]:
    """The leads that nobody has handled: help in a crisis first, then the most used; those of one document together."""
    usage = usage_of(content)
    return by_document(
        QueueCard(
            "leads",
            "",
            str(lead.pk),
            lead.title,
            lead.look_for,
            "",
            weight=sum(usage[kind, lead.proposed.get(name, "")] for kind, name in SUBJECTS),
            urgency=int(lead.kind == "crisis_lines"),
            document=lead.proposed.get("source") or lead.url,
        )
        for lead in Lead.objects.filter(handled_at=None)
    )


SUBJECTS = (("therapies", "therapy"), ("conditions", "condition"))


def filled_in(lead: Lead) -> dict[str, Any]:
    """What the form of the entry begins with: slugs are resolved, and what does not exist here is left empty."""
    model = KINDS[lead.kind].model
    values: dict[str, Any] = {"slug": _free_slug(model, lead.slug)}
    for name, value in lead.proposed.items():
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        values[name] = _row_numbers(field, value) if field.is_relation else value
    return values


def _free_slug(model: type[Entry], slug: str) -> str:
    """The slug, with a number if an entry has it already: one document may say two things of one pair."""
    taken = set(model._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for number in count(1) if (name := f"{slug}-{number}" if number > 1 else slug) not in taken)


def _row_numbers(field: Any, value: Any) -> Any:
    rows = field.related_model._default_manager
    if field.many_to_many:
        return list(rows.filter(slug__in=value).values_list("pk", flat=True))
    return rows.filter(slug=value).values_list("pk", flat=True).first()


def close(lead: Lead, *, by: Any, note: str = "") -> None:
    """Takes the lead out of the queue; the note stays with it."""
    lead.handled_at, lead.handled_by = timezone.now(), by
    lead.note = "\n".join(filter(None, [lead.note, note.strip()]))
    lead.save()


def handled_since(day: date) -> QuerySet[Lead]:
    return Lead.objects.filter(handled_at__date__gte=day)
