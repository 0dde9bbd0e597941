"""One query in, typed results out, best first: names, short forms, codes, everyday words, questions, misspellings.

It reads the lexicon of the release and its full-text tables, and nothing of the reader. It never hides a result because
a query signals danger: that only adds the help panel.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile

from therapies.domain.stemming import ASKING, STOP, american, clean, split, terms
from therapies.search import codes, fulltext, weights
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import Card, Hit
from therapies.search.lexicon import CODES, Lexicon, Name, of_release
from therapies.search.spelling import OTHER, is_known, nearest, respelled
from therapies.search.weights import EVERYDAY, SEGMENT, WHOLE, WORTH
from therapies.serving import catalogue


@dataclass(slots=True)
class Found:
    """What a query found. `did_you_mean` is a spelling to offer, or what was searched instead when `respelled`."""

    query: str
    searched: str
    hits: list[Hit] = field(default_factory=list)
    danger: Danger = NO_DANGER
    did_you_mean: str = ""
    is_respelled: bool = False
    is_spanish: bool = False
    meanings: list[Hit] = field(default_factory=list)  # of a short form that has several
    nearest: list[str] = field(default_factory=list)
    unknown_code: str = ""
    stems: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """No entry of the catalogue: at most something that is not this kind of therapy."""
        return not any(hit.card.is_therapy for hit in self.hits)

    def pair(self) -> tuple[Card, Card] | None:
        """The therapy and the condition that a question such as “emdr for ptsd” names, both by name."""
        named = {hit.card.kind: hit.card for hit in reversed(self.hits) if hit.score >= SEGMENT}
        therapy, condition = named.get("therapy"), named.get("condition")
        return (therapy, condition) if therapy and condition else None


def search(text: str, *, as_written: bool = False) -> Found:
    """Everything that a query finds. At most four queries, beside those that load the lexicon once a release."""
    lexicon = of_release(catalogue.release().number)
    query = clean(text)
    found = Found(query, query, danger=detect(text[:2000], lexicon.phrases, lexicon.words))
    if not query:
        return found
    _search_codes(found, lexicon)
    if not found.hits:
        _search_words(found, lexicon, as_written=as_written)
    found.hits = _best(_with_therapies(found.hits, lexicon), _floor(found.searched))
    found.is_spanish = bool(found.hits) and found.hits[0].how == "spanish"
    if found.nothing and not found.unknown_code:
        found.nearest = _spellings(query, lexicon)
    return found


# ── Codes ──


def _search_codes(found: Found, lexicon: Lexicon) -> None:
    asked = codes.written(found.query)
    announced = codes.PREFIX.match(found.query)
    for code in asked:
        found.hits.extend(_coded(code, lexicon))
    if asked and not found.hits and (announced or not codes.without(found.query)):
        found.unknown_code = asked[0].upper()
    others = terms(codes.without(found.query))
    if found.hits and any(word not in ASKING and word not in STOP for word in others):
        found.hits.extend(_named(others, codes.without(found.query), lexicon))


def _coded(asked: str, lexicon: Lexicon) -> list[Hit]:
    best: dict[int, tuple[tuple[float, ...], Name]] = {}
    for known, name in lexicon.codes:
        near = codes.near(asked, known)
        if near:
            order: tuple[float, ...] = (
                near.distance,
                -near.shared,
                not codes.is_unspecified(known),
                -lexicon.cards[name.entry].weight,
            )
            if name.entry not in best or order < best[name.entry][0]:
                best[name.entry] = (order, name)
    closest = min((order[0] for order, _ in best.values()), default=0)
    ranked = sorted((item for item in best.values() if item[0][0] <= max(closest, 1)), key=lambda item: item[0])
    hits = []
    for place, (order, name) in enumerate(ranked[: weights.MOST_CODED]):
        text = f"{CODES[name.how]} {name.text}"
        near_by = f"{text}, in the same group as {asked.upper()}" if order[0] == 3 else text
        hits.append(Hit(lexicon.cards[name.entry], weights.CODE - place * weights.CODE_STEP, "code", near_by))
    return hits


# ── Words ──


def _search_words(found: Found, lexicon: Lexicon, *, as_written: bool) -> None:
    words = _ages_named(split(found.query))
    hits, stems = _of_words(words, found.query, lexicon)
    other = words if as_written else respelled(words, lexicon)
    if other != words:
        again, other_stems = _of_words(other, "", lexicon)
        top, top_again = _top(hits), _top(again)
        if top_again > top + weights.RESPELLED_GAIN and not (hits and top >= WHOLE):
            found.is_respelled, hits, stems = True, again, other_stems
            found.searched = " ".join(other)
            found.did_you_mean = found.searched
        elif again and top < WHOLE:
            found.did_you_mean = " ".join(other)
    found.hits, found.stems = hits, stems
    if hits and hits[0].score >= WHOLE:
        same = [hit for hit in hits if hit.score >= WHOLE and hit.how in ("abbreviation", "short")]
        found.meanings = same if len(same) > 1 else []


YEARS_OLD = re.compile(
    r"\b(\d{1,2}|" + "|".join(weights.AGES_IN_WORDS) + r")[ -]?(?:years?[ -]old|year old|yrs? old|yo|y o)\b"
)


def _ages_named(words: Sequence[str]) -> list[str]:
    """“my 6 year old” speaks of a child, whatever the number."""
    return YEARS_OLD.sub(_age_named, " ".join(words)).split()


def _age_named(match: re.Match[str]) -> str:
    years = int(match[1]) if match[1].isdigit() else weights.AGES_IN_WORDS.index(match[1]) + 1
    return "child" if years <= 12 else "teenager" if years <= 19 else "adult" if years < 65 else "older"


def _top(hits: Sequence[Hit]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _of_words(words: Sequence[str], written: str, lexicon: Lexicon) -> tuple[list[Hit], frozenset[str]]:
    said = [american(word) for word in words]
    whole = _whole(said, lexicon)
    if whole and not any(hit.card.is_therapy for hit in whole):
        return whole, frozenset()  # the name of something else: no padding with what only shares a word
    groups = fulltext.groups(said, lexicon)
    stems = frozenset(one for group in groups for one in group.stems)
    hits = [*whole, *_named(said, written, lexicon)]
    hits += fulltext.lines(groups, lexicon)
    if _top(hits) < weights.TEXT_UNDER:
        hits += fulltext.texts(groups, lexicon)
    return hits, stems


def _whole(said: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Entries that the whole query names, as it stands or without the words that only ask."""
    for discount, words in (
        (0.0, said),
        (weights.WITHOUT_OPENING, _without_asking(said)),
        (weights.WITHOUT_CLOSING, _core(said)),
    ):
        names = lexicon.names.get("".join(words), []) if words else []
        if names:
            return [
                Hit(lexicon.cards[name.entry], WHOLE + WORTH[name.how] - discount, name.how, name.text)
                for name in names
            ]
    return []


