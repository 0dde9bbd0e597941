"""What a letter offers, and what it says no to, was before, is unsure or is about somebody else.

A cue such as “declined”, “is not indicated” or “family history of” holds for what it reaches in its own clause: what
comes after it, or before it. The cues are in grammar.txt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from therapies.domain.stemming import fold
from therapies.letters.amounts import AmountKind
from therapies.letters.grammar import classes, either, listed, sections
from therapies.letters.quantities import Quantity
from therapies.letters.terms import Explained
from therapies.letters.text import BRACKET, COMMA, JOINING, SENTENCE, Letter

MOST_REACH, NEAR = 8, 4  # words without a meaning that a cue reaches over
MOST_LISTED = 5  # words after a no that reaches nothing
TREATMENTS = ("therapy", "format")
AND = ("and", "or", "nor")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that set what they reach aside. `of` is the kinds of things that they can be said of."""

    aside: str
    reach: str  # a word of the grammar's list
    of: tuple[str, ...]
    pattern: re.Pattern[str]


def _cues() -> Iterator[Cue]:
    for line in sections()["cues"]:
        aside, reach, of, pattern = line.split(" | ")
        for name, words in classes("words of cues").items():
            pattern = pattern.replace(f"<{name}>", either(words))
        yield Cue(aside, reach, tuple(of.split()), re.compile(rf"(?<![\w’'-]){pattern}(?![\w’'])", re.IGNORECASE))


CUES = [*_cues()]
QUESTION = re.compile(r"(?:^|[\s,(/])(?:\?|r/o|rule out)\s?$", re.IGNORECASE)  # “?CPTSD”, “r/o F43.12”
NO_ONE = ("no", "other")  # “no family history of”
IN_DOUBT = ("no", "earlier", "done")  # do not hold after an “if”


