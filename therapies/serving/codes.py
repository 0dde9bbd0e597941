"""What the diagnosis codes in a text mean: the official title, and the concern that holds each, or that none does.

`read` is the one way in. A code is never taken apart, and no code answers for another: where a code does not exist, the
nearest code above it is named as such.
"""

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property

from therapies.domain.codes import ICD10, ICD11, MESH, WrittenCode, dotted, find, key, unannounced
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

CATEGORY = 3  # characters that the codes of a category begin with, in the table of titles and among the ranges
SHORTEST = {ICD10: 3, ICD11: 4}  # characters of the shortest code of each book
BEFORE_SEVENTH = 6  # places before the seventh character of an ICD-10-CM code; X fills what is empty
GROUP = ""  # the key under which a category has the title of the block that holds it
MOST_READ = 20  # codes of one text
BOOKS = {ICD10: "ICD-10-CM", ICD11: "ICD-11", MESH: "MeSH"}
ON_A_BILL = "On a bill: "
BILLS = ("CPT", "HCPCS")  # the lists of numbers without and with a letter in front
# “F 32.1”, “F 32 . 1”, “F32·1” and “F32-1”; two digits after a hyphen are the end of a range.
TORN = re.compile(r"\b([A-Za-z])(?: ?(\d\d)(?:\.| \. | ?· ?)(?=\d)|(\d\d)-(?=\d\b))")
RANGE = re.compile(r"\b([A-Z])(\d\d)\s?[-–]\s?\1(\d\d)\b")
BILLED = re.compile(
    r"(?:\b(?P<announced>CPT|HCPCS)\b[\s:#]*(?:codes?\b[\s:#]*)?)?\b(?P<number>\d{5}|[A-Z]\d{4}|\d{4}T)\b",
    re.IGNORECASE,
)
Titles = dict[str, dict[str, str]]  # by category and code


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A concern that holds a code, by its slug, and why: the code with its title."""

    condition: str
    why: str


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code means. `code` is the one that we hold: what was written, or the nearest above it; empty if none.

    `exists` is false where we know that there is no such code. `title` is the official one and `group` the official
    block that holds the code; both are empty where no table that we may use has them. `say` is the same in plain
    words. `held` names the concerns, the best first; empty where we have no page. `danger` is a kind of danger.
    """

    book: str
    written: str
    code: str = ""
    exists: bool = False
    title: str = ""
    group: str = ""
    say: str = ""
    danger: str = ""
    held: list[HeldCode] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Such as “ICD-10-CM F41.1: Generalized anxiety disorder”; our own words where we hold no title."""
        code, words = f"{self.book} {self.code}", self.title or self.say
        if self.book == BOOKS[ICD11] and key(self.written) != key(self.code):  # of which we hold no full table
            code = f"{self.book} {dotted(ICD11, key(self.written))}, in the group {self.code}"
        return f"{code}: {words}" if words else code

    @property
    def why(self) -> str:
        return self.heading if self.exists else f"{self._missing}; the nearest above it is {self.heading}"

    @property
    def sentences(self) -> str:
        """All that can be said of the code, but for the pages that it leads to."""
        if not self.code:
            return f"{self._missing}. Please check how it is written."
        plain = f"In plain words: {self.say}." if self.title and self.say else ""
        group = f"Its group is “{self.group}”." if self.group and not self.held else ""
        return " ".join(filter(None, [f"{self.why}.", plain, "" if self.held else "We have no page for this.", group]))

    @property
    def _missing(self) -> str:
        holder = "ICD-10-CM has" if self.book == BOOKS[ICD10] else "We know"
        return f"{holder} no code “{self.written.upper()}”"


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The codes of a text in order, and the text without them and without the words that announce them."""

    meanings: list[CodeMeaning]
    rest: str


