"""What search keeps in memory of one release: entries, names, words, meanings, danger phrases; and the typeahead.

Read once a release from the tables that `releases/search_index.py` made. It looks things up and never decides.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log

from therapies.domain.stemming import ASKING, LIGHT, fold, sounding, split, stem
from therapies.search import danger, weights
from therapies.search.hits import Card
from therapies.serving import catalogue


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call an entry, as it is written, and its role."""

    entry: int
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    card: Card


@dataclass(slots=True)
class Typeahead:
    """Every name from each of its words on, sorted: a prefix is one bisection away."""

    keys: list[str] = field(default_factory=list)
    found: list[tuple[float, str, int]] = field(default_factory=list)  # (order, text, entry)

    def starting(self, prefix: str, most: int = weights.MOST_STARTING) -> list[tuple[float, str, int]]:
        start = bisect_left(self.keys, prefix)
        found = []
        for place in range(start, min(start + most, len(self.keys))):
            if not self.keys[place].startswith(prefix):
                break
            found.append(self.found[place])
        return found


CODES = {"icd10": "ICD-10", "icd11": "ICD-11", "mesh": "MeSH"}


@dataclass
class Lexicon:
    """Everything of one release that a search looks up."""

    cards: dict[int, Card]
    names: dict[str, list[Name]]
    codes: list[tuple[str, Name]]
    meanings: dict[tuple[str, ...], list[tuple[str, ...]]]
    words: dict[str, tuple[int, int]]
    stems: dict[str, int]
    helps: dict[int, list[tuple[int, str]]]
    phrases: danger.Phrases

    @cached_property
    def longest(self) -> int:
        """The most words that a term with a meaning has."""
        return max((len(term) for term in self.meanings), default=1)

    @cached_property
    def targets(self) -> list[str]:
        """The words that a misspelled one may stand for: those of names and synonyms."""
        return [word for word, (rank, _) in self.words.items() if rank >= weights.NAMED_RANK and len(word) >= 3]

    @cached_property
    def sorted_words(self) -> list[str]:
        return sorted(self.targets)

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """The longer of those words by how they sound. Threads share it: none of them sees it before it is complete."""
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.targets:
            if len(word) >= 5:
                words[sounding(word)].append(word)
        return dict(words)

    @cached_property
    def rarest(self) -> float:
        return log(1 + max(len(self.cards), 1))

    def weight(self, stem_of: str) -> float:
        """What a stem says about an entry: a rare one much, one that no entry has the most."""
        return self.stem_weights.get(stem_of, self.rarest)

    @cached_property
    def stem_weights(self) -> dict[str, float]:
        light = {stem(word) for word in ASKING | LIGHT}
        return {
            one: log(1 + len(self.cards) / (1 + uses)) * (weights.LIGHT_WEIGHT if one in light else 1.0)
            for one, uses in self.stems.items()
        }

    @cached_property
    def typeahead(self) -> Typeahead:
        rows = []
        for names in self.names.values():
            for name in names:
                words = split(name.text)
                by = weights.ORDER[name.how] - self.cards[name.entry].prior * weights.ORDER_PRIOR
                by += len(words) * weights.ORDER_WORD
                for start in range(len(words) if name.how in weights.FROM_EVERY_WORD else min(1, len(words))):
                    order = by + (weights.LATER_WORD if start else 0.0)
                    rows.append((" ".join(words[start:]), (order, name.text, name.entry)))
        rows.sort()
        return Typeahead([key for key, _ in rows], [found for _, found in rows])

    def suggest(self, text: str, most: int = weights.MOST_SUGGESTIONS) -> list[Suggestion]:
        """Entries with a name that goes on from what has been typed so far; nothing under two letters."""
        prefix = " ".join(split(text))
        if len(prefix) < 2:
            return []
        best: dict[int, tuple[float, str]] = {}
        for order, name, entry in self.typeahead.starting(prefix):
            exact = weights.EXACT if fold(name) == fold(text.strip()) else 0.0
            if entry not in best or order + exact < best[entry][0]:
                best[entry] = (order + exact, name)
        ranked = sorted((order, self.cards[entry].name, name, entry) for entry, (order, name) in best.items())
        return [Suggestion(name, self.cards[entry]) for _, _, name, entry in ranked[:most]]


@lru_cache(maxsize=2)
def of_release(number: int) -> Lexicon:
    """The lexicon of the installed release; the number only names it. Eight queries, once a release."""
    names: defaultdict[str, list[Name]] = defaultdict(list)
    codes: list[tuple[str, Name]] = []
    for key, *rest in catalogue.rows("SELECT key, entry, text, how FROM search_name ORDER BY key"):
        name = Name(*rest)
        if name.how in CODES:
            codes.append((key, name))
        else:
            names[key].append(name)
    return Lexicon(
        cards=_cards(),
        names=dict(names),
        codes=codes,
        meanings=_meanings(),
        words={word: (rank, uses) for word, rank, uses in catalogue.rows("SELECT * FROM search_word")},
        stems=dict(catalogue.rows("SELECT * FROM search_stem")),
        helps=_helps(),
        phrases=danger.phrases(catalogue.danger_phrases().values_list("phrase", "kind", "figurative")),
    )


def _cards() -> dict[int, Card]:
    sql = "SELECT id, kind, slug, name, short, line, status, weight, aliases FROM search_entry"
    found = {}
    for number, kind, slug, name, short, line, status, weight, aliases in catalogue.rows(sql):
        others = [text for text in aliases.split("\n") if text]
        found[number] = Card(number, kind, slug, name, short, line, status, weight, others)
    return found


def _meanings() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """English words mean each other; a Spanish one means the English, not the other way round."""
    found: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term, means, language in catalogue.rows("SELECT term, means, language FROM search_meaning"):
        one, other = tuple(term.split()), tuple(means.split())
        found[one].append(other)
        if language == "en":
            found[other].append(one)
    return dict(found)


def _helps() -> dict[int, list[tuple[int, str]]]:
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for condition, therapy, label in catalogue.rows(
        "SELECT condition, therapy, label FROM search_helps ORDER BY condition, place"
    ):
        found[condition].append((therapy, label))
    return dict(found)
