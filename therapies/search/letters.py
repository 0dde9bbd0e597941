"""Explains a letter from a clinic: therapies, formats, professions, amounts, codes, what it says there is not, and what we
do not know. It never states what the letter does not say.

The text is read, answered and forgotten; nothing of it is stored, logged or sent anywhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Count

from therapies.domain.stemming import CONTROL, fold
from therapies.models import Therapy
from therapies.search import letter_codes, quantities
from therapies.search.danger import Danger, detect
from therapies.search.letter_grammar import either, listed
from therapies.search.letter_terms import (
    Explained,
    LetterWords,
    Note,
    explained,
    explains_itself,
    meant,
    words_of_letters,
)
from therapies.search.lexicon import Lexicon, of_release
from therapies.search.offer import Offer
from therapies.search.quantities import Kind, Quantity
from therapies.serving import catalogue

MOST_CHARACTERS = 2_000
LONGEST_NAME = 9  # words
READ = "\x00"  # stands for each character that was read as a code or an amount


def read(text: str) -> Offer:
    """Explains a letter, in six queries at most, beside those that are made once a release."""
    letter = Letter(CONTROL.sub(" ", text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\n", " ¶ ")).strip())
    if not letter.text:
        return Offer("")
    lexicon, words = of_release(), words_of_letters()
    letter.billing = letter.take(letter_codes.billing(letter.rest, words))
    letter.diagnoses = letter.take(letter_codes.diagnoses(letter.rest, lexicon))
    letter.amounts = quantities.read(letter.rest, words.scales)
    for amount in letter.amounts:
        letter.claim(*amount.spans)
    _explain(letter, words, lexicon)
    _set_aside(letter)
    _count_sessions(letter)
    offer = Offer(" ".join(letter.text.replace("¶", " ").split()), letter.text)
    offer.danger = _danger(letter, lexicon)
    offer.amounts, offer.billing = letter.amounts, letter.billing
    offer.unknown = list(dict.fromkeys(letter.unknown))
    _sort([*letter.diagnoses, *letter.explained], offer)
    offer.forms = _forms(offer)
    return offer


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the letter. `pause` is what stands before it: 0 nothing, 1 a comma or an amount, 2 the end of a sentence."""

    text: str
    start: int
    end: int
    pause: int


@dataclass(slots=True)
class Letter:
    """A letter while it is read; `rest` is what no code and no amount has claimed, at the same places."""

    text: str
    rest: str = ""
    billing: list[Explained] = field(default_factory=list)
    diagnoses: list[Explained] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    explained: list[Explained] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    taken_back: list[tuple[int, int]] = field(default_factory=list)  # what the letter says there is no danger of

    def __post_init__(self) -> None:
        self.rest = self.text

    def take(self, codes: Iterable[Explained]) -> list[Explained]:
        """Takes codes out of the letter, and those of them that have no meaning to what is unknown."""
        codes = list(codes)
        self.claim(*((code.start, code.end) for code in codes))
        self.unknown += [code.written for code in codes if not code.cards and not code.notes]
        return [code for code in codes if code.cards or code.notes]

    def claim(self, *spans: tuple[int, int]) -> None:
        for start, end in spans:
            self.rest = self.rest[:start] + READ * (end - start) + self.rest[end:]


# ── Words ──

WORD = re.compile(r"\d+(?:[.:]\d+)+|[\w’']+|[&+/:-]")
PAUSE = re.compile(rf"[{READ},()\[\]\"“”–—•*=|]|\s-\s")
STOP_HERE = re.compile(r"[;!?¶]|\.(?=\s|$)")
JOINING = "&+/:-"  # stand between words of a name, and never at its ends


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in WORD.finditer(text):
        between = text[end : match.start()]
        if not (match.group() == "-" and text[match.start() - 1 : match.end() + 1] == " - "):
            pause = 2 if STOP_HERE.search(between) else 1 if PAUSE.search(f"{between} ") else 0
            yield Token(match.group(), match.start(), match.end(), pause if end else 2)
            end = match.end()


def _explain(letter: Letter, words: LetterWords, lexicon: Lexicon) -> None:
    """Explains each longest run of known words, and keeps the other words that do not explain themselves as unknown."""
    letter.tokens = list(_tokens(letter.rest))
    place, open_notes = 0, []
    while place < len(letter.tokens):
        run, notes = _longest(letter.tokens[place:], words, lexicon)
        if notes:
            found = explained(letter.text[run[0].start : run[-1].end], notes, run[0].start)
            letter.explained += [found, *_named_within(run, notes, words, lexicon)]
            open_notes += [(found, notes)] if len(notes) > 1 else []
        elif run[0].text not in JOINING and not explains_itself(run[0].text, lexicon):
            letter.unknown.append(_compound(letter, run[0]))
        place += len(run)
    for found, notes in open_notes:
        _settle(letter, found, notes, lexicon)
    for first, second in pairwise(letter.explained):
        is_next = letter.text[first.end : second.start].isspace()
        first.of_another = first.kind == "format" and is_next and second.kind not in ("therapy", "format")