class Clauses:
    """The words of a letter, and which of them a cue reaches."""

    def __init__(self, letter: Letter) -> None:
        self.letter, self.tokens = letter, letter.tokens
        self.starts = [token.start for token in self.tokens]
        self.found: list[Explained | None] = [None] * len(self.tokens)
        for explained in letter.explained:
            for place in range(bisect_right(self.starts, explained.start - 1), len(self.tokens)):
                if self.starts[place] >= explained.end:
                    break
                self.found[place] = self.found[place] or explained
        self.used: set[int] = set()  # words of cues that hold
        self.amounts = [span[0] for amount in letter.amounts for span in amount.spans]

    def set_aside(self) -> None:
        """Marks what each cue reaches; the first cue that reaches something holds."""
        for cue in CUES:
            for match in cue.pattern.finditer(self.letter.text):
                first = bisect_right(self.starts, match.start() - 1)
                last = bisect_right(self.starts, match.end() - 1) - 1
                holds = first <= last and first not in self.used and not self._is_covered(first, match)
                if holds and not (cue.aside in IN_DOUBT and self._is_conditional(first)):
                    self._mark(cue, first, last)
        for found in (*self.letter.explained, *self.letter.diagnoses):
            before, after = self.letter.text[: found.start], self.letter.text[found.end : found.end + 1]
            if found.kind == "condition" and not found.aside and (after == "?" or QUESTION.search(before[-12:])):
                found.aside = "unsure"
        self._set_amounts_aside()
        self.letter.unread = [*self._unread()]

    def _unread(self) -> Iterator[tuple[int, int]]:
        """Each no that reaches nothing we know, with what follows it in its clause."""
        read = [(found.start, found.end) for found in self.letter.explained]
        read += [*self.letter.denied, *(span for amount in self.letter.amounts for span in amount.spans)]
        for place, token in enumerate(self.tokens):
            is_read = place in self.used or any(start <= token.start < end for start, end in read)
            after = fold(self.tokens[place + 1].text) if place + 1 < len(self.tokens) else ""
            if is_read or token.text.lower() not in listed("no") or after in listed("says nothing"):
                continue
            last = place
            while last + 1 < len(self.tokens) and self.tokens[last + 1].pause < COMMA and last - place < MOST_LISTED:
                last += 1
            read.append((token.start, self.tokens[last].end))
            yield read[-1]

    # ── What a cue reaches ──

    def _mark(self, cue: Cue, first: int, last: int) -> None:
        if cue.reach == "sentence":
            self._set(cue, range(self._sentence_start(first), first), first, last)
            return
        before = self._before(first)
        if cue.reach == "before" or (cue.reach == "either" and self._stands_before(before, first)):
            self._set(cue, range(before, first), first, last)
            return
        after = self._after(last, cue.reach)
        self._set(cue, range(last + 1, after + 1), first, last)
        if cue.aside == "no" and self._takes_back_danger(first, after):
            self.letter.taken_back.append((self.tokens[first].start, self.tokens[after].end))

    def _set(self, cue: Cue, reached: Sequence[int], first: int, last: int) -> None:
        """Sets aside what is reached; what the letter says no to is marked from the cue to the last of it."""
        things = [found for place in reached if (found := self.found[place]) and self._is_of(cue, found)]
        things = [found for found in things if found.aside in ("", cue.aside) or (cue.aside, found.aside) == NO_ONE]
        if not things:
            if cue.aside == "no":
                self._refuse(reached, first, last)
            return
        for found in things:
            found.aside = cue.aside
        self.used.update(range(first, last + 1))
        if cue.aside == "no":
            start = min(self.tokens[first].start, things[0].start)
            span = start, max(self.tokens[last].end, things[-1].end)
            self.letter.denied.append(span)
            if cue.of == ("else",):
                self.letter.taken_back.append(span)

    def _refuse(self, reached: Sequence[int], first: int, last: int) -> None:
        """A no to help that has no name: “we are unable to offer you therapy”. What reaches none is listed."""
        words = {place: fold(self.tokens[place].text) for place in reached}
        help_ = [place for place, word in words.items() if word in listed("help")]
        if any(word in listed("not needed") for word in words.values()):
            return
        start, end = self.tokens[first].start, self.tokens[last].end
        is_denied = any(low < end and start < high for low, high in self.letter.denied)
        if not help_ or is_denied or self._is_conditional(first):
            return
        self.used.update(range(first, last + 1))
        span = min(start, self.tokens[help_[0]].start), max(end, self.tokens[help_[-1]].end)
        self.letter.denied.append(span)

    @staticmethod
    def _is_of(cue: Cue, found: Explained) -> bool:
        return cue.of == ("anything",) or found.kind in cue.of or (cue.of == ("else",) and not _is_treatment(found))

    def _after(self, last: int, reach: str) -> int:
        """The last word that is reached after a cue."""
        place, seen, gap = last, None, 0
        to_first, most = reach in ("first", "near"), NEAR if reach == "near" else MOST_REACH
        over_commas = self._is_announced(last)
        while place + 1 < len(self.tokens):
            token, found = self.tokens[place + 1], self.found[place + 1]
            word = fold(token.text)
            if token.pause == SENTENCE or (not found and word in listed("but")):
                break
            if token.pause == COMMA and not over_commas:
                listed_to = self._list_end(place + 1, seen)
                if listed_to == place:
                    break
                place = listed_to
                continue
            if not found and seen and (word in listed("goes on") or (to_first and not self._joins(place + 1, seen))):
                break
            gap = 0 if found else gap + 1
            if gap > most:
                break
            seen = found if found and (found.cards or found.notes) else seen
            place += 1
        return place

    def _is_announced(self, last: int) -> bool:
        """“Not recommended: EMDR, CAT” holds up to the end of the sentence."""
        end = self.tokens[last].end
        return bool(re.match(r"\s*:", self.letter.text[end:]))

    def _joins(self, place: int, seen: Explained) -> bool:
        """Whether a word goes on with a list: “CBT and IPT”."""
        word = self.tokens[place]
        if word.text in JOINING:
            return True
        after = self.found[place + 1] if place + 1 < len(self.tokens) else None
        return fold(word.text) in AND and bool(after) and _is_alike(after, seen)

    def _list_end(self, place: int, seen: Explained | None) -> int:
        """The last word of the list that goes on at a comma; the word before the comma where none does."""
        end, is_closed, start = place - 1, False, place
        while seen and start < len(self.tokens) and self.tokens[start].pause != SENTENCE:
            stop = start
            while stop + 1 < len(self.tokens) and self.tokens[stop + 1].pause < COMMA:
                stop += 1
            run = range(start, stop + 1)
            words = [fold(self.tokens[at].text) for at in run]
            things = [found for at in run if (found := self.found[at])]
            is_pure = all(self.found[at] or word in (*AND, *JOINING) for at, word in zip(run, words, strict=True))
            if not (things and is_pure and all(_is_alike(thing, seen) for thing in things)) or self._has_amount(run):
                break
            end, start = stop, stop + 1
            is_closed = is_closed or any(word in AND for word in words)
        return end if is_closed or not seen or not _is_treatment(seen) else place - 1

    def _has_amount(self, run: range) -> bool:
        start, end = self.tokens[run[0]].start, self.tokens[run[-1]].end
        after = self.tokens[run[-1] + 1].start if run[-1] + 1 < len(self.tokens) else len(self.letter.text)
        end = after if not re.search(r"[.,;¶]", self.letter.text[end:after]) else end
        return any(start <= amount < end for amount in self.amounts)

    def _before(self, first: int) -> int:
        """The first word of the clause that a cue stands in, with the list that may end it."""
        place = first
        while place and self.tokens[place].pause < COMMA and not self._opens(place - 1):
            place -= 1
        while place and self.tokens[place].pause == COMMA and self._is_listed(place):
            place -= 1
        return place

    def _opens(self, place: int) -> bool:
        return not self.found[place] and fold(self.tokens[place].text) in listed("but")

    def _is_listed(self, place: int) -> bool:
        """Whether a list goes on at this comma and is closed by an “and”: “CBT, EMDR and IPT are not”."""
        here, there = self.found[place], self.found[place - 1]
        if not here or not there or not _is_alike(here, there):
            return False
        after = [fold(token.text) for token in self.tokens[place : place + 4]]
        return any(word in AND for word in after)

    def _stands_before(self, before: int, first: int) -> bool:
        """Whether what the cue is said of stands before it: “CBT was declined”, and not “she declined CBT”."""
        things = [found for found in self.found[before:first] if found and found.cards]
        after = self.found[first + 1] if first + 1 < len(self.tokens) else None
        if self.tokens[first].pause == BRACKET and after:  # “CBT (declined EMDR)”
            return False
        return bool(things) and fold(self.tokens[first - 1].text) not in listed("persons")

    # ── Where a cue does not hold ──

    def _is_covered(self, place: int, match: re.Match[str]) -> bool:
        """Whether the cue is only a part of something that has a meaning: “did not attend”, “prior authorization”."""
        found = self.found[place]
        return found is not None and (found.start < match.start() or found.end > match.end())

    def _is_conditional(self, place: int) -> bool:
        """Whether it stands after an “if”, up to the next comma: “if CBT does not help, EMDR”."""
        while place and self.tokens[place].pause < COMMA and fold(self.tokens[place].text) not in listed("if"):
            place -= 1
        return fold(self.tokens[place].text) in listed("if")

    # ── Danger ──

    def _takes_back_danger(self, first: int, last: int) -> bool:
        """Whether a clinic denies a danger here: “denies SI”, “no thoughts of”. “No one cares” takes nothing back."""
        words = [fold(token.text) for token in self.tokens[first : last + 1]]
        sentence = self._sentence(first)
        if len(words) == 1 or (not {"you", "your"} & sentence and sentence & {*listed("somebody's own words")}):
            return False
        if words[0].startswith("den"):
            return not (first and fold(self.tokens[first - 1].text) in ("not", "cannot", "never"))
        words = [words[0], *(word for word in words[1:] if word not in listed("small words"))]
        return len(words) > 1 and words[0] in ("no", "nil", "not", "without") and words[1] in listed("no danger")

    def _sentence_start(self, place: int) -> int:
        while place and self.tokens[place].pause != SENTENCE:
            place -= 1
        return place

    def _sentence(self, place: int) -> set[str]:
        start, end = self._sentence_start(place), place + 1
        while end < len(self.tokens) and self.tokens[end].pause != SENTENCE:
            end += 1
        return {fold(token.text) for token in self.tokens[start:end]}

    # ── Amounts ──

    def _set_amounts_aside(self) -> None:
        """An amount is of what stands in its clause: that of a course that is over, or of a medicine, is no dose."""
        letter = self.letter
        letter.amounts = [self._amount(amount) for amount in letter.amounts]

    def _amount(self, amount: Quantity) -> Quantity:
        clause = self._clause(amount)
        found = {id(thing): thing for place in clause if (thing := self.found[place]) and _is_treatment(thing)}
        things = [thing for thing in found.values() if thing.kind != "format"]
        is_of_another = any(fold(self.tokens[place].text) in listed("other things") for place in clause)
        if is_of_another and not things:
            kind = AmountKind.SPAN if amount.kind is AmountKind.COURSE else amount.kind
            return replace(amount, kind=kind, aside=True)
        has_concern = any((thing := self.found[place]) and thing.kind == "condition" for place in clause)
        if amount.kind is AmountKind.COURSE and has_concern and not found:  # “low mood 6/12”
            return replace(amount, kind=AmountKind.SPAN, aside=True)
        things = things or [*found.values()]
        is_apart = bool(things) and all(thing.aside in IN_DOUBT or thing.is_medicine for thing in things)
        return replace(amount, aside=is_apart)

    def _clause(self, amount: Quantity) -> range:
        """The places of the words in the clause of an amount."""
        if not self.tokens:
            return range(0)
        place = min(bisect_right(self.starts, amount.start), len(self.tokens) - 1)
        if self.tokens[place].start > amount.start:  # the word before it, but where the amount begins the clause
            between = self.letter.text[self.tokens[place - 1].end : amount.start] if place else ","
            place -= 0 if re.search(r"[,;.¶]", between) else 1
        first = last = place
        while first and self.tokens[first].pause < COMMA and not self._opens(first - 1):
            first -= 1
        while last + 1 < len(self.tokens) and self.tokens[last + 1].pause < COMMA and not self._opens(last + 1):
            last += 1
        return range(first, last + 1)


def _is_alike(one: Explained | None, other: Explained) -> bool:
    return one is not None and _is_treatment(one) == _is_treatment(other)


def _is_treatment(found: Explained) -> bool:
    return found.kind in TREATMENTS or found.is_medicine


def set_aside(letter: Letter) -> None:
    """Marks what the letter does not offer, so that the reading leaves it out."""
    Clauses(letter).set_aside()
