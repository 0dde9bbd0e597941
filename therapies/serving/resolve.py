"""What somebody wrote in an address, to an entry: a slug, an unambiguous abbreviation, an alias or a code."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from therapies.models import KINDS
from therapies.models.base import name_key
from therapies.serving import catalogue, codes

MOST_READ = 50  # texts of one address
MOST_SUGGESTED_FOR = 3  # texts of one address that were not understood; finding the nearest name takes time


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """What was written and what it means. `slugs` holds one when clear, several when ambiguous, none when unknown."""

    written: str
    slugs: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str | None:
        return self.slugs[0] if len(self.slugs) == 1 else None


def resolve(kind: str, written: Iterable[str]) -> list[ResolvedName]:
    """One name for each text, in order, for fifty at most; three queries, and one for each text shaped like a code."""
    texts = list(written)[:MOST_READ]
    exact = set(catalogue.entries(KINDS[kind]).filter(slug__in=texts).values_list("slug", flat=True))
    keys = sorted({name_key(text) for text in texts if text not in exact})
    marks = ", ".join(["%s"] * len(keys))
    found: dict[str, list[str]] = {}
    if keys:
        sql = f"SELECT key, slug FROM address_name WHERE kind = %s AND key IN ({marks}) ORDER BY key, slug"  # noqa: S608
        for name, slug in catalogue.rows(sql, [kind, *keys]):
            found.setdefault(name, []).append(slug)
        known = catalogue.entries(KINDS[kind]).filter(slug__in=keys).values_list("slug", flat=True)
        found.update({slug: [slug] for slug in known})
    if kind == "conditions":
        found |= _by_codes(text for text in texts if text not in exact and name_key(text) not in found)
    return [ResolvedName(text, [text] if text in exact else found.get(name_key(text), [])) for text in texts]


def _by_codes(texts: Iterable[str]) -> dict[str, list[str]]:
    held = {name_key(text): codes.concern(text) for text in texts}
    return {key: [slug] for key, slug in held.items() if slug}


def suggestions(kind: str, written: str, limit: int = 3) -> list[str]:
    """Slugs of the entries whose names are spelled most like the text, nearest first."""
    sql = "SELECT key, slug FROM address_name WHERE kind = %s"
    names = [
        *catalogue.rows(sql, [kind]),
        *((s, s) for s in catalogue.entries(KINDS[kind]).values_list("slug", flat=True)),
    ]
    text, known = _spaced(name_key(written)[:80]), [_spaced(name) for name, _ in names]
    for scorer in (fuzz.token_set_ratio, fuzz.WRatio):  # whole words first; parts of them where no word is near
        near = process.extract(text, known, scorer=scorer, limit=12, score_cutoff=70)
        if near:
            break
    return list(dict.fromkeys(names[place][1] for _, _, place in near))[:limit]


def _spaced(key: str) -> str:
    """With its words apart, so that a name of which a word is written counts as near."""
    return key.replace("-", " ")
