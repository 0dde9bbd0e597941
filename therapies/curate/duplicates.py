"""Entries that share a name with one that is being saved. Reads the working copy; changes nothing."""

from django.db.models import Model

from therapies.models.base import Entry, name_key

NAME_FIELDS = ("name", "plain_name", "abbreviation", "term", "aliases", "abbreviations", "lay_names")


def same_names(entry: Entry) -> list[tuple[str, Model]]:
    """(name, other entry of the same kind) for every name or alias that both have."""
    kind = type(entry)
    fields = [field.name for field in kind._meta.fields if field.name in NAME_FIELDS]
    names = {name_key(name): name for name in _names(entry, fields)}
    shared: list[tuple[str, Model]] = []
    for other in kind._default_manager.exclude(pk=entry.pk).only("pk", "slug", *fields):
        keys = names.keys() & {name_key(name) for name in _names(other, fields)}
        shared += [(names[key], other) for key in sorted(keys) if key]
    return shared


def _names(entry: Model, fields: list[str]) -> list[str]:
    names: list[str] = []
    for field in fields:
        value = getattr(entry, field)
        names += value if isinstance(value, list) else [value]
    return [name for name in names if name]
