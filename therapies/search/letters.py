"""Explains the words of a letter from a clinic: therapies, formats, professions, sessions, and what we do not know.

The text is read, answered and forgotten; nothing of it is stored, logged or sent anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from therapies.domain.stemming import ASKING, CONTROL, STOP, american, fold, split
from therapies.models import Therapy
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import SearchCard
from therapies.search.lexicon import EntryName, Lexicon, of_release
from therapies.search.weights import EVERYDAY
from therapies.serving import catalogue, describe

MOST_CHARACTERS = 2_000
LONGEST_NAME = 9  # words
MOST_UNKNOWN = 20  # words that are listed as not recognized
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()  # noqa: SIM905
    )
} | {"twenty": 20, "twenty-four": 24, "thirty": 30}
NUMBER = r"(?:\d{1,3}|" + "|".join(NUMBERS) + ")"
UNITS = r"(?:sessions?|sess|appointments?|meetings?|appts?|visits?|contacts?)"
SESSIONS = re.compile(
    rf"(?:(?P<low>{NUMBER})\s*(?:-|–|to|or)\s*)?(?P<high>{NUMBER})\s*(?:x\s*)?(?:\w+[- ]){{0,3}}?{UNITS}\b"
    rf"|(?:{UNITS}\s*)?[:x×]\s*(?P<count>\d{{1,2}})\b(?!\s*[-x]?\s*(?:min|hour|hr|\d))",
    re.IGNORECASE,
)
LENGTH = re.compile(rf"\b({NUMBER})(?:\s*-\s*|\s*)(min(?:ute)?s?|hours?|hrs?)\b", re.IGNORECASE)
SPAN = re.compile(rf"\b({NUMBER})\s*(?:-|\s)?(weeks?|months?|wks?)\b", re.IGNORECASE)
# Words of every letter, which need no explanation.
PLAIN = frozenset(
    """dear offer offered offering letter mr mrs ms dr appointment referral referred session sessions following
    thank sincerely regards please contact date time place clinic service services team hospital department
    street road number phone call course block using based use recommend recommended suitable starting start
    begin beginning with within over per each week weeks month months mins min minutes minute hour hours
    appointments meetings meeting visits adult adults your patient client name ref nhs dob re sir madam hi hello
    therapy therapist treatment approx approximately total first second next new another including plus via
    either""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Explained:
    """Words of the letter and what they mean. `cards` holds several entries where a short form has several meanings."""

    written: str
    cards: list[SearchCard] = field(default_factory=list)
    meaning: str = ""

    @property
    def card(self) -> SearchCard | None:
        return self.cards[0] if len(self.cards) == 1 else None


@dataclass(frozen=True, slots=True)
class TherapyOffered:
    """A therapy that the letter names; several where its short form could mean any of them."""

    explained: Explained
    therapies: list[Therapy]

    @property
    def usual(self) -> str:
        """How long it usually lasts; empty where several could be meant."""
        return describe.sessions(self.therapies[0]) if len(self.therapies) == 1 else ""


@dataclass(slots=True)
class Offer:
    """What a letter offers, in the order of a reader's questions."""

    text: str
    therapies: list[TherapyOffered] = field(default_factory=list)
    formats: list[Explained] = field(default_factory=list)
    providers: list[Explained] = field(default_factory=list)
    concerns: list[Explained] = field(default_factory=list)
    words: list[Explained] = field(default_factory=list)
    numbers: list[Explained] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    danger: Danger = NO_DANGER

    @property
    def understood(self) -> bool:
        return bool(self.therapies or self.formats or self.providers or self.words or self.numbers or self.concerns)

    @property
    def to_compare(self) -> list[Therapy]:
        """The therapies that the letter names; a single one is joined by the therapy most easily confused with it."""
        named = [therapy for offered in self.therapies for therapy in offered.therapies]
        named = [therapy for therapy in named if not therapy.is_discouraged]
        nearest = named[0].nearest if len(named) == 1 else None
        if nearest and not nearest.is_discouraged:
            named.append(nearest)
        return list({therapy.slug: therapy for therapy in named}.values())[:4]

    @property
    def compare_url(self) -> str:
        slugs = [therapy.slug for therapy in self.to_compare]
        return reverse("compare", query={"t": slugs}) if len(slugs) > 1 else ""

    @property
    def questions_to_ask(self) -> list[str]:
        """What the letter leaves open."""
        has_sessions = any("session" in number.meaning for number in self.numbers)
        questions = (
            (self.therapies, "What is the therapy called, and what does it involve?"),
            (has_sessions, "How many sessions are there, and can there be more?"),
            (self.formats, "Is it one to one, in a group, online or by phone? Can I choose?"),
            (self.providers, "Who gives it, and what training and license do they have?"),
            (False, "How long is the wait, and what if I get worse?"),
        )
        return [question for answer, question in questions if not answer]


def read(text: str) -> Offer:
    """Explains a letter, in six queries at most, beside those that load the lexicon once a release."""
    lexicon = of_release()
    letter = " ".join(CONTROL.sub(" ", text[:MOST_CHARACTERS]).split())
    offer = Offer(letter, danger=detect(letter, lexicon.phrases, lexicon.words))
    offer.numbers = list(_numbers(letter))
    notes = _notes() if letter else {}
    explained: list[Explained] = []
    unknown: list[str] = []
    for words in _pieces(letter):
        _explain(words, lexicon, notes, explained, unknown)
    offer.unknown = list(dict.fromkeys(unknown))[:MOST_UNKNOWN]
    _sort(explained, offer)
    return offer


# ── Numbers ──


