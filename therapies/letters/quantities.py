"""Amounts in a letter: sessions, minutes, waits, dates, scores. Pure: a text in, typed amounts and their places out.

A number is only ever stated with the unit that the letter gives it. What fits no shape is no amount, and is left to be
listed as not understood. Words and shapes are in grammar.txt; here is what they mean.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from therapies.letters import sentences
from therapies.letters.amounts import BEFORE, FIXED, Amount, AmountKind
from therapies.letters.grammar import classes, either, listed
from therapies.letters.quantity_shapes import FLAGS, NAMES_WITH_NUMBERS, NUMBER_WORDS, Shape, shapes

CLAIMED = "\x00"  # stands for each character of an amount that was read; no shape goes across it
NAME = "_"  # stands for each character of “1:1” and the like: a word that counts nothing
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as it is written, and where its own characters are. `each`: it is said of every session.

    `aside`: it is of what the letter does not offer, or of a medicine. `name`: where the name beside a score is.
    """

    kind: AmountKind
    written: str
    spans: tuple[Span, ...]
    amount: Amount | None = None
    unit: str = ""
    per: str = ""
    each: bool = False
    aside: bool = False
    name: Span | None = None

    @property
    def start(self) -> int:
        return self.spans[0][0]

    def holds(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.spans)

    def of_sessions(self, *, over: bool = False) -> "Quantity":
        """The same where the words beside it say that sessions are counted, or that they are over."""
        return replace(self, kind=AmountKind.DONE if over else AmountKind.SESSIONS, unit="session")

    def moved(self, by: int) -> "Quantity":
        """The same in a longer text."""
        name = (self.name[0] + by, self.name[1] + by) if self.name else None
        return replace(self, spans=tuple((start + by, end + by) for start, end in self.spans), name=name)

    @property
    def meaning(self) -> str:
        """What it says: no more than the letter, in the letter's own unit."""
        if self.kind is AmountKind.PART and self.amount and self.unit:
            return f"Some of the sessions, {self.amount} in all"
        if self.kind is AmountKind.SCORE and self.amount and self.amount.low != self.amount.high:
            return f"{FIXED[self.kind]}, from {self.amount.low:g} to {self.amount.high:g}"
        if self.kind is AmountKind.PERHAPS and self.amount:
            return f"Perhaps {self.amount.of('session')}: the letter does not say what it counts. Ask"
        if self.kind in FIXED:
            return FIXED[self.kind]
        said = self.amount.of(self.unit) if self.amount else self.unit or ("" if self.per else self.written)
        if self.kind is AmountKind.LENGTH and self.each:
            return f"{said} each"
        if self.kind is AmountKind.DONE:
            return f"{said}, completed"
        before = BEFORE.get(self.kind, "")
        return f"{before}{said} {self.per}".strip()


PERHAPS = re.compile(
    r"(?<![\w/.])(?P<n>\d{1,2}(?:\s?[-–]\s?\d{1,2})?)(?=\s*(?:[,;+)¶]|\.(?:\s|$)|$|(?:with|w/|free|then)\b|w/))", FLAGS
)
LEAST, MOST = 3, 60  # sessions that a bare number beside a treatment may be


def bare(text: str) -> Iterator[Quantity]:
    """Numbers without a unit that stand by themselves in what is left of a letter. They may be sessions."""
    for match in PERHAPS.finditer(text):
        amount = _amount(match["n"])
        if amount.low >= LEAST and amount.low <= amount.high <= MOST:
            yield Quantity(AmountKind.PERHAPS, match["n"], (match.span(),), amount, "session", aside=True)


