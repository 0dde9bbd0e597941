"""Whether what a text says of bodies follows from the rows. A bundle in, problems out; none of them stops a release.

A sentence that says what a guideline holds ("NICE recommends…", "lists… as an option") is a claim. What it claims must
be on file: the document it cites says so of the concern (and of the therapies that the sentence names), the document is
in force, and every “number of 100” is one of the figures on file.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from therapies.models.evidence import Source
from therapies.models.kinds import STATEMENTS, Row
from therapies.rules import readability
from therapies.rules.problems import Problem

MARKS = re.compile(r"\[\^([a-z0-9-]+)\]")
SENTENCE = re.compile(r"(?<=[.?!])((?:\[\^[a-z0-9-]+\])*)\s+")
OF_100 = re.compile(r"\b(\d+) (?:out )?of (?:every )?100\b")
EARLIER = re.compile(r"\b(?:earlier|older|draft|until|replaced|withdrawn|used to|before)\b", re.IGNORECASE)

# What a sentence claims, by the words that claim it; a match is taken out before the next is looked for.
CLAIMS = {
    "against": re.compile(
        r"\b(?:advis\w+ against|warns? against|recommends? against|does not recommend|do not recommend|"
        r"(?:says?|should|must) (?:\w+ )?not (?:to |be )?(?:\w+ ){0,2}(?:offer|use|given|routine)\w*|not to offer)",
        re.IGNORECASE,
    ),
    "insufficient": re.compile(
        r"\b(?:could not decide|no recommendation|neither for nor against|not enough (?:proof|evidence|research)|"
        r"too little (?:proof|evidence|research))",
        re.IGNORECASE,
    ),
    "second-choice": re.compile(
        r"\b(?:second[- ](?:choice|line)|only (?:after|if|when|where|for people who)|next choice)", re.IGNORECASE
    ),
    "option": re.compile(
        r"\b(?:as (?:an|one) option|(?:is|are|an?|one|other|more|first) options?|says? to (?:think about|consider)|"
        r"considers?|can be considered|may be (?:offered|considered)|can be offered|suggests?)",
        re.IGNORECASE,
    ),
    "first": re.compile(r"\bfirst[- ](?:choices?|line)\b", re.IGNORECASE),
    "recommended": re.compile(
        r"\b(?:recommend(?:s|ed)?|says? to (?:offer|use|start)|should be offered)\b", re.IGNORECASE
    ),
}
STANCES = {  # by claim, the stances that bear it out
    "against": {"do-not", "not-usually"},
    "insufficient": {"insufficient", "finding"},
    "second-choice": {"second-choice", "option", "recommended"},
    "option": {"option", "second-choice"},
    "first": {"recommended", "option"},
    "recommended": {"recommended"},
}
STILL_TO_CHECK = re.compile(r"\bstill (?:have )?to (?:be )?check|\bnot (?:yet )?checked", re.IGNORECASE)
NOTHING = re.compile(
    r"\b(?:we (?:have )?found (?:no|nothing|none)|nobody we found|has no rating|"
    r"no (?:guidelines?|body|checked|official|formal|expert group)\b.{0,40}"
    r"\b(?:found|says?|rates?|recommends?|advice|names?))",
    re.IGNORECASE,
)
AGES = {
    "child": re.compile(r"\b(?:child|children|kids?)\b", re.IGNORECASE),
    "adolescent": re.compile(r"\b(?:teens?|teenagers?|adolescents?|young people)\b", re.IGNORECASE),
    "adult": re.compile(r"\badults?\b", re.IGNORECASE),
    "older": re.compile(r"\bolder (?:adults?|people)\b", re.IGNORECASE),
}
THERAPY_FIELDS = ("summary", "cautions", "care", "hard_parts", "good_points", "who_warns", "not_helping")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that says what documents hold."""

    sentence: str
    claims: frozenset[str]
    sources: tuple[str, ...]


def claims_of(text: str) -> Iterator[Claim]:
    """The sentences of a text that cite a document, say what one holds, or say that there is nothing."""
    for sentence in sentences(text):
        sources = tuple(dict.fromkeys(MARKS.findall(sentence)))
        claims, rest = set(), readability.bare(sentence)
        for name, pattern in CLAIMS.items():
            if pattern.search(rest):
                claims.add(name)
                rest = pattern.sub("", rest)
        if sources or claims or NOTHING.search(rest):
            yield Claim(sentence, frozenset(claims), sources)


def sentences(text: str) -> list[str]:
    """The sentences with their marks, which stand behind the full stop."""
    parts = SENTENCE.split(" ".join(text.split()))
    return [f"{sentence}{marks}" for sentence, marks in zip(parts[::2], [*parts[1::2], ""], strict=False) if sentence]


