"""Misspelled words to words of a release: spelled or sounding alike, two run together or one torn apart. Pure.

It compares single words of names and synonyms, never whole names, so that its time does not grow with their number.
"""

from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from therapies.domain.english import COMMON_WORDS
from therapies.domain.stemming import ASKING, STOP, sounding
from therapies.search.lexicon import IN_A_NAME, Lexicon

LONG = 9  # letters, among which two slips still leave one word
MOST_CANDIDATES = 25  # words that are compared closely
PREFIXES = ("a", "an", "anti", "dis", "hyper", "hypo", "im", "in", "neuro", "non", "un")  # make another word of one
# Names of other subjects that stand in no dictionary, so that “nike” is not taken for another word.
OTHER = frozenset(Path(__file__).with_name("other_words.txt").read_text(encoding="utf-8").split())


def is_known(word: str, lexicon: Lexicon) -> bool:
    """Whether the word is spelled right, as far as we can tell."""
    if word in lexicon.words or word in COMMON_WORDS or word in OTHER or word.isdigit():
        return True
    return len(word) >= 5 and word.endswith("s") and word[:-1] in lexicon.words


def _is_named(word: str, lexicon: Lexicon) -> bool:
    """Whether the word occurs in a name or synonym, and not only in a text."""
    return word in lexicon.words and lexicon.words[word][0] >= IN_A_NAME


def respelled(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words, with each unknown one replaced by what it is most likely meant to be, if anything."""
    result: list[str] = []
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else ""
        if after and _is_torn_apart(word, after, lexicon):
            result.append(word + after)
            place += 1
        elif is_known(word, lexicon):
            result.append(word)
        else:
            result.extend(_meant(word, lexicon, alone=len(words) == 1))
        place += 1
    return result


def _is_torn_apart(word: str, after: str, lexicon: Lexicon) -> bool:
    """Whether two words are really one: “in somnia”."""
    if is_known(word, lexicon):
        return not is_known(after, lexicon) and _is_named(word + after, lexicon)
    return word + after in lexicon.words


def _meant(word: str, lexicon: Lexicon, *, alone: bool) -> list[str]:
    return nearest(word, lexicon, alone=alone) or _run_together(word, lexicon) or [word]


def _run_together(word: str, lexicon: Lexicon) -> list[str]:
    """The two known words that a word consists of: “cantsleep”."""
    for cut in range(3, len(word) - 2):
        parts = [word[:cut], word[cut:]]
        words = [part for part in parts if _is_named(part, lexicon) or (part in STOP and part in lexicon.words)]
        if words == parts and parts[0] not in PREFIXES:
            return parts
    return []


def nearest(word: str, lexicon: Lexicon, *, alone: bool = False) -> list[str]:
    """The word that this one is probably meant to be, if any: a slip away, or two if it is long or they sound alike.

    Three letters are looked at only where `alone`.
    """
    if len(word) < 3 or (len(word) == 3 and not alone):
        return []
    sound = sounding(word)
    by_letters = process.extract(word, lexicon.targets, scorer=OSA.distance, score_cutoff=2, limit=MOST_CANDIDATES)
    by_sound = lexicon.by_sound.get(sound, []) if len(word) >= 6 and len(sound) >= 4 else []
    distances = {other: distance for other, distance, _ in by_letters}
    distances |= {other: OSA.distance(word, other) for other in by_sound if other not in distances}
    ranked = []
    for other, distance in distances.items():
        sounds_alike = len(word) >= 4 and len(sound) >= 2 and sounding(other) == sound and other not in ASKING
        is_long = len(word) >= LONG and other[0] == word[0]
        if (distance == 1 or sounds_alike or is_long) and _may_be(word, other, lexicon):
            rank, uses = lexicon.words[other]
            ranked.append((distance - sounds_alike + (other[0] != word[0]), -rank, -uses, other))
    return [other for *_, other in sorted(ranked)[:1]]


def _may_be(word: str, other: str, lexicon: Lexicon) -> bool:
    """No name becomes its opposite (“nondirective”), and short words are alike too easily: the first letter has to be
    right, and all letters of three and of short forms, in some order."""
    if any(f"{prefix}{other}" == word or f"{prefix}{word}" == other for prefix in PREFIXES):
        return False
    if len(word) > 4:
        return True
    return other[0] == word[0] and (sorted(other) == sorted(word) or (len(word) == 4 and other in lexicon.ordinary))