def read(letter: str, scales: Sequence[str] = ()) -> list[Quantity]:
    """The amounts in a letter, in its order. `scales` are the names that a score stands beside, such as “PHQ-9”."""
    text = NAMES_WITH_NUMBERS.sub(lambda match: NAME * len(match.group()), letter)
    starts = sentences.starts(text)
    found: list[Quantity] = []
    earlier = ""
    for start, end in pairwise([*starts, len(text)]):
        sentence = text[start:end]
        amounts = _read_sentence(sentence, letter[start:end], start, shapes(tuple(scales)))
        if WAIT.search(earlier) and BARE_COURSE.fullmatch(sentence):  # “You are on the waiting list. Currently 20/52.”
            amounts = [replace(found, kind=AmountKind.WAIT) for found in amounts]
        found += amounts
        earlier = sentence
    return found


def _read_sentence(text: str, letter: str, start: int, shapes: Sequence[Shape]) -> list[Quantity]:
    """The amounts in a sentence that begins at this place of the letter; a number is of what its own sentence names."""
    found: list[Quantity] = []
    has_number = bool(ANY_NUMBER.search(text))
    for shape in shapes:
        if shape.needs_number and not has_number:
            continue
        for match in [*shape.pattern.finditer(text)]:
            for quantity in _quantities(shape, match, text, letter):
                found.append(quantity.moved(start))
                for low, high in quantity.spans:
                    text = text[:low] + CLAIMED * (high - low) + text[high:]
                if quantity.name:
                    low, high = quantity.name
                    text = text[:low] + NAME * (high - low) + text[high:]
    return sorted(found, key=lambda quantity: quantity.start)


# ── From a match to amounts ──

WAIT = re.compile(r"\b(?:wait|w/l|wl\b|queue|backlog)", FLAGS)
WAIT_AFTER = re.compile(r"[\s'’-]*(?:[a-z]+\s+)?(?:wait|w/l)", FLAGS)
BARE_COURSE = re.compile(
    r"\s*(?:currently|now|about|approx\.?|around)?\s*[\d–-]+\s*(?:/(?:52|12)|weeks?|months?|wks?)\W*", FLAGS
)
COURSE_AFTER = re.compile(r"[\s-]*(?:[\w-]+\s+){0,3}?(?:group|course|program(?:me)?|block|of)\b", FLAGS)
PART_OF_SENTENCE = re.compile(r"[,(–—]|\b(?:then|followed\s+by|after\s+which|but)\b", FLAGS)
EACH_BEFORE = re.compile(
    r"\b(?:each|every|sessions?|appointments?|calls?|meetings?|groups?)(?:\s+[a-z]+){0,3}\s*$", FLAGS
)
REST_AFTER = re.compile(r"\s*(?:left|remaining|remain|so far|completed|used|attended)\b", FLAGS)


def _quantities(shape: Shape, match: re.Match[str], text: str, letter: str) -> Iterator[Quantity]:
    """The amount in the group n of a match, and the length of each session in the group m where there is one."""
    groups = match.groupdict()
    if CLAIMED in text[match.start() : match.end()] or _is_a_label(shape, match, text):
        return
    if shape.kind == "TIMES_OF_DAY":
        yield from _from_until(match, letter)
        return
    kind = _kind(AmountKind[shape.kind], match, text)
    amount = _amount(groups["n"]) if groups.get("n") else _change(kind, match)
    unit, per = _unit(groups.get("unit") or shape.unit), _per(groups)
    if shape.unit == "every" and amount:
        unit, per, amount = _every(amount, _unit(groups["unit"] or "")), "", None
    if groups.get("from"):
        if groups.get("first") and _amount(groups["first"]).low < _amount(groups["n"]).low:  # “from 6 to 10 sessions”
            amount = Amount(_amount(groups["first"]).low, _amount(groups["n"]).high)
        else:
            per = f"in place of {_amount(groups['from'])}"
    if amount and groups.get("after"):
        amount = replace(amount, bound=_bound(groups["after"].strip(" ,()")))
    if unit == "time" and groups.get("often"):
        per = re.sub(r"^every (?=\w+$)", "a ", per)  # “4x weekly”
    each = kind is AmountKind.LENGTH and _is_each(match, text)
    written, name = letter[match.start() : match.end()].strip(), match.span("gap") if kind is AmountKind.SCORE else None
    parts = [(match.start(), match.end())]
    if groups.get("m"):
        middle = max(match.start("n"), match.start("m"))
        parts = [(match.start(), middle), (middle, match.end())]
        own = parts.pop(match.start("n") > match.start("m"))
        parts.insert(0, own)
    yield Quantity(kind, written, _spans(match, *parts[0]), amount, unit, per, each, name=name)
    if groups.get("m"):
        length, munit = AmountKind.LENGTH if groups.get("munit") else AmountKind.BARE, _unit(groups.get("munit") or "")
        yield Quantity(length, written, _spans(match, *parts[1]), _amount(groups["m"]), munit, each=True)


