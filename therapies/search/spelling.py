"""Misspelled words to the words of a release: near spellings, sounds, words run together or torn apart. Pure.

It looks at single words of names and synonyms, never at whole names, so its time does not grow with their number.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from therapies.domain.stemming import ASKING, STOP, sounding
from therapies.search import weights
from therapies.search.lexicon import Lexicon

# Words of other subjects: rightly spelled, and none of ours. “tire” is not “tired”.
OTHER = frozenset(Path(__file__).with_name("other_words.txt").read_text(encoding="utf-8").split())


def is_known(word: str, lexicon: Lexicon) -> bool:
    if word in lexicon.words or word in OTHER or word in STOP or word in ASKING or word.isdigit():
        return True
    return len(word) >= 5 and word.endswith("s") and word[:-1] in lexicon.words


def _is_named(word: str, lexicon: Lexicon) -> bool:
    """Whether the word occurs in a name or synonym, and not only in a text."""
    return word in lexicon.words and lexicon.words[word][0] >= weights.NAMED_RANK


def respelled(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words with each unknown one replaced by what it most likely stands for; unchanged where nothing is near."""
    result: list[str] = []
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else ""
        if is_known(word, lexicon):
            joined = word + after
            if after and not is_known(after, lexicon) and _is_named(joined, lexicon):
                result.append(joined)
                place += 2
                continue
            result.append(word)
        elif after and word + after in lexicon.words:
            result.append(word + after)
            place += 2
            continue
        else:
            result.extend(_meant(word, lexicon, alone=len(words) == 1, last=place == len(words) - 1))
        place += 1
    return result


def _meant(word: str, lexicon: Lexicon, *, alone: bool, last: bool) -> list[str]:
    if last and len(word) >= 4 and _goes_on(word, lexicon):
        return [word]
    near = nearest(word, lexicon, alone=alone)
    if re.search("phobi(a|as|c)$", word) and not (near and sounding(near[0]) == sounding(word)):
        return ["phobia"]  # the fear of something that no entry names
    return near[:1] or _torn(word, lexicon) or [word]


def _goes_on(word: str, lexicon: Lexicon) -> bool:
    """Whether a known word begins so: it may still be being typed."""
    place = bisect_left(lexicon.sorted_words, word)
    return place < len(lexicon.sorted_words) and lexicon.sorted_words[place].startswith(word)


def nearest(word: str, lexicon: Lexicon, *, alone: bool = False, limit: int = 1) -> list[str]:
    """Words spelled or sounding most like this one, nearest first."""
    allowed = _allowed(word)
    if len(word) < 3 or (len(word) == 3 and not alone):
        return []
    found = process.extract(
        word, lexicon.targets, scorer=OSA.distance, score_cutoff=max(allowed, 2), limit=weights.MOST_CANDIDATES
    )
    sound = sounding(word)
    ranked = []
    for other, distance, _ in found:
        alike = len(word) >= 4 and len(sound) >= 2 and sounding(other) == sound
        if distance > allowed and not alike:
            continue
        if len(word) <= 4 and (
            other[0] != word[0] or len(other) < 3 or (len(word) == 3 and sorted(other) != sorted(word))
        ):
            continue
        rank, uses = lexicon.words[other]
        letters = distance - (weights.SAME_SOUND if alike else 0) + (weights.OTHER_START if other[0] != word[0] else 0)
        known = rank * weights.RANK_WORTH + min(uses, weights.MOST_USES) * weights.USE_WORTH
        ranked.append((letters - known, other))
    if not ranked and len(word) >= 6:
        alike_only = lexicon.by_sound.get(sound, []) if len(sound) >= 4 else []
        ranked = [(weights.BY_SOUND_ONLY - lexicon.words[other][1] * weights.USE_WORTH, other) for other in alike_only]
    return [other for *_, other in sorted(ranked)[:limit]]


def _allowed(word: str) -> int:
    return 1 if len(word) <= 7 else 2 if len(word) <= 11 else 3


def _torn(word: str, lexicon: Lexicon) -> list[str]:
    """Two known words run together: “cantsleep”."""
    for cut in range(3, len(word) - 2):
        one, other = word[:cut], word[cut:]
        if all(_is_named(part, lexicon) or (part in STOP and part in lexicon.words) for part in (one, other)):
            return [one, other]
    return []
