"""A query in, hits out, best first: names, short forms, codes, everyday words, questions, misspellings.

It reads the lexicon and the full-text tables of the installed release, and learns nothing about the reader. Danger in a
query adds the help panel; it never hides a result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile
from operator import itemgetter

from therapies.domain.stemming import ASKING, STOP, american, clean, split, terms
from therapies.search import fulltext, weights
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import Hit, SearchCard
from therapies.search.lexicon import EntryName, Lexicon, of_release
from therapies.search.spelling import OTHER, is_known, nearest, respelled
from therapies.search.weights import EVERYDAY, SEGMENT, WHOLE, WORTH
from therapies.serving import codes
from therapies.serving.codes import CodeMeaning

READ_FOR_DANGER = 400  # characters: twice of what is searched for, so that the end of a long message counts


@dataclass(slots=True)
class SearchAnswer:
    """What a search answers.

    `did_you_mean` is a spelling to offer, or the one that was searched instead if `is_respelled`. `meanings` are the
    hits of a short form that stands for several entries, `stems` those of the query and its synonyms; `codes` are the
    diagnosis codes in the query, without those of MeSH that led to an entry.
    """

    query: str
    searched: str
    hits: list[Hit] = field(default_factory=list)
    danger: Danger = NO_DANGER
    did_you_mean: str = ""
    is_respelled: bool = False
    is_spanish: bool = False
    meanings: list[Hit] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    codes: list[CodeMeaning] = field(default_factory=list)
    stems: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether no hit is an entry of the catalogue proper; there may be some other kind of therapy."""
        return not any(hit.card.is_therapy for hit in self.hits)

    def pair(self) -> tuple[SearchCard, SearchCard] | None:
        """The therapy and the condition that a question such as “emdr for ptsd” names."""
        named = {hit.card.kind: hit.card for hit in reversed(self.hits) if hit.score >= SEGMENT}
        therapy, condition = named.get("therapy"), named.get("condition")
        return (therapy, condition) if therapy and condition else None


def search(text: str, *, as_written: bool = False) -> SearchAnswer:
    """Answers a query, in four database queries at most, beside those that load the lexicon once a release.

    `as_written` keeps words that look misspelled.
    """
    lexicon = of_release()
    query = clean(text)
    read = codes.read(text[:READ_FOR_DANGER])
    rest = clean(read.rest)
    said = detect(read.rest, lexicon.phrases, lexicon.words)
    answer = SearchAnswer(query, rest, codes=read.meanings, danger=said.beside(code.danger for code in read.meanings))
    if not query:
        return answer
    _by_codes(answer, rest, lexicon)
    if not answer.hits and rest:
        _search_words(answer, rest, lexicon, as_written=as_written)
    answer.hits = _best([*answer.hits, *_therapies_for(answer.hits, lexicon)], _lowest_score(answer.searched))
    answer.codes = [code for code in answer.codes if code.code not in lexicon.mesh]
    answer.is_spanish = bool(answer.hits) and answer.hits[0].how == "spanish"
    if answer.nothing and not answer.codes:
        answer.nearest = _near_spellings(query, lexicon)
    return answer


# ── Codes ──


def _by_codes(answer: SearchAnswer, rest: str, lexicon: Lexicon) -> None:
    """The entries that hold the codes of the query, and what the rest of it names beside them."""
    found = [
        (place, card, why) for meaning in answer.codes for place, (card, why) in enumerate(_held_by(meaning, lexicon))
    ]
    for place, (_, card, why) in enumerate(sorted(found, key=itemgetter(0))):  # the best of each code comes first
        answer.hits.append(Hit(card, weights.CODE - place * weights.CODE_STEP, "code", why))
    words = terms(rest)
    if answer.hits and any(word not in ASKING and word not in STOP for word in words):
        answer.hits.extend(_named_within(words, rest, lexicon))


def _held_by(meaning: CodeMeaning, lexicon: Lexicon) -> list[tuple[SearchCard, str]]:
    """The entries that hold a code, and why."""
    held = [(lexicon.conditions[one.condition], one.why) for one in meaning.held]
    sharing = [lexicon.cards[name.entry] for name in lexicon.mesh.get(meaning.code, ())]
    return held + [(card, meaning.heading) for card in sorted(sharing, key=lambda card: -card.weight)]