def _without_asking(said: Sequence[str]) -> list[str]:
    return list(dropwhile(weights.OPENERS.__contains__, said))


def _core(said: Sequence[str]) -> list[str]:
    core = _without_asking(said)
    return core[: len(core) - len(list(takewhile(weights.CLOSERS.__contains__, reversed(core))))]


def _named(said: Sequence[str], written: str, lexicon: Lexicon) -> list[Hit]:
    """Entries named within the query, the longest names first; each word is used once."""
    capitals = {word.lower() for word in re.findall(r"\b[A-Z][A-Z/-]+\b", written)} if not written.isupper() else set()
    hits: list[Hit] = []
    used = [False] * len(said)
    heavy = [fulltext.weight(word, lexicon) for word in said]
    total = sum(heavy) or 1.0
    for length in range(min(len(said), weights.LONGEST_SEGMENT), 0, -1):
        for start in range(len(said) - length + 1):
            if any(used[start : start + length]):
                continue
            names = _usable(said[start : start + length], capitals, lexicon)
            if names:
                used[start : start + length] = [True] * length
                share = sum(heavy[start : start + length]) / total
                hits += [_segment(name, share, lexicon) for name in names]
    return hits


def _usable(words: Sequence[str], capitals: set[str], lexicon: Lexicon) -> list[Name]:
    key = "".join(words)
    names = lexicon.names.get(key, [])
    alone = len(words) == 1
    if alone and (key in STOP or len(key) < 2):
        return []
    if all(word in STOP or word in ASKING for word in words):  # “psychologist” asks for help, and is a profession
        named = [name for name in names if name.how == "name"]
        return [name for name in named if not alone or lexicon.cards[name.entry].kind == "format"]
    return [] if key in EVERYDAY and key not in capitals else names


