"""Measures how plain a text is: its reading grade, its length, and words to avoid. Pure; it never changes a text.

The grade is Flesch-Kincaid. Syllables are counted by vowel groups, which agrees with a pronouncing dictionary for
about nine words in ten, without bias. Names of therapies and conditions are set aside first.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

MAX_GRADE = 8.0
MAX_WORDS = 120
GRADED_FROM_WORDS = 60

CITATION = re.compile(r"\[\^([a-z0-9-]+)\]")
LINK = re.compile(r"\[([^\]^]+)\]\([^)]+\)")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"'(])")

AVOID = {
    r"\bcommit(s|ted|ting)? suicide\b": "say “died by suicide”",
    r"\bsuffer(s|ed|ing)? from\b": "say “have” or “live with”",
    r"\bbest match\b": "nothing here ranks what is best for a reader",
    r"\byou should\b": "say “you can” or who recommends it",
    r"\byou must\b": "say “you can” or who recommends it",
    r"(?<!how )(?<!what )(?<!if )(?<!when )(?<!way )(?<!help )(?<!until )(?<!where )"
    r"\byou feel\b(?! (like|able|free|ready|safe))": ("never tell readers what they feel: “some people feel”"),
    r"—": "use a full stop, a comma or a colon, not a dash",
    r"\b(schizophrenics?|addicts?|alcoholics|anorexics?|autistics|the mentally ill)\b": "put the person first",
    r"\b(victims of abuse)\b": "say “people who were abused”",
}


def bare(text: str) -> str:
    """The text without citation marks and link addresses: only the words that a reader sees."""
    return LINK.sub(r"\1", CITATION.sub("", text)).strip()


def sentences(text: str) -> list[str]:
    parts = (part.strip() for line in bare(text).splitlines() for part in SENTENCE_END.split(line))
    return [part for part in parts if WORD.search(part)]


def words(text: str) -> list[str]:
    return WORD.findall(bare(text))


@lru_cache(maxsize=30_000)
def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(r"(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$", lambda m: m.group()[0], word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


class Names:
    """Names of therapies and conditions. Each counts as one short word, so a long name does not raise the grade."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        for name in names:
            parts = [part.lower() for part in WORD.findall(name)]
            if parts:
                self.by_first.setdefault(parts[0], []).append(parts)
        for same_start in self.by_first.values():
            same_start.sort(key=len, reverse=True)

    def set_aside(self, tokens: list[str]) -> list[str]:
        """The words with every name replaced by one “it”; of two names that fit, the longer one is replaced."""
        lower, kept, start = [token.lower() for token in tokens], [], 0
        while start < len(tokens):
            names = self.by_first.get(lower[start], ())
            name = next((name for name in names if lower[start : start + len(name)] == name), None)
            kept.append("it" if name else tokens[start])
            start += len(name) if name else 1
        return kept


NO_NAMES = Names()


def grade(text: str, names: Names = NO_NAMES) -> float:
    """The Flesch-Kincaid grade of the text; 0.0 if it has no words."""
    tokens, count = names.set_aside(words(text)), len(sentences(text))
    if not tokens:
        return 0.0
    return 0.39 * len(tokens) / count + 11.8 * sum(map(syllables, tokens)) / len(tokens) - 15.59


def too_hard(text: str, names: Names = NO_NAMES) -> bool:
    """Whether the text is above the grade limit. A short text never is: two long words would decide the result."""
    return len(words(text)) >= GRADED_FROM_WORDS and grade(text, names) > MAX_GRADE


def words_to_avoid(text: str) -> list[str]:
    """One line for each wording to avoid: the words in the text, and what to write instead."""
    matches = ((re.search(pattern, text, re.IGNORECASE), advice) for pattern, advice in AVOID.items())
    return [f"“{match.group()}”: {advice}" for match, advice in matches if match]