# ── Words ──


def _search_words(answer: SearchAnswer, text: str, lexicon: Lexicon, *, as_written: bool) -> None:
    words = _with_ages_named(split(text))
    hits, stems = _by_words(words, text, lexicon)
    corrected = words if as_written else respelled(words, lexicon)
    if corrected != words:
        corrected_hits, corrected_stems = _by_words(corrected, "", lexicon)
        top, corrected_top = _top(hits), _top(corrected_hits)
        if corrected_top > top + weights.RESPELLED_GAIN and top < WHOLE:
            hits, stems = corrected_hits, corrected_stems
            answer.is_respelled, answer.searched = True, " ".join(corrected)
            answer.did_you_mean = answer.searched
        elif corrected_hits and top < WHOLE:
            answer.did_you_mean = " ".join(corrected)
    answer.hits, answer.stems = hits, stems
    if hits and hits[0].score >= WHOLE:
        meanings = [hit for hit in hits if hit.score >= WHOLE and hit.how in ("abbreviation", "short")]
        answer.meanings = meanings if len(meanings) > 1 else []


YEARS_OLD = re.compile(
    r"\b(\d{1,2}|" + "|".join(weights.AGES_IN_WORDS) + r")[ -]?(?:years?[ -]old|year old|yrs? old|yo|y o)\b"
)


def _with_ages_named(words: Sequence[str]) -> list[str]:
    """“my 6 year old” is about a child, whatever the number."""
    return YEARS_OLD.sub(_age_name, " ".join(words)).split()


def _age_name(match: re.Match[str]) -> str:
    years = int(match[1]) if match[1].isdigit() else weights.AGES_IN_WORDS.index(match[1]) + 1
    return "child" if years <= 12 else "teenager" if years <= 19 else "adult" if years < 65 else "older"


