"""A query in, hits out, best first: names, short forms, codes, everyday words, questions, misspellings.

It reads the lexicon and the full-text tables of the installed release, and learns nothing about the reader. Danger in a
query adds the help panel; it never hides a result.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from operator import itemgetter

from therapies.domain import meaning
from therapies.domain.stemming import ASKING, STOP, american, clean, split, stem, terms
from therapies.search import fulltext, ranking
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import Hit, SearchCard
from therapies.search.lexicon import ORDER, EntryName, Lexicon, of_release
from therapies.search.ranking import Evidence, Named
from therapies.search.spelling import is_known, nearest, respelled
from therapies.serving import codes
from therapies.serving.codes import CodeMeaning

READ_FOR_DANGER = 400  # characters: twice of what is searched for, so that the end of a long message counts
LONGEST_NAME = 8  # words; longer names are only found whole
MOST_NEAR = 25  # entries near in meaning that are looked at, of which five count
MOST_HELPS = 5  # therapies for a condition; its page lists them all
MOST_HITS = 30
MOST_NEAR_WORDS = 3
MOSTLY = 0.5  # more than half of the weight of a query's words
DENYING = frozenset(("no", "not", "non", "without", "sin"))  # “therapy with no homework” does not ask for homework


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
        named = {hit.card.kind: hit.card for hit in reversed(self.hits) if hit.is_name or hit.is_named}
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
    answer.hits = _best(answer.hits)
    answer.hits = _best([*answer.hits, *_therapies_for(answer.hits, lexicon)])
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
    for _, card, why in sorted(found, key=itemgetter(0)):  # the best of each code comes first
        answer.hits.append(Hit(card, 1.0, "code", why))
    if answer.hits:
        named = _named_within(terms(rest), rest, lexicon)
        answer.hits += [
            Hit(lexicon.cards[entry], one.share, one.name.how, one.name.text, is_named=True)
            for entry, one in named.items()
        ]


def _held_by(meaning: CodeMeaning, lexicon: Lexicon) -> list[tuple[SearchCard, str]]:
    """The entries that hold a code, and why."""
    held = [(lexicon.conditions[one.condition], one.why) for one in meaning.held]
    sharing = [lexicon.cards[name.entry] for name in lexicon.mesh.get(meaning.code, ())]
    return held + [(card, meaning.heading) for card in sorted(sharing, key=lambda card: -card.weight)]


# ── Words ──


def _search_words(answer: SearchAnswer, text: str, lexicon: Lexicon, *, as_written: bool) -> None:
    words = split(text)
    spellings = [words]
    if not as_written and (corrected := respelled(words, lexicon)) != words:
        spellings.append(corrected)
    finds = [_by_words(spelling, text if spelling is words else "", lexicon) for spelling in spellings]
    answer.hits, answer.stems = finds[0]
    if len(finds) > 1 and not _is_named(answer.hits):
        hits, stems = finds[1]
        answer.did_you_mean = " ".join(spellings[1]) if hits else ""
        if _top(hits) > _top(answer.hits):
            answer.is_respelled, answer.searched = True, answer.did_you_mean
            answer.hits, answer.stems = hits, stems
    meanings = [hit for hit in answer.hits if hit.is_name and hit.how in ("abbreviation", "short")]
    answer.meanings = meanings if len(meanings) > 1 else []


def _is_named(hits: Sequence[Hit]) -> bool:
    """Whether the query is the name of something."""
    return any(hit.is_name for hit in hits)


def _top(hits: Sequence[Hit]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _by_words(words: Sequence[str], written: str, lexicon: Lexicon) -> tuple[list[Hit], frozenset[str]]:
    """The hits of these words, and the stems that matched or could have. `written` is the query with its capitals."""
    american_words = [american(word) for word in words]
    whole = _named_as_a_whole(american_words, lexicon)
    if whole and not any(hit.card.is_therapy for hit in whole):
        return whole, frozenset()  # the name of something else; entries that only share a word with it would mislead
    stems = fulltext.telling(american_words)
    known = evidence(american_words, "" if whole else written or " ".join(words), lexicon)
    likely = ranking.likelihoods(known, lexicon.cards)
    if ranking.is_our_subject(known, likely):
        suggested = _suggested(known, likely, lexicon)
    else:
        suggested = _in_shorthand(known, written, lexicon)
        if not suggested:
            return _by_texts(stems, lexicon), frozenset(stems)
    found = [
        Hit(lexicon.cards[entry], likely[entry], *known.reason(entry), is_named=entry in known.named)
        for entry in suggested
    ]
    return [*whole, *found], frozenset(stems)


def evidence(words: Sequence[str], written: str, lexicon: Lexicon, without: str = "") -> Evidence:
    """What is known of a query. `words` are folded and American; `written` is empty if its meaning does not matter.

    Texts that are the same as `without` do not count.
    """
    named = _named_within(words, written, lexicon)
    alike = fulltext.by_names(fulltext.telling(words), lexicon)
    if not written or not lexicon.by_meaning.entries:
        return Evidence(named, alike)
    (asked,) = meaning.vectors([written.casefold().strip(" ?!.")])
    near = lexicon.by_meaning.nearest(asked, MOST_NEAR, {*named, *alike}, without)
    return Evidence(named, alike, near, asked)


def _suggested(known: Evidence, likely: Mapping[int, float], lexicon: Lexicon) -> list[int]:
    """The entries that may be shown. What is warned against and what is no therapy is shown to those alone who name it,
    a delicate diagnosis also where nothing fits twice as well; a query that mostly names other things finds only these.
    """
    cards = [lexicon.cards[entry] for entry in likely]
    others = [card.id for card in cards if not card.is_therapy and card.id in known.named]
    if any(known.named[entry].share > MOSTLY for entry in others):
        return others
    likeliest = max(likely.values(), default=0.0)
    by_name_alone = {card.id for card in cards if card.is_discouraged or not card.is_therapy}
    by_name_alone |= {card.id for card in cards if card.is_delicate and likely[card.id] * 2 < likeliest}
    least = likeliest * ranking.NUMBERS["least_of_best"]
    by_name_alone |= {card.id for card in cards if likely[card.id] < least}
    return [card.id for card in cards if card.id in known.named or card.id not in by_name_alone]


def _in_shorthand(known: Evidence, written: str, lexicon: Lexicon) -> list[int]:
    """Entries whose short forms stand in the query as clinicians write them: in capitals, and no word of our texts."""

    def is_written(name: EntryName) -> bool:
        is_short = name.text.isupper() and "".join(split(name.text)) not in lexicon.ordinary
        return is_short and re.search(rf"\b{re.escape(name.text)}\b", written) is not None

    return [entry for entry, named in known.named.items() if is_written(named.name)]


def _by_texts(stems: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Entries whose page holds all of the words, where nothing else is found."""
    cards = [lexicon.cards[entry] for entry in fulltext.by_texts(stems)]
    return [Hit(card, 0.0, "text", " ".join(stems)) for card in cards if card.is_therapy and not card.is_discouraged]


