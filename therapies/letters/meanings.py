"""Explains the words of a letter: the longest runs that mean something, and which of several meanings fits."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from therapies.domain.stemming import STOP, fold
from therapies.letters import sentences
from therapies.letters.grammar import classes, either, listed
from therapies.letters.quantity_shapes import NUMBER_WORDS
from therapies.letters.terms import (
    PLAIN,
    Explained,
    LetterWords,
    Note,
    card_of,
    explained,
    explains_itself,
    key_of,
    may_mean,
    meant,
)
from therapies.letters.text import JOINING, SENTENCE, Letter, Token, tokens
from therapies.search.lexicon import Lexicon

LONGEST_NAME = 9  # words


def explain(letter: Letter, words: LetterWords, lexicon: Lexicon) -> None:
    """Explains each longest run of known words, and keeps the other words that do not explain themselves as unknown."""
    letter.tokens = list(tokens(letter.rest))
    _explain_scales(letter, words, lexicon)
    scales = {place for found in letter.explained for place in range(found.start, found.end)}
    keys = [key_of(token.text) for token in letter.tokens]
    place, unknown = 0, letter.unknown_words
    open_notes: list[tuple[Explained, list[Note]]] = []
    while place < len(letter.tokens):
        if letter.tokens[place].start in scales:
            place += 1
            continue
        run, notes = _longest(letter.tokens[place:], keys[place:], words, lexicon)
        if notes:
            found = explained(letter.text[run[0].start : run[-1].end], notes, run[0].start)
            letter.explained += [found, *_named_within(run, notes, words, lexicon)]
            open_notes += [(found, notes)] if len(notes) > 1 else []
            letter.explained += _joined_number(letter, run, words, lexicon)
        elif note := _by_kind(letter, place, lexicon):
            letter.explained.append(explained(run[0].text, [note], run[0].start))
        elif run[0].text not in JOINING:
            unknown.append(run[0])
        place += len(run)
    for found, notes in open_notes:
        _settle(letter, found, notes, words)
    letter.explained.sort(key=lambda found: found.start)
    for first, second in pairwise(letter.explained):
        is_next = letter.text[first.end : second.start].isspace()
        first.of_another = first.kind == "format" and is_next and second.kind not in ("therapy", "format")
    for token, after in pairwise(letter.tokens):
        if fold(token.text) in listed("persons") and after in unknown and not after.pause and after.text not in STOP:
            for found in letter.explained:  # “the couple declined”, “family night”
                found.of_another = found.of_another or (found.start, found.end) == (token.start, token.end)


def _by_kind(letter: Letter, place: int, lexicon: Lexicon) -> Note | None:
    """A word for an age, for a place after “at” or “in”, or for somebody who has something: “depressive”."""
    word = letter.tokens[place].text.lower()
    before = {token.text.lower() for token in letter.tokens[max(0, place - 2) : place]}
    if word in AGES:
        return Note(word, AGES[word])
    name = ADJECTIVES.get(word) or (SETTINGS.get(word) if before & {"at", "in"} else None)
    card = card_of(name, lexicon) if name else None
    return Note(word, "", (card,)) if card else None


def _by_word(section: str) -> dict[str, str]:
    return {word: name for name, words in classes(section).items() for word in words}


AGES, SETTINGS, ADJECTIVES = map(_by_word, ("ages", "settings", "adjectives"))


def _explain_scales(letter: Letter, words: LetterWords, lexicon: Lexicon) -> None:
    """The name beside a score is that of a scale: in “PHQ 19, GAD 16” GAD is no diagnosis."""
    for start, end in (amount.name for amount in letter.amounts if amount.name):
        run = letter.text[start:end]
        notes = [note for note in meant([run], words, lexicon) if note.is_scale]
        if not notes:
            named = [name for name in words.scales if re.fullmatch(rf"{re.escape(run)}[\s-]?\d+", name)]
            scale = max(named, key=lambda name: int(re.sub(r"\D", "", name)), default="")  # PHQ is PHQ-9, not PHQ-2
            notes = [note for note in meant([scale], words, lexicon) if note.is_scale]
        letter.explained += [explained(run, notes, start)] if notes else []


def keep_unknown(letter: Letter, lexicon: Lexicon) -> None:
    """What is not understood is listed: a name of several words as one, and no word of it as a format."""
    held = [(found.start, found.end) for found in letter.explained]
    names = [*_names(letter, letter.unknown_words)]
    for first, last in names:
        inside = [found for found in letter.explained if first.start <= found.start < last.end]
        letter.explained = [found for found in letter.explained if found not in inside or found.written.islower()]
    letter.unknown += [letter.text[start:end] for start, end in letter.unread]
    for token in letter.unknown_words:
        if any(start <= token.start < end for start, end in letter.unread):
            continue
        name = next((name for name in names if name[0].start <= token.start < name[1].end), None)
        if sentences.ITEM.match(letter.text, token.start):
            continue
        if name:
            letter.unknown.append(letter.text[name[0].start : name[1].end])
        elif (fold(token.text) in COUNTS or _says_which(letter, token)) and not _is_held(token, held):
            letter.unknown.append(_with_next(letter, token))
        elif not _is_held(token, held) and (_is_a_name(letter, token) or not explains_itself(token.text, lexicon)):
            letter.unknown.append(_compound(letter, token))


def _is_held(token: Token, held: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in held)


COUNTS = frozenset(word for word, number in NUMBER_WORDS.items() if number > 1)


def _says_which(letter: Letter, token: Token) -> bool:
    """Whether an everyday word says what kind of help is meant, as in “exercise referral”."""
    if fold(token.text) in PLAIN or fold(token.text) in STOP or not token.text.isalpha():
        return False
    after = next((other for other in letter.tokens if other.start >= token.end), None)
    return bool(after and not after.pause and fold(after.text) in listed("kinds of help"))


def _with_next(letter: Letter, token: Token) -> str:
    """A number in words that no unit we know follows: “two terms”."""
    after = next((other for other in letter.tokens if other.start >= token.end and not other.pause), token)
    return letter.text[token.start : after.end if after.start - token.end <= 1 else token.end]


def _names(letter: Letter, unknown: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Names that we do not know: “Building Better Relationships”, “Lutheran Family Svcs”."""
    free = {token.start for token in unknown}
    for token, after in pairwise(letter.tokens):
        is_name = token.start in free and CAPITAL.fullmatch(token.text) and fold(token.text) not in (*PLAIN, *STOP)
        is_before = not after.pause and fold(after.text) in listed("after a name")
        if is_name and is_before and (token.pause < SENTENCE or after.text == "app"):
            yield token, after
    free |= {found.start for found in letter.explained if found.kind == "format" and found.written.isalpha()}
    run: list[Token] = []
    for token in [*letter.tokens, Token("", 0, 0, SENTENCE)]:
        goes_on = token.start in free and CAPITAL.fullmatch(token.text)
        if run and (token.pause or not goes_on):
            words = [word for word in run if fold(word.text) not in PLAIN]
            if len(run) > 1 and (len(words) > 1 if run[0].pause < SENTENCE else len(words) > 2):
                yield run[0], run[-1]
            run = []
        run += [token] if goes_on else []


def _is_a_name(letter: Letter, token: Token) -> bool:
    """A word in capitals within a sentence may be the name of something: “Relate can help”."""
    is_within = token.pause < SENTENCE and not letter.text[: token.start].rstrip().endswith((":", "(", "”", '"'))
    is_plain = fold(token.text) in PLAIN or fold(token.text) in STOP
    return bool(is_within and CAPITAL.fullmatch(token.text) and not is_plain)


CAPITAL = re.compile(r"[A-Z][a-z]+")


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


def _longest(
    tokens: Sequence[Token], keys: Sequence[str], words: LetterWords, lexicon: Lexicon
) -> tuple[Sequence[Token], list[Note]]:
    """The longest run of words, from the first on, that means something, and what; else the first word alone."""
    end = 1
    while end < min(len(tokens), LONGEST_NAME) and not tokens[end].pause:
        end += 1
    for stop in range(end, 0, -1):
        first, last = tokens[0].text, tokens[stop - 1].text
        if first not in JOINING and last not in JOINING and may_mean("".join(keys[:stop]), last, words, lexicon):
            notes = meant([token.text for token in tokens[:stop]], words, lexicon)
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
