"""What a search found, in words: one line of why for each result, groups, the JSON answer. Pure: no query, no page."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Label
from therapies.domain.stemming import american, fold, stem
from therapies.search.engine import Found
from therapies.search.hits import Card, Hit
from therapies.search.lexicon import Suggestion
from therapies.serving.describe import in_a_sentence

WHYS = {
    "alias": "Also called “{}”",
    "lay": "Also called “{}”",
    "plain": "In plain words: “{}”",
    "said": "People say “{}”",
    "phrase": "People say “{}”",
    "spanish": "In Spanish: “{}”",
    "title": "Coded as “{}”",
    "abbreviation": "Short form: {}",
    "short": "Short form: {}",
    "code": "{}",
    "text": "Its page mentions these words",
}
STANDINGS = {
    Label.RECOMMENDED: "Recommended for {}",
    Label.OPTION: "Listed as an option for {}",
    Label.DIFFER: "Guidelines differ on it for {}",
    Label.RESEARCH: "Research only for {}",
    Label.USED: "Commonly used for {}",
}
MOST_A_GROUP = 8


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as the page shows it; texts are HTML with the matched words marked."""

    card: Card
    name: SafeString
    why: SafeString
    line: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    results: list[Result]


def why(hit: Hit) -> str:
    """One line of why this is a result."""
    if hit.card.is_discouraged:
        return f"Warned against. {hit.card.line}".strip()
    if not hit.card.is_therapy:
        return f"Not this kind of therapy. {hit.card.line}".strip()
    if hit.how == "helps":
        return STANDINGS[Label(hit.label)].format(in_a_sentence(hit.text))
    if hit.how == "name" or (fold(hit.text) == fold(hit.card.name)):
        return "Found by its name"
    return WHYS[hit.how].format(hit.text)


def as_json(found: Found) -> dict[str, Any]:
    """The answer for programs, best first over all kinds."""
    return {
        "query": found.query,
        "did_you_mean": found.did_you_mean or None,
        "danger": bool(found.danger),
        "nothing": found.nothing,
        "results": [
            {
                "kind": hit.card.kind,
                "slug": hit.card.slug,
                "name": hit.card.name,
                "aliases": [*([hit.card.short] if hit.card.short else []), *hit.card.aliases],
                "why": why(hit),
                "url": hit.card.url,
            }
            for hit in found.hits
        ],
    }


def groups(found: Found) -> list[Group]:
    """The results by kind; the kind with the best result comes first."""
    by_title: dict[str, list[Result]] = {}
    for hit in found.hits:
        by_title.setdefault(hit.card.heading, []).append(result(hit, found.stems))
    return [Group(title, results[:MOST_A_GROUP]) for title, results in by_title.items()]


def result(hit: Hit, stems: Collection[str]) -> Result:
    card = hit.card
    name = f"{card.name} ({card.short})" if card.short and card.short != card.name else card.name
    line = "" if card.is_discouraged or not card.is_therapy else card.line
    return Result(card, marked(name, stems), marked(why(hit), stems), marked(line, ()))


def marked(text: str, stems: Collection[str]) -> SafeString:
    """The text as HTML, with the words of these stems marked."""
    if not stems:
        return SafeString(escape(text))
    parts = re.split(r"([\w’']+)", text)
    return mark_safe("".join(f"<mark>{escape(one)}</mark>" if _is_among(one, stems) else escape(one) for one in parts))


def _is_among(word: str, stems: Collection[str]) -> bool:
    letters = re.sub(r"[^a-z0-9]", "", fold(word))
    return len(letters) > 1 and stem(american(letters)) in stems


def suggestion(one: Suggestion) -> dict[str, str]:
    """A row of the typeahead: what to show, and the page it leads to."""
    also = "" if fold(one.text) == fold(one.card.name) else one.text
    kind = "" if one.card.is_therapy else "not this kind of therapy"
    return {"name": one.card.name, "also": also, "kind": kind or one.card.kind, "url": one.card.url}
