"""Explains the words of a letter: the longest runs that mean something, and which of several meanings fits."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from therapies.search.letter_grammar import either, listed
from therapies.search.letter_terms import Explained, LetterWords, Note, explained, explains_itself, meant
from therapies.search.letter_text import JOINING, Letter, Token, tokens
from therapies.search.lexicon import Lexicon

LONGEST_NAME = 9  # words


def explain(letter: Letter, words: LetterWords, lexicon: Lexicon) -> None:
    """Explains each longest run of known words, and keeps the other words that do not explain themselves as unknown."""
    letter.tokens = list(tokens(letter.rest))
    place, open_notes = 0, []
    while place < len(letter.tokens):
        run, notes = _longest(letter.tokens[place:], words, lexicon)
        if notes:
            found = explained(letter.text[run[0].start : run[-1].end], notes, run[0].start)
            letter.explained += [found, *_named_within(run, notes, words, lexicon)]
            open_notes += [(found, notes)] if len(notes) > 1 else []
            letter.explained += _joined_number(letter, run, words, lexicon)
        elif run[0].text not in JOINING and not letter.at(run[0]) and not explains_itself(run[0].text, lexicon):
            letter.unknown.append(_compound(letter, run[0]))
        place += len(run)
    for found, notes in open_notes:
        _settle(letter, found, notes, words)
    for first, second in pairwise(letter.explained):
        is_next = letter.text[first.end : second.start].isspace()
        first.of_another = first.kind == "format" and is_next and second.kind not in ("therapy", "format")


def _joined_number(letter: Letter, run: Sequence[Token], words: LetterWords, lexicon: Lexicon) -> list[Explained]:
    """The second of two numbers that share a word: step 3, in “step 2/3” and “steps 2 and 3”."""
    second = SECOND_NUMBER.match(letter.text, run[-1].end) if len(run) > 1 and run[-1].text.isdigit() else None
    notes = meant([run[0].text, second[1]], words, lexicon) if second else []
    if not second or not notes:
        return []
    found = explained(second[1], notes, second.start(1))
    found.written = f"{run[0].text} {second[1]}"
    return [found]


SECOND_NUMBER = re.compile(r"\s*(?:/|-|–|or|and|to)\s*(\d)\b(?![/:.]\d)")


def _named_within(
    run: Sequence[Token], notes: Sequence[Note], words: LetterWords, lexicon: Lexicon
) -> Iterator[Explained]:
    """What a longer name says beside: “DBT program” is a format, and it is DBT; “ERP for OCD” is a therapy, for OCD."""
    place = next((place for place, token in enumerate(run) if token.text.lower() == "for"), len(run))
    within = {"format": ("therapy", run[:1]), "therapy": ("condition", run[place + 1 :])}
    kind, part = within.get(notes[0].kind, ("", run[:0]))
    found = meant([token.text for token in part], words, lexicon) if part and len(run) > 1 else []
    if found and found[0].kind == kind:
        yield explained(" ".join(token.text for token in part), found, part[0].start)


def _longest(tokens: Sequence[Token], words: LetterWords, lexicon: Lexicon) -> tuple[Sequence[Token], list[Note]]:
    """The longest run of words, from the first on, that means something, and what; else the first word alone."""
    end = 1
    while end < min(len(tokens), LONGEST_NAME) and not tokens[end].pause:
        end += 1
    for stop in range(end, 0, -1):
        run = [token.text for token in tokens[:stop]]
        if run[0] not in JOINING and run[-1] not in JOINING:
            notes = meant(run, words, lexicon)
            if notes:
                return tokens[:stop], notes
    return tokens[:1], []


def _compound(letter: Letter, token: Token) -> str:
    """An unknown word with what hyphens join to it; a bare number with the word before it."""
    start = re.search(r"(?:[\w’']+-)*$", letter.rest[: token.start])
    end = re.match(r"(?:-[\w’']+)*", letter.rest[token.end :])
    first = token.start - len(start.group() if start else "")
    if token.text[0].isdigit():
        before = re.search(r"[A-Za-z]+[ .#]{1,2}$", letter.rest[:first])
        first -= len(before.group()) if before else 0
    return letter.text[first : token.end + len(end.group() if end else "")]


def _settle(letter: Letter, open_: Explained, notes: Sequence[Note], words: LetterWords) -> None:
    """Of several meanings, that of the kind that stands beside it: MI and CBT are therapies, HI and SI dangers."""
    others = [other for other in letter.explained if other is not open_ and not _apart(letter, open_, other)]
    if WAS_BEFORE.search(letter.text[: open_.start]) and (had := [note for note in notes if note.kind != "therapy"]):
        open_.mean(had)
        return
    kinds = {_sort_of(other.kind, other.notes, words) for other in others} - {""}
    alike = [note for note in notes if _sort_of(note.kind, [note.line], words) in kinds]
    harmless = [note for note in notes if _sort_of(note.kind, [note.line], words) != "danger"]
    settled = alike or (harmless if others else [])
    if settled:
        open_.mean(settled)


WAS_BEFORE = re.compile(rf"(?<!\w){either(listed('was before'))}[\s:]+$", re.IGNORECASE)


def _sort_of(kind: str, lines: Sequence[str], words: LetterWords) -> str:
    return "danger" if words.any_signals_danger(lines) else kind


def _apart(letter: Letter, one: Explained, other: Explained) -> bool:
    """Whether more than a joining word or a comma stands between two explanations."""
    first, second = sorted((one, other), key=lambda explained: explained.start)
    return not re.fullmatch(r"[\s,/+&-]*(?:and|or|with|nor)?[\s,/+&-]*", letter.text[first.end : second.start])
