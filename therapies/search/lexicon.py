"""What search keeps in memory of a release: entries, names, words, meanings, danger phrases; and the typeahead.

It is read once a release, from the tables that `releases/search_index.py` wrote. It looks things up and never decides.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from therapies.domain.codes import MESH
from therapies.domain.stemming import ASKING, LIGHT, fold, sounding, split, stem
from therapies.search import danger, weights
from therapies.search.hits import SearchCard
from therapies.serving import catalogue
from therapies.serving.once import once_a_release


@dataclass(frozen=True, slots=True)
class EntryName:
    """A name of an entry as it is written, and its kind: a key of `weights.WORTH`, or “mesh”."""

    entry: int
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry to suggest, and the name that goes on from what was typed."""

    text: str
    card: SearchCard


@dataclass(slots=True)
class Typeahead:
    """Every name from each of its words on, sorted: names that begin alike are neighbors."""

    keys: list[str] = field(default_factory=list)
    rows: list[tuple[float, str, int]] = field(default_factory=list)  # (order, name, entry), one for each key

    def starting(self, prefix: str, most: int = weights.MOST_STARTING) -> list[tuple[float, str, int]]:
        start = bisect_left(self.keys, prefix)
        end = bisect_left(self.keys, prefix + "~", start)  # sorts after all that a key consists of
        return self.rows[start : min(end, start + most)]


@dataclass
class Lexicon:
    """Everything that a search looks up in one release."""

    cards: dict[int, SearchCard]
    names: dict[str, list[EntryName]]
    mesh: dict[str, list[EntryName]]  # by the number of a descriptor
    meanings: dict[tuple[str, ...], list[tuple[str, ...]]]
    words: dict[str, tuple[int, int]]  # (rank, uses)
    stems: dict[str, int]  # in how many entries
    helps: dict[int, list[tuple[int, str]]]  # condition: [(therapy, label)], the highest standing first
    phrases: danger.Phrases

    @cached_property
    def conditions(self) -> dict[str, SearchCard]:
        """The concerns by slug."""
        return {card.slug: card for card in self.cards.values() if card.kind == "condition"}

    @cached_property
    def longest(self) -> int:
        """How many words the longest term with a meaning has."""
        return max((len(term) for term in self.meanings), default=1)

    @cached_property
    def targets(self) -> list[str]:
        """The words that a misspelled word may be meant to be: those of names and synonyms."""
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
        """The weight of a stem that no name has."""
        return log(1 + max(len(self.cards), 1))

    def weight(self, stem: str) -> float:
        """How much a stem tells entries apart: the rarer it is in names, the more."""
        return self._stem_weights.get(stem, self.rarest)

    @cached_property
    def _stem_weights(self) -> dict[str, float]:
        light = {stem(word) for word in ASKING | LIGHT}
        return {
            stem_: log(1 + len(self.cards) / (1 + uses)) * (weights.LIGHT_WEIGHT if stem_ in light else 1.0)
            for stem_, uses in self.stems.items()
        }

    @cached_property
    def typeahead(self) -> Typeahead:
        rows = []
        for names in self.names.values():
            for name in names:
                words = split(name.text)
                order = weights.ORDER[name.how] + len(words) * weights.ORDER_WORD
                order -= self.cards[name.entry].prior * weights.ORDER_PRIOR
                for start in range(len(words) if name.how in weights.FROM_EVERY_WORD else min(1, len(words))):
                    key = " ".join(words[start:])
                    rows.append((key, (order + (weights.LATER_WORD if start else 0.0), name.text, name.entry)))
        rows.sort()
        return Typeahead([key for key, _ in rows], [row for _, row in rows])

    def suggest(self, text: str, most: int = weights.MOST_SUGGESTIONS) -> list[Suggestion]:
        """Entries with a name that goes on from what has been typed so far; none for less than two letters."""
        prefix = " ".join(split(text))
        if len(prefix) < 2:
            return []
        best: dict[int, tuple[float, str]] = {}
        for order, name, entry in self.typeahead.starting(prefix):
            order += weights.EXACT if fold(name) == fold(text.strip()) else 0.0
            if entry not in best or order < best[entry][0]:
                best[entry] = (order, name)
        ranked = sorted((order, self.cards[entry].name, name, entry) for entry, (order, name) in best.items())
        return [Suggestion(name, self.cards[entry]) for _, _, name, entry in ranked[:most]]


@once_a_release()
def of_release() -> Lexicon:
    """The lexicon of the installed release, in eight queries once a release."""
    names: defaultdict[str, list[EntryName]] = defaultdict(list)
    mesh: defaultdict[str, list[EntryName]] = defaultdict(list)
    for key, *rest in catalogue.rows("SELECT key, entry, text, how FROM search_name ORDER BY key"):
        name = EntryName(*rest)
        (mesh if name.how == MESH else names)[key].append(name)
    return Lexicon(
        cards=_cards(),
        names=dict(names),
        mesh=dict(mesh),
        meanings=_meanings(),
        words={word: (rank, uses) for word, rank, uses in catalogue.rows("SELECT * FROM search_word")},
        stems=dict(catalogue.rows("SELECT * FROM search_stem")),
        helps=_helps(),
        phrases=danger.phrases(catalogue.danger_phrases().values_list("phrase", "kind", "figurative")),
    )


def _cards() -> dict[int, SearchCard]:
    sql = "SELECT id, kind, slug, name, short, line, status, weight, leads_to, aliases FROM search_entry"
    rows = [(*row[:-1], row[-1].split("\n") if row[-1] else []) for row in catalogue.rows(sql)]
    return {row[0]: SearchCard(*row) for row in rows}


def _meanings() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """English terms mean each other; a Spanish one means the English one, and not the other way round."""
    meanings: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for term, means, language in catalogue.rows("SELECT term, means, language FROM search_meaning"):
        words, other_words = tuple(term.split()), tuple(means.split())
        meanings[words].append(other_words)
        if language == "en":
            meanings[other_words].append(words)
    return dict(meanings)


def _helps() -> dict[int, list[tuple[int, str]]]:
    helps: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    sql = "SELECT condition, therapy, label FROM search_helps ORDER BY condition, place"
    for condition, therapy, label in catalogue.rows(sql):
        helps[condition].append((therapy, label))
    return dict(helps)
