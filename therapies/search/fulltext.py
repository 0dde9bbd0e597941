"""Everyday words to entries, by full text: how much of the query and of the line they share. Two queries at most."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain.stemming import ASKING, LIGHT, STOP, stem
from therapies.search import weights
from therapies.search.hits import Hit
from therapies.search.lexicon import Lexicon
from therapies.serving import catalogue


@dataclass(frozen=True, slots=True)
class Group:
    """A word of the query with what else says the same: {stem: how well it stands for the word}."""

    word: str
    weight: float
    own: str
    stems: dict[str, float]

    def matches(self, one: str) -> float:
        """How well a stem of a line stands for the word: 1 the same, less for a synonym or another ending."""
        if one in self.stems:
            return self.stems[one]
        if len(self.own) >= 4 and (one.startswith(self.own) or (len(one) >= 5 and self.own.startswith(one))):
            return weights.ENDING
        return 0.0


def weight(word: str, lexicon: Lexicon) -> float:
    if word in STOP:
        return 0.0
    return lexicon.weight(stem(word))


def groups(said: Sequence[str], lexicon: Lexicon) -> list[Group]:
    meanings: defaultdict[int, set[str]] = defaultdict(set)
    for length in range(min(lexicon.longest, weights.LONGEST_MEANING), 0, -1):
        for start in range(len(said) - length + 1):
            for other in lexicon.meanings.get(tuple(said[start : start + length]), ()):
                if len(other) == 1:
                    for place in range(start, start + length):
                        meanings[place].update(other)
    groups = []
    for place, word in enumerate(said):
        own = weight(word, lexicon)
        if word.isdigit() or (word in STOP and not meanings[place]):
            continue
        stems = {stem(other): weights.SYNONYM for other in meanings[place]} | {stem(word): 1.0}
        groups.append(Group(word, max(own, weights.LEAST_WEIGHT), stem(word), stems))
    return groups


def lines(groups: Sequence[Group], lexicon: Lexicon) -> list[Hit]:
    heavy = [group for group in groups if group.word not in ASKING and group.word not in LIGHT]
    if not heavy:
        return []
    sql = (
        "SELECT entry, how, text, stems FROM search_line WHERE search_line MATCH %s ORDER BY bm25(search_line) LIMIT %s"
    )
    best: dict[int, tuple[float, str, str]] = {}
    shared: defaultdict[int, dict[str, float]] = defaultdict(dict)
    compare = _Comparing(groups, lexicon)
    heavy_words = {group.word for group in heavy}
    for entry, how, text, stems in catalogue.rows(sql, [_match(heavy), weights.MOST_LINES]):
        matched, of_line = compare.line(stems.split())
        score = _score(matched, of_line, compare.total, heavy_words)
        score *= 1 - weights.LINE_WORTH * (1 - weights.WORTH[how])
        for word, value in matched.items():
            shared[entry][word] = max(value, shared[entry].get(word, 0.0))
        if entry not in best or score > best[entry][0]:
            best[entry] = score, how, text
    hits = []
    for entry, (score, how, text) in best.items():
        together = min(1.0, sum(shared[entry].values()) / compare.total) * min(1.0, weights.TOGETHER_LEAD + score)
        card = lexicon.cards[entry]
        score += weights.TOGETHER * (together - score) + card.prior * weights.LINE_PRIOR
        hits.append(Hit(card, score, how, text))
    return hits


def _score(matched: dict[str, float], of_line: float, total: float, heavy: set[str]) -> float:
    """How much of the query the line says, and how much of the line the query; a long query need not be said whole."""
    share = sum(matched.values()) / total
    direct = len(heavy & matched.keys())
    score = share**weights.QUERY_POWER * of_line**weights.LINE_POWER
    if len(heavy) >= weights.LONG_QUERY and of_line > weights.CLOSE_LINE:
        of_query = 1 - weights.LONG_QUERY_SHARE * (1 - share)
        directly = min(1.0, direct / weights.LONG_QUERY_DIRECT)
        score = max(score, weights.LONG_QUERY_WORTH * of_line * directly * of_query)
    half_missed = len(heavy) > 1 and direct * 2 <= len(heavy) and share < weights.HALF_MISSED_SHARE
    return score * weights.HALF_MISSED if half_missed else score


class _Comparing:
    """One query against many lines: what a stem stands for is worked out once."""

    def __init__(self, groups: Sequence[Group], lexicon: Lexicon) -> None:
        self.groups = groups
        self.lexicon = lexicon
        self.total = sum(group.weight for group in groups)
        self.known: dict[str, list[tuple[str, float, float]]] = {}  # stem: [(word, its weight, quality)]

    def line(self, stems: Sequence[str]) -> tuple[dict[str, float], float]:
        """What of the query the line says ({word: weight}), and the share of the line that this is."""
        matched: dict[str, float] = {}
        said = whole = 0.0
        for one in stems:
            weight = self.lexicon.weight(one)
            whole += weight
            best = 0.0
            for word, word_weight, quality in self._of(one):
                matched[word] = max(matched.get(word, 0.0), word_weight * quality)
                best = max(best, quality)
            said += weight * best
        return matched, min(1.0, said / whole) if whole else 0.0

    def _of(self, one: str) -> list[tuple[str, float, float]]:
        if one not in self.known:
            rated = ((group.word, group.weight, group.matches(one)) for group in self.groups)
            self.known[one] = [item for item in rated if item[2]]
        return self.known[one]


def _match(groups: Iterable[Group]) -> str:
    """A full-text expression: any of the stems, each quoted, long ones open at their end."""
    stems = {stem for group in groups for stem in group.stems}
    parts = {f'"{stem}"' for stem in stems} | {f'"{stem}"*' for stem in stems if len(stem) >= 4}
    return " OR ".join(sorted(parts))


def texts(groups: Sequence[Group], lexicon: Lexicon) -> list[Hit]:
    """Entries whose text holds nearly all words of the query: the last resort, and always behind the others."""
    heavy = [group for group in groups if group.word not in ASKING and group.word not in LIGHT]
    if not heavy or any(one.weight >= lexicon.rarest and one.word not in lexicon.words for one in heavy):
        return []
    every = " AND ".join("(" + _match([group]) + ")" for group in heavy)
    sql = "SELECT entry, bm25(search_text, %s, %s, %s) FROM search_text WHERE search_text MATCH %s ORDER BY 2 LIMIT %s"
    rows = catalogue.rows(sql, [*weights.TEXT_COLUMNS, every, weights.MOST_TEXTS])
    if len(heavy) < 2 and len(rows) > weights.COMMON_WORD:
        return []
    words = " ".join(group.word for group in heavy)
    hits = []
    for place, (entry, _) in enumerate(rows):
        card = lexicon.cards[entry]
        score = weights.TEXT.get(card.kind, weights.OTHER_TEXT) - place * weights.TEXT_STEP
        hits.append(Hit(card, score, "text", words))
    return [hit for hit in hits if hit.card.is_therapy]
