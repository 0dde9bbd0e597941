"""Working a card of the queue: it is still right, or it needs a second look. The only place that writes checks."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from therapies.curate.history import keep_first_version
from therapies.curate.links import broken_links
from therapies.curate.queue import DueContext, LastCheck, LastChecks, Piles, QueueCard, due_piles
from therapies.curate.sign_off import PERMISSION as SIGN_OFF
from therapies.curate.sign_off import reason_to_refuse, sign_off
from therapies.models import KINDS, Check, Correction
from therapies.models.base import Entry
from therapies.models.evidence import Basis
from therapies.releases import bundle
from therapies.releases.merge import EntryKey
from therapies.releases.publish import reviews

GOAL = 10  # cards a week: about an hour


def working_piles(content: bundle.Bundle, *, waiting: Collection[EntryKey], only: Collection[str] = ()) -> Piles:
    """The cards that are due in the working copy, by reason; `only` limits them to some reasons."""
    context = DueContext(timezone.localdate(), reviews(), waiting, last_checks(), dict(broken_links()))
    piles = due_piles(content, context, only=only)
    unanswered = Correction.objects.filter(handled_at=None)
    piles["correction"] = [QueueCard("correction", "", str(row.pk), row.path, row.text, "") for row in unanswered]
    return piles


def last_checks() -> LastChecks:
    """The newest check of every card."""
    return {
        (row.reason, row.kind, row.slug, row.digest): LastCheck(row.verdict, row.note, row.at.date())
        for row in Check.objects.order_by("at", "pk")
    }


def still_right(card: QueueCard, *, by: Any, against: str) -> str:
    """Records who checked the card, when and against what, and marks or signs off its entry. Returns what was done."""
    entry = entry_of(card)
    with transaction.atomic():
        outcome = _mark_checked(card, entry, by, against)
        if not outcome and by.has_perm(SIGN_OFF) and card.reason in SIGNED and not reason_to_refuse(entry, by=by):
            sign_off(entry, by=by, note=against)
            outcome = "Signed off."
        _record(card, entry, by, "right", against, "")
    return outcome or "Noted as still right."


SIGNED = {"waiting", "review-due", "unreviewed"}


def second_look(card: QueueCard, *, by: Any, note: str) -> None:
    """Hands the card on to a colleague, with a note on what was unclear."""
    _record(card, entry_of(card), by, "second-look", "", note)


def entry_of(card: QueueCard) -> Entry:
    return KINDS[card.kind].model._default_manager.get(slug=card.slug)


def _mark_checked(card: QueueCard, entry: Any, by: Any, against: str) -> str:
    if card.reason not in ("crisis", "unchecked"):
        return ""
    if not by.has_perm(f"therapies.change_{entry._meta.model_name}"):
        raise PermissionDenied
    keep_first_version(entry)
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(f"Still right, compared with {against}" if against else "Still right")
        if card.reason == "crisis":
            entry.checked, entry.checked_on = True, timezone.localdate()
        else:
            entry.basis, entry.read_on = Basis.READ.value, timezone.localdate().isoformat()
        entry.save()
    return "Marked as checked."


def _record(card: QueueCard, entry: Entry, by: Any, verdict: str, against: str, note: str) -> Check:
    return Check.objects.create(
        reason=card.reason,
        kind=card.kind,
        slug=card.slug,
        digest=bundle.entry_digest(bundle.row_of(entry)),
        verdict=verdict,
        against=against,
        note=note.strip(),
        by=by,
        at=timezone.now(),
    )


# ── The week ──


def week(by: Any) -> dict[str, int]:
    """Cards worked since Monday, by this person and by everybody, and the goal."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    worked = Check.objects.filter(at__date__gte=monday)
    return {"mine": worked.filter(by=by).count(), "all": worked.count(), "goal": GOAL}