def _from_until(match: re.Match[str], letter: str) -> Iterator[Quantity]:
    """Two times of day, and the minutes between them."""
    start, end = (60 * int(at[0]) + int([*at, 0][1]) for at in map(AT.split, match.group("from", "until")))
    between = (end - start) % (12 * 60)
    written, middle = letter[match.start() : match.end()].strip(), match.start("until")
    yield Quantity(AmountKind.TIME, written, ((match.start(), middle),))
    length = Amount(between, between)
    yield Quantity(AmountKind.LENGTH, written, ((middle, match.end()),), length, "minute", each=True)


AT = re.compile("[:.]")


def _change(kind: AmountKind, match: re.Match[str]) -> Amount | None:
    """From which score to which: PHQ-9 21 → 12."""
    scores = SCORES.fullmatch(match.group()[match.end("gap") - match.start() :]) if kind is AmountKind.SCORE else None
    return Amount(float(scores[1]), float(scores[2])) if scores else None


SCORES = re.compile(r"\D*(\d+)(?:/\d+)?\s*(?:→|->|to)\s*(\d+)(?:/\d+)?", FLAGS)


def _every(amount: Amount, unit: str) -> str:
    """Such as “every two weeks”."""
    words = {number: word for word, number in NUMBER_WORDS.items() if number < TEN and " " not in word}
    if amount.low != amount.high or amount.low not in words:
        return f"every {amount.of(unit)}"
    return f"every {unit}" if amount.low == 1 else f"every {words[int(amount.low)]} {unit}s"


TEN = 10


def _is_a_label(shape: Shape, match: re.Match[str], text: str) -> bool:
    """Whether the number only names something: in “step 3 sessions” there are not three sessions."""
    if shape.kind == "LENGTH" and EACH_BEFORE.search(text[: match.start()]):  # “each session 75 to 90 minutes”
        return False
    if match.groupdict().get("n") is None or match.start() != match.start("n"):
        return False
    return bool(AFTER_A_LABEL.search(text[: match.start()]))


AFTER_A_LABEL = re.compile(rf"(?<!\w){either(listed('labels'))}\.?(?:\s+|\s*#\s*|-)$", FLAGS)


def _spans(match: re.Match[str], start: int, end: int) -> tuple[Span, ...]:
    """The match from start to end, without the words between a number and its unit: they may name a therapy."""
    spans, place = [], start
    for group in ("gap", "gap2"):
        low, high = match.span(group) if group in match.re.groupindex else (-1, -1)
        if start <= low < high <= end:
            spans.append((place, low))
            place = high
    return tuple(span for span in (*spans, (place, end)) if span[0] < span[1])


def _kind(kind: AmountKind, match: re.Match[str], text: str) -> AmountKind:
    """The kind that a match has among its neighbors."""
    before, after = text[: match.start()], text[match.end() :]
    if kind is AmountKind.SESSIONS and (_follows("part of a course", before) or REST_AFTER.match(after)):
        return AmountKind.PART
    return _stretch(match, before, after) if kind is AmountKind.COURSE else kind


