"""The codes in a letter: numbers of bills, as curators explain them, and codes of diagnoses. Decides nothing else."""

import re
from collections.abc import Iterator

from therapies.domain.stemming import squash
from therapies.search import codes
from therapies.search.hits import SearchCard
from therapies.search.letter_terms import Explained, LetterWords, Note, explained
from therapies.search.lexicon import Lexicon

# A number of a bill, the word that announces it, and what is added to it: “CPT 90837-95”, “H0004 HF”, “POS 02”.
BILLING = re.compile(
    r"(?P<announced>\b(?:CPT|HCPCS|POS)\b[\s:#]*(?:[Cc]odes?\b[\s:#]*)?)?"
    r"(?<![\w.$£-])(?P<number>\d{5}|[A-Z]\d{4}|\d{4}T|(?<=POS )\d\d)(?![\w%]|[.,]\d)"
    r"(?P<added>(?:(?:-|\s+modifier\s+)(?:[A-Z]{2}|\d\d)\b|\s[A-Z]{2}\b)*)"
)
ADDED = re.compile(r"\b(?:[A-Z]{2}|\d\d)\b")
CATEGORY = 3  # characters that the ICD-10 codes of one group begin with


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
    """The codes of diagnoses, in capitals as letters write them. One with a dot that we do not know has no meaning."""
    for match in codes.WRITTEN.finditer(text):
        written = match.group()
        cards = list(_held_by(written, lexicon)) if written == written.upper() else []
        if cards or "." in written:
            yield Explained(written, cards, start=match.start(), end=match.end())


def _held_by(written: str, lexicon: Lexicon) -> Iterator[SearchCard]:
    """The concerns that list a code; or that hold its group, where they list what the group leaves unspecified."""
    (code,) = codes.written(written)
    same = [name.entry for known, name in lexicon.codes if known == code or (len(known) > 2 and code.startswith(known))]
    group = [
        name.entry
        for known, name in lexicon.codes
        if known[:CATEGORY] == code[:CATEGORY] and codes.is_unspecified(known)
    ]
    cards = (lexicon.cards[entry] for entry in dict.fromkeys(same or group))
    return (card for card in cards if card.kind == "condition")
