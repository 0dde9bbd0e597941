"""A query in, hits out, best first: names, short forms, codes, everyday words, questions, misspellings.

It reads the lexicon and the full-text tables of the installed release, and learns nothing about the reader. Danger in a
query adds the help panel; it never hides a result.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from therapies.domain import meaning
from therapies.domain.stemming import ASKING, STOP, american, clean, split, stem, terms
from therapies.search import fulltext, ranking
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import Hit, SearchCard
from therapies.search.lexicon import ORDER, EntryName, Lexicon, of_release
from therapies.search.ranking import ALL, NUMBERS, Evidence, Named
from therapies.search.spelling import respelled
from therapies.serving import codes
from therapies.serving.codes import CodeMeaning

READ_FOR_DANGER = 400  # characters: twice of what is searched for, so that the end of a long message counts
LONGEST_NAME = 8  # words; longer names are only found whole
MOST_NEAR = 25  # entries near in meaning that are looked at, of which five count
MOST_HELPS = 5  # therapies for a condition; its page lists them all
MOST_HITS = 30
MOSTLY = 0.5  # more than half of the weight of a query's words
DENYING = frozenset(("no", "not", "non", "without", "dont", "doesnt", "sin"))
# Words that stand before what is denied or in it: “I do not want to talk about the past”.
BETWEEN = frozenset(
    """a about an any be being do doing for have having in into like need of the to use using want with""".split()  # noqa: SIM905
)
SHORT = ("abbreviation", "short")
NEVER_DENIED = ("condition", "topic")  # “no motivation” tells of depression; what is denied are kinds of help
# Words beside which a short form that is also a word is one: “act therapy”, but not “I want to act”.
BESIDE_SHORT = frozenset(("therapy", "therapist", "treatment", "counseling", "disorder", "training", "sessions"))


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
    in_danger = bool(answer.danger)
    spellings = [words]
    if not as_written and (corrected := respelled(words, lexicon)) != words:
        spellings.append(corrected)
    finds = [_by_words(one, text if one is words else "", lexicon, in_danger=in_danger) for one in spellings]
    answer.hits, answer.stems = finds[0]
    if len(finds) > 1 and not _is_named(answer.hits):
        hits, stems = finds[1]
        answer.did_you_mean = " ".join(spellings[1]) if hits else ""
        if _top(hits) > _top(answer.hits):
            answer.is_respelled, answer.searched = True, answer.did_you_mean
            answer.hits, answer.stems = hits, stems
    meanings = [hit for hit in answer.hits if hit.is_name and hit.how in SHORT]
    answer.meanings = meanings if len(meanings) > 1 else []


def _is_named(hits: Sequence[Hit]) -> bool:
    """Whether the query is the name of something."""
    return any(hit.is_name for hit in hits)


def _top(hits: Sequence[Hit]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _by_words(
    words: Sequence[str], written: str, lexicon: Lexicon, *, in_danger: bool
) -> tuple[list[Hit], frozenset[str]]:
    """The hits of these words, and the stems that matched or could have. `written` is the query with its capitals."""
    american_words = [american(word) for word in words]
    whole = _named_as_a_whole(american_words, _capitals(written, lexicon), lexicon)
    if whole and not any(hit.card.is_therapy for hit in whole):
        return whole, frozenset()  # the name of something else; entries that only share a word with it would mislead
    stems = fulltext.telling(american_words)
    known = evidence(american_words, "" if whole else written or " ".join(words), lexicon, in_danger=in_danger)
    likely = ranking.likelihoods(known, lexicon.cards)
    if ranking.is_our_subject(known, likely):
        denied = _denied(american_words, known, lexicon)
        suggested = _suggested(known, {entry: one for entry, one in likely.items() if entry not in denied}, lexicon)
    else:
        suggested = _in_shorthand(known, written, lexicon)
        if not suggested:
            return _by_texts(stems, lexicon), frozenset(stems)
    found = [
        Hit(lexicon.cards[entry], likely[entry], *known.reason(entry), is_named=entry in known.named)
        for entry in suggested
    ]
    return [*whole, *found], frozenset(stems)


def evidence(
    words: Sequence[str], written: str, lexicon: Lexicon, without: str = "", *, in_danger: bool = False
) -> Evidence:
    """What is known of a query. `words` are folded and American; `written` is empty if its meaning does not matter.

    Texts that are the same as `without` do not count. Loose words lead to nothing that hurts: “hear my late wife's
    voice” is not “hearing voices”. Its name stands in the query, or the query has the words of the name and no more.
    """
    named = {entry: one for entry, one in _named_within(words, written, lexicon).items() if one.name.text != without}
    alike = {
        entry: one
        for entry, one in fulltext.by_names(fulltext.telling(words), lexicon, without).items()
        if entry in named or one.alike > ALL or not lexicon.cards[entry].hurts(in_danger=in_danger)
    }
    if not written or not lexicon.by_meaning.entries:
        return Evidence(named, alike, in_danger=in_danger)
    (asked,) = meaning.vectors([written.casefold().strip(" ?!.")])
    in_spanish = not lexicon.spanish.isdisjoint(words)
    near = lexicon.by_meaning.nearest(asked, MOST_NEAR, {*named, *alike}, without, spanish=in_spanish)
    return Evidence(named, alike, near, asked, in_danger)


def _denied(words: Sequence[str], known: Evidence, lexicon: Lexicon) -> set[int]:
    """Kinds of help that the query denies: found by a word such as “homework” of “therapy with no homework”, with a
    text that does not deny it, and no name that does."""
    stems: set[str] = set()
    is_reached = False
    for word in words:
        if word in DENYING:
            is_reached = True
        elif is_reached and word not in BETWEEN:
            is_reached = word not in STOP
            stems |= {stem(word)} if is_reached and word not in ASKING else set()

    def is_denied(entry: int) -> bool:
        of_text = terms(known.reason(entry)[1])
        denies = not DENYING.isdisjoint([*of_text, *terms(lexicon.cards[entry].name)])
        return not denies and not stems.isdisjoint(map(stem, of_text))

    return {entry for entry in known.entries if lexicon.cards[entry].kind not in NEVER_DENIED and is_denied(entry)}


def _suggested(known: Evidence, likely: Mapping[int, float], lexicon: Lexicon) -> list[int]:
    """The entries that may be shown. What is warned against and what is no therapy is shown to those alone who name it,
    a delicate diagnosis also where it is likely; a query that mostly names other things finds only these.
    """
    cards = [lexicon.cards[entry] for entry in likely]
    named = {*known.named}
    named |= {card.id for card in cards if card.is_discouraged and known.holds_a_name_of(card.id)}
    others = [card.id for card in cards if not card.is_therapy and card.id in known.named]
    if any(known.named[entry].share > MOSTLY for entry in others):
        return others
    likeliest = max(likely.values(), default=0.0)
    by_name_alone = {card.id for card in cards if card.is_discouraged or not card.is_therapy}
    delicate = [card.id for card in cards if card.hurts(in_danger=known.in_danger)]
    by_name_alone |= {entry for entry in delicate if likely[entry] < NUMBERS["least_delicate"]}
    least = likeliest * NUMBERS["least_of_best"]
    by_name_alone |= {card.id for card in cards if likely[card.id] < least}
    return [card.id for card in cards if card.id in named or card.id not in by_name_alone]


def _in_shorthand(known: Evidence, written: str, lexicon: Lexicon) -> list[int]:
    """Entries whose short forms stand in the query as clinicians write them: in capitals, and no word of our texts."""

    def is_written(name: EntryName) -> bool:
        is_short = name.text.isupper() and "".join(split(name.text)) not in lexicon.ordinary
        return is_short and re.search(rf"\b{re.escape(name.text)}\b", written) is not None

    return [entry for entry, named in known.named.items() if is_written(named.name)]


def _by_texts(stems: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Entries whose page holds all of the words, where nothing else is found."""
    cards = [lexicon.cards[entry] for entry in fulltext.by_texts(stems)]
    shown = [card for card in cards if card.is_therapy and not (card.is_discouraged or card.is_delicate)]
    return [Hit(card, 0.0, "text", " ".join(stems)) for card in shown]


