"""What is due for a curator, in order of risk. Pure: a bundle and what is known about it in, cards to work out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from therapies.curate.stakes import Stakes
from therapies.models import KINDS, Source
from therapies.models.kinds import ClinicalReview
from therapies.releases.bundle import Bundle, Row, entry_digest
from therapies.releases.differences import names
from therapies.releases.merge import EntryKey, Reviews
from therapies.rules.problems import Problem
from therapies.rules.release import (
    check_date_message,
    hard_words,
    missing_answers,
    shared_names,
    superseded_sources_relied_on,
    unchecked_statements,
)
from therapies.rules.texts import text_problems

RIGHT_FOR = timedelta(days=365)  # a card that was found right comes back after a year, or when the entry changes


@dataclass(frozen=True, slots=True)
class Reason:
    slug: str
    title: str
    ask: str  # the question that the curator answers


BY_RISK = (
    Reason("leads", "Leads to follow", "Open the document. Does it say so? Then make it an entry."),
    Reason("crisis", "Crisis lines to check", "Open the official page. Are number, hours and name still right?"),
    Reason("correction", "Readers' corrections", "A reader says that something is wrong. Are they right?"),
    Reason("second-look", "Needs a second look", "Somebody was not sure. What do you think?"),
    Reason("waiting", "Waiting for sign-off", "Somebody edited it. Is it right, plain and fair?"),
    Reason("editions", "Editions to confirm", "Is this the newest edition? Did you go through the whole of it?"),
    Reason("unchecked", "Not checked against the source", "Open the source. Does it say this, about these people?"),
    Reason("superseded", "Superseded sources still relied on", "What does the newer document say?"),
    Reason("review-due", "Reviews that are due", "Is it all still true?"),
    Reason("link", "Links that do not answer", "Is the document somewhere else now?"),
    Reason("missing", "Answers not written yet", "Can you answer it from a source?"),
    Reason("words", "Texts to mend", "Can you say it in short sentences and everyday words, with a source?"),
    Reason("name", "Two entries with one name", "Is one a copy of the other?"),
    Reason("unreviewed", "Never clinically reviewed", "Is it true, plain and fair?"),
)
REASONS = {reason.slug: reason for reason in BY_RISK}


@dataclass(frozen=True, slots=True)
class QueueCard:
    """One thing for a curator to look at. `urgency` says how far ahead it comes, `weight` how much the entry is used.

    The cards of one `document` stand together, so that it is opened once.
    """

    reason: str
    kind: str
    slug: str
    name: str
    message: str
    digest: str
    field: str = ""
    weight: int = 0
    urgency: int = 0
    document: str = ""

    @property
    def place(self) -> tuple[int, int, str, str]:
        return -self.urgency, -self.weight, self.kind, self.slug


Piles = dict[str, list[QueueCard]]  # by reason, in the order of REASONS


class LastCheck(NamedTuple):
    """The result of the newest check of a card."""

    verdict: str
    note: str
    on: date


LastChecks = Mapping[tuple[str, str, str, str], LastCheck]  # by reason, kind, slug and digest


@dataclass(frozen=True, slots=True)
class DueContext:
    """What is known on the day. `waiting` names edited entries; `broken` says what is wrong with an address."""

    today: date
    reviews: Reviews
    waiting: Collection[EntryKey]
    checks: LastChecks
    broken: Mapping[str, str]


def due_piles(content: Bundle, context: DueContext, *, only: Collection[str] = ()) -> Piles:
    """The cards of every reason, or only of some; in each pile the most urgent and most used entries first.

    A card that was checked and right is left out for a year, unless the entry changes. A card that needs a second look
    moves to that pile.
    """
    usage, rows, named = usage_of(content), _rows(content), names(content)
    every = not only or "second-look" in only  # a second look can come from any pile
    piles: Piles = {slug: [] for slug in REASONS}
    for reason, find in FINDERS.items():
        for kind, slug, field, message, urgency, document in find(content, context) if every or reason in only else ():
            key, digest = (kind, slug), entry_digest(rows[kind, slug])
            card = QueueCard(reason, *key, named[key], message, digest, field, usage[key], urgency, document)
            check = context.checks.get((reason, *key, digest))
            if check is None or (check.verdict == "right" and context.today - check.on > RIGHT_FOR):
                piles[reason].append(card)
            elif check.verdict == "second-look":
                note = f" A colleague wrote: “{check.note}”" if check.note else ""
                piles["second-look"].append(replace(card, message=f"{REASONS[reason].title}: {message}{note}"))
    return {slug: by_document(cards) for slug, cards in piles.items()}


def by_document(cards: Iterable[QueueCard]) -> list[QueueCard]:
    """The cards in the order of their places, and those of one document where its first one is."""
    first: dict[tuple[str, ...], tuple[int, int, str, str]] = {}
    placed = [(card, (card.document,) if card.document else (card.kind, card.slug)) for card in cards]
    for card, document in placed:
        first[document] = min(first.get(document, card.place), card.place)
    return [card for card, _ in sorted(placed, key=lambda pair: (first[pair[1]], pair[1], pair[0].place))]


def _rows(content: Bundle) -> dict[EntryKey, Row]:
    return {(kind, row["slug"]): row for kind in KINDS for row in content[kind]}


# ── What is due, by reason ──


class Finding(NamedTuple):
    """One thing that is due, and how urgent it is; `document` is what a curator has to open for it."""

    kind: str
    slug: str
    field: str
    message: str
    urgency: int = 0
    document: str = ""


Findings = Iterator[Finding]


def _crisis_lines(content: Bundle, context: DueContext) -> Findings:
    for row in content["crisis_lines"]:
        if not row["checked"]:
            yield Finding("crisis_lines", row["slug"], "checked", "Nobody has compared it with the official page yet.")
        elif message := check_date_message(row, today=context.today):
            yield Finding("crisis_lines", row["slug"], "checked_on", message)


def _editions(content: Bundle, context: DueContext) -> Findings:
    """Those first of which nobody knows whether they are the newest: what they say makes labels."""
    for row in content["sources"]:
        unknown, whole = row["status"] == "unknown", bool(row["gone_through_on"])
        if row["kind"] not in Source.EDITIONS or not (unknown or (row["status"] == "current" and not whole)):
            continue
        field, message = ("status", NEWEST) if unknown else ("gone_through_on", WHOLE)
        yield Finding("sources", row["slug"], field, message, urgency=int(unknown))


NEWEST = "Nobody has confirmed that it is the newest edition. Until then it counts."
WHOLE = "Nobody has gone through the whole of it for talking therapies."


def _unchecked(content: Bundle, context: DueContext) -> Findings:
    """First what changes a label when it is checked, then warnings, then what stands in editions not gone through."""
    stakes = Stakes(content)
    for problem in unchecked_statements(content):
        stake = stakes.of(problem.kind, problem.slug)
        message = " ".join([problem.message, *stake.words])
        yield Finding(problem.kind, problem.slug, problem.field, message, stake.urgency, stake.document)


def _waiting(content: Bundle, context: DueContext) -> Findings:
    for kind, slug in context.waiting:
        yield Finding(kind, slug, "", "Edited, and not signed off since. Readers do not see the new words yet.")


def _reviews_due(content: Bundle, context: DueContext) -> Findings:
    for (kind, slug), row in _rows(content).items():
        review = context.reviews.get((kind, slug, entry_digest(row)))
        if review and review.due <= context.today:
            yield Finding(kind, slug, "", f"Reviewed on {review.on}, to be looked at again on {review.due}.")


def _unreviewed(content: Bundle, context: DueContext) -> Findings:
    for kind in (slug for slug, kind in KINDS.items() if kind.review is ClinicalReview.WHOLE):
        for row in content[kind]:
            if (kind, row["slug"], entry_digest(row)) not in context.reviews:
                yield Finding(kind, row["slug"], "", "No clinician has reviewed it. Readers are told so.")


def _links(content: Bundle, context: DueContext) -> Findings:
    for (kind, slug), row in _rows(content).items() if context.broken else ():
        for field, url in outside_links(kind, row):
            if url in context.broken:
                yield Finding(kind, slug, field, f"{url}: {context.broken[url]}")


def _problems(*rules: Callable[[Bundle], Iterable[Problem]]) -> Callable[[Bundle, DueContext], Findings]:
    def find(content: Bundle, context: DueContext) -> Findings:
        for rule in rules:
            for problem in rule(content):
                yield Finding(problem.kind, problem.slug, problem.field, problem.message)

    return find


FINDERS: dict[str, Callable[[Bundle, DueContext], Findings]] = {
    "crisis": _crisis_lines,
    "waiting": _waiting,
    "editions": _editions,
    "unchecked": _unchecked,
    "superseded": _problems(superseded_sources_relied_on),
    "review-due": _reviews_due,
    "link": _links,
    "missing": _problems(missing_answers),
    "words": _problems(hard_words, text_problems),
    "name": _problems(shared_names),
    "unreviewed": _unreviewed,
}


def outside_links(kind: str, row: Row) -> list[tuple[str, str]]:
    """(field, address) of the entry's links to other sites."""
    links = [(field, str(row[field])) for field in KINDS[kind].web_addresses]
    return [(field, url) for field, url in links if url.startswith(("https://", "http://"))]


def usage_of(content: Bundle) -> Counter[EntryKey]:
    """How many entries refer to an entry: a measure of its weight for which no reader has to be watched."""
    usage: Counter[EntryKey] = Counter()
    for row in content["recommendations"]:
        usage["therapies", row["therapy"]] += 1
        usage["conditions", row["condition"]] += 1
        usage["sources", row["source"]] += 1
    for row in content["therapies"]:
        usage.update(("conditions", slug) for slug in row["commonly_used_for"])
        usage.update(("techniques", slug) for slug in row["techniques"])
    for row in content["recommendations"]:
        subjects = ("therapies", row["therapy"]), ("conditions", row["condition"])
        usage["recommendations", row["slug"]] = sum(usage[key] for key in subjects)
    for row in content["crisis_lines"]:
        usage["crisis_lines", row["slug"]] = 2 if row["iso2"] == "US" else 1
    return usage