def _top(hits: Sequence[Hit]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _by_words(words: Sequence[str], written: str, lexicon: Lexicon) -> tuple[list[Hit], frozenset[str]]:
    """The hits of these words, and the stems that matched or could have. `written` is the query with its capitals."""
    words = [american(word) for word in words]
    whole = _named_as_a_whole(words, lexicon)
    if whole and not any(hit.card.is_therapy for hit in whole):
        return whole, frozenset()  # the name of something else; entries that only share a word with it would mislead
    query_terms = fulltext.query_terms(words, lexicon)
    stems = frozenset(stem for term in query_terms for stem in term.stems)
    hits = [*whole, *_named_within(words, written, lexicon), *fulltext.by_names(query_terms, lexicon)]
    if _top(hits) < weights.TEXT_UNDER:
        hits += fulltext.by_texts(query_terms, lexicon)
    return hits, stems


def _named_as_a_whole(words: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Entries that the whole query names, if need be without the words that only ask about them."""
    without_opening = list(dropwhile(weights.OPENERS.__contains__, words))
    closing = list(takewhile(weights.CLOSERS.__contains__, reversed(without_opening)))
    without_closing = without_opening[: len(without_opening) - len(closing)]
    for discount, rest in (
        (0.0, words),
        (weights.WITHOUT_OPENING, without_opening),
        (weights.WITHOUT_CLOSING, without_closing),
    ):
        names = lexicon.names.get("".join(rest), []) if rest else []
        if names:
            scored = [(name, WHOLE + WORTH[name.how] - discount) for name in names]
            return [Hit(lexicon.cards[name.entry], score, name.how, name.text) for name, score in scored]
    return []


def _named_within(words: Sequence[str], written: str, lexicon: Lexicon) -> list[Hit]:
    """Entries that parts of the query name, the longest names first; each word counts for one name."""
    capitals = {word.lower() for word in re.findall(r"\b[A-Z][A-Z/-]+\b", written)} if not written.isupper() else set()
    hits: list[Hit] = []
    used = [False] * len(words)
    word_weights = [fulltext.weight(word, lexicon) for word in words]
    total = sum(word_weights) or 1.0
    for length in range(min(len(words), weights.LONGEST_SEGMENT), 0, -1):
        for start in range(len(words) - length + 1):
            if any(used[start : start + length]):
                continue
            names = _meant_names(words[start : start + length], capitals, lexicon)
            if names:
                used[start : start + length] = [True] * length
                share = sum(word_weights[start : start + length]) / total
                hits += [_segment_hit(name, share, lexicon) for name in names]
    return hits


def _meant_names(words: Sequence[str], capitals: set[str], lexicon: Lexicon) -> list[EntryName]:
    """The names that these words spell, without those that in a sentence mean something else."""
    key = "".join(words)
    names = lexicon.names.get(key, [])
    is_alone = len(words) == 1
    if is_alone and (key in STOP or len(key) < 2):
        return []
    if all(word in STOP or word in ASKING for word in words):
        own_names = [name for name in names if name.how == "name"]
        # A single word such as “psychologist” asks for help; only the profession is called that.
        return [name for name in own_names if not is_alone or lexicon.cards[name.entry].kind == "format"]
    return [] if key in EVERYDAY and key not in capitals else names


def _segment_hit(name: EntryName, share: float, lexicon: Lexicon) -> Hit:
    card = lexicon.cards[name.entry]
    score = share * WORTH[name.how] + (SEGMENT if share >= weights.SEGMENT_SHARE else weights.PASSING_SEGMENT)
    if card.kind == "format" and name.text.casefold() in ASKING:
        score = weights.PROFESSION
    elif card.kind in weights.MINOR_KINDS and share < weights.MINOR_SHARE:
        score = weights.MINOR_SEGMENT + share * weights.MINOR_SHARE_WORTH
    return Hit(card, score, name.how, name.text)


# ── The hits together ──


def _therapies_for(hits: Sequence[Hit], lexicon: Lexicon) -> list[Hit]:
    """The therapies of highest standing for the condition that scores best, if it is likely to be meant."""
    condition = max((hit for hit in hits if hit.card.kind == "condition"), key=lambda hit: hit.score, default=None)
    if condition is None or condition.score < weights.HELPS_FROM * max(1.0, _top(hits)):
        return []
    best = min(weights.HELPS_SHARE * condition.score, weights.MOST_BY_HELPS)
    therapies = lexicon.helps.get(condition.card.id, [])[: weights.MOST_HELPS]
    return [
        Hit(lexicon.cards[therapy], best - place * weights.HELPS_STEP, "helps", condition.card.name, label)
        for place, (therapy, label) in enumerate(therapies)
    ]


def _lowest_score(text: str) -> float:
    """The score under which a hit is left out: low for somebody's own story, high for what may be about anything."""
    words = split(text)
    telling = [word for word in words if word not in STOP and word not in ASKING]
    foreign = sum(word in OTHER for word in telling)
    is_personal = bool(weights.PERSONAL & set(words)) and len(telling) > 1 and foreign * 2 < len(telling)
    return weights.NOTHING_UNDER_OF_A_PERSON if is_personal else weights.NOTHING_UNDER


def _best(hits: Sequence[Hit], lowest: float) -> list[Hit]:
    """The best hit of each entry, best first, without those far behind the first."""
    best: dict[int, Hit] = {}
    for hit in hits:
        prior = 0.0 if hit.how in ("code", "text") else hit.card.prior * weights.HIT_PRIOR
        ranked = replace(hit, score=hit.score + prior)
        if hit.card.id not in best or ranked.score > best[hit.card.id].score:
            best[hit.card.id] = ranked
    ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.card.name))
    top = ordered[0].score if ordered else 0.0
    lowest = max(lowest, weights.FAR_BEHIND * min(top, 1.0))
    return [hit for hit in ordered if hit.score >= lowest][: weights.MOST_HITS]


def _near_spellings(query: str, lexicon: Lexicon) -> list[str]:
    """Words of the catalogue that are spelled like the unknown words of a query without results."""
    unknown = [word for word in split(query) if not is_known(word, lexicon) and len(word) >= 4]
    near = [nearest(word, lexicon, alone=True, limit=weights.MOST_NEAR) for word in unknown[: weights.MOST_UNKNOWN]]
    return list(dict.fromkeys(word for words in near for word in words))[: weights.MOST_OFFERED]
