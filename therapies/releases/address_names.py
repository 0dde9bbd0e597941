"""The names that an address may use instead of a slug: abbreviations, aliases and other spellings. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from therapies.models import KINDS
from therapies.models.base import name_key
from therapies.models.therapy import Status
from therapies.releases.bundle import Row


def address_names(bundle: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(kind, key, slug) for every name that is not a slug; a key with several slugs is ambiguous."""
    for kind in (slug for slug, kind in KINDS.items() if kind.has_other_names):
        slugs = {row["slug"] for row in bundle[kind]}
        for name, meanings in _meanings(kind, bundle).items():
            if name not in slugs:
                yield from ((kind, name, slug) for slug in sorted(meanings))


def _meanings(kind: str, bundle: dict[str, Any]) -> dict[str, set[str]]:
    """The slugs that each name can mean. Abbreviations win: “ACT” is the therapy, whatever else has that name."""
    short: defaultdict[str, set[str]] = defaultdict(set)
    long: defaultdict[str, set[str]] = defaultdict(set)
    for row in bundle[kind]:
        for text in _abbreviations(row):
            short[name_key(text)].add(row["slug"])
        for text in _names(row):
            if name_key(text):
                long[name_key(text)].add(row["slug"])
    for term in bundle["ambiguous_terms"]:
        short[name_key(term["term"])].update(term.get(kind, []))
    minor = {row["slug"] for row in bundle[kind] if row.get("status") == Status.PROGRAM.value}
    return {**long, **{name: _clear(slugs, minor) for name, slugs in short.items() if slugs}}


def _clear(slugs: set[str], minor: set[str]) -> set[str]:
    """The one approach among the meanings if all others are specific programs; otherwise all of them."""
    major = slugs - minor
    return major if len(major) == 1 else slugs


def _names(row: Row) -> list[str]:
    """Names and everyday names."""
    lists = ("aliases", "lay_names")
    return [row["name"], row.get("plain_name", ""), *(text for name in lists for text in row.get(name, []))]


def _abbreviations(row: Row) -> list[str]:
    abbreviation = row.get("abbreviation")
    return [*row.get("abbreviations", []), *([abbreviation] if abbreviation else [])]