def _numbers(letter: str) -> Iterator[Explained]:
    for match in SESSIONS.finditer(letter):
        low, high = match["low"], match["high"] or match["count"]
        many = f"{_number(low)} to {_number(high)}" if low else str(_number(high))
        yield Explained(match.group(), meaning=f"{many} session{'' if many == '1' else 's'}")
    for match in LENGTH.finditer(letter):
        unit = "hour" if match[2].lower().startswith("h") else "minute"
        yield Explained(match.group(), meaning=f"{_number(match[1])} {unit}s each time")
    for match in SPAN.finditer(letter):
        unit = "month" if match[2].lower().startswith("m") else "week"
        yield Explained(match.group(), meaning=f"over {_number(match[1])} {unit}s")


def _number(written: str) -> int:
    return NUMBERS.get(written.lower()) or int(written) if not written.isdigit() else int(written)


# ── Names ──


def _pieces(letter: str) -> Iterator[list[str]]:
    """The words of the letter, in pieces that no name goes beyond, without the numbers that are explained already."""
    rest = SPAN.sub(",", LENGTH.sub(",", SESSIONS.sub(_without_number, letter)))
    for piece in re.split(r"[,;.!?()\n]+(?=\s|$)|[,;()]", rest):
        words = re.findall(r"[\w’'&:/-]+", piece)
        if words:
            yield words


def _without_number(match: re.Match[str]) -> str:
    """The words between a number and its unit, such as “guided self-help” in “6 guided self-help sessions”."""
    words = re.sub(rf"\b(?:{NUMBER}|x|to|or)\b|{UNITS}", " ", match.group(), flags=re.IGNORECASE)
    return f" {words} "


def _notes() -> dict[str, tuple[str, str]]:
    """The curators' explanations of words that only letters use: {words run together: (term, explanation)}."""
    rows = catalogue.search_synonyms().filter(kind="letter").values_list("term", "note")
    return {"".join(split(term)): (term, note) for term, note in rows}


def _explain(
    words: Sequence[str],
    lexicon: Lexicon,
    notes: dict[str, tuple[str, str]],
    explained: list[Explained],
    unknown: list[str],
) -> None:
    """Adds the meaning of each longest run of known words to `explained`, and other words that matter to `unknown`."""
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            run = words[place : place + length]
            cards, meaning = _meaning(run, lexicon, notes)
            if cards or meaning:
                explained.append(Explained(" ".join(run), cards, meaning))
                place += length
                break
        else:
            if not _needs_no_explanation(fold(words[place])):
                unknown.append(words[place])
            place += 1


def _meaning(run: Sequence[str], lexicon: Lexicon, notes: dict[str, tuple[str, str]]) -> tuple[list[SearchCard], str]:
    """The entries that a run of words names, or the curators' explanation of it; both empty where nothing is known."""
    words = [word for written in run for word in split(written)]
    key = "".join(words)
    if key in notes and (len(key) > 3 or _is_short_form(run, notes[key][0])):
        return [], notes[key][1]
    names = [name for name in _names(words, lexicon) if _may_be_meant(name, run, lexicon)]
    if not names and len(words) > 1 and words[-1] in ("counselling", "counseling", "psychotherapy", "treatment"):
        names = _names([*words[:-1], "therapy"], lexicon)
    for kind in ("therapy", "format", "condition", "technique", "glossary", "look-alike"):
        cards = [lexicon.cards[name.entry] for name in names if lexicon.cards[name.entry].kind == kind]
        if cards:
            return list({card.id: card for card in cards}.values()), ""
    return [], ""


def _names(words: Sequence[str], lexicon: Lexicon) -> list[EntryName]:
    return lexicon.names.get("".join(american(word) for word in words), [])


def _is_short_form(run: Sequence[str], term: str) -> bool:
    """“HI” in capitals is high intensity; “hi” is a greeting. “1:1” has no capitals at all."""
    return run[0] == term or not term.isupper()


def _may_be_meant(name: EntryName, run: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the writer of a letter is likely to use these words as a name of the entry."""
    word = fold(run[0]) if len(run) == 1 else ""
    kind = lexicon.cards[name.entry].kind
    asks = word in ASKING and kind != "format"
    if name.how in ("phrase", "title") or (word and (word in STOP or asks or word in PLAIN)):
        return False
    if word and (word in EVERYDAY or len(word) <= 2):
        return run[0].isupper()
    return not (name.how == "synonym" and kind == "condition" and len(run) > 4)


def _needs_no_explanation(word: str) -> bool:
    return word in STOP or word in PLAIN or word in ASKING or len(word) < 2 or word.isdigit()


def _sort(explained: Sequence[Explained], offer: Offer) -> None:
    """Puts each explanation once under the question of the reader that it answers."""
    slugs = {card.slug for words in explained for card in words.cards if card.kind == "therapy"}
    rows = catalogue.therapies().filter(slug__in=slugs).select_related("family", "nearest", "nearest__family")
    therapies = {therapy.slug: therapy for therapy in rows}
    kinds = dict(catalogue.formats().values_list("slug", "kind")) if explained else {}
    once: dict[tuple[int, ...] | str, Explained] = {}
    for words in explained:
        once.setdefault(tuple(card.id for card in words.cards) or words.meaning, words)
    for words in once.values():
        kind = words.cards[0].kind if words.cards else ""
        if kind == "therapy":
            offer.therapies.append(TherapyOffered(words, [therapies[card.slug] for card in words.cards]))
        elif kind == "format":
            is_provider = kinds.get(words.cards[0].slug) == "provider"
            (offer.providers if is_provider else offer.formats).append(words)
        elif kind == "condition":
            offer.concerns.append(words)
        else:
            offer.words.append(words)
