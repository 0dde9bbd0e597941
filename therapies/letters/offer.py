"""What a letter offers, in the order of a reader's questions, and one reading that puts it together. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from django.urls import reverse

from therapies.letters.amounts import AmountKind
from therapies.letters.quantities import Quantity
from therapies.letters.terms import Explained
from therapies.models import Therapy
from therapies.search.danger import NO_DANGER, Danger
from therapies.search.hits import SearchCard
from therapies.serving import describe

MOST_COMPARED = 4  # therapies side by side
MOST_WAYS = 2  # formats in the reading; of more than these it is open which belong together


@dataclass(frozen=True, slots=True)
class TherapyOffered:
    """A therapy that the letter names; several where its short form could mean any of them."""

    explained: Explained
    therapies: list[Therapy]

    @property
    def usual(self) -> str:
        """How many sessions are usual, without the word: only the letter's own number is a number of sessions here."""
        return usual_of(self.therapies[0]) if self.is_settled else ""

    @property
    def in_short(self) -> str:
        """The therapy's name; its short form, or what the letter says, where the letter has that."""
        written = self.explained.written
        if not self.is_settled:
            return written
        return self.therapies[0].short_name if written.isupper() else self.therapies[0].name

    @property
    def is_settled(self) -> bool:
        """Whether the letter can only mean one therapy here."""
        return len(self.therapies) == 1 and not self.explained.is_open


def usual_of(therapy: Therapy) -> str:
    usual = describe.sessions(therapy)
    return "" if usual == describe.NOT_KNOWN else usual.removesuffix("s").removesuffix(" meeting")


class Page(NamedTuple):
    name: str
    url: str


