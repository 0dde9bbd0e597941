"""Signing entries off: who may, and what is recorded. Writes sign-offs and nothing else; publishing reads them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from therapies.curate.history import last_editor
from therapies.models import SignOff
from therapies.models.base import Entry
from therapies.releases import bundle
from therapies.rules.release import REVIEW_YEARS

PERMISSION = "therapies.sign_off_entry"


class SignOffError(Exception):
    """The sign-off was refused; the message says why and what to do."""


def sign_off(
    entry: Entry, *, by: Any, next_due: date | None = None, boxes: Sequence[str] = (), note: str = "", digest: str = ""
) -> SignOff:
    """Records that `by` has reviewed the entry as it is now.

    `digest` names the content that `by` was shown. Raises SignOffError if it has changed since, or if `by` may not
    sign the entry off.
    """
    current = bundle.entry_digest(bundle.row_of(entry))
    if digest and digest != current:
        raise SignOffError("Somebody changed the entry while you were reading. Please read it again.")
    refusal = reason_to_refuse(entry, by=by)
    if refusal:
        raise SignOffError(refusal)
    today = timezone.localdate()
    return SignOff.objects.create(
        kind=entry.of_kind.slug,
        slug=entry.slug,
        digest=current,
        reviewer=by,
        signed_at=timezone.now(),
        next_due=next_due or default_due(today),
        boxes=list(boxes),
        note=note.strip(),
    )


def reason_to_refuse(entry: Entry, *, by: Any) -> str:
    """Why `by` may not sign this entry off; empty if they may."""
    if not by.has_perm(PERMISSION):
        return "Only a reviewer can sign entries off. Somebody who manages accounts can make you one."
    if not settings.ONE_PERSON_SITE and last_editor(entry) == by:
        return "You were the last to edit this entry, so somebody else has to sign it off."
    return ""


def default_due(today: date) -> date:
    """The same day in two years; 28 February for a leap day."""
    year = today.year + REVIEW_YEARS
    return date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
