"""Does a text signal that somebody is in danger? Text and the curators' phrases in, kinds of danger out.

A grammar reads its words and a model what it means (danger_meaning.py); either is enough. It only decides whether the
help panel is above the results; it never hides or changes them, and keeps nothing. When in doubt it says yes: a panel
too many costs a glance.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

from therapies.domain.english import COMMON_WORDS
from therapies.domain.stemming import fold
from therapies.models import DangerPhrase
from therapies.search import danger_meaning

GRAMMAR = Path(__file__).with_name("danger_grammar.txt")
MOST_CHARACTERS = 2_000  # a whole letter; a query is shorter
KINDS = tuple(DangerPhrase.KINDS)
MASK = "·"  # replaces figurative words; no pattern matches across it
HIDDEN = tuple("suicide suicidal kill die rape raped killing cutting cut overdose death dead".split())  # noqa: SIM905
LEET = str.maketrans("013457@$!|", "oieastasii")


@dataclass(frozen=True, slots=True)
class Danger:
    """The kinds of danger that a text signals; none at all is false."""

    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds)

    def beside(self, kinds: Iterable[str]) -> "Danger":
        """This and those kinds together, in the order of KINDS."""
        both = {*self.kinds, *kinds}
        return Danger(tuple(kind for kind in KINDS if kind in both))


NO_DANGER = Danger()


@dataclass(frozen=True, slots=True)
class Phrases:
    """The curators' set phrases: a pattern for each kind of danger, and one of what only sounds like it."""

    danger: tuple[tuple[str, re.Pattern[str]], ...] = ()
    figurative: re.Pattern[str] | None = None
    words: frozenset[str] = field(default_factory=frozenset)


def phrases(rows: Iterable[tuple[str, str, bool]]) -> Phrases:
    """Rows (phrase, kind, figurative) in the form that `detect` takes."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    words: set[str] = set()
    for phrase, kind, is_figurative in rows:
        tokens = normal(phrase)
        words.update(tokens)
        if tokens:
            by_kind["" if is_figurative else kind].append("".join(re.escape(token) + " " for token in tokens))
    patterns = {kind: either(sorted(same, key=len, reverse=True)) for kind, same in by_kind.items()}
    figurative = patterns.pop("", None)
    return Phrases(tuple(patterns.items()), figurative, frozenset(words))


def detect(text: str, known: Phrases = Phrases(), real_words: Collection[str] = ()) -> Danger:
    """The kinds of danger that the first 2,000 characters of a text signal, in the order of KINDS.

    `real_words` are never taken for misspellings, and neither are common English words.
    """
    message = _message(text, known, real_words)
    found = _said(message, known)
    if found:
        return found
    meant = danger_meaning.read(text[:MOST_CHARACTERS])
    if MASK in message and meant.may_be_danger:  # what is left has to mean it too: “in the car” of “dead battery in …”
        meant &= danger_meaning.read(" ".join(message.replace(MASK, " ").split()))
    doubtful = _found(_grammar().doubtful, message)
    if doubtful and not (meant.may_be_danger or danger_meaning.read(message).may_be_danger):  # or written in disguise
        doubtful = []
    return NO_DANGER.beside(doubtful).beside(meant.kinds)


def as_read(text: str) -> str:
    """The words of a text as the patterns of the grammar read them."""
    return _message(text, Phrases(), ())


def by_grammar(text: str, known: Phrases = Phrases(), real_words: Collection[str] = ()) -> Danger:
    """The same by the words alone, which takes no model."""
    message = _message(text, known, real_words)
    return _said(message, known).beside(_found(_grammar().doubtful, message))


def _message(text: str, known: Phrases, real_words: Collection[str]) -> str:
    """The words of a text in the form that patterns are for, without those that only sound like danger."""
    message = "".join(token + " " for token in normal(text, real_words, known.words))
    for figurative in filter(None, (known.figurative, _grammar().figurative)):
        message = figurative.sub(MASK + " ", message)
    return message


def _said(message: str, known: Phrases) -> Danger:
    return NO_DANGER.beside(_found((*_grammar().danger, *known.danger), message))


def _found(patterns: Iterable[tuple[str, re.Pattern[str]]], message: str) -> list[str]:
    return [kind for kind, pattern in patterns if pattern.search(message)]


# ── The form in which a text is read ──


def normal(text: str, real_words: Collection[str] = (), more: Collection[str] = ()) -> list[str]:
    """The folded words of a text: no fillers, no disguises, short forms written out, words of danger spelled right."""
    words: list[str] = []
    grammar = _grammar()
    for token in _spelled_out(fold(text[:MOST_CHARACTERS])).split():
        word = _undisguised(token)
        for part in grammar.spoken.get(word, word).split():
            if part not in grammar.fillers:
                words.append(_corrected(part, real_words, more))
    return words


def _spelled_out(text: str) -> str:
    """Single letters with dots, dashes or spaces between them are a word: “k.m.s”, “d i e”; so is “over-booked”."""
    text = re.sub(r"\bover-(?=\w)", "over", text)
    text = re.sub(r"(?<!\w)(\w)(?:[.\-_ ](\w)(?!\w)){2,}", lambda match: re.sub(r"[.\-_ ]", "", match.group()), text)
    return re.sub(r"[^\w*@$!|]+|_", " ", text)


def _undisguised(token: str) -> str:
    if "*" in token:
        token = _starred(token)
    if re.search(r"[a-z]", token):
        token = token.rstrip("!|$@")
        disguised = token not in _grammar().spoken and re.search(r"[a-z][0-9@$!|]|[0-9@$!|][a-z]", token)
        token = token.translate(LEET) if disguised else token
    token = re.sub(r"[^a-z0-9]", "", token)
    return re.sub(r"(\w)\1{2,}", r"\1" if not token.endswith("lll") else r"\1\1", token)


def _starred(token: str) -> str:
    shape = re.compile("".join(r"\w{0,2}" if letter == "*" else re.escape(letter) for letter in token))
    return next((word for word in HIDDEN if len(word) >= len(token) and shape.fullmatch(word)), token.replace("*", ""))


def _corrected(word: str, real_words: Collection[str], more: Collection[str]) -> str:
    if len(word) < 5 or word in _grammar().words or word in more or word in real_words or word in COMMON_WORDS:
        return word
    for target in _grammar().distinct:
        allowed = 2 if target in OFTEN_MISSPELLED else 1  # “overcome” and “overdue” are two slips from a word of danger
        if word[0] == target[0] and OSA.distance(word, target, score_cutoff=allowed) <= allowed:
            return target
    return word


# ── The grammar as regular expressions ──


@dataclass(frozen=True, slots=True)
class Grammar:
    danger: tuple[tuple[str, re.Pattern[str]], ...]
    doubtful: tuple[tuple[str, re.Pattern[str]], ...]  # count only where the meaning of the text may be danger
    figurative: re.Pattern[str]
    spoken: dict[str, str]
    fillers: frozenset[str]
    distinct: tuple[str, ...]
    words: frozenset[str]  # all words in the grammar, which are therefore spelled right


def _sections() -> tuple[dict[str, list[str]], dict[str, str]]:
    """The lines of each section, and the words of each class."""
    sections: dict[str, list[str]] = {}
    for line in GRAMMAR.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1] in SECTIONS:
            sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            sections[list(sections)[-1]].append(line)
    return sections, dict(line.split(" = ") for line in sections["classes"])


@cache
def _grammar() -> Grammar:
    sections, classes = _sections()
    patterns = [line for name in (*KINDS, "figurative") for line in sections[name]]
    words = " ".join([*classes.values(), *patterns, *sections["not misspelled"]])
    doubtful = danger_meaning.doubtful_patterns()
    every = {kind: [part for line in sections[kind] for part in _parts(line)] for kind in KINDS}
    sure = {kind: [part for part in parts if part not in doubtful] for kind, parts in every.items()}
    in_doubt = {kind: [part for part in parts if part in doubtful] for kind, parts in every.items()}
    return Grammar(
        danger=_patterns(sure, classes),
        doubtful=_patterns(in_doubt, classes),
        figurative=either(_sequence(line, classes) for line in sections["figurative"]),
        spoken=dict(line.split(" = ") for line in sections["spoken"]),
        fillers=frozenset(" ".join(sections["fillers"]).split()),
        distinct=tuple(" ".join(sections["distinct"]).split()),
        words=frozenset(re.findall("[a-z]+", words)),
    )


OFTEN_MISSPELLED = {"suicide", "suicidal"}
SECTIONS = {"classes", "spoken", "fillers", "distinct", "not misspelled", "figurative", *KINDS}
GAPS = {"_": r"(?:\w+ ){0,2}?", "__": r"(?:\w+ ){0,5}?"}


def either(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of these regular expressions, from the beginning of a word on; each word of the text ends with a space."""
    return re.compile(r"(?<!\S)(?:" + "|".join(patterns) + ")")