def _stretch(match: re.Match[str], before: str, after: str) -> AmountKind:
    """What weeks or months are: a wait, the length of a treatment, or only a stretch of time."""
    if _is_wait(before, after):
        return AmountKind.WAIT
    if match["unit"] in ("/12", "/7") and _follows("on a date", before):
        return AmountKind.UNSURE
    is_day = match["unit"].startswith("day") and match["n"].lower() in ("1", "one")
    is_course = not (
        is_day or _follows("no course", before) or NOT_A_COURSE.match(after) or _unit(match["unit"]) == "year"
    )
    return AmountKind.COURSE if is_course else AmountKind.SPAN


def _is_wait(before: str, after: str) -> bool:
    """Whether weeks are those of a wait: their own part of the sentence says so, or the one before, if it is bare."""
    if WAIT_AFTER.match(after):
        return True
    *earlier, own = PART_OF_SENTENCE.split(before)
    if earlier and len(own.split()) <= 1 and not (earlier[-1].strip() == "" and len(earlier) == 1):
        own = earlier[-1] + own
    return bool(WAIT.search(own)) and not COURSE_AFTER.match(after)


NOT_A_COURSE = re.compile(rf"[\s'’-]*{either(listed('no course, before'))}\b", FLAGS)


def _ending(section: str) -> re.Pattern[str]:
    small = r"(?:(?:the|a|an|of|about|for|next|past|last|first|all|his|her|their)\s+){0,3}"
    return re.compile(rf"(?<!\w){either(listed(section))}[\s:]+{small}$", FLAGS)


ENDINGS = {section: _ending(section) for section in ("part of a course", "on a date", "no course")}


def _follows(section: str, before: str) -> bool:
    """Whether what stands before ends in a word of the section, with small words after it: “within the next”."""
    return bool(ENDINGS[section].search(before))


def _is_each(match: re.Match[str], text: str) -> bool:
    """Whether a number of minutes is said of every session."""
    return bool(match.groupdict().get("each")) or bool(EACH_BEFORE.search(text[: match.start()]))


def _amount(written: str) -> Amount:
    low, *rest = [_number(number) for number in ANY_NUMBER.findall(written)]
    bound = "" if TWO_BOUNDS.match(written) else _bound(written)
    if rest and not bound:
        low, *rest = sorted((low, rest[-1]))
    return Amount(low, rest[-1] if rest else low, "at least" if "+" in written else bound)


def _bound(written: str) -> str:
    return next((said for said, words in classes("bounds").items() if re.match(either(words), written, FLAGS)), "")


AT_LEAST, AT_MOST = either(classes("bounds")["at least"]), either(classes("bounds")["up to"])
TWO_BOUNDS = re.compile(rf"{AT_LEAST}.*{AT_MOST}|{AT_MOST}.*{AT_LEAST}", FLAGS)


ANY_NUMBER = re.compile(rf"\d+(?:\.\d+)?|\b{either(NUMBER_WORDS)}\b", FLAGS)


def _number(written: str) -> float:
    if written[0].isdigit():
        return float(written)
    return float(NUMBER_WORDS[" ".join(written.lower().split())])


# As prescriptions write them: 6/52 is six of the year's weeks
IN_SHORT = {"/52": "week", "/12": "month", "/7": "day", "/40": "week of pregnancy", "m": "month"} | dict.fromkeys(
    "'’′", "minute"
)


def _unit(written: str) -> str:
    """The name of a unit, from any way to write it."""
    written = written.strip().lower()
    if written in IN_SHORT:
        return IN_SHORT[written]
    return next((unit for unit, words in classes("units").items() if written in words), written)


def _per(groups: dict[str, str]) -> str:
    """Such as “a week”, from “/wk”, or “every week”, from “weekly”."""
    if groups.get("per"):
        return f"a {_unit(groups['per'])}" if not groups.get("which") else f"per {groups['which']}{groups['per']}"
    written = (groups.get("often") or "").lower()
    return next((said for said, words in classes("rhythms").items() if written in words), "")