def _segment(name: Name, share: float, lexicon: Lexicon) -> Hit:
    card = lexicon.cards[name.entry]
    score = share * WORTH[name.how] + (SEGMENT if share >= weights.SEGMENT_SHARE else weights.PASSING_SEGMENT)
    if card.kind == "format" and name.text.casefold() in ASKING:
        score = weights.PROFESSION
    elif card.kind in weights.MINOR_KINDS and share < weights.MINOR_SHARE:
        score = weights.MINOR_SEGMENT + share * weights.MINOR_SHARE_WORTH
    return Hit(card, score, name.how, name.text)


# ── Putting together ──


def _with_therapies(hits: Sequence[Hit], lexicon: Lexicon) -> list[Hit]:
    """The hits, and for the best condition the therapies of highest standing."""
    conditions = sorted((hit for hit in hits if hit.card.kind == "condition"), key=lambda hit: -hit.score)[:1]
    more = []
    for hit in conditions:
        if hit.score < weights.HELPS_FROM or hit.score < _top(hits) * weights.HELPS_FROM:
            continue
        for place, (therapy, label) in enumerate(lexicon.helps.get(hit.card.id, [])[: weights.MOST_HELPS]):
            score = min(weights.HELPS_SHARE * hit.score, weights.MOST_BY_HELPS) - place * weights.HELPS_STEP
            more.append(Hit(lexicon.cards[therapy], score, "helps", hit.card.name, label))
    return [*hits, *more]


def _floor(text: str) -> float:
    """The score under which a hit is none: low where a person speaks of a life, high where it may be about anything."""
    words = split(text)
    heavy = [word for word in words if word not in STOP and word not in ASKING]
    foreign = sum(word in OTHER for word in heavy)
    if not weights.PERSONAL & set(words) or len(heavy) < 2 or foreign * 2 >= len(heavy):
        return weights.NOTHING_UNDER
    return weights.NOTHING_UNDER_OF_A_PERSON


def _best(hits: Sequence[Hit], lowest: float) -> list[Hit]:
    """One hit an entry, best first, without those that are far behind the best."""
    best: dict[int, Hit] = {}
    for hit in hits:
        prior = 0.0 if hit.how in ("code", "text") else hit.card.prior * weights.HIT_PRIOR
        ranked = replace(hit, score=hit.score + prior)
        if hit.card.id not in best or ranked.score > best[hit.card.id].score:
            best[hit.card.id] = ranked
    ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.card.name))
    top = ordered[0].score if ordered else 0.0
    floor = max(lowest, weights.FAR_BEHIND * min(top, 1.0))
    return [hit for hit in ordered if hit.score >= floor][: weights.MOST_HITS]


def _spellings(query: str, lexicon: Lexicon) -> list[str]:
    """For a query that found nothing: words of the catalogue that are spelled most like its words."""
    unknown = [word for word in split(query) if not is_known(word, lexicon) and len(word) >= 4]
    near = [nearest(word, lexicon, alone=True, limit=weights.MOST_NEAR) for word in unknown[: weights.MOST_UNKNOWN]]
    return list(dict.fromkeys(word for words in near for word in words))[: weights.MOST_OFFERED]
