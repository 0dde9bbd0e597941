"""What changed between two editions of a document, as far as their statements are on file. Pure.

What one edition is not known to say may still be in it: only an edition that somebody went through as a whole can be
said to be silent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from therapies.domain.standing import heard_at
from therapies.models import Condition, Recommendation, Source, Therapy
from therapies.models.evidence import Statement
from therapies.models.vocabulary import AGES
from therapies.serving.describe import age_names, in_a_sentence

MOST_OPEN = 6  # a longer list of changes is folded
NOT_THROUGH = "Nobody has yet gone through the whole of {}, so it may say this too."


Subject = tuple[int, int]  # row numbers of a therapy and a condition
Said = Mapping[Subject, Sequence[Recommendation]]


@dataclass(frozen=True, slots=True)
class StanceChange:
    """What two editions say of one therapy, condition and ages; empty for the edition that is not known to."""

    about: Recommendation
    ages: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_same: bool  # but for the severities, which one edition may name and another leave out
    is_checked: bool

    @property
    def therapy(self) -> Therapy:
        return self.about.therapy

    @property
    def condition(self) -> Condition:
        return self.about.condition


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Changes of one sort. `caution` says why they may be none."""

    title: str
    caution: str
    changes: list[StanceChange]

    @property
    def is_short(self) -> bool:
        return len(self.changes) <= MOST_OPEN


@dataclass(slots=True)
class EditionChanges:
    """What changed from the older documents to the newer one. `unknown` are those of which nothing is on file."""

    older: list[Source]
    newer: Source
    lists: list[ChangeList] = field(default_factory=list)
    same: int = 0
    only_newer: list[Condition] = field(default_factory=list)  # concerns that the older ones are not known to speak of
    unknown: list[Source] = field(default_factory=list)


def compare(older: list[Source], newer: Source, rows: Iterable[Recommendation]) -> EditionChanges:
    """What changed, from the statements of all these documents; concerns of the newer one alone are only named."""
    by_source: defaultdict[int, list[Recommendation]] = defaultdict(list)
    for row in rows:
        by_source[row.source_id].append(row)
    unknown = [source for source in (*older, newer) if not by_source[source.pk]]
    before = [row for source in older for row in by_source[source.pk]]
    if not before or newer in unknown:
        return EditionChanges(older, newer, unknown=unknown)
    spoken_of = {row.condition_id for row in before}
    after = [row for row in by_source[newer.pk] if row.condition_id in spoken_of]
    beyond = {row.condition_id: row.condition for row in by_source[newer.pk] if row.condition_id not in spoken_of}
    every = _changes(_by_pair(before), _by_pair(after))
    return EditionChanges(
        older,
        newer,
        [part for part in _sorted_out(older, newer, every) if part.changes],
        sum(change.is_same for change in every),
        sorted(beyond.values(), key=lambda condition: condition.everyday_name.casefold()),
        unknown,
    )


def _by_pair(rows: Iterable[Recommendation]) -> Said:
    said: defaultdict[Subject, list[Recommendation]] = defaultdict(list)
    for row in rows:
        said[row.therapy_id, row.condition_id].append(row)
    return said


def _changes(before: Said, after: Said) -> list[StanceChange]:
    """What each side says of every subject, ages of which both say the same together."""
    subjects = dict.fromkeys([*before, *after])
    every = [change for key in subjects for change in _of_subject(before.get(key, ()), after.get(key, ()))]
    return sorted(every, key=lambda change: (change.condition.everyday_name.casefold(), change.therapy.name.casefold()))


def _of_subject(before: Sequence[Recommendation], after: Sequence[Recommendation]) -> Iterable[StanceChange]:
    ages_of: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for age in AGES:
        words = _words(_at([age], before)), _words(_at([age], after))
        if any(words):
            ages_of[words].append(age)
    for (was, now), ages in ages_of.items():
        old, new = _at(ages, before), _at(ages, after)
        same = {(row.stance_words, row.purpose) for row in old} == {(row.stance_words, row.purpose) for row in new}
        checked = all(row.is_checked for row in [*old, *new])
        yield StanceChange([*old, *new][0], _ages_named(ages), was, now, same, checked)


def _at(ages: Iterable[str], rows: Sequence[Recommendation]) -> list[Recommendation]:
    return [row for row in rows if heard_at(ages) & set(row.ages or AGES)]


def _ages_named(ages: Sequence[str]) -> str:
    """“Adults” means everyone from 18 up, so older adults are named only where something else is said of them."""
    return age_names([age for age in ages if age != "older" or "adult" not in ages])


def _words(rows: Iterable[Statement]) -> tuple[str, ...]:
    """The stances, each with the purpose, if it is not treatment, and the severity that it is for."""
    return tuple(sorted({_in_words(row) for row in rows}))


def _in_words(row: Statement) -> str:
    about = ", ".join(part for part in (in_a_sentence(row.purpose_words), row.severity) if part)
    return f"{row.stance_words} ({about})" if about else row.stance_words


def _sorted_out(older: Sequence[Source], newer: Source, changes: Sequence[StanceChange]) -> Iterable[ChangeList]:
    through = all(source.gone_through_on for source in older)
    changed = [each for each in changes if each.before and each.after]
    yield ChangeList("Changed", "", [each for each in changed if not each.is_same])
    yield ChangeList(
        "New" if through else "Found only in the newer one",
        "" if through else NOT_THROUGH.format("the older one" if len(older) == 1 else "the older ones"),
        [each for each in changes if not each.before],
    )
    yield ChangeList(
        "Dropped" if newer.gone_through_on else "Found only in the older one",
        "" if newer.gone_through_on else NOT_THROUGH.format("the newer one"),
        [each for each in changes if not each.after],
    )
