"""What the texts of an entry must satisfy besides plain words: sources, links, length, no copies.

A bundle in, problems out; none of them stops a release. Links are looked up in the site's own addresses.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import Resolver404, resolve

from therapies.domain import questions
from therapies.models import KINDS
from therapies.models.fields import FactLine
from therapies.models.kinds import Kind, Row
from therapies.rules import readability
from therapies.rules.claims import claims_without_rows
from therapies.rules.problems import Problem

LONG_FIELDS = {"body"}  # a learn page is as long as it needs to be
SHARED_FROM_WORDS = 5
LINK = re.compile(r"\]\(([^)]+)\)")
NUMBER = re.compile(r"(?<![\w-])\d[\d,.]*(?![\w-]*step)")
NEEDS_NO_SOURCE = re.compile(
    r"\b(?:988|911|999|116)\b|\b\d+ (?:to \d+ )?(?:years?|and over)\b|\b(?:aged?|under|over) \d|[A-Z]\d\d"
)
SAFETY = re.compile(r"\b(in danger|help now)\b", re.IGNORECASE)  # every entry may point to help in the same words
ABBREVIATION = re.compile(r"\b[A-Z]{2,}s?\b")
EVERYDAY = {"US", "UK", "NHS", "TV", "GP", "OK", "HIV", "CD", "DVD", "ID", "AM", "PM", "II", "IV", "LGBTQ", "QR", "PDF"}
# How much was reviewed or checked is counted release by release, and a text that says it goes out of date. What a
# sentence says of its own source (“we still have to check this”) is held against the rows by claims.py.
COUNTED = re.compile(
    r"\b(?:nothing|nobody|none|no (?:clinicians?|texts?|entr(?:y|ies)|pages?))\b.{0,60}\b(?:reviewed|signed)\b"
    r"|\bnobody (?:has|had) (?:confirmed|opened|compared|gone through)\b.{0,30}\b(?:any|anything|every|all)\b"
    r"|\b(?:texts?|entr(?:y|ies)|pages?|labels?|lines?)\b.{0,20}\b(?:have|has|are|is|was|were) (?:all|not)\b"
    r".{0,30}\b(?:reviewed|signed|checked by|read by)\b"
    r"|\b(?:still (?:have|has) to|awaits?|wait(?:s|ing)? for)\b.{0,30}\b(?:read them|checks|reviews?|clinicians?)\b"
    r"|\bfirst round\b.{0,30}\bnot\b|\bat the time of writing\b",
    re.IGNORECASE,
)
HOLDS_ALWAYS = re.compile(r"\b(?:unless|until|whether|if|where)\b", re.IGNORECASE)  # it leaves open how many there are
NAMES = ("title", "plain_name")  # short fields whose words are ours like those of a text


def reader_fields() -> dict[str, list[str]]:
    """The fields with texts of ours for readers, by kind; a therapy's answers in the order of its page."""
    fields = {slug: _texts_of(kind) for slug, kind in KINDS.items() if kind.our_texts}
    answers = [text.field for text in questions.answer_texts()]
    others = [name for name in fields["therapies"] if name not in answers]
    return {slug: names for slug, names in (fields | {"therapies": [*answers, *others]}).items() if names}


def _texts_of(kind: Kind) -> list[str]:
    """Texts, with the names before them: a line of facts has no source, and nobody reads a name alone."""
    texts = [name for name in kind.our_texts if not isinstance(kind.field(name), FactLine)]
    names = [field.name for field in kind.model._meta.fields if field.name in NAMES]
    return [*names, *texts] if texts else []


class EntryText(NamedTuple):
    """One text that readers see."""

    kind: str
    row: Row
    field: str
    text: str

    def problem(self, message: str, rule: str) -> Problem:
        return Problem(self.kind, self.row["slug"], self.field, message, False, rule)


def reader_texts(bundle: dict[str, Any]) -> Iterator[EntryText]:
    """Every text that readers see, entry by entry in the order of the page; the items of a list come one by one."""
    for kind, fields in reader_fields().items():
        for row in bundle[kind]:
            for field in fields:
                value = row[field]
                yield from (
                    EntryText(kind, row, field, part) for part in ([value] if isinstance(value, str) else value) if part
                )


