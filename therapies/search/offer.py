"""What a letter offers, in the order of a reader's questions, and one reading that puts it together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from therapies.models import Therapy
from therapies.search.danger import NO_DANGER, Danger
from therapies.search.hits import SearchCard
from therapies.search.letter_terms import Explained
from therapies.search.quantities import Kind, Quantity
from therapies.serving import describe

MOST_COMPARED = 4  # therapies side by side


@dataclass(frozen=True, slots=True)
class TherapyOffered:
    """A therapy that the letter names; several where its short form could mean any of them."""

    explained: Explained
    therapies: list[Therapy]

    @property
    def usual(self) -> str:
        """How long it usually lasts; empty where several could be meant."""
        return describe.sessions(self.therapies[0]) if len(self.therapies) == 1 and self.is_settled else ""

    @property
    def is_settled(self) -> bool:
        """Whether the letter can only mean one therapy here."""
        return len(self.therapies) == 1 and len(self.explained.notes) < 2


@dataclass(slots=True)
class Offer:
    """A letter, explained. `aside` is what it says is not so, or was before."""

    text: str
    therapies: list[TherapyOffered] = field(default_factory=list)
    formats: list[Explained] = field(default_factory=list)
    providers: list[Explained] = field(default_factory=list)
    concerns: list[Explained] = field(default_factory=list)
    words: list[Explained] = field(default_factory=list)
    aside: list[Explained] = field(default_factory=list)
    billing: list[Explained] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    danger: Danger = NO_DANGER

    @property
    def understood(self) -> bool:
        parts = (self.therapies, self.formats, self.providers, self.concerns, self.words, self.aside)
        return any(parts) or bool(self.billing or self.amounts)

    @property
    def settled(self) -> list[Therapy]:
        return [offered.therapies[0] for offered in self.therapies if offered.is_settled]

    # ── The reading ──

    @property
    def reading(self) -> str:
        """Such as “Group CBT, high intensity, 12 sessions, for depression.” Empty where it would repeat a single word."""
        what = self._what()
        parts = [what, *self._ways(bool(what)), *self._doses()]
        concerns = [found.cards[0].name for found in self.concerns if len(found.cards) == 1]
        parts += [f"for {_joined(describe.in_a_sentence(name) for name in concerns)}"] if concerns else []
        said = [part for part in parts if part]
        return f"{_capital(', '.join(said))}." if len(said) > 1 or " " in what else ""

    def _what(self) -> str:
        names = _joined([therapy.short_name for therapy in self.settled], "or" if self._is_a_choice else "and")
        people = [found.cards[0].name for found in self.formats if found.card and found.card.slug in ADJECTIVES]
        return f"{people[0]} {names}" if len(people) == 1 and names else names

    @property
    def _is_a_choice(self) -> bool:
        """Whether the letter says “or” between its therapies."""
        places = [(offered.explained.start, offered.explained.end) for offered in self.therapies]
        return any(
            " or " in f" {self.text[end:start]} "[:MOST_BETWEEN]
            for (_, end), (start, _) in zip(places, places[1:], strict=False)
        )

    def _ways(self, named: bool) -> list[str]:
        """How it is given, but for the one that the name of the therapy begins with."""
        ways = [found.card for found in self.formats if found.card]
        first = [card for card in ways if card.slug in ADJECTIVES]
        in_name = first if named and len(first) == 1 else []
        names = [describe.in_a_sentence(card.name) for card in ways if card not in in_name]
        lines = " ".join(found.meaning for found in self.words)
        return [*names, *(f"{level} intensity" for level in ("low", "high") if f"{level}-intensity" in lines.lower())]

    def _doses(self) -> list[str]:
        """How many sessions, how long, how often; a kind of which there are several is left to the list below."""
        doses = []
        for kind in (Kind.SESSIONS, Kind.LENGTH, Kind.RATE, Kind.COURSE):
            said = {amount.meaning for amount in self.amounts if amount.kind is kind and (kind != Kind.LENGTH or amount.each)}
            doses += said if len(said) == 1 else []
        return doses

    @property
    def usual(self) -> str:
        """How long the one therapy that the letter names usually lasts, where that is known."""
        known = [offered.usual for offered in self.therapies if offered.usual not in ("", describe.NOT_KNOWN)]
        if len(self.therapies) != 1 or not known:
            return ""
        return f"The usual is {describe.in_a_sentence(known[0])}."

    # ── Where to go on ──

    @property
    def pages(self) -> list[SearchCard]:
        """The pages of what the reading names: therapies first, then concerns."""
        cards = [offered.explained.cards[0] for offered in self.therapies if offered.is_settled]
        cards += [found.cards[0] for found in self.concerns if len(found.cards) == 1]
        return [card for card in cards if card.url]

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
        return reverse("compare", query={"t": slugs}) if len(slugs) > 1 else ""

    @property
    def questions_to_ask(self) -> list[str]:
        """What the letter leaves open."""
        kinds = {amount.kind for amount in self.amounts}
        questions = (
            (self.therapies, "What is the therapy called, and what does it involve?"),
            (Kind.SESSIONS in kinds, "How many sessions are there, and can there be more?"),
            (self.formats, "Is it one to one, in a group, online or by phone? Can I choose?"),
            (self.providers, "Who gives it, and what training and license do they have?"),
            (Kind.WAIT in kinds, "How long is the wait?"),
            (False, "What do I do if I get worse?"),
        )
        return [question for answer, question in questions if not answer]


# Formats that go before the name of a therapy: “Group CBT”
ADJECTIVES = ("group", "individual", "couple", "family", "multi-family-group", "closed-group")
MOST_BETWEEN = 40  # characters between two therapies that one “or” may join


def _joined(names: Iterable[str], by: str = "and") -> str:
    """“CBT”, “CBT and EMDR”, “CBT, EMDR and IPT”."""
    *rest, last = [*names] or [""]
    return f"{', '.join(rest)} {by} {last}" if rest else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
