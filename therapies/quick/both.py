"""What statements on file say of medicine, and of two concerns together. Nothing is concluded: each is quoted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.models import Condition, Recommendation
from therapies.models.evidence import Statement
from therapies.quick.on_file import OnFile, is_heard
from therapies.serving.describe import sentence

MOST_OF_MEDICINE = 2  # statements for a concern
MOST_JOINT = 3
MOST_THERAPIES = 3
FOR_OR_AGAINST = ("recommended", "option", "second-choice", "not-usually", "do-not")
MEDICINE = re.compile(r"\b(?:medicines?|medications?|antidepressants?|antipsychotics?|drug treatment|SSRIs?|SNRIs?)\b")
JOINS = re.compile(r"\b(?:with|and|both|together|co-?occurring|comorbid|also)\b", re.IGNORECASE)
TELLING = re.compile(r"before|alone|instead|choice|declin|ahead|first|without|refus|not want", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The part of a statement's note that is meant, and the therapies of which the document says it, if of any."""

    row: Statement
    words: str
    therapies: Sequence[str] = ()

    @property
    def subject(self) -> str:
        """Such as “Prolonged exposure and EMDR”; the first ones, where they are many."""
        more = len(self.therapies) - MOST_THERAPIES
        if more <= 0:
            return sentence(self.therapies)
        return sentence([*self.therapies[:MOST_THERAPIES], f"{more} more"])


@dataclass(frozen=True, slots=True)
class OfMedicine:
    condition: Condition
    quoted: list[Quoted]


def of_medicine(files: Sequence[OnFile], age: str) -> list[OfMedicine]:
    """What is said of medicine for each concern at this age, what tells most of going without it first."""
    return [OfMedicine(one.condition, _medicine(one, age)) for one in files]


def _medicine(one: OnFile, age: str) -> list[Quoted]:
    facts = [Quoted(row, row.fact) for row in one.statements if row.about == "medicine" and row.source.is_in_force]
    notes = [(row, part) for row in one.in_force for part in row.population_note.split("; ") if MEDICINE.search(part)]
    said = facts + _each_once((row, part) for row, part in notes if row.purpose == "treatment")
    heard = [quoted for quoted in said if is_heard(quoted.row, age)]
    heard.sort(key=lambda quoted: (not TELLING.search(quoted.words), not quoted.row.is_checked))
    return list({quoted.row.source_id: quoted for quoted in reversed(heard)}.values())[::-1][:MOST_OF_MEDICINE]


def joint(files: Sequence[OnFile], age: str) -> list[Quoted]:
    """The statements in force at this age on one of two concerns that name the other in so many words."""
    if len(files) < 2:
        return []
    found: list[tuple[Statement, str]] = []
    for one, other in (files, reversed(files)):
        names = _names(other.condition)
        every: list[Statement] = [*one.in_force, *(row for row in one.statements if row.source.is_in_force)]
        for row in every:
            if row.stance in FOR_OR_AGAINST and is_heard(row, age):
                parts = row.population_note.split("; ")
                found += [(row, part) for part in parts if names.search(part) and JOINS.search(part)]
    return sorted(_each_once(found), key=lambda quoted: not quoted.row.is_checked)[:MOST_JOINT]


def _each_once(found: Iterable[tuple[Statement, str]]) -> list[Quoted]:
    """The words of a document once, with every therapy of which it says them."""
    by_words: dict[tuple[int, str, str], Quoted] = {}
    for row, words in found:
        therapies = [row.therapy.name] if isinstance(row, Recommendation) else []
        key = row.source_id, row.stance, words
        known = by_words.setdefault(key, Quoted(row, words))
        by_words[key] = Quoted(known.row, words, list(dict.fromkeys([*known.therapies, *therapies])))
    return list(by_words.values())


def _names(condition: Condition) -> re.Pattern[str]:
    names = {condition.bare_name, condition.plain_name, *condition.aliases, *condition.abbreviations}
    known = sorted((name for name in names if len(name) > 2), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE)