def _patterns(by_kind: dict[str, list[str]], classes: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, either(_sequence(part, classes) for part in parts)) for kind, parts in by_kind.items() if parts)


def _parts(line: str) -> list[str]:
    """A line that is one group is each of its alternatives."""
    is_group = line.startswith("(") and _end(line, 0) == len(line) and line.endswith(")")
    return _alternatives(line[1:-1]) if is_group else [line]


def each_pattern() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of the grammar by itself, as it is written and as it is used."""
    sections, classes = _sections()
    for part in dict.fromkeys(part for kind in KINDS for line in sections[kind] for part in _parts(line)):
        yield part, either([_sequence(part, classes)])


def _sequence(pattern: str, classes: dict[str, str]) -> str:
    """A pattern of the grammar as a regular expression."""
    return "".join(_item(item, classes) for item in _items(pattern))


def _items(pattern: str) -> Iterator[str]:
    """The parts of a sequence: words, gaps, (groups), [optional words] and {classes}, each with its “?”."""
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == " ":
            place += 1
            continue
        end = _end(pattern, place)
        yield pattern[place:end]
        place = end


def _end(pattern: str, start: int) -> int:
    if pattern[start] in "^$":
        return start + 1
    if pattern[start] in "([{":
        closing, depth = start, 0
        while True:
            depth += (pattern[closing] in "([{") - (pattern[closing] in ")]}")
            closing += 1
            if depth == 0:
                return closing + 1 if pattern[closing : closing + 1] == "?" else closing
    place, depth = start, 0
    while place < len(pattern) and (depth or pattern[place] not in " $"):
        depth += (pattern[place] in "([") - (pattern[place] in ")]")
        place += 1
    return place


def _item(item: str, classes: dict[str, str]) -> str:
    if item in GAPS:
        return GAPS[item]
    if item in "^$":
        return item
    missing = "?" if item.endswith("?") and item[0] in "([{" else ""
    inside = item.removesuffix("?")[1:-1] if item[0] in "([{" else ""
    match item[0]:
        case "(":
            return "(?:" + "|".join(_sequence(part, classes) for part in _alternatives(inside)) + ")" + missing
        case "[":
            return "(?:" + _sequence(inside, classes) + ")?"
        case "{":
            return "(?:" + "|".join(_sequence(part, classes) for part in classes[inside].split("|")) + ")" + missing
    return "(?:" + item.replace("(", "(?:") + ") "


def _alternatives(inside: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(inside):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "|" and depth == 0:
            parts.append(inside[start:place])
            start = place + 1
    return [*parts, inside[start:]]
