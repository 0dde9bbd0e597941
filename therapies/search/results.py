"""A search answer in words: a reason for each result, results in groups, JSON for programs. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Label
from therapies.domain.stemming import american, fold, stem
from therapies.search.engine import SearchAnswer
from therapies.search.hits import Hit, SearchCard
from therapies.search.lexicon import Suggestion
from therapies.serving.describe import in_a_sentence
from therapies.serving.outlines import small_part

WHYS = {
    "alias": "Also called “{}”",
    "lay": "Also called “{}”",
    "plain": "In plain words: “{}”",
    "synonym": "People say “{}”",
    "spanish": "In Spanish: “{}”",
    "title": "Coded as “{}”",
    "abbreviation": "Short form: {}",
    "short": "Short form: {}",
    "code": "{}",
    "near": "Close in meaning to “{}”",
    "text": "Its page mentions these words",
}
STANDINGS = {
    Label.RECOMMENDED: "Recommended for {}",
    Label.OPTION: "An option for {}",
    Label.SECOND: "Second choice for {}",
    Label.DIFFER: "Guidelines differ on it for {}",
    Label.HELPS: "Research: helps with {}",
    Label.UNCLEAR: "Research is unclear for {}",
    Label.NO_BENEFIT: "Research: no benefit shown for {}",
    Label.USED: "In use, not rated, for {}",
}
MOST_A_GROUP = 8


@dataclass(frozen=True, slots=True)
class Result:
    """A hit for the page; its texts are HTML with the matched words marked."""

    card: SearchCard
    name: SafeString
    why: SafeString
    line: SafeString


@dataclass(frozen=True, slots=True)
class ResultGroup:
    title: str
    results: list[Result]


def why(hit: Hit) -> str:
    """One line on why this is a result."""
    if hit.card.is_discouraged:
        return f"Warned against. {hit.card.line}".strip()
    if not hit.card.is_therapy:
        return f"Not this kind of therapy. {hit.card.line}".strip()
    if hit.how == "helps":
        return STANDINGS[Label(hit.label)].format(in_a_sentence(hit.text))
    if hit.how == "name" or (fold(hit.text) == fold(hit.card.name)):
        return "Found by its name" if hit.is_name or hit.is_named else "Its name has words of your search"
    return WHYS[hit.how].format(hit.text)


def as_json(answer: SearchAnswer) -> dict[str, Any]:
    """The answer for programs, best first, all kinds together. What is said of codes stands there if there are any that
    lead to no page."""
    unheld = [code for code in answer.codes if not code.held]
    found = {
        "query": answer.query,
        "did_you_mean": answer.did_you_mean or None,
        "danger": bool(answer.danger),
        "nothing": answer.nothing,
        "results": [
            {
                "kind": hit.card.kind,
                "slug": hit.card.slug,
                "name": hit.card.name,
                "aliases": [*([hit.card.short] if hit.card.short else []), *hit.card.aliases],
                "why": why(hit),
                "url": hit.card.url,
            }
            for hit in answer.hits
        ],
    }
    said = [{"code": one.code or one.written, "title": one.title or one.say, "says": one.sentences} for one in unheld]
    return found | ({"codes": said} if said else {})


def groups(answer: SearchAnswer) -> list[ResultGroup]:
    """The results by kind; the kind with the best result comes first."""
    by_title: dict[str, list[Result]] = {}
    for hit in answer.hits:
        by_title.setdefault(hit.card.heading, []).append(result(hit, answer.stems))
    return [ResultGroup(title, results[:MOST_A_GROUP]) for title, results in by_title.items()]


def result(hit: Hit, stems: Collection[str]) -> Result:
    card = hit.card
    name = f"{card.name} ({card.short})" if card.short and card.short != card.name else card.name
    line = "" if card.is_discouraged or not card.is_therapy else card.line
    return Result(card, marked(name, stems), marked(why(hit), stems), marked(line, ()))


def marked(text: str, stems: Collection[str]) -> SafeString:
    """The text as HTML, with the words that have one of these stems marked."""
    if not stems:
        return SafeString(escape(text))
    words = re.split(r"([\w’']+)", text)
    mark = small_part("therapies/search/_mark.html", "word")
    return mark_safe("".join(mark % {"word": escape(w)} if _has_stem(w, stems) else escape(w) for w in words))


def _has_stem(word: str, stems: Collection[str]) -> bool:
    letters = re.sub(r"[^a-z0-9]", "", fold(word))
    return len(letters) > 1 and stem(american(letters)) in stems


def suggestion(row: Suggestion) -> dict[str, str]:
    """A row of the typeahead for the script: what to show, and the page it leads to."""
    card = row.card
    also = "" if fold(row.text) == fold(card.name) else row.text
    kind = card.kind if card.is_therapy else "not this kind of therapy"
    return {"name": card.name, "also": also, "kind": kind, "url": card.url}