def _named_within(
    run: Sequence[Token], notes: Sequence[Note], words: LetterWords, lexicon: Lexicon
) -> Iterator[Explained]:
    """What a longer name says beside: “DBT program” is a format, and it is DBT; “ERP for OCD” is a therapy, for OCD."""
    place = next((place for place, token in enumerate(run) if token.text.lower() == "for"), len(run))
    within = {"format": ("therapy", run[:1]), "therapy": ("condition", run[place + 1 :])}
    kind, part = within.get(notes[0].kind, ("", run[:0]))
    found = meant([token.text for token in part], words, lexicon) if part and len(run) > 1 else []
    if found and found[0].kind == kind:
        yield explained(" ".join(token.text for token in part), found, part[0].start)


def _longest(tokens: Sequence[Token], words: LetterWords, lexicon: Lexicon) -> tuple[Sequence[Token], list[Note]]:
    """The longest run of words, from the first on, that means something, and what; else the first word alone."""
    end = 1
    while end < min(len(tokens), LONGEST_NAME) and not tokens[end].pause:
        end += 1
    for stop in range(end, 0, -1):
        run = [token.text for token in tokens[:stop]]
        if run[0] not in JOINING and run[-1] not in JOINING:
            notes = meant(run, words, lexicon)
            if notes:
                return tokens[:stop], notes
    return tokens[:1], []


def _compound(letter: Letter, token: Token) -> str:
    """An unknown word with what hyphens join to it; a bare number with the word before it."""
    start = re.search(r"(?:[\w’']+-)*$", letter.rest[: token.start])
    end = re.match(r"(?:-[\w’']+)*", letter.rest[token.end :])
    first = token.start - len(start.group() if start else "")
    if token.text[0].isdigit():
        before = re.search(r"[A-Za-z]+[ .#]{1,2}$", letter.rest[:first])
        first -= len(before.group()) if before else 0
    return letter.text[first : token.end + len(end.group() if end else "")]


def _settle(letter: Letter, open_: Explained, notes: Sequence[Note], lexicon: Lexicon) -> None:
    """Of several meanings, the one of the kind that stands next to it: MI beside CBT is a therapy, HI beside SI a danger."""
    others = [other for other in letter.explained if other is not open_ and not _apart(letter, open_, other)]
    kinds = {_sort_of(other.kind, other.notes, lexicon) for other in others} - {""}
    alike = [note for note in notes if _sort_of(note.kind, [note.line], lexicon) in kinds]
    harmless = [note for note in notes if _sort_of(note.kind, [note.line], lexicon) != "danger"]
    settled = alike or (harmless if others else [])
    if settled:
        open_.mean(settled)


def _sort_of(kind: str, lines: Sequence[str], lexicon: Lexicon) -> str:
    return "danger" if any(detect(line, lexicon.phrases) for line in lines) else kind


def _apart(letter: Letter, one: Explained, other: Explained) -> bool:
    """Whether more than a joining word or a comma stands between two explanations."""
    first, second = sorted((one, other), key=lambda explained: explained.start)
    return not re.fullmatch(r"[\s,/+&-]*(?:and|or|with|nor)?[\s,/+&-]*", letter.text[first.end : second.start])


# ── What the letter says there is not, or was before ──

MOST_REACH = 8  # words that one “no” is said of, where no comma and no “but” ends it


def _set_aside(letter: Letter) -> None:
    """Marks what the letter denies and what it says was earlier, so that the reading leaves it out."""
    covered = {place for place, token in enumerate(letter.tokens) if _at(letter, token)}
    for aside, section in (("no", "no"), ("earlier", "earlier")):
        cue = re.compile(rf"{either(listed(section))}(?!\w)", re.IGNORECASE)
        for place, token in enumerate(letter.tokens):
            if place not in covered and cue.fullmatch(token.text):
                _mark(letter, place, aside)
    none = re.compile(rf"\s*[:-]?\s*{either(listed('none'))}(?=\s*(?:[,.;¶]|$))", re.IGNORECASE)
    for explained in letter.explained:
        if explained.kind not in ("therapy", "format") and none.match(letter.text, explained.end):
            explained.aside = "no"
            letter.taken_back.append((explained.start, explained.end))


def _mark(letter: Letter, cue: int, aside: str) -> None:
    """Marks what stands in the reach of a word such as “no”, over commas too as long as concerns follow one another."""
    end, concerns_only = cue, False
    while end + 1 < len(letter.tokens):
        token = letter.tokens[end + 1]
        concerns_only = concerns_only or token.pause == 1
        found = _at(letter, token)
        is_joined = token.text in JOINING or fold(token.text) in ("or", "and", "nor")
        if token.pause == 2 or (not found and fold(token.text) in listed("but")):
            break
        if concerns_only and not is_joined and not (found and found.kind == "condition"):
            break
        if end - cue >= MOST_REACH and not found:
            break
        end += 1
    for token in letter.tokens[cue + 1 : end + 1]:
        found = _at(letter, token)
        if found and not found.aside:
            found.aside = aside
    if aside == "no" and _takes_back_danger(letter, cue, end):
        letter.taken_back.append((letter.tokens[cue].start, letter.tokens[end].end))


