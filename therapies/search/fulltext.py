"""Everyday words to entries, by full text: how much of the query and of the line they share. Two queries at most."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain.stemming import ASKING, LIGHT, STOP, stem
from therapies.search.lexicon import Lexicon
from therapies.search.weights import WORTH, Hit
from therapies.serving import catalogue

MOST_LINES = 220  # full-text lines that are weighed, best by bm25
TEXT = {"condition": 0.42, "therapy": 0.38}  # a hit only by the words of a page; less for other kinds


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
            return 0.85
        return 0.0


def weight(word: str, lexicon: Lexicon) -> float:
    if word in STOP:
        return 0.0
    return lexicon.weight(stem(word))


def groups(said: Sequence[str], lexicon: Lexicon) -> list[Group]:
    meanings: defaultdict[int, set[str]] = defaultdict(set)
    for length in range(min(lexicon.longest, 4), 0, -1):
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
        stems = {stem(other): 0.72 for other in meanings[place]} | {stem(word): 1.0}
        groups.append(Group(word, max(own, 0.5), stem(word), stems))
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
    for entry, how, text, stems in catalogue.rows(sql, [_match(heavy), MOST_LINES]):
        matched, of_line = compare.line(stems.split())
        score = _score(matched, of_line, compare.total, heavy_words) * (0.85 + 0.15 * WORTH.get(how, 0.8))
        for word, value in matched.items():
            shared[entry][word] = max(value, shared[entry].get(word, 0.0))
        if entry not in best or score > best[entry][0]:
            best[entry] = score, how, text
    hits = []
    for entry, (score, how, text) in best.items():
        together = min(1.0, sum(shared[entry].values()) / compare.total) * min(1.0, 0.35 + score)
        card = lexicon.cards[entry]
        hits.append(Hit(card, 0.75 * score + 0.25 * together + card.prior * 0.3, how, text))
    return hits


def _score(matched: dict[str, float], of_line: float, total: float, heavy: set[str]) -> float:
    """How much of the query the line says, and how much of the line the query; a long query need not be said whole."""
    share = sum(matched.values()) / total
    direct = len(heavy & matched.keys())
    score = share**0.9 * of_line**0.45
    if len(heavy) >= 4 and of_line > 0.6:
        score = max(score, 0.55 * of_line * min(1.0, direct / 2) * (0.6 + 0.4 * share))
    return score * 0.75 if len(heavy) > 1 and direct * 2 <= len(heavy) and share < 0.6 else score


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
    sql = "SELECT entry, bm25(search_text, 10, 6, 1) FROM search_text WHERE search_text MATCH %s ORDER BY 2 LIMIT 12"
    rows = catalogue.rows(sql, [every])
    if len(heavy) < 2 and len(rows) > 8:
        return []
    words = " ".join(group.word for group in heavy)
    return [
        Hit(lexicon.cards[entry], TEXT.get(lexicon.cards[entry].kind, 0.3) - place / 100, "text", words)
        for place, (entry, _) in enumerate(rows)
        if lexicon.cards[entry].is_therapy
    ]