def _named_as_a_whole(words: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Entries that the whole query names, if need be without the words that only ask about them.

    The address of a concern, with spaces or hyphens, names it before anything else does.
    """
    if card := lexicon.addresses.get("".join(words)):
        return [Hit(card, 1.0, "name", card.name, is_name=True)]
    for rest in (words, _without_asking(words)):
        names = lexicon.names.get("".join(rest), []) if rest else []
        if names:
            names = sorted(names, key=lambda name: (ORDER[name.how], -lexicon.cards[name.entry].weight))
            return [Hit(lexicon.cards[name.entry], 1.0, name.how, name.text, is_name=True) for name in names]
    return []


def _without_asking(words: Sequence[str]) -> list[str]:
    """“What is EMDR therapy” without its ends, which only ask."""

    def only_asks(word: str) -> bool:
        return (word in STOP or word in ASKING) and word not in DENYING

    rest = list(dropwhile(only_asks, words))
    return list(reversed(list(dropwhile(only_asks, reversed(rest)))))


def _named_within(words: Sequence[str], written: str, lexicon: Lexicon) -> dict[int, Named]:
    """Entries that parts of the query name, the longest names first; each word counts for one name."""
    capitals = {word.lower() for word in re.findall(r"\b[A-Z][A-Z/-]+\b", written)} if not written.isupper() else set()
    named: dict[int, Named] = {}
    used = [False] * len(words)
    weights = [0.0 if word in STOP or word in ASKING else lexicon.weight(stem(word)) for word in words]
    total = sum(weights)
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            part = slice(start, start + length)
            names = [] if any(used[part]) or not sum(weights[part]) else _meant_names(words[part], capitals, lexicon)
            if names:
                used[part] = [True] * length
                for name in names:
                    named.setdefault(name.entry, Named(name, sum(weights[part]) / total))
    return named


def _meant_names(words: Sequence[str], capitals: set[str], lexicon: Lexicon) -> list[EntryName]:
    """The names that these words spell. A short form that is also a word of our texts has to be in capitals."""
    key = "".join(words)
    names = lexicon.names.get(key, []) if len(key) > 1 else []
    if len(words) == 1 and key in lexicon.ordinary and key not in capitals:
        return [name for name in names if name.how not in ("abbreviation", "short")]
    return names


# ── The hits together ──


def _therapies_for(hits: Sequence[Hit], lexicon: Lexicon) -> list[Hit]:
    """The therapies of highest standing for the condition that is most likely meant."""
    condition = next((hit.card for hit in hits if hit.card.kind == "condition"), None)
    if condition is None:
        return []
    therapies = lexicon.helps.get(condition.id, [])[:MOST_HELPS]
    return [Hit(lexicon.cards[therapy], 0.0, "helps", condition.name, label) for therapy, label in therapies]


def _best(hits: Sequence[Hit]) -> list[Hit]:
    """The first hit of each page, in order: codes, names, then by likelihood; of equals the better known."""
    ordered = sorted(hits, key=lambda hit: (hit.how != "code", not hit.is_name, -hit.score))
    first = {hit.card.url or hit.card.name: hit for hit in reversed(ordered)}  # a question may lead to an entry's page
    return [hit for hit in ordered if first[hit.card.url or hit.card.name] is hit][:MOST_HITS]


def _near_spellings(query: str, lexicon: Lexicon) -> list[str]:
    """Words of the catalogue that are spelled like the unknown words of a query without results."""
    unknown = [word for word in split(query) if not is_known(word, lexicon) and len(word) >= 4]
    near = [nearest(word, lexicon, alone=True, limit=MOST_NEAR_WORDS) for word in unknown[:MOST_NEAR_WORDS]]
    return list(dict.fromkeys(word for words in near for word in words))