def _takes_back_danger(letter: Letter, cue: int, end: int) -> bool:
    """Whether a clinic denies a danger here: “denies SI”, “no thoughts of”. A story, “no one cares”, takes nothing back."""
    words = [fold(token.text) for token in letter.tokens[cue : end + 1]]
    sentence = _sentence(letter, cue)
    if end == cue or any(fold(token.text) in listed("somebody's own words") for token in sentence):
        return False
    return words[0].startswith("den") or (words[0] in ("no", "nil", "without") and words[1] in listed("no danger"))


def _sentence(letter: Letter, place: int) -> list[Token]:
    start = max(before for before in range(place + 1) if letter.tokens[before].pause == 2)
    after = (end for end in range(place + 1, len(letter.tokens)) if letter.tokens[end].pause == 2)
    return letter.tokens[start : next(after, len(letter.tokens))]


def _at(letter: Letter, token: Token) -> Explained | None:
    return next((found for found in letter.explained if found.start <= token.start < found.end), None)


def _danger(letter: Letter, lexicon: Lexicon) -> Danger:
    """Danger in the letter without what it denies, and without names of services such as “crisis team”."""
    services = [
        (found.start, found.end)
        for found in letter.explained
        if found.notes and not found.cards and not any(detect(line, lexicon.phrases) for line in found.notes)
    ]
    text = letter.text
    for start, end in (*letter.taken_back, *services):
        text = text[:start] + "." * (end - start) + text[end:]
    concerns = [card.name for found in letter.diagnoses for card in found.cards]
    return detect(" ".join([text, *(f". {name}" for name in concerns)]), lexicon.phrases, lexicon.words)


# ── “x 12” ──


def _count_sessions(letter: Letter) -> None:
    """“CBT x 12” and “90837 x 12” are sessions; “x 12” of anything else stays a number of times."""
    for place, amount in enumerate(letter.amounts):
        if amount.kind is Kind.TIMES and _is_of_sessions(letter, amount):
            letter.amounts[place] = amount.of_sessions()


def _is_of_sessions(letter: Letter, times: Quantity) -> bool:
    start, end = times.spans[0][0], times.spans[-1][1]
    before = max(letter.text.rfind(mark, 0, start) for mark in ",;.¶") + 1
    after = min((place for mark in ",;.¶" if (place := letter.text.find(mark, end)) >= 0), default=len(letter.text))
    named = any(
        before <= found.start < after and found.kind in ("therapy", "format") and not found.aside
        for found in letter.explained
    )
    billed = any(before <= found.start < start and "session" in found.meaning for found in letter.billing)
    paced = any(before <= other.start < after and other.kind in (Kind.LENGTH, Kind.RATE) for other in letter.amounts)
    blocks = any(before <= found.start < start and "session" not in found.meaning for found in letter.billing)
    return billed or ((named or paced) and not blocks)


# ── Under the reader's questions ──


def _sort(explained: Sequence[Explained], offer: Offer) -> None:
    """Puts each explanation once under the question of the reader that it answers."""
    slugs = {card.slug for words in explained for card in words.cards if card.kind == "therapy"}
    rows = catalogue.therapies().filter(slug__in=slugs).select_related("family", "nearest", "nearest__family")
    therapies = {therapy.slug: therapy for therapy in rows}
    kinds = dict(catalogue.formats().values_list("slug", "kind")) if explained else {}
    once: dict[object, Explained] = {}
    for words in explained:
        key = tuple(card.id for card in words.cards), tuple(words.notes), words.aside
        once.setdefault(key, words)
    for words in once.values():
        if words.aside:
            offer.aside.append(words)
        elif words.kind == "therapy":
            offer.add_therapy(words, [therapies[card.slug] for card in words.cards if card.kind == "therapy"])
        elif words.kind == "format":
            kind = kinds.get(words.cards[0].slug)
            (offer.providers if kind == "provider" else offer.formats).append(words)
        elif words.kind == "condition":
            offer.concerns.append(words)
        else:
            offer.words.append(words)


def _forms(offer: Offer) -> list[Therapy]:
    """Forms of the therapies that are made for the concern that the letter names, such as CBT for insomnia."""
    named = [therapy.slug for therapy in offer.settled]
    concerns = [card.slug for found in offer.concerns for card in found.cards]
    if not named or not concerns:
        return []
    forms = catalogue.therapies().filter(is_form_of_parent=True, parents__slug__in=named).exclude(slug__in=named)
    forms = forms.annotate(uses=Count("commonly_used_for", distinct=True)).filter(uses=1)
    return list(forms.filter(commonly_used_for__slug__in=concerns).distinct())
