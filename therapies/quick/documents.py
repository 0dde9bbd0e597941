"""What documents say in a cell of the case card: each document once, with whom and how severe it is about. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain import severity
from therapies.domain.standing import FOUND, LINES, TREATMENT, Label, Mark, saying_of
from therapies.domain.statements import AGAINST_STANCES, voice
from therapies.evidence.verdicts import Verdict
from therapies.evidence.warned import Said
from therapies.models import Recommendation
from therapies.models.evidence import Statement

MOST_NOTE = 56  # characters; a longer note stands on the full page
LABELS = {"recommended": Label.RECOMMENDED, "option": Label.OPTION, "second-choice": Label.SECOND}


@dataclass(frozen=True, slots=True)
class DocumentSays:
    """A document in a row: what it says, of which severities. `apart` is what it says otherwise of other severities."""

    row: Statement
    severities: str
    of_whom: str = ""
    apart: Sequence["DocumentSays"] = ()

    @property
    def every(self) -> list["DocumentSays"]:
        return [self, *self.apart]

    @property
    def mark(self) -> Mark | None:
        """The mark of what it says; none for praise that makes no label, because the document is no guideline."""
        row = self.row
        if row.stance in AGAINST_STANCES:
            return Mark(Label.AGAINST, row.is_checked)
        if voice(row.stance, row.source.kind) is None:
            return None
        return Mark(LABELS.get(row.stance) or FOUND.get(row.finding_level, Label.UNCLEAR), row.is_checked)

    @property
    def first_word(self) -> str:
        """Of the label: no line ends between the mark and it."""
        return self.row.source.label.partition(" ")[0]

    @property
    def other_words(self) -> str:
        return self.row.source.label.removeprefix(self.first_word)

    @property
    def notes(self) -> str:
        """For what and of whom, where that is not treatment of everybody."""
        row = self.row
        older = "older adults in particular" if "older" in row.ages and "adult" not in row.ages else ""
        return "; ".join(filter(None, [row.purpose_words.lower(), self.severities, older]))

    @property
    def note(self) -> str:
        """Of whom else, in short, without what is said already."""
        note = self.of_whom.removeprefix(self.severities).lstrip(" ,;")
        return note if len(note) <= MOST_NOTE else ""


def who_says_so(rated: Verdict) -> list[DocumentSays]:
    """Those who make the label first; where guidelines differ, one of each side before the rest."""
    if rated.standing is None:
        return documents(rated.rows)
    saying = saying_of(rated.standing.label)
    making = [row for row in rated.rows if row.purpose in TREATMENT and voice(row.stance, row.source.kind) in saying]
    first = documents(making, rated.rows)
    if rated.standing.label is Label.DIFFER:
        first = [*first[:1], *documents(rated.warnings)[:1], *first[1:]]
    known = {one.row.source_id for one in first}
    return [*first, *documents(row for row in rated.rows if row.source_id not in known)]


def documents(rows: Iterable[Statement], every: Iterable[Statement] = ()) -> list[DocumentSays]:
    """Each document once: what was read before what is recalled, advice before findings; all severities together.

    `every` may hold more that these documents say: what they say otherwise of another severity stands beside it.
    """
    ordered, everything = sorted(rows, key=_advice_first), sorted(every, key=_advice_first)
    once: dict[int, DocumentSays] = {}
    for row in ordered:
        if row.source_id not in once:
            same = [other for other in ordered if _says_the_same(other, row)]
            of_same = [other for other in everything or ordered if other.source_id == row.source_id]
            otherwise = {other.stance: other for other in reversed(of_same) if other.stance != row.stance}
            severities = {"", *(other.severity for other in same)}
            otherwise = {stance: other for stance, other in otherwise.items() if other.purpose == row.purpose}
            apart = [other for other in otherwise.values() if row.severity and other.severity not in severities]
            once[row.source_id] = _says(same, [_says([other]) for other in apart])
    return list(once.values())


def _advice_first(row: Statement) -> tuple[bool, int, int, bool]:
    """What is said of a part of the people comes last."""
    return bool(_people(row)), Recommendation.ADVICE_FIRST.index(row.stance), LINES.index(row.line), not row.is_checked


def _people(row: Statement) -> str:
    return row.only_for if isinstance(row, Recommendation) else ""


def _says_the_same(one: Statement, other: Statement) -> bool:
    fields = ("source_id", "stance", "line", "purpose", "basis")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _says(rows: Sequence[Statement], apart: Sequence[DocumentSays] = ()) -> DocumentSays:
    """Several statements of one document that say the same; of whom, only where they do not differ in it."""
    notes = {_people(row) or Said(row).of_whom.split("; ")[0] for row in rows}
    of_whom = notes.pop() if len(notes) == 1 else ""
    return DocumentSays(rows[0], severity.listed(row.severity for row in rows), of_whom, apart)