@dataclass(slots=True)
class Offer:
    """A letter, explained. `aside` is what it says is not so, or was before."""

    text: str
    letter: str = ""  # as it was read; `text` is on one line
    therapies: list[TherapyOffered] = field(default_factory=list)
    formats: list[Explained] = field(default_factory=list)
    providers: list[Explained] = field(default_factory=list)
    concerns: list[Explained] = field(default_factory=list)
    words: list[Explained] = field(default_factory=list)
    aside: list[Explained] = field(default_factory=list)
    billing: list[Explained] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    forms: list[Therapy] = field(default_factory=list)  # of the therapies, for the concerns
    joined: Therapy | None = None  # the form of the one therapy that is given as the letter says: group CBT
    found: list[Explained] = field(default_factory=list)  # all that is explained, also what is said twice
    denied: list[tuple[int, int]] = field(default_factory=list)  # where the letter says what there is not
    danger: Danger = NO_DANGER

    def add_therapy(self, explained: Explained, therapies: list[Therapy]) -> None:
        """Adds a therapy; under another name it joins the one that is there."""
        for offered in self.therapies:
            if offered.is_settled and offered.therapies == therapies and not explained.is_open:
                offered.explained.written += f", {explained.written}"
                offered.explained.notes += explained.notes
                return
        self.therapies.append(TherapyOffered(explained, therapies))

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each amount as it is written, and what it means; “8 x 90 min” means two things."""
        meanings: dict[str, list[str]] = {}
        for amount in self.amounts:
            before = meanings.setdefault(amount.written, [])
            before += [amount.meaning] if amount.meaning not in before else []
        return [(written, ", ".join(meant)) for written, meant in meanings.items()]

    @property
    def understood(self) -> bool:
        parts = (self.therapies, self.formats, self.providers, self.concerns, self.words, self.aside)
        return any(parts) or bool(self.billing or self.amounts or self.denied)

    @property
    def named(self) -> list[TherapyOffered]:
        """What the letter surely means a therapy by, though it may be open which one."""
        return [offered for offered in self.therapies if offered.is_settled or not offered.explained.notes]

    @property
    def settled(self) -> list[Therapy]:
        return [offered.therapies[0] for offered in self.therapies if offered.is_settled]

    @property
    def therapy(self) -> Therapy | None:
        """The one therapy that the letter offers, in the form that it is given in."""
        return (self.joined or self.settled[0]) if len(self.named) == len(self.settled) == 1 else None

    @property
    def steps(self) -> list[int]:
        """The steps of care that the letter names."""
        found = (STEP.fullmatch(words.written) for words in self.words)
        return sorted({int(step[1]) for step in found if step})

    # ── The reading ──

    @property
    def reading(self) -> str:
        """Such as “Group CBT, high intensity, 12 sessions, for depression.” Empty where no therapy is named."""
        if not self.named:
            return ""
        named = [(offered.explained.start, offered.explained.end) for offered in self.named]  # “CBT for panic”
        apart = [found for found in self.concerns if not any(start <= found.start < end for start, end in named)]
        concerns = [found.cards[0].name for found in apart if len(found.cards) == 1 and not found.notes]
        parts = [self._what(), *self._ways(), *self._doses()]
        parts += [f"for {_joined(describe.in_a_sentence(name) for name in concerns)}"] if concerns else []
        return f"{_capital(', '.join(parts))}."

    def _what(self) -> str:
        names = _joined([offered.in_short for offered in self.named], "or" if self._is_a_choice else "and")
        first = self._before_the_name()
        return f"{first.name} {names}" if first else names

    def _before_the_name(self) -> SearchCard | None:
        """The format that goes before the name: “Group CBT”; none where there are several, or several therapies."""
        cards = [card for card in self._formats() if card.slug in ADJECTIVES]
        return cards[0] if len(cards) == len(self.named) == 1 else None

    def _formats(self) -> list[SearchCard]:
        cards = [found.card for found in self.formats if found.card and not found.of_another]
        return list({card.slug: card for card in cards}.values())

    @property
    def _is_a_choice(self) -> bool:
        """Whether the letter says “or” between its therapies."""
        places = [(offered.explained.start, offered.explained.end) for offered in self.named]
        between = (self.letter[end:start] for (_, end), (start, _) in pairwise(places))
        return any(" or " in words for words in between if len(words) <= MOST_BETWEEN)

    def _ways(self) -> list[str]:
        """How it is given, but for the one that stands before the name."""
        cards = [card for card in self._formats() if card != self._before_the_name()]
        names = [describe.in_a_sentence(card.name) for card in cards if len(cards) <= MOST_WAYS]
        lines = " ".join(found.meaning for found in self.words).lower().replace("-", " ")
        levels = [f"{level} intensity" for level in ("low", "high") if f"{level} intensity" in lines]
        return [*names, *(levels if len(levels) == 1 else [])]

    def _doses(self) -> list[str]:
        """How many sessions, how long, how often. What may belong to one of several things is left out."""
        doses: list[str] = []
        for kind in (AmountKind.SESSIONS, AmountKind.LENGTH, AmountKind.RATE, AmountKind.COURSE):
            amounts = [
                amount for amount in self.dose if amount.kind is kind and (amount.each or kind != AmountKind.LENGTH)
            ]
            said = {amount.meaning for amount in amounts}
            if (
                kind is AmountKind.LENGTH
                and len({str(amount.amount) for amount in self.dose if amount.kind is kind}) > 1
            ):
                continue  # of several lengths it is open which belongs to what
            doses += said if len(said) == 1 and all(self._is_of_all(amount) for amount in amounts) else []
        return doses

    @property
    def dose(self) -> list[Quantity]:
        """The amounts of what the letter offers."""
        return [amount for amount in self.amounts if not amount.aside]

    @property
    def sessions(self) -> Quantity | None:
        """How many sessions the letter offers of its therapy; none where it gives several numbers."""
        counts = {amount.meaning: amount for amount in self.dose if amount.kind is AmountKind.SESSIONS}
        sure = [amount for amount in counts.values() if self.named and self._is_of_all(amount)]
        return sure[0] if len(counts) == len(sure) == 1 else None

    def _is_of_all(self, amount: Quantity) -> bool:
        """Whether an amount is of all that the reading names: of one therapy, or as “12 sessions of CBT or EMDR”."""
        if len(self.billing) > 1 or any(found.kind == "look-alike" and not found.is_medicine for found in self.words):
            return False
        first = min(offered.explained.start for offered in self.named)
        return len(self.named) == 1 or amount.start < first

    @property
    def usual(self) -> str:
        """How long the one therapy that the letter names usually lasts, where that is known."""
        usual = self.named[0].usual if len(self.named) == 1 else ""
        usual = usual_of(self.joined) if usual and self.joined else usual
        return f"The usual is {describe.in_a_sentence(usual)}." if usual else ""

    # ── Where to go on ──

    @property
    def pages(self) -> list[Page]:
        """The pages of what the reading names: therapies, their forms for the concern, concerns."""
        pages = [*([self.joined] if self.joined else []), *self.settled, *self.forms]
        named = [(therapy.name, therapy.get_absolute_url()) for therapy in pages]
        named += [(found.cards[0].name, found.cards[0].url) for found in self.concerns if len(found.cards) == 1]
        return [Page(*page) for page in dict.fromkeys(named)]

    @property
    def to_compare(self) -> list[Therapy]:
        """The therapies that the letter names; a single one is joined by the therapy most easily confused with it."""
        named = [therapy for offered in self.therapies for therapy in offered.therapies]
        named = [therapy for therapy in named if not therapy.is_discouraged]
        nearest = named[0].nearest if len(named) == 1 else None
        if nearest and not nearest.is_discouraged:
            named.append(nearest)
        return list({therapy.slug: therapy for therapy in named}.values())[:MOST_COMPARED]

    @property
    def compare_url(self) -> str:
        slugs = [therapy.slug for therapy in self.to_compare]
        concern = [found.card.slug for found in self.concerns if found.card]
        asked = {"t": slugs} | ({"for": concern} if len(concern) == 1 else {})
        return reverse("compare", query=asked) if len(slugs) > 1 else ""

    @property
    def questions_to_ask(self) -> list[str]:
        """What the letter leaves open."""
        kinds = {amount.kind for amount in self.dose}
        concerns = [describe.in_a_sentence(found.cards[0].name) for found in self.concerns if len(found.cards) == 1]
        is_group = any(card.slug == "group" for card in self._formats()) or bool(self.joined)
        made_for = f"Is the group made for {_joined(concerns, 'or')}, or for mixed problems?"
        next_step = max(self.steps, default=HIGHEST_STEP) < HIGHEST_STEP
        questions = (
            (not (is_group and concerns), made_for),
            (self.therapies, "What is the therapy called, and what does it involve?"),
            (AmountKind.SESSIONS in kinds, "How many sessions are there, and can there be more?"),
            (self.formats, "Is it one to one, in a group, online or by phone? Can I choose?"),
            (self.providers, "Who gives it, and what training and license do they have?"),
            (AmountKind.WAIT in kinds, "How long is the wait?"),
            (False, "What do I do if I get worse?"),
            (not next_step, "If it is not enough, what can come next?"),
        )
        return [question for answer, question in questions if not answer]


STEP = re.compile(r"steps?[\s-]?(\d)", re.IGNORECASE)
HIGHEST_STEP = 4  # of the ladder that is drawn
# Formats that go before the name of a therapy: “Group CBT”
ADJECTIVES = ("group", "individual", "couple", "family", "multi-family-group", "closed-group")
MOST_BETWEEN = 40  # characters between two therapies that one “or” may join


def _joined(names: Iterable[str], by: str = "and") -> str:
    """“CBT”, “CBT and EMDR”, “CBT, EMDR and IPT”."""
    *rest, last = [*names] or [""]
    return f"{', '.join(rest)} {by} {last}" if rest else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
