"""Entries that share a name with one that is being saved. Reads the working copy."""

from django.db.models import Model

from therapies.models.base import Entry, name_key

NAME_FIELDS = ("name", "plain_name", "abbreviation", "term", "aliases", "abbreviations", "lay_names")


def same_names(entry: Entry) -> list[tuple[str, Model]]:
    """(name, other entry of the kind) for every name or alias that both use."""
    kind = type(entry)
    names = [field.name for field in kind._meta.fields if field.name in NAME_FIELDS]
    own = {name_key(text): text for text in _texts(entry, names)}
    found: list[tuple[str, Model]] = []
    for other in kind._default_manager.exclude(pk=entry.pk).only("pk", "slug", *names):
        shared = {name_key(text) for text in _texts(other, names)} & own.keys()
        found += [(own[key], other) for key in sorted(shared) if key]
    return found


def _texts(entry: Model, names: list[str]) -> list[str]:
    texts: list[str] = []
    for name in names:
        value = getattr(entry, name)
        texts += value if isinstance(value, list) else [value]
    return [text for text in texts if text]