def read(text: str) -> CodesRead:
    """What the codes in a text mean, in one query, beside one that loads the ranges once a release.

    What only has the shape of a code, such as the number of a room, counts if there is such a code, if a word like
    “ICD-10” announces it, or if the text is nothing else.
    """
    bills, text = _bills(RANGE.sub(_all_between, TORN.sub(r"\1\2\3.", text)))
    shaped = find(text)[:MOST_READ]
    if not shaped:
        return CodesRead(bills, text)
    titles = _titles({code.key[:CATEGORY] for code in shaped if code.system != MESH})
    is_all = not re.search(r"\w", _without(text, shaped))
    both = [(code, _meaning(code, titles)) for code in shaped]
    codes = [(code, meaning) for code, meaning in both if meaning.exists or code.is_announced or is_all]
    rest = _without(text, [code for code, _ in codes]) if codes else text
    return CodesRead([*bills, *(meaning for _, meaning in codes)], rest)


def _all_between(ends: re.Match[str]) -> str:
    """All categories from the first to the last: F10 to F19."""
    letter, first, last = ends[1], int(ends[2]), int(ends[3])
    return " ".join(f"{letter}{number:02}" for number in range(first, last + 1)) or ends[0]


def _bills(text: str) -> tuple[list[CodeMeaning], str]:
    """The numbers of bills that curators explain or that are announced, and the text without them."""
    known, found = bills(), []
    for match in reversed(list(BILLED.finditer(text))):
        number = match["number"].upper()
        if number in known or match["announced"]:
            book = (match["announced"] or BILLS[number[0].isalpha()]).upper()
            exists = number in known
            found.append(CodeMeaning(book, number, number if exists else "", exists, say=known.get(number, "")))
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return found[::-1], text


def concern(text: str) -> str:
    """The slug of the concern that holds the one code that a text is; empty where it is no code or has no page."""
    found = read(text)
    held = found.meanings[0].held if len(found.meanings) == 1 and not re.search(r"\w", found.rest) else []
    return held[0].condition if held else ""


def _without(text: str, codes: Sequence[WrittenCode]) -> str:
    for code in reversed(codes):
        text = f"{text[: code.start]} {text[code.end :]}"
    return unannounced(text)


# ── One code ──


def _meaning(written: WrittenCode, titles: Titles) -> CodeMeaning:
    system = written.system
    if system == MESH:  # search knows which entries have one; we hold no table of the rest
        return CodeMeaning(BOOKS[MESH], written.written, written.key, exists=True)
    real = next((code for code in _spellings(written) if _is_held(system, code, titles)), "")
    code = real or _nearest(written, titles)
    if not code:
        return CodeMeaning(BOOKS[system], written.written)
    meaning = _of(system, code, titles, written=written.written, exists=bool(real) or system == ICD11)
    meaning.held.extend(_held(meaning, system, code, titles))
    return meaning


def _of(system: str, code: str, titles: Titles, *, written: str, exists: bool = True) -> CodeMeaning:
    """A code of the tables or of a range, without the concerns that hold it."""
    title, held_by = _title(code, titles), ranges().of(system, code)
    return CodeMeaning(
        # A code of ICD-10 without a title is one of the World Health Organization that the American book leaves out.
        book=BOOKS[system] if title or system == ICD11 else "ICD-10",
        written=written,
        code=dotted(system, code),
        exists=exists,
        title=title,
        group=titles.get(code[:CATEGORY], {}).get(GROUP, ""),
        say=held_by.say if held_by else "",
        danger=held_by.danger if held_by else "",
    )


def _held(meaning: CodeMeaning, system: str, code: str, titles: Titles) -> Iterator[HeldCode]:
    """The concerns of the code itself, then those that are exactly one of the codes below it; each once."""
    held_by = ranges().of(system, code)
    own = [held_by.condition, held_by.second_condition] if held_by else []
    once = {condition: meaning.why for condition in own if condition}
    for held in ranges().exact_below(system, code) if meaning.exists else ():
        if held.condition:
            once.setdefault(held.condition, _of(system, held.key, titles, written=held.key).why)
    yield from (HeldCode(condition, why) for condition, why in once.items())


