"""Everyday words to entries, by full text: how much of the query a name holds, and how much of the name the query.

Two database queries at most: one for names and one for texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain.stemming import ASKING, LIGHT, STOP, stem
from therapies.search import weights
from therapies.search.hits import Hit
from therapies.search.lexicon import Lexicon
from therapies.serving import catalogue

NAMES = "SELECT entry, how, text, stems FROM search_line WHERE search_line MATCH %s ORDER BY bm25(search_line) LIMIT %s"
TEXTS = "SELECT entry, bm25(search_text, %s, %s, %s) FROM search_text WHERE search_text MATCH %s ORDER BY 2 LIMIT %s"


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word of the query. `stems` are its own and those of its synonyms, as {stem: quality of a match with it}."""

    word: str
    stem: str
    weight: float
    stems: dict[str, float]

    def matches(self, stem: str) -> float:
        """The quality of a match: 1 for the word's own stem, less for a synonym or another ending, 0 for none."""
        if stem in self.stems:
            return self.stems[stem]
        goes_on = stem.startswith(self.stem) or (len(stem) >= 5 and self.stem.startswith(stem))
        return weights.ENDING if goes_on and len(self.stem) >= 4 else 0.0

    @property
    def is_telling(self) -> bool:
        return self.word not in ASKING and self.word not in LIGHT


def weight(word: str, lexicon: Lexicon) -> float:
    """How much a word tells entries apart; nothing for one such as “the”."""
    return 0.0 if word in STOP else lexicon.weight(stem(word))


def query_terms(words: Sequence[str], lexicon: Lexicon) -> list[QueryTerm]:
    """The words of a query that can be looked up, each with its synonyms."""
    synonyms = _synonyms(words, lexicon)
    return [
        QueryTerm(
            word,
            stem(word),
            max(weight(word, lexicon), weights.LEAST_WEIGHT),
            {stem(other): weights.SYNONYM for other in synonyms[place]} | {stem(word): 1.0},
        )
        for place, word in enumerate(words)
        if not word.isdigit() and (word not in STOP or synonyms[place])
    ]


def _synonyms(words: Sequence[str], lexicon: Lexicon) -> defaultdict[int, set[str]]:
    """By the place of a word, the single words that mean the same as it or as a phrase that it is part of."""
    synonyms: defaultdict[int, set[str]] = defaultdict(set)
    for length in range(min(lexicon.longest, weights.LONGEST_MEANING), 0, -1):
        for start in range(len(words) - length + 1):
            for meaning in lexicon.meanings.get(tuple(words[start : start + length]), ()):
                if len(meaning) == 1:
                    for place in range(start, start + length):
                        synonyms[place].update(meaning)
    return synonyms


# ── Names ──


def by_names(query: Sequence[QueryTerm], lexicon: Lexicon) -> list[Hit]:
    """The entries with names that share words with the query; each with its best name, helped by the others."""
    telling = [term for term in query if term.is_telling]
    if not telling:
        return []
    matcher = NameMatcher(query, {term.word for term in telling}, lexicon)
    best: dict[int, tuple[float, str, str]] = {}
    together: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for entry, how, text, stems in catalogue.rows(NAMES, [_match(telling), weights.MOST_NAMES]):
        matched, share = matcher.compare(stems.split())
        score = matcher.score(matched, share) * (1 - weights.NAME_WORTH * (1 - weights.WORTH[how]))
        for word, value in matched.items():
            together[entry][word] = max(value, together[entry].get(word, 0.0))
        if entry not in best or score > best[entry][0]:
            best[entry] = score, how, text
    hits = []
    for entry, (score, how, text) in best.items():
        card = lexicon.cards[entry]
        hits.append(Hit(card, score + matcher.bonus(score, together[entry], card.prior), how, text))
    return hits


class NameMatcher:
    """Compares a query with many names; how well each stem matches is worked out once."""

    def __init__(self, query: Sequence[QueryTerm], telling: set[str], lexicon: Lexicon) -> None:
        self.query = query
        self.telling = telling
        self.lexicon = lexicon
        self.total = sum(term.weight for term in query)
        self._known: dict[str, list[tuple[str, float, float]]] = {}  # stem: [(word, its weight, quality)]

    def compare(self, stems: Sequence[str]) -> tuple[dict[str, float], float]:
        """The words of the query that a name with these stems holds, as {word: weight}, and their share of the name."""
        matched: dict[str, float] = {}
        shared = whole = 0.0
        for name_stem in stems:
            stem_weight = self.lexicon.weight(name_stem)
            whole += stem_weight
            best = 0.0
            for word, word_weight, quality in self._matches(name_stem):
                matched[word] = max(matched.get(word, 0.0), word_weight * quality)
                best = max(best, quality)
            shared += stem_weight * best
        return matched, min(1.0, shared / whole) if whole else 0.0

    def _matches(self, stem: str) -> list[tuple[str, float, float]]:
        if stem not in self._known:
            rated = ((term.word, term.weight, term.matches(stem)) for term in self.query)
            self._known[stem] = [item for item in rated if item[2]]
        return self._known[stem]

    def score(self, matched: dict[str, float], of_name: float) -> float:
        """From the matched words of the query and their share of the name; no name has to hold all of a long query."""
        of_query = sum(matched.values()) / self.total
        direct, telling = len(self.telling & matched.keys()), len(self.telling)
        score = of_query**weights.QUERY_POWER * of_name**weights.NAME_POWER
        if telling >= weights.LONG_QUERY and of_name > weights.CLOSE_NAME:
            factor = 1 - weights.LONG_QUERY_SHARE * (1 - of_query)
            factor *= min(1.0, direct / weights.LONG_QUERY_DIRECT)
            score = max(score, weights.LONG_QUERY_WORTH * of_name * factor)
        half_missed = telling > 1 and direct * 2 <= telling and of_query < weights.HALF_MISSED_SHARE
        return score * weights.HALF_MISSED if half_missed else score

    def bonus(self, score: float, matched: dict[str, float], prior: float) -> float:
        """What the other names of an entry and its prior add to the score of its best name; may be negative."""
        together = min(1.0, sum(matched.values()) / self.total) * min(1.0, weights.TOGETHER_LEAD + score)
        return weights.TOGETHER * (together - score) + weights.NAME_PRIOR * prior


# ── Texts ──


def by_texts(query: Sequence[QueryTerm], lexicon: Lexicon) -> list[Hit]:
    """Entries whose text holds all telling words of the query: a last resort that ranks behind names."""
    telling = [term for term in query if term.is_telling]
    if not telling or any(term.weight >= lexicon.rarest and term.word not in lexicon.words for term in telling):
        return []
    every = " AND ".join(f"({_match([term])})" for term in telling)
    rows = catalogue.rows(TEXTS, [*weights.TEXT_COLUMNS, every, weights.MOST_TEXTS])
    if len(telling) == 1 and len(rows) > weights.COMMON_WORD:
        return []
    words = " ".join(term.word for term in telling)
    hits = []
    for place, (entry, _) in enumerate(rows):
        card = lexicon.cards[entry]
        score = weights.TEXT.get(card.kind, weights.OTHER_TEXT) - place * weights.TEXT_STEP
        hits.append(Hit(card, score, "text", words))
    return [hit for hit in hits if hit.card.is_therapy]


def _match(query: Iterable[QueryTerm]) -> str:
    """A full-text expression for any of the stems; longer ones match every word that begins so."""
    stems = {stem for term in query for stem in term.stems}
    parts = {f'"{stem}"' for stem in stems} | {f'"{stem}"*' for stem in stems if len(stem) >= 4}
    return " OR ".join(sorted(parts))
