"""Which addresses of this site a question may lead to: those of a page that is there and understands the whole query.

It asks no page and no network. What a query may hold stands here a second time; a test holds it to the pages. Every
page is in one of the lists here: a test names one that is in none.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.urls import Resolver404, ResolverMatch, resolve

from therapies.domain.standing import Label
from therapies.models.kinds import KINDS
from therapies.models.therapy import FOCUSES, HOMEWORK, LENGTHS, STRUCTURES, Status
from therapies.models.vocabulary import AGES, WARNED_AGAINST

# The rows of these entries by slug, for the name of their kind; those that are not there are left out.
Lookup = Callable[[str, Collection[str]], Mapping[str, Mapping[str, Any]]]
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class QueryName:
    """What a name in a query may stand for: one of `values`, or an entry of a `kind`. A format is of a kind itself."""

    values: Collection[str] = ()
    kind: str = ""
    of_format: str = ""
    is_repeated: bool = False


CONCERN = QueryName(kind="conditions")
QUERIES: dict[
    str, dict[str, QueryName]
] = {  # by the name of the route; the order of results and their page are left out
    "therapies": {
        "condition": QueryName(kind="conditions", is_repeated=True),
        "for": QueryName(kind="conditions", is_repeated=True),
        "all": QueryName(("1",)),
        "standing": QueryName([label.value for label in Label], is_repeated=True),
        "checked": QueryName(("1",)),
        "participants": QueryName(kind="formats", of_format="participants", is_repeated=True),
        "delivery": QueryName(kind="formats", of_format="delivery", is_repeated=True),
        "age": QueryName(AGES, is_repeated=True),
        "length": QueryName(LENGTHS, is_repeated=True),
        "focus": QueryName(FOCUSES, is_repeated=True),
        "structure": QueryName(STRUCTURES, is_repeated=True),
        "homework": QueryName(HOMEWORK, is_repeated=True),
        "technique": QueryName(kind="techniques", is_repeated=True),
        "family": QueryName(kind="families", is_repeated=True),
        "programs": QueryName(("1",)),
        "sort": QueryName(("standing", "name", "sessions")),
    },
    "compare": {
        "t": QueryName(kind="therapies", is_repeated=True),
        "for": CONCERN,
        "condition": CONCERN,
        "age": QueryName(AGES),
    },
    "guide": {
        "for": CONCERN,
        "condition": CONCERN,
        "age": QueryName(AGES),
        "with": QueryName(("one", "group", "couple", "family")),
        "time": QueryName(("present", "past")),
        "detail": QueryName(("no", "yes")),
        "plan": QueryName(("planned", "open")),
        "tasks": QueryName(("yes", "few", "no")),
        "place": QueryName(("in-person", "remote", "program")),
        "length": QueryName(("brief", "short", "long")),
    },
    "condition": {"age": QueryName(AGES)},
}
WITHOUT_QUERY = (  # whole pages: what they read is for the reader to choose
    "help_now", "conditions", "techniques", "formats", "families", "guidelines", "sources", "evidence", "learn",
    "offered", "quick", "about_numbers", "privacy", "accessibility", "freshness", "releases",
)  # fmt: skip
OF_ENTRIES = {kind.route: kind.slug for kind in KINDS.values() if kind.route}
NO_ANSWERS = (  # pages about the site and copies of other pages
    "home", "search", "release", "correct", "correct_thanks", "offline", "styleguide",
    "therapy_handout", "condition_handout", "comparison_handout",
)  # fmt: skip
ANSWER_THEMSELVES = ("topic", "glossary", "about", "about_evidence")  # learn pages, which have phrases of their own


def working_copy(kind: str, slugs: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """A lookup in the working database."""
    rows: Iterable[Any] = KINDS[kind].model._default_manager.filter(slug__in=slugs).values()
    return {row["slug"]: row for row in rows}


def fault(address: str, of: str, lookup: Lookup) -> str:
    """Why the question with the slug `of` cannot lead to this address, in a sentence; empty if it can."""
    path, _, query = address.partition("?")
    if not path.startswith("/") or "#" in address or any(letter.isspace() for letter in address):
        return "Copy the address of a page of this site from the first slash on, without a “#” and what follows it."
    try:
        page = resolve(path)
    except Resolver404:
        return f"There is no page “{path}”."
    return next(_faults(page, path, parse_qs(query, keep_blank_values=True), of, lookup), "")


def _faults(page: ResolverMatch, path: str, query: dict[str, list[str]], of: str, lookup: Lookup) -> Iterator[str]:
    route = str(page.url_name)
    if route in ANSWER_THEMSELVES:
        yield "Learn pages have phrases of their own: add these to the phrases of that page."
    if page.namespaces or route not in {*QUERIES, *WITHOUT_QUERY, *OF_ENTRIES}:
        yield f"“{path}” is no page that answers a question."
    if route in OF_ENTRIES:
        yield from _unfit(OF_ENTRIES[route], [page.kwargs["slug"]], lookup, of=of)
    names = QUERIES.get(route, {})
    for written, values in query.items():
        if written in names:
            yield from _misread(written, names[written], values, lookup)
        else:
            yield f"A question cannot lead to “{path}” with “{written}”. {_may_have(names)}"
    if route == "compare" and query and not 2 <= len(query.get("t", ())) <= MOST_COMPARED:
        yield "A comparison is of two, three or four therapies, each as “t=” and its slug."


def _may_have(names: Collection[str]) -> str:
    """What may be asked of a page; the page itself may read more, such as a country, an order or what is typed."""
    return f"It can have: {', '.join(sorted(names))}." if names else "It leads to the whole page."


def _misread(written: str, name: QueryName, values: list[str], lookup: Lookup) -> Iterator[str]:
    if len(set(values)) < len(values) or (len(values) > 1 and not name.is_repeated):
        yield f"“{written}” is given more than once."
    if name.kind:
        yield from _unfit(name.kind, values, lookup, of_format=name.of_format)
        return
    for value in values:
        if value not in name.values:
            yield f"“{written}” cannot be “{value}”. It can be: {', '.join(name.values)}."


def _unfit(kind: str, slugs: list[str], lookup: Lookup, *, of: str = "", of_format: str = "") -> Iterator[str]:
    """What is wrong with the entries that an address names by their slugs.

    One question alone, `of` itself called so, leads to the page of all that is warned against.
    """
    rows = lookup(kind, slugs)
    for slug in slugs:
        row = rows.get(slug)
        if row is None or (of_format and row["kind"] != of_format):
            yield f"There is no {of_format or KINDS[kind].name} “{slug}”."
        elif row.get("status") == Status.DISCOURAGED.value or (slug == WARNED_AGAINST and of != WARNED_AGAINST):
            yield f"No question leads to what is warned against, but “{WARNED_AGAINST}” to the list of it."