def text_problems(bundle: dict[str, Any]) -> list[Problem]:
    return [
        *too_long(bundle),
        *shared_sentences(bundle),
        *numbers_without_source(bundle),
        *unknown_sources(bundle),
        *dead_links(bundle),
        *unexplained_abbreviations(bundle),
        *claims_without_rows(bundle),
        *counts_in_words(bundle),
    ]


def too_long(bundle: dict[str, Any]) -> Iterator[Problem]:
    for item in reader_texts(bundle):
        count = len(readability.words(item.text))
        if count > readability.MAX_WORDS and item.field not in LONG_FIELDS:
            yield item.problem(f"{count} words; {readability.MAX_WORDS} at most.", "length")


def shared_sentences(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Sentences that two entries share: such a sentence says nothing particular about either."""
    owners: defaultdict[str, list[EntryText]] = defaultdict(list)
    for item in reader_texts(bundle):
        for sentence in set(readability.sentences(item.text)):
            if len(readability.words(sentence)) >= SHARED_FROM_WORDS and not SAFETY.search(sentence):
                owners[sentence.casefold()].append(item)
    for sentence, items in owners.items():
        first = items[0].row["slug"]
        for item in items[1:]:
            if item.row["slug"] != first:
                yield item.problem(f"This sentence is also in “{first}”: {sentence[:80]}", "shared")


def numbers_without_source(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Paragraphs that give a number and no source. Headings, ages, and the numbers of help lines need none."""
    for item in reader_texts(bundle):
        for paragraph in (line for line in item.text.splitlines() if not line.startswith("#")):
            bare = re.sub(r"\(/[^)]*\)", "", readability.CITATION.sub("", paragraph))
            unsourced = NEEDS_NO_SOURCE.sub("", bare)
            if NUMBER.search(unsourced) and not readability.CITATION.search(paragraph):
                yield item.problem(f"A number without a source: {bare.strip()[:80]}", "source")


def unknown_sources(bundle: dict[str, Any]) -> Iterator[Problem]:
    sources = {row["slug"] for row in bundle["sources"]}
    for item in reader_texts(bundle):
        for slug in readability.CITATION.findall(item.text):
            if slug not in sources:
                yield item.problem(f"The source “{slug}” does not exist.", "source")


def dead_links(bundle: dict[str, Any]) -> Iterator[Problem]:
    slugs = {kind: {row["slug"] for row in bundle[kind]} for kind in KINDS}
    for item in reader_texts(bundle):
        for link in LINK.findall(item.text):
            if not _leads_somewhere(link, slugs):
                yield item.problem(f"The link “{link}” leads nowhere on this site.", "link")


def _leads_somewhere(link: str, slugs: dict[str, set[str]]) -> bool:
    """Whether the site has this page and, if the page is about an entry, the catalogue has that entry."""
    try:
        page = resolve(link.split("#")[0].split("?")[0])
    except Resolver404:
        return False
    route = str(page.url_name).split("_")[0]
    about = next((kind for kind in KINDS.values() if kind.route == route), None)
    return not page.namespaces and (about is None or page.kwargs.get("slug") in slugs[about.slug])


def unexplained_abbreviations(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Abbreviations that the entry never spells out, as “cognitive behavioral therapy (CBT)” would."""
    by_entry: defaultdict[tuple[str, str], list[EntryText]] = defaultdict(list)
    for item in reader_texts(bundle):
        by_entry[item.kind, item.row["slug"]].append(item)
    for items in by_entry.values():
        whole = " ".join(readability.bare(item.text) for item in items)
        in_name = {items[0].row.get("abbreviation", ""), *_words(items[0].row.get("name", ""))}
        for item in items:
            for written in dict.fromkeys(ABBREVIATION.findall(readability.bare(item.text))):
                short = written.removesuffix("s")
                if short not in EVERYDAY | in_name and f"({short})" not in whole and f"({written})" not in whole:
                    yield item.problem(f"“{written}” is not spelled out.", "abbreviation")


def counts_in_words(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Sentences that say how much was reviewed or checked: a sign-off makes them untrue, and nobody would notice."""
    for item in reader_texts(bundle):
        for sentence in counting_sentences(item.text):
            yield item.problem(f"The site counts this; say what holds before and after: {sentence[:80]}", "count")


def counting_sentences(text: str) -> list[str]:
    written = (sentence for line in text.splitlines() for sentence in readability.sentences(line))
    return [sentence for sentence in written if COUNTED.search(sentence) and not HOLDS_ALWAYS.search(sentence)]


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name))
