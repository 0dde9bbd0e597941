"""A letter as it was typed, with the words that were understood marked and numbered, and what each of them means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from therapies.letters.offer import Offer
from therapies.letters.terms import Explained

Span = tuple[int, int]
NO = "The letter says no to this."


@dataclass(slots=True)
class Word:
    """Words of the letter with a number, and all that they mean. `meaning` is that of an amount."""

    number: int
    written: str
    explained: list[Explained] = field(default_factory=list)
    meaning: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the letter; without a number it is not marked."""

    text: str
    number: int = 0


@dataclass(slots=True)
class Paper:
    words: list[Word] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What is understood at some places of the letter; equal keys share a number."""

    key: object
    spans: tuple[Span, ...]
    word: Word


def of(offer: Offer) -> Paper:
    """The letter on paper. What the letter denies is one piece, whatever is named in it."""
    every = [*_denied(offer), *_explained(offer), *_amounts(offer)]
    paper, numbers, marks = Paper(), dict[object, Word](), list[tuple[Span, Word]]()
    for found in sorted(every, key=lambda found: (found.spans[0][0], -found.spans[-1][1])):
        word = numbers.setdefault(found.key, found.word)
        marks += [(span, word) for span in found.spans]
    end = 0
    for (start, stop), word in sorted(marks, key=lambda mark: (mark[0][0], -mark[0][1])):
        if start >= end:
            paper.pieces += [*_plain(offer.letter[end:start]), Piece(offer.letter[start:stop])]
            _number(paper, word)
            end = stop
    for word in numbers.values():
        if not word.number:
            _take(paper, word)
    paper.pieces += _plain(offer.letter[end:])
    return paper


def _number(paper: Paper, word: Word) -> None:
    if not word.number:
        _take(paper, word)
    paper.pieces[-1] = Piece(paper.pieces[-1].text, word.number)


def _take(paper: Paper, word: Word) -> None:
    paper.words.append(word)
    word.number = len(paper.words)


def _plain(text: str) -> list[Piece]:
    return [Piece(re.sub(r" ?¶ ?", "\n", text))] if text else []


def _denied(offer: Offer) -> Iterator[_Found]:
    for start, end in offer.denied:
        inside = [found for found in offer.found if start <= found.start < end and found.aside == "no"]
        written = offer.letter[start:end]
        yield _Found(("no", start), ((start, end),), Word(0, written, inside, aside=NO))


def _explained(offer: Offer) -> Iterator[_Found]:
    for found in offer.found:
        denied = any(start <= found.start < end for start, end in offer.denied) and found.aside == "no"
        if not denied:
            key = tuple(card.id for card in found.cards), tuple(found.notes), found.aside
            yield _Found(key, ((found.start, found.end),), Word(0, found.written, [found], aside=found.aside_words))


def _amounts(offer: Offer) -> Iterator[_Found]:
    """An amount with all that the same words mean: “8 x 90 min” is two amounts."""
    for written, meaning in offer.said:
        spans = [span for amount in offer.amounts if amount.written == written for span in amount.spans]
        trimmed = tuple(span for span in (_trim(offer.letter, *span) for span in sorted(spans)) if span[0] < span[1])
        said = "" if meaning == written else meaning
        yield _Found(
            ("amount", written), trimmed or (spans[0],), Word(0, written, meaning=said or "As the letter says")
        )


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum() and text[start] not in "$£€+":
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
