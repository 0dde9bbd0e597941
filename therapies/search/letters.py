"""Explains a letter from a clinic: therapies, formats, professions, amounts, codes, what it says there is not, and what we
do not know. It never states what the letter does not say.

The text is read, answered and forgotten; nothing of it is stored, logged or sent anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from therapies.domain.stemming import CONTROL, fold, squash
from therapies.search import codes, quantities
from therapies.search.danger import Danger, detect
from therapies.search.letter_grammar import either, listed
from therapies.search.letter_terms import (
    Explained,
    LetterWords,
    Note,
    explains_itself,
    meant,
    words_of_letters,
)
from therapies.search.lexicon import Lexicon, of_release
from therapies.search.offer import Offer, TherapyOffered
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
    _read_billing(letter, words)
    _read_diagnoses(letter, lexicon)
    letter.amounts = quantities.read(letter.rest, words.scales)
    for amount in letter.amounts:
        letter.claim(*amount.spans)
    _explain(letter, words, lexicon)
    _set_aside(letter)
    _count_sessions(letter)
    offer = Offer(text=" ".join(letter.text.replace("¶", " ").split()))
    offer.danger = _danger(letter, lexicon)
    offer.amounts, offer.billing = letter.amounts, letter.billing
    offer.unknown = list(dict.fromkeys(letter.unknown))
    _sort([*letter.diagnoses, *letter.explained], offer)
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

    def claim(self, *spans: tuple[int, int]) -> None:
        for start, end in spans:
            self.rest = self.rest[:start] + READ * (end - start) + self.rest[end:]


# ── Codes ──

# A billing number, the word that announces it, and what is added to it: “CPT 90837-95”, “H0004 HF”.
BILLING = re.compile(
    r"(?P<announced>\b(?:CPT|HCPCS|POS)\b[\s:#]*(?:[Cc]odes?\b[\s:#]*)?)?"
    r"(?<![\w.$£-])(?P<number>\d{5}|[A-Z]\d{4}|\d{4}T|(?<=POS )\d\d)(?![\w%]|[.,]\d)"
    r"(?P<added>(?:(?:-|\s+modifier\s+)(?:[A-Z]{2}|\d\d)\b|\s[A-Z]{2}\b)*)"
)


def _read_billing(letter: Letter, words: LetterWords) -> None:
    """Takes the numbers of bills out of the letter; one that we do not know stays, and is listed as unknown."""
    for match in [*BILLING.finditer(letter.rest)]:
        place = "POS " if match["announced"] and match["announced"].startswith("POS") else ""
        notes = words.notes.get(squash(place + match["number"]), [])
        if notes or match["announced"]:
            _take(letter.billing, match["number"], notes, match.start("number"), match.end("number"))
            letter.claim((match.start(), match.end("number")))
            letter.unknown += [] if notes else [match["number"]]
        for added in re.finditer(r"[A-Z]{2}|\d\d", match["added"] or "") if notes else ():
            meaning = words.notes.get(f"modifier{added.group().lower()}", [])
            start, end = (match.start("added") + place for place in added.span())
            if meaning:
                _take(letter.billing, added.group(), meaning, start, end)
                letter.claim((start - 1, end))


def _take(explained: list[Explained], written: str, notes: Sequence[Note], start: int, end: int) -> None:
    if notes:
        cards = list({card.id: card for note in notes for card in note.cards}.values())
        explained.append(Explained(written, cards, [note.line for note in notes if note.line], start, end))


def _read_diagnoses(letter: Letter, lexicon: Lexicon) -> None:
    """Takes the codes of diagnoses out of the letter; one that we do not know stays, and is listed as unknown."""
    for match in [*codes.WRITTEN.finditer(letter.rest)]:
        if match.group() == match.group().upper() and not match.group().isdigit():
            found = _diagnosis(match.group(), lexicon)
            if found.cards:
                found.start, found.end = match.span()
                letter.diagnoses.append(found)
                letter.claim(match.span())
            elif "." in match.group():
                letter.unknown.append(match.group())
                letter.claim(match.span())


def _diagnosis(written: str, lexicon: Lexicon) -> Explained:
    """The concerns that hold a code: those that list it, or else the group that it belongs to. No neighbor is passed off."""
    (code,) = codes.written(written)
    near = [(codes.near(code, known), name) for known, name in lexicon.codes]
    ranked = sorted((found.distance, -found.shared, name.entry) for found, name in near if found)
    best = [entry for distance, shared, entry in ranked if (distance, shared) == ranked[0][:2]]
    cards = [lexicon.cards[entry] for entry in dict.fromkeys(best)] if ranked and ranked[0][0] < codes.NEIGHBOR else []
    return Explained(written, [card for card in cards if card.kind == "condition"])


# ── Words ──

WORD = re.compile(r"\d+:\d+|[\w’']+|[&+/:-]")
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
        length, notes = _longest(letter.tokens, place, words, lexicon)
        if notes:
            start, end = letter.tokens[place].start, letter.tokens[place + length - 1].end
            _take(letter.explained, letter.text[start:end], notes, start, end)
            open_notes += [(letter.explained[-1], notes)] if len(notes) > 1 else []
        elif letter.tokens[place].text not in JOINING and not explains_itself(letter.tokens[place].text, lexicon):
            letter.unknown.append(_compound(letter, letter.tokens[place]))
        place += length
    for explained, notes in open_notes:
        _settle(letter, explained, notes)


def _longest(
    tokens: Sequence[Token], place: int, words: LetterWords, lexicon: Lexicon
) -> tuple[int, list[Note]]:
    """How many words from here on mean something together, and what; one word and nothing where they do not."""
    end = place + 1
    while end < len(tokens) and end - place < LONGEST_NAME and not tokens[end].pause:
        end += 1
    for stop in range(end, place, -1):
        run = [token.text for token in tokens[place:stop]]
        if run[0] not in JOINING and run[-1] not in JOINING:
            notes = meant(run, words, lexicon)
            if notes:
                return stop - place, notes
    return 1, []


def _compound(letter: Letter, token: Token) -> str:
    """An unknown word with what hyphens join to it; a bare number with the word before it."""
    start = re.search(r"(?:[\w’']+-)*$", letter.rest[: token.start])
    end = re.match(r"(?:-[\w’']+)*", letter.rest[token.end :])
    first = token.start - len(start.group() if start else "")
    if token.text.isdigit():
        before = re.search(r"[A-Za-z]+[ .#]{1,2}$", letter.rest[:first])
        first -= len(before.group()) if before else 0
    return letter.text[first : token.end + len(end.group() if end else "")]


def _settle(letter: Letter, explained: Explained, notes: Sequence[Note]) -> None:
    """Of several meanings, those of the kind that stands next to it: beside CBT, MI is a therapy; beside SI, HI is not."""
    others = [other for other in letter.explained if other is not explained and not _apart(letter, explained, other)]
    kinds = {other.kind for other in others}
    alike = [note for note in notes if note.kind in kinds] or [
        note for note in notes if kinds and not note.kind and "condition" not in kinds
    ]
    if alike:
        explained.cards = [card for note in alike for card in note.cards]
        explained.notes = [note.line for note in alike]


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
    therapies = {therapy.slug: therapy for therapy in rows.prefetch_related("commonly_used_for")}
    kinds = dict(catalogue.formats().values_list("slug", "kind")) if explained else {}
    once: dict[object, Explained] = {}
    for words in explained:
        key = tuple(card.id for card in words.cards) or tuple(words.notes), words.aside
        once.setdefault(key, words)
    for words in once.values():
        if words.aside:
            offer.aside.append(words)
        elif words.kind == "therapy" and all(card.kind == "therapy" for card in words.cards):
            offer.therapies.append(TherapyOffered(words, [therapies[card.slug] for card in words.cards]))
        elif words.kind == "format":
            kind = kinds.get(words.cards[0].slug)
            (offer.providers if kind == "provider" else offer.formats).append(words)
        elif words.kind == "condition":
            offer.concerns.append(words)
        else:
            offer.words.append(words)