class Rows:
    """What is on file, looked up by concern and by therapy."""

    def __init__(self, bundle: Mapping[str, Any]) -> None:
        self.sources: dict[str, Row] = {row["slug"]: row for row in bundle["sources"]}
        self._by_condition, self._by_therapy = defaultdict[str, list[Row]](list), defaultdict[str, list[Row]](list)
        for row in (row for kind in STATEMENTS for row in bundle[kind]):
            self._by_condition[row["condition"]].append(row)
            self._by_therapy[row.get("therapy") or ""].append(row)
        self._kin: defaultdict[str, set[str]] = defaultdict(set)  # the forms of a therapy, and what it is a form of
        for row in bundle["therapies"]:
            for parent in row["parents"] if row["is_form_of_parent"] else ():
                self._kin[parent].add(row["slug"])
                self._kin[row["slug"]].add(parent)
        self.therapies = {
            name.casefold(): {row["slug"], *self._kin[row["slug"]]}
            for row in bundle["therapies"]
            for name in (row["name"], row["abbreviation"], *row["aliases"])
            if len(name) > 2
        }
        names = {row["body_short"] for row in bundle["sources"] if row["kind"] == "guideline" and row["body_short"]}
        self.bodies = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")

    def of_condition(self, slug: str) -> list[Row]:
        return self._by_condition[slug]

    def of_therapy(self, slug: str) -> list[Row]:
        return [row for therapy in (slug, *self._kin[slug]) for row in self._by_therapy[therapy]]

    def named(self, sentence: str) -> list[set[str]]:
        """For each therapy that the sentence names, the slugs that can stand behind the name; longer names first."""
        rest, found = readability.bare(sentence).casefold(), []
        for name in sorted(self.therapies, key=len, reverse=True):
            pattern = rf"(?<!\w){re.escape(name)}s?(?!\w)"
            if name in rest and re.search(pattern, rest):
                found.append(self.therapies[name])
                rest = re.sub(pattern, " ", rest)
        return found


def claims_without_rows(bundle: Mapping[str, Any]) -> Iterator[Problem]:
    """What the texts on concerns and therapies say of bodies and figures that is not on file."""
    rows = Rows(bundle)
    for condition in bundle["conditions"]:
        for field in ("what_helps", "children"):
            for message in faults(condition[field], rows.of_condition(condition["slug"]), rows, field):
                yield Problem("conditions", condition["slug"], field, message, False, "claim")
    for therapy in bundle["therapies"]:
        own = rows.of_therapy(therapy["slug"])
        for field in THERAPY_FIELDS:
            for message in faults(therapy[field], own, rows, field):
                yield Problem("therapies", therapy["slug"], field, message, False, "claim")


def faults(text: str, about: Sequence[Row], rows: Rows, field: str = "") -> Iterator[str]:
    """What is wrong with a text, a sentence each. `about` are the rows on its concern or therapy."""
    for claim in claims_of(text):
        quoted = readability.bare(claim.sentence)[:90]
        if not claim.sources:
            if claim.claims and rows.bodies.search(readability.bare(claim.sentence)):
                yield f"It says what a body holds and cites no document: {quoted}"
            if NOTHING.search(claim.sentence) and any(_is_meant(row, claim.sentence, field, rows) for row in about):
                yield f"Something is on file, and this says that nothing is: {quoted}"
            continue
        said = {source: [row for row in about if row["source"] == source] for source in claim.sources}
        for source, statements in said.items() if claim.claims else ():
            held = rows.sources.get(source)
            if held and held["status"] not in Source.IN_FORCE and not EARLIER.search(claim.sentence):
                yield f"“{source}” is {held['status']}, and this speaks of it as in force: {quoted}"
            if not statements:
                yield f"Nothing of “{source}” is on file here: {quoted}"
        if STILL_TO_CHECK.search(claim.sentence) and any(said.values()) and all(map(_is_checked, said.values())):
            yield f"It was read, and this says that it is still to be checked: {quoted}"
        if claim.claims and all(said.values()):
            yield from _unheld(claim, [row for statements in said.values() for row in statements], rows, quoted)
    figures = {number for row in about for number in _figures(row)}
    for number in OF_100.findall(text):
        if number not in figures:
            yield f"No figure of {number} in 100 is on file here."


def _is_checked(rows: Sequence[Row]) -> bool:
    return all(row.get("basis") != "recalled" for row in rows)


def _is_meant(row: Row, sentence: str, field: str, rows: Rows) -> bool:
    """Whether a row in force speaks of the people that the sentence speaks of."""
    source = rows.sources[row["source"]]
    if "guideline" in sentence.casefold() and source["kind"] != "guideline":
        return False
    ages = {age for age, words in AGES.items() if words.search(sentence)}
    ages = ages or ({"child", "adolescent"} if field == "children" else {"adult", "older"})
    return source["status"] in Source.IN_FORCE and bool(ages & set(row.get("ages", ())))


def _figures(row: Row) -> Iterator[str]:
    """The numbers of 100 that a row gives."""
    for name in ("treated_per_100", "comparison_per_100"):
        if name in row:
            yield str(row[name])
    for name in ("fact", "strength_as_issued", "population_note", "measure", "note", "format_note"):
        yield from OF_100.findall(row.get(name) or "")


def _unheld(claim: Claim, statements: Sequence[Row], rows: Rows, quoted: str) -> Iterator[str]:
    for word in sorted(claim.claims):
        if not any(_holds(word, row) for row in statements):
            yield f"No row on file says “{word}”: {quoted}"
            return
    if len(claim.claims) > 1:
        return  # which words go with which therapy is not for a rule to say
    (word,) = claim.claims
    for slugs in rows.named(claim.sentence):
        about = [row for row in statements if row.get("therapy") in slugs]
        if about and not any(_holds(word, row) for row in about):
            yield f"What is on file says otherwise of {min(slugs)}: {quoted}"


def _holds(word: str, row: Row) -> bool:
    if word == "first" and row["line"] not in ("first", "option"):
        return False
    return row.get("stance") in STANCES[word]
