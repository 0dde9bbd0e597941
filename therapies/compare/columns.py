"""One therapy's answers to the twenty questions, ready to stand beside another's. Made once a release, kept, bounded.

Loads and words; compares nothing. Which answers differ is for `table.py` to say.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString

from therapies.domain import questions
from therapies.domain.questions import QuestionRow
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, Source, Therapy
from therapies.serving import catalogue, describe, markdown
from therapies.serving.once import Kept, once_a_release
from therapies.serving.query import Link
from therapies.serving.render import fragment

NOT_WRITTEN = "Not written yet"


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What one therapy answers to one question. `key` is what is compared; None if nothing is known."""

    key: Hashable = None
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    text: SafeString = field(default_factory=SafeString)
    links: tuple[Link, ...] = ()
    missing: str = ""
    html: SafeString = field(default_factory=SafeString)  # all of it but links and what is missing


@dataclass(frozen=True, slots=True)
class Column:
    """One therapy of a comparison, without what depends on the others or on the chosen condition."""

    therapy: Therapy
    answers: dict[str, ColumnAnswer]  # by the row's slug
    verdicts: dict[int, Verdict]  # by the row number of the condition
    outcomes: tuple[Outcome, ...]
    who_warns: SafeString
    look_instead: SafeString
    age: str = ""  # whom the verdict on the chosen concern is about; empty for all ages

    @property
    def slug(self) -> str:
        return self.therapy.slug

    @property
    def sessions(self) -> tuple[int, int] | None:
        """Fewest and most sessions, if they are facts."""
        if describe.is_open_ended(self.therapy):
            return None
        ends = (self.therapy.sessions_min, self.therapy.sessions_max)
        known = [number for number in ends if number is not None]
        return (min(known), max(known)) if known else None


KEPT = Kept[str, Column](most=400)
PREFETCHED = ("participants", "delivery", "settings", "techniques", "commonly_used_for", "parents")


def columns(slugs: Sequence[str]) -> list[Column]:
    """The columns of these therapies, in this order; at most seventeen queries for those that are not kept yet."""
    kept = KEPT.get(slugs, _make)
    return [kept[slug] for slug in slugs if slug in kept]


def at_age(column: Column, concern: Condition | None, age: str) -> Column:
    """The column with what is said of the concern at this age alone; itself where no age or no concern is asked for."""
    verdict = column.verdicts.get(concern.pk) if concern and age else None
    if not concern or verdict is None:
        return column
    return replace(column, verdicts=column.verdicts | {concern.pk: _narrowed(verdict, age)}, age=age)


@once_a_release(most=1_000)
def _narrowed(verdict: Verdict, age: str) -> Verdict:
    return verdicts.at_ages(verdict, [age])


def _make(slugs: Sequence[str]) -> dict[str, Column]:
    wanted = catalogue.therapies().filter(slug__in=slugs).select_related("family", "nearest")
    therapies = list(wanted.prefetch_related(*PREFETCHED))
    cited = markdown.cited(getattr(therapy, name) for therapy in therapies for name in questions.marked_fields())
    used = {therapy.pk: [condition.pk for condition in therapy.commonly_used_for.all()] for therapy in therapies}
    judged, outcomes = verdicts.of_therapies(therapies, used), _outcomes(list(used))
    return {item.slug: _column(item, cited, judged[item.pk], outcomes[item.pk]) for item in therapies}


def _outcomes(ids: Sequence[int]) -> defaultdict[int, list[Outcome]]:
    by_therapy: defaultdict[int, list[Outcome]] = defaultdict(list)
    for row in catalogue.outcomes().filter(therapy__in=ids).select_related("source"):
        by_therapy[row.therapy_id or 0].append(row)
    return by_therapy


def outcomes_of_any(condition: int) -> list[Outcome]:
    """Outcomes of therapy of any kind for this condition; one query."""
    return list(catalogue.outcomes().filter(therapy=None, condition=condition).select_related("source"))


def _column(
    therapy: Therapy, cited: dict[str, Source], judged: dict[int, Verdict], outcomes: Sequence[Outcome]
) -> Column:
    return Column(
        therapy=therapy,
        answers={slug: answer(therapy) for slug, answer in _answers(cited).items()},
        verdicts=judged,
        outcomes=tuple(outcomes),
        who_warns=markdown.html(therapy.who_warns, cited),
        look_instead=markdown.html(therapy.look_instead, cited),
    )


# ── Answers ──


def _answers(cited: dict[str, Source]) -> dict[str, Callable[[Therapy], ColumnAnswer]]:
    def answering(row: QuestionRow) -> Callable[[Therapy], ColumnAnswer]:
        return lambda therapy: _answer(therapy, row, cited)

    return {slug: answering(row) for slug, row in questions.rows().items()}


def _answer(therapy: Therapy, row: QuestionRow, cited: dict[str, Source]) -> ColumnAnswer:
    """Facts are what is compared, if there are any; else the text is."""
    if row.question.links:
        return _linked(getattr(therapy, row.question.links).all())
    facts = tuple(fact for fact in describe.described(therapy, row.question.facts) if fact != describe.NOT_KNOWN)
    notes = tuple(describe.described(therapy, row.question.notes))
    text = getattr(therapy, row.text.field) if row.text else ""
    html = markdown.html(text, cited) if text else SafeString()
    missing = "" if facts or text else _missing(row)
    parts = {"facts": facts, "notes": notes, "text": html}
    shown = fragment("therapies/compare/_answer.html", parts)
    return ColumnAnswer(facts or text or None, facts, notes, html, missing=missing, html=shown)


def _missing(row: QuestionRow) -> str:
    """Somebody owes readers a text; a fact is known or it is not."""
    return NOT_WRITTEN if row.text and row.text.owed_by and not row.question.facts else describe.NOT_KNOWN


def _linked(entries: Sequence[Any]) -> ColumnAnswer:
    links = (Link(getattr(entry, "bare_name", entry.name), entry.get_absolute_url()) for entry in entries)
    known = tuple(sorted(links, key=lambda link: link.name.casefold()))
    return ColumnAnswer(frozenset(known) or None, links=known, missing="" if known else describe.NOT_KNOWN)