def _named_as_a_whole(words: Sequence[str], capitals: Collection[str], lexicon: Lexicon) -> list[Hit]:
    """Entries that the whole query names, if need be without the words that only ask about them.

    The address of a concern, with spaces or hyphens, names it before anything else does.
    """
    if card := lexicon.addresses.get("".join(words)):
        return [Hit(card, 1.0, "name", card.name, is_name=True)]
    rest = _without_asking(words)
    for start, end in ((0, len(words)), rest):
        names = _meant_names(words, start, end, capitals, lexicon)
        if names:
            names = sorted(names, key=lambda name: (ORDER[name.how], -lexicon.cards[name.entry].weight))
            return [Hit(lexicon.cards[name.entry], 1.0, name.how, name.text, is_name=True) for name in names]
    return []


def _without_asking(words: Sequence[str]) -> tuple[int, int]:
    """Where “what is EMDR therapy” begins and ends without the words that only ask."""
    telling = [place for place, word in enumerate(words) if word in DENYING or not (word in STOP or word in ASKING)]
    return (telling[0], telling[-1] + 1) if telling else (0, 0)


def _capitals(written: str, lexicon: Lexicon) -> set[str]:
    """The words in capitals; of a query that is all in capitals, only if it is nothing but short forms: “CAT BPD”."""
    if written.isupper() and not all(any(n.how in SHORT for n in lexicon.names.get(w, ())) for w in terms(written)):
        return set()
    return {word.lower() for word in re.findall(r"\b[A-Z][A-Z/-]+\b", written)}


