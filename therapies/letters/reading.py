"""Explains a letter from a clinic: what it offers, how much of it, what it denies, and what we do not know.

It never states what the letter does not say.

The text is read, answered and forgotten; nothing of it is stored, logged or sent anywhere.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from django.db.models import Count

from therapies.domain.stemming import CONTROL
from therapies.letters import clauses, codes, danger, meanings, quantities, sentences
from therapies.letters.amounts import AmountKind
from therapies.letters.grammar import classes, either
from therapies.letters.offer import Offer
from therapies.letters.quantities import Quantity
from therapies.letters.terms import Explained, names_of, words_of_letters
from therapies.letters.text import Letter
from therapies.models import Therapy
from therapies.search.danger import MOST_CHARACTERS
from therapies.search.lexicon import Lexicon, of_release
from therapies.serving import catalogue


def read(text: str) -> Offer:
    """Explains a letter, in six queries at most, beside those that are made once a release."""
    letter = Letter(CONTROL.sub(" ", text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\n", " ¶ ")).strip())
    if not letter.text:
        return Offer("")
    lexicon, words = of_release(), words_of_letters()
    letter.billing = letter.take(codes.billing(letter.rest, words))
    letter.diagnoses = letter.take(codes.diagnoses(letter.rest, lexicon))
    letter.amounts = quantities.read(letter.rest, words.scales)
    for amount in letter.amounts:
        letter.claim(*amount.spans)
    meanings.explain(letter, words, lexicon)
    clauses.set_aside(letter)
    _count_sessions(letter)
    _guess_at_bare_numbers(letter)
    meanings.keep_unknown(letter, lexicon)
    offer = Offer(" ".join(letter.text.replace("¶", " ").split()), letter.text)
    offer.danger = danger.detect(letter, words, lexicon)
    offer.amounts, offer.billing = letter.amounts, letter.billing
    offer.unknown = list(dict.fromkeys(letter.unknown))
    offer.denied = letter.denied
    offer.found = sorted([*letter.diagnoses, *letter.explained, *letter.billing], key=lambda found: found.start)
    _sort([*letter.diagnoses, *letter.explained], offer, lexicon)
    offer.forms = _forms(offer)
    return offer


# ── “x 12” ──


def _count_sessions(letter: Letter) -> None:
    """“CBT x 12” and “90837 x 12” are sessions; “x 12” of anything else stays a number of times."""
    for place, amount in enumerate(letter.amounts):
        if amount.kind is AmountKind.TIMES and amount.amount and _is_of_sessions(letter, amount):
            letter.amounts[place] = amount.of_sessions(over=bool(DONE.match(letter.text, amount.spans[-1][1])))


DONE = re.compile(rf"[\s,:-]*{either(classes('words of cues')['over'])}(?!\w)", re.IGNORECASE)


def _is_of_sessions(letter: Letter, times: Quantity) -> bool:
    start, end = times.spans[0][0], times.spans[-1][1]
    before = max(letter.text.rfind(mark, 0, start) for mark in ",;.¶") + 1
    after = min((place for mark in ",;.¶" if (place := letter.text.find(mark, end)) >= 0), default=len(letter.text))
    named = any(
        before <= found.start < after and found.kind in ("therapy", "format") and found.aside in ("", "done")
        for found in letter.explained
    )
    billed = any(before <= found.start < start and "session" in found.meaning for found in letter.billing)
    near = [other.kind for other in letter.amounts if before <= other.start < after]
    paced = AmountKind.LENGTH in near or AmountKind.RATE in near
    blocks = any(before <= found.start < start and "session" not in found.meaning for found in letter.billing)
    return billed or ((named or paced) and not blocks)


def _guess_at_bare_numbers(letter: Letter) -> None:
    """“IPT, 24, weekly”: a number by itself after a treatment may be sessions. It is said as a guess."""
    treatments = [found for found in letter.explained if found.kind in ("therapy", "format") and not found.aside]
    starts = sentences.starts(letter.text)
    for number in quantities.bare(letter.rest):
        sentence = bisect_right(starts, number.start) - 1
        first, before = starts[max(0, sentence - 1)], [found for found in treatments if found.end <= number.start]
        is_beside = any(not letter.text[found.end : number.start].strip() for found in before)
        is_scored = any(
            amount.kind is AmountKind.SCORE and starts[sentence] <= amount.start < number.start
            for amount in letter.amounts
        )
        is_alone = not is_scored and ALONE.search(letter.rest, max(0, number.start - LONGEST_LEAD), number.start)
        if any(found.start >= first for found in before) and (is_beside or is_alone):
            letter.amounts.append(number)
            letter.unknown_words = [word for word in letter.unknown_words if not number.holds(word.start)]


LONGEST_LEAD = 12  # characters
ALONE = re.compile(r"(?:^|[,(+.;:¶]|\boffered|\bfor|\bof)\s*$", re.IGNORECASE)


# ── Under the reader's questions ──


def _sort(explained: Sequence[Explained], offer: Offer, lexicon: Lexicon) -> None:
    """Puts each explanation once under the question of the reader that it answers."""
    joined = _joined(explained, lexicon)
    slugs = {card.slug for words in explained for card in words.cards if card.kind == "therapy"} | {joined}
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
    if joined and len(offer.settled) == 1:
        offer.joined = therapies.get(joined)


def _joined(explained: Sequence[Explained], lexicon: Lexicon) -> str:
    """The therapy that a format and a therapy of the letter name together, wherever they stand: group and CBT."""
    offered = [found for found in explained if not found.aside and not found.is_open]
    named = {found.card.slug: found.card for found in offered if found.kind == "therapy" and found.card}
    ways = {found.card.slug: found.card for found in offered if found.kind == "format" and found.card}
    if len(named) != 1:
        return ""
    (therapy,) = named.values()
    for way in ways.values():
        for name in (therapy.short, therapy.name):
            cards = [lexicon.cards[held.entry] for held in names_of(f"{way.name} {name}", lexicon)]
            slugs = {card.slug for card in cards if card.kind == "therapy"} - {therapy.slug}
            if name and len(slugs) == 1:
                return slugs.pop()
    return ""


def _forms(offer: Offer) -> list[Therapy]:
    """Forms of the therapies that are made for the concern that the letter names, such as CBT for insomnia."""
    named = [therapy.slug for therapy in offer.settled]
    concerns = [card.slug for found in offer.concerns for card in found.cards]
    if not named or not concerns:
        return []
    forms = catalogue.therapies().filter(is_form_of_parent=True, parents__slug__in=named).exclude(slug__in=named)
    forms = forms.annotate(uses=Count("commonly_used_for", distinct=True)).filter(uses=1)
    return list(forms.filter(commonly_used_for__slug__in=concerns).distinct())