def _spellings(written: WrittenCode) -> Iterator[str]:
    """The code as it is written; without a placeholder at its end; with those before a seventh character put in."""
    yield written.key
    if written.system == ICD10:
        yield written.key[:CATEGORY] + written.key[CATEGORY:].rstrip("X")
        yield written.key[:-1].ljust(BEFORE_SEVENTH, "X") + written.key[-1]


def _is_held(system: str, code: str, titles: Titles) -> bool:
    return bool(_title(code, titles)) or (system, code) in ranges().by_key


def _nearest(written: WrittenCode, titles: Titles) -> str:
    lengths = range(len(written.key) - 1, SHORTEST[written.system] - 1, -1)
    shorter = (written.key[:length] for length in lengths)
    return next((code for code in shorter if _is_held(written.system, code, titles)), "")


# ── What a release holds ──


def _title(code: str, titles: Titles) -> str:
    return titles.get(code[:CATEGORY], {}).get(code, "")


def _titles(categories: Iterable[str]) -> Titles:
    """The titles of all codes of these categories, as `releases/code_titles.py` packed them."""
    wanted = sorted(categories)
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT category, titles FROM code_title WHERE category IN ({marks})"  # noqa: S608
    rows = catalogue.rows(sql, wanted) if wanted else []
    return {category: json.loads(zlib.decompress(titles)) for category, titles in rows}


@dataclass(frozen=True, slots=True)
class HeldRange:
    """A curated range: `key` is its prefix in the form in which codes are compared; concerns are slugs."""

    system: str
    key: str
    condition: str | None
    relation: str
    second_condition: str | None
    danger: str
    say: str


@dataclass
class Ranges:
    """The curated ranges of one release."""

    by_key: dict[tuple[str, str], HeldRange]

    def of(self, system: str, code: str) -> HeldRange | None:
        """The range with the longest prefix that fits the code; of two as long, the one without a question mark."""
        for length in range(len(code), 0, -1):
            start = code[:length]
            held = self.by_key.get((system, start)) or self._with_any(system, start)
            if held:
                return held
        return None

    def exact_below(self, system: str, code: str) -> list[HeldRange]:
        """The ranges below a code that are exactly a concern."""
        near = self._exact.get((system, code[:CATEGORY]), ())
        return [held for held in near if held.key.startswith(code) and held.key != code]

    def _with_any(self, system: str, start: str) -> HeldRange | None:
        near = self._open.get((system, start[:CATEGORY]), ())
        return next((held for held in near if len(held.key) == len(start) and fnmatchcase(start, held.key)), None)

    @cached_property
    def _exact(self) -> dict[tuple[str, str], list[HeldRange]]:
        return _by_category(held for held in self.by_key.values() if held.relation == "exact")

    @cached_property
    def _open(self) -> dict[tuple[str, str], list[HeldRange]]:
        return _by_category(held for held in self.by_key.values() if "?" in held.key)


@once_a_release()
def bills() -> dict[str, str]:
    """What the numbers of bills stand for, as curators say it for letters."""
    rows = catalogue.search_synonyms().filter(kind="letter").values_list("term", "note")
    return {term: note.removeprefix(ON_A_BILL).rstrip(".") for term, note in rows if note.startswith(ON_A_BILL)}


def _by_category(held: Iterable[HeldRange]) -> dict[tuple[str, str], list[HeldRange]]:
    categories: defaultdict[tuple[str, str], list[HeldRange]] = defaultdict(list)
    for one in held:
        categories[one.system, one.key[:CATEGORY]].append(one)
    return dict(categories)


@once_a_release()
def ranges() -> Ranges:
    rows = catalogue.code_ranges().values_list(
        "system", "prefix", "condition__slug", "relation", "second_condition__slug", "danger", "say"
    )
    held = [HeldRange(system, key(prefix), *rest) for system, prefix, *rest in rows]
    return Ranges({(one.system, one.key): one for one in held})