def _named_within(words: Sequence[str], written: str, lexicon: Lexicon) -> dict[int, Named]:
    """Entries that parts of the query name, the longest names first; each word counts for one name."""
    capitals = _capitals(written, lexicon)
    named: dict[int, Named] = {}
    used = [False] * len(words)
    light = (STOP | ASKING) - capitals
    weights = [0.0 if word in light else lexicon.weight(stem(word)) for word in words]
    total = sum(weights)
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            part = slice(start, start + length)
            if any(used[part]) or not sum(weights[part]):
                continue
            if names := _meant_names(words, start, start + length, capitals, lexicon):
                used[part] = [True] * length
                for name in names:
                    named.setdefault(name.entry, Named(name, sum(weights[part]) / total))
    return named


def _meant_names(
    words: Sequence[str], start: int, end: int, capitals: Collection[str], lexicon: Lexicon
) -> list[EntryName]:
    """The names that a part of the words spells. A short form that is also a word of our texts counts in capitals and
    beside such a word as “therapy” alone."""
    key = "".join(words[start:end])
    names = lexicon.names.get(key, []) if len(key) > 1 else []
    is_word = end - start == 1 and key in lexicon.ordinary and key not in capitals
    if is_word and BESIDE_SHORT.isdisjoint(words[end : end + 1]):
        return [name for name in names if name.how != "short" and not (name.how in SHORT and name.text.isupper())]
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
    """The first hit of each page, in order: codes, names, short forms, then by likelihood."""

    def order(hit: Hit) -> tuple[Any, ...]:
        return hit.how != "code", not hit.is_name, not (hit.is_named and hit.how in SHORT), -hit.score

    ordered = sorted(hits, key=order)
    first = {hit.card.url or hit.card.name: hit for hit in reversed(ordered)}  # a question may lead to an entry's page
    return [hit for hit in ordered if first[hit.card.url or hit.card.name] is hit][:MOST_HITS]
