"""What search keeps in memory of a release: entries, names, words, vectors, danger phrases; and the typeahead.

It is read once a release, from the tables that `releases/search_index.py` wrote. It looks things up and never decides.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from therapies.domain.codes import MESH
from therapies.domain.stemming import american, fold, sounding, split
from therapies.search import danger, nearness
from therapies.search.hits import SearchCard
from therapies.search.nearness import MeaningIndex
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

# The kinds of name, the surest first: of equal matches that one counts, and it is suggested before the others.
ORDER = {
    how: place
    for place, how in enumerate(
        ("name", "abbreviation", "short", "plain", "alias", "lay", "synonym", "spanish", "title")
    )
}
FROM_EVERY_WORD = ("name", "alias", "plain", "lay")  # suggested by any of their words; other names only by the first
IN_A_NAME = 2  # the rank of a word in some name or synonym; 1 is only in a text (see releases/search_index.py)
MOST_STARTING = 400  # names that are looked at; thousands may begin with the same two letters
MOST_SUGGESTIONS = 8
# (a later word matches, its place in ORDER, minus its statements, its words), name, entry
Starting = tuple[tuple[bool, int, int, int], str, int]


@dataclass(frozen=True, slots=True)
class EntryName:
    """A name of an entry as it is written, and its kind: a key of ORDER, or “mesh”."""

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
    rows: list[Starting] = field(default_factory=list)  # one for each key

    def starting(self, prefix: str, most: int = MOST_STARTING) -> list[Starting]:
        start = bisect_left(self.keys, prefix)
        end = bisect_left(self.keys, prefix + "~", start)  # sorts after all that a key consists of
        return self.rows[start : min(end, start + most)]


@dataclass
class Lexicon:
    """Everything that a search looks up in one release."""

    cards: dict[int, SearchCard]
    names: dict[str, list[EntryName]]
    mesh: dict[str, list[EntryName]]  # by the number of a descriptor
    by_meaning: MeaningIndex
    words: dict[str, tuple[int, int]]  # (rank, uses)
    stems: dict[str, int]  # in how many entries
    helps: dict[int, list[tuple[int, str]]]  # condition: [(therapy, label)], the highest standing first
    phrases: danger.Phrases
    ordinary: frozenset[str]  # words that stand in small letters in our texts
    spanish: frozenset[str]  # words that only Spanish names have

    @cached_property
    def conditions(self) -> dict[str, SearchCard]:
        """The concerns by slug."""
        return {card.slug: card for card in self.cards.values() if card.kind == "condition"}

    @cached_property
    def addresses(self) -> dict[str, SearchCard]:
        """The concerns by their slugs, spelled as the words of a query are."""
        return {"".join(map(american, split(slug))): card for slug, card in self.conditions.items()}

    @cached_property
    def targets(self) -> list[str]:
        """The words that a misspelled word may be meant to be: those of names and synonyms."""
        return [word for word, (rank, _) in self.words.items() if rank >= IN_A_NAME and len(word) >= 3]

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
        return {stem: log(1 + len(self.cards) / (1 + uses)) for stem, uses in self.stems.items()}

    @cached_property
    def typeahead(self) -> Typeahead:
        rows = []
        every = [(name, split(name.text), self.cards[name.entry]) for names in self.names.values() for name in names]
        warned = {tuple(words) for name, words, card in every if card.is_discouraged and not name.text.isupper()}
        for name, words, card in every:
            # Not even a name that somebody types may suggest it, nor lead to something else: “rebirthing breathwork”.
            if card.is_discouraged or any(tuple(words[:end]) in warned for end in range(1, len(words) + 1)):
                continue
            for start in range(len(words) if name.how in FROM_EVERY_WORD else min(1, len(words))):
                order = bool(start), ORDER[name.how], -card.weight, len(words)
                rows.append((" ".join(words[start:]), (order, name.text, name.entry)))
        rows.sort()
        return Typeahead([key for key, _ in rows], [row for _, row in rows])

    def suggest(self, text: str, most: int = MOST_SUGGESTIONS) -> list[Suggestion]:
        """Entries with a name that goes on from what has been typed so far; none for less than two letters."""
        prefix = " ".join(split(text))
        if len(prefix) < 2:
            return []
        typed = fold(text.strip())
        ranked = sorted(
            (fold(name) != typed, order, name, entry) for order, name, entry in self.typeahead.starting(prefix)
        )
        first = {entry: name for *_, name, entry in reversed(ranked)}
        best = dict.fromkeys(entry for *_, entry in ranked)
        return [Suggestion(first[entry], self.cards[entry]) for entry in list(best)[:most]]


@once_a_release()
def of_release() -> Lexicon:
    """The lexicon of the installed release, in eleven queries once a release."""
    names: defaultdict[str, list[EntryName]] = defaultdict(list)
    mesh: defaultdict[str, list[EntryName]] = defaultdict(list)
    for key, *rest in catalogue.rows("SELECT key, entry, text, how FROM search_name ORDER BY key"):
        name = EntryName(*rest)
        (mesh if name.how == MESH else names)[key].append(name)
    return Lexicon(
        cards=_cards(),
        names=dict(names),
        mesh=dict(mesh),
        by_meaning=nearness.of_release(),
        words={word: (rank, uses) for word, rank, uses in catalogue.rows("SELECT * FROM search_word")},
        stems=dict(catalogue.rows("SELECT * FROM search_stem")),
        helps=_helps(),
        phrases=danger.phrases(catalogue.danger_phrases().values_list("phrase", "kind", "figurative")),
        ordinary=frozenset(word for (word,) in catalogue.rows("SELECT word FROM search_ordinary")),
        spanish=frozenset(word for (word,) in catalogue.rows("SELECT word FROM search_spanish")),
    )


def _cards() -> dict[int, SearchCard]:
    columns = "id, kind, slug, name, short, line, status, weight, leads_to, is_delicate, is_danger, aliases"
    sql = f"SELECT {columns} FROM search_entry"  # noqa: S608
    rows = [(*row[:-1], row[-1].split("\n") if row[-1] else []) for row in catalogue.rows(sql)]
    return {row[0]: SearchCard(*row) for row in rows}


def _helps() -> dict[int, list[tuple[int, str]]]:
    helps: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    sql = "SELECT condition, therapy, label FROM search_helps ORDER BY condition, place"
    for condition, therapy, label in catalogue.rows(sql):
        helps[condition].append((therapy, label))
    return dict(helps)
