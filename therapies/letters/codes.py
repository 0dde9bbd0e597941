"""The codes in a letter: numbers of bills, as curators explain them, and codes of diagnoses. Decides nothing else."""

import re
from collections.abc import Iterable, Iterator

from therapies.domain.codes import find
from therapies.domain.stemming import squash
from therapies.letters.terms import Explained, LetterWords, Note, explained
from therapies.search.lexicon import Lexicon
from therapies.serving import codes
from therapies.serving.codes import CodeMeaning

# A number of a bill, the word that announces it, and what is added to it: “CPT 90837-95”, “H0004 HF”, “POS 02”.
BILLING = re.compile(
    r"(?P<announced>\b(?:CPT|HCPCS|POS)\b[\s:#]*(?:[Cc]odes?\b[\s:#]*)?)?"
    r"(?<![\w.$£-])(?P<number>\d{5}|[A-Z]\d{4}|\d{4}T|(?<=POS )\d\d)(?![\w%]|[.,]\d)"
    r"(?P<added>(?:(?:-|\s+modifier\s+)(?:[A-Z]{2}|\d\d)\b|\s[A-Z]{2}\b)*)"
)
ADDED = re.compile(r"\b(?:[A-Z]{2}|\d\d)\b")


def billing(text: str, words: LetterWords) -> Iterator[Explained]:
    """The numbers of bills. One that is announced and that we do not know comes without a meaning."""
    for match in BILLING.finditer(text):
        place = "POS " if (match["announced"] or "").startswith("POS") else ""
        notes = words.notes.get(squash(place + match["number"]), [])
        if notes or match["announced"]:
            start = match.start("announced") if match["announced"] else match.start("number")
            yield explained(text[start : match.end("number")], notes, start)
        if notes:
            yield from _added(match, words)


def _added(match: re.Match[str], words: LetterWords) -> Iterator[Explained]:
    for added in ADDED.finditer(match["added"] or ""):
        notes: list[Note] = words.notes.get(f"modifier{added.group().lower()}", [])
        if notes:
            yield explained(added.group(), notes, match.start("added") + added.start())


def diagnoses(text: str, lexicon: Lexicon) -> Iterator[Explained]:
    """The codes of diagnoses, in capitals as letters write them. One that leads to no page has no meaning here."""
    for code in find(text):
        meaning = _meaning(code.written)
        if meaning and (meaning.exists or code.is_announced or "." in code.written):
            held = [lexicon.conditions[held.condition] for held in meaning.held if held.condition in lexicon.conditions]
            yield Explained(code.written, held, start=code.start, end=code.end)


def dangers(found: Iterable[Explained]) -> set[str]:
    """The kinds of danger that the codes among these signal by their titles."""
    meanings = (_meaning(explained.written) for explained in found)
    return {meaning.danger for meaning in meanings if meaning and meaning.danger}


def _meaning(written: str) -> CodeMeaning | None:
    return next(iter(codes.read(written).meanings), None) if written == written.upper() else None
