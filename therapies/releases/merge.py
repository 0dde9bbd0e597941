"""What a release takes from the working copy, and what it keeps from the last release. Pure.

An entry whose content is signed off goes in as it is. One that was edited and not signed off again keeps its text of
the last release, a new one that was never signed off stays out, and a deleted one leaves. An entry that has not
changed since it was published stays, signed off or not: if nobody has reviewed it, its page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from therapies.models import KINDS
from therapies.releases import bundle
from therapies.releases.bundle import Bundle, Row

EntryKey = tuple[str, str]  # kind, slug


@dataclass(frozen=True, slots=True)
class Review:
    """When an entry's content was signed off, and when somebody has to look at it again."""

    on: date
    due: date


Reviews = Mapping[tuple[str, str, str], Review]  # by kind, slug and digest


@dataclass(slots=True)
class Merged:
    """The bundle of the next release, and what becomes of every entry that is not simply unchanged."""

    bundle: Bundle
    goes_in: list[EntryKey] = field(default_factory=list)
    keeps_last: list[EntryKey] = field(default_factory=list)
    stays_out: list[EntryKey] = field(default_factory=list)
    leaves: list[EntryKey] = field(default_factory=list)


def merge(*, working: Bundle, last: Bundle | None, reviews: Reviews, sign_off_needed: bool) -> Merged:
    """`last` is None before the first release; all content then goes in as it is, signed off or not."""
    merged = Merged({"format": bundle.FORMAT})
    for kind in KINDS:
        before = {row["slug"]: row for row in last[kind]} if last else {}
        now = {row["slug"]: row for row in working[kind]}
        rows = []
        for slug in sorted(before.keys() | now.keys()):
            row = _choose(
                (kind, slug), now.get(slug), before.get(slug), reviews, merged, free=last is None or not sign_off_needed
            )
            if row is not None:
                rows.append(_stamped(kind, row, reviews))
        merged.bundle[kind] = rows
    return merged


def _choose(
    key: EntryKey, now: Row | None, before: Row | None, reviews: Reviews, merged: Merged, *, free: bool
) -> Row | None:
    if now is None:
        merged.leaves.append(key)
        return None
    digest = bundle.entry_digest(now)
    if before is not None and digest == bundle.entry_digest(before):
        return now
    if free or (*key, digest) in reviews:
        merged.goes_in.append(key)
        return now
    if before is not None:
        merged.keeps_last.append(key)
        return before
    merged.stays_out.append(key)
    return None


def _stamped(kind: str, row: Row, reviews: Reviews) -> Row:
    """The row with the dates of the sign-off of its content; without dates if there is none."""
    review = reviews.get((kind, row["slug"], bundle.entry_digest(row)))
    return row | {
        "reviewed_on": review.on.isoformat() if review else None,
        "review_due": review.due.isoformat() if review else None,
    }
