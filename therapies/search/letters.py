"""The words of a letter from a clinic, explained: therapies, formats, professions, sessions, and what is not known.

The text is read, answered and forgotten. Nothing of it is stored, logged or sent anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from therapies.domain.stemming import ASKING, CONTROL, STOP, american, fold, split
from therapies.models import Therapy
from therapies.search.danger import NO_DANGER, Danger, detect
from therapies.search.hits import Card
from therapies.search.lexicon import Lexicon, Name, of_release
from therapies.search.weights import EVERYDAY
from therapies.serving import catalogue, describe

MOST_CHARACTERS = 2_000
LONGEST_NAME = 9  # words
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
    """A word of the letter and what it means. `cards` holds several where a short form has several meanings."""

    written: str
    cards: list[Card] = field(default_factory=list)
    meaning: str = ""

    @property
    def card(self) -> Card | None:
        return self.cards[0] if len(self.cards) == 1 else None


@dataclass(frozen=True, slots=True)
class TherapyOffered:
    explained: Explained
    therapies: list[Therapy]

    @property
    def usual(self) -> str:
        """How long it usually is, where that is known of just one."""
        return describe.sessions(self.therapies[0]) if len(self.therapies) == 1 else ""


@dataclass(slots=True)
class Offer:
    """All that a letter says, in the order of the questions that a reader has."""

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
        """The therapies named, and where only one is named the one most easily confused with it."""
        named = [therapy for one in self.therapies for therapy in one.therapies if not therapy.is_discouraged]
        near = (
            [named[0].nearest] if len(named) == 1 and named[0].nearest and not named[0].nearest.is_discouraged else []
        )
        return list({therapy.slug: therapy for therapy in [*named, *near]}.values())[:4]

    @property
    def compare_url(self) -> str:
        slugs = [therapy.slug for therapy in self.to_compare]
        return reverse("compare", query={"t": slugs}) if len(slugs) > 1 else ""

    @property
    def silent(self) -> list[str]:
        """What the letter does not say, as questions to ask."""
        questions = (
            (not self.therapies, "What is the therapy called, and what does it involve?"),
            (
                not any("session" in one.meaning for one in self.numbers),
                "How many sessions are there, and can there be more?",
            ),
            (not self.formats, "Is it one to one, in a group, online or by phone? Can I choose?"),
            (not self.providers, "Who gives it, and what training and license do they have?"),
        )
        return [question for missing, question in questions if missing] + [
            "How long is the wait, and what if I get worse?"
        ]


def read(text: str) -> Offer:
    """Explains a letter. Six queries at most, beside those that load the lexicon once a release."""
    lexicon = of_release(catalogue.release().number)
    letter = " ".join(CONTROL.sub(" ", text[:MOST_CHARACTERS]).split())
    offer = Offer(letter, danger=detect(letter, lexicon.phrases, lexicon.words))
    offer.numbers = list(_numbers(letter))
    notes = _notes() if letter else {}
    found: list[tuple[str, list[Card], str]] = []
    for words in _pieces(letter):
        found += _explain(words, lexicon, notes, offer.unknown)
    _sort(found, offer)
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
    """The letter in pieces that no name reaches over, each as its written words; numbers of sessions taken out."""
    rest = SPAN.sub(",", LENGTH.sub(",", SESSIONS.sub(_kept, letter)))
    for piece in re.split(r"[,;.!?()\n]+(?=\s|$)|[,;()]", rest):
        words = re.findall(r"[\w’'&:/-]+", piece)
        if words:
            yield words


def _kept(match: re.Match[str]) -> str:
    """What stands between the number and “sessions”, such as “guided self-help” in “6 guided self-help sessions”."""
    inside = re.sub(rf"\b(?:{NUMBER}|x|to|or)\b|{UNITS}", " ", match.group(), flags=re.IGNORECASE)
    return f" {inside} "


def _notes() -> dict[str, tuple[str, str]]:
    rows = catalogue.search_synonyms().filter(kind="letter").values_list("term", "note")
    return {"".join(split(term)): (term, note) for term, note in rows}


def _explain(
    words: Sequence[str], lexicon: Lexicon, notes: dict[str, tuple[str, str]], unknown: list[str]
) -> list[tuple[str, list[Card], str]]:
    """What each longest known run of words means; the rest goes to `unknown`, where it says something at all."""
    found: list[tuple[str, list[Card], str]] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            run = words[place : place + length]
            cards, meaning = _meaning(run, lexicon, notes)
            if cards or meaning:
                found.append((" ".join(run), cards, meaning))
                place += length
                break
        else:
            word = fold(words[place])
            if not _says_nothing(word):
                unknown.append(words[place])
            place += 1
    unknown[:] = list(dict.fromkeys(unknown))[:20]
    return found


def _meaning(run: Sequence[str], lexicon: Lexicon, notes: dict[str, tuple[str, str]]) -> tuple[list[Card], str]:
    words = [word for one in run for word in split(one)]
    plain = "".join(words)
    if plain in notes and (len(plain) > 3 or _is_short_form(run, notes[plain][0])):
        return [], notes[plain][1]
    names = [
        name for name in lexicon.names.get("".join(american(word) for word in words), []) if _usable(name, run, lexicon)
    ]
    if not names and len(words) > 1 and words[-1] in ("counselling", "counseling", "psychotherapy", "treatment"):
        names = lexicon.names.get("".join(american(word) for word in [*words[:-1], "therapy"]), [])
    for kind in ("therapy", "format", "condition", "technique", "glossary", "look-alike"):
        cards = [lexicon.cards[name.entry] for name in names if lexicon.cards[name.entry].kind == kind]
        if cards:
            return list({card.id: card for card in cards}.values()), ""
    return [], ""


def _is_short_form(run: Sequence[str], term: str) -> bool:
    """“HI” in capitals is high intensity; “hi” is a greeting. “1:1” has no capitals at all."""
    return run[0] == term or not term.isupper()


def _usable(name: Name, run: Sequence[str], lexicon: Lexicon) -> bool:
    word = fold(run[0]) if len(run) == 1 else ""
    asks = word in ASKING and lexicon.cards[name.entry].kind != "format"
    if name.how in ("phrase", "title") or (word and (word in STOP or asks or word in PLAIN)):
        return False
    if word and (word in EVERYDAY or len(word) <= 2):
        return run[0].isupper()
    return not (name.how == "said" and lexicon.cards[name.entry].kind == "condition" and len(run) > 4)


def _says_nothing(word: str) -> bool:
    return word in STOP or word in PLAIN or word in ASKING or len(word) < 2 or word.isdigit()


def _sort(found: Sequence[tuple[str, list[Card], str]], offer: Offer) -> None:
    slugs = {card.slug for _, cards, _ in found for card in cards if card.kind == "therapy"}
    known = {
        one.slug: one
        for one in catalogue.therapies().filter(slug__in=slugs).select_related("family", "nearest", "nearest__family")
    }
    kinds = dict(catalogue.formats().values_list("slug", "kind")) if found else {}
    seen: set[tuple[int, ...] | str] = set()
    for written, cards, meaning in found:
        key = tuple(card.id for card in cards) or meaning
        if key in seen:
            continue
        seen.add(key)
        explained = Explained(written, cards, meaning)
        kind = cards[0].kind if cards else ""
        if kind == "therapy":
            offer.therapies.append(TherapyOffered(explained, [known[card.slug] for card in cards]))
        elif kind == "format":
            provider = kinds.get(cards[0].slug) == "provider"
            (offer.providers if provider else offer.formats).append(explained)
        elif kind == "condition":
            offer.concerns.append(explained)
        else:
            offer.words.append(explained)
