"""Working a card of the queue: it is still right, or it needs a second look. The only place that writes checks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import reversion
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from therapies.curate.history import keep_first_version
from therapies.curate.leads import handled_since, lead_cards
from therapies.curate.links import broken_links
from therapies.curate.queue import DueContext, LastCheck, LastChecks, Piles, QueueCard, due_piles
from therapies.curate.sign_off import PERMISSION as SIGN_OFF
from therapies.curate.sign_off import reason_to_refuse, sign_off
from therapies.models import KINDS, Check, Correction
from therapies.models.base import Entry
from therapies.models.evidence import Basis, Statement
from therapies.releases import bundle
from therapies.releases.merge import EntryKey
from therapies.releases.publish import reviews

GOAL = 10  # cards a week: about an hour
CONFIRMED = "confirmed by a curator"  # how the status of an edition is known


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """What a curator held an entry against. Basis and address are of a statement, `whole` is of an edition."""

    against: str = ""
    basis: str = Basis.READ.value
    address: str = ""
    whole: bool = False  # somebody went through the whole document


def working_piles(content: bundle.Bundle, *, waiting: Collection[EntryKey], only: Collection[str] = ()) -> Piles:
    """The cards that are due in the working copy, by reason; `only` limits them to some reasons."""
    context = DueContext(timezone.localdate(), reviews(), waiting, last_checks(), dict(broken_links()))
    piles = due_piles(content, context, only=only)
    if not only or "leads" in only:
        piles["leads"] = lead_cards(content)
    unanswered = Correction.objects.filter(handled_at=None)
    piles["correction"] = [QueueCard("correction", "", str(row.pk), row.path, row.text, "") for row in unanswered]
    return piles


def last_checks() -> LastChecks:
    """The newest check of every card."""
    return {
        (row.reason, row.kind, row.slug, row.digest): LastCheck(row.verdict, row.note, row.at.date())
        for row in Check.objects.order_by("at", "pk")
    }


def still_right(card: QueueCard, *, by: Any, compared: HeldAgainst) -> str:
    """Records who checked the card, when and against what, and marks or signs off its entry. Returns what was done."""
    entry = entry_of(card)
    with transaction.atomic():
        outcome = _mark_checked(card, entry, by, compared)
        if not outcome and by.has_perm(SIGN_OFF) and card.reason in SIGNED and not reason_to_refuse(entry, by=by):
            sign_off(entry, by=by, note=compared.against)
            outcome = "Signed off."
        _record(card, by, "right", compared.against, "")
    return outcome or "Noted as still right."


SIGNED = {"waiting", "review-due", "unreviewed"}


def second_look(card: QueueCard, *, by: Any, note: str) -> None:
    """Hands the card on to a colleague, with a note on what was unclear."""
    _record(card, by, "second-look", "", note)


def entry_of(card: QueueCard) -> Entry:
    return KINDS[card.kind].model._default_manager.get(slug=card.slug)


def _mark_checked(card: QueueCard, entry: Any, by: Any, compared: HeldAgainst) -> str:
    mark = MARKS.get(card.reason)
    if mark is None:
        return ""
    if not by.has_perm(f"therapies.change_{entry._meta.model_name}"):
        raise PermissionDenied
    keep_first_version(entry)
    with reversion.create_revision():
        reversion.set_user(by)
        reversion.set_comment(f"Still right, compared with {compared.against}" if compared.against else "Still right")
        outcome = mark(entry, compared)
        entry.save()
    return outcome


def _line_checked(entry: Any, compared: HeldAgainst) -> str:
    entry.checked, entry.checked_on = True, timezone.localdate()
    return "Marked as checked."


def _statement_checked(entry: Any, compared: HeldAgainst) -> str:
    entry.basis = compared.basis
    if isinstance(entry, Statement):  # a figure has no place for where it was read; the record of the check has
        entry.read_url, entry.read_on = compared.address, timezone.localdate().isoformat()
    return "Marked as checked."


def _edition_confirmed(entry: Any, compared: HeldAgainst) -> str:
    if entry.status == "unknown":
        entry.status, entry.status_basis = "current", CONFIRMED
    if not compared.whole:
        return "Noted as the newest edition."
    entry.gone_through_on = timezone.localdate()
    return "Noted as the newest edition, and as gone through."


MARKS = {"crisis": _line_checked, "unchecked": _statement_checked, "editions": _edition_confirmed}


def _record(card: QueueCard, by: Any, verdict: str, against: str, note: str) -> Check:
    """Keeps what was found, of the content that the curator saw: changed, the entry may be due again."""
    return Check.objects.create(
        reason=card.reason,
        kind=card.kind,
        slug=card.slug,
        digest=card.digest,
        verdict=verdict,
        against=against,
        note=note.strip(),
        by=by,
        at=timezone.now(),
    )


# ── The week ──


def week(by: Any) -> dict[str, int]:
    """Cards and leads worked since Monday, by this person and by everybody, and the goal."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    worked = Check.objects.filter(at__date__gte=monday)
    leads = handled_since(monday)
    mine = worked.filter(by=by).count() + leads.filter(handled_by=by).count()
    return {"mine": mine, "all": worked.count() + leads.count(), "goal": GOAL}
