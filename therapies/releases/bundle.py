"""The catalogue as canonical JSON text, and back into rows. It numbers, publishes and installs nothing.

A bundle is a dict `{"format": 1, "<kind>": [row, ...]}`. A row is a dict of one entry's fields; references are slugs.
Rows and lists of references are sorted by slug. The same database rows give the same text on every machine, so the
text's digest names the content.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from django.core.management.color import no_style
from django.db import connections, models, transaction

from therapies.models import CATALOGUE_MODELS, KINDS
from therapies.models.kinds import Bundle, Row

FORMAT = 1
SET_BY_PUBLISHING = {"reviewed_on", "review_due"}  # not part of the content that a curator writes


class BundleError(ValueError):
    """A bundle that cannot be read. The message says why and, for a wrong row, names its kind, entry and field."""


def fields_of(model: type[models.Model]) -> list[Any]:
    """The fields that a bundle holds: all except the row's own number."""
    return [f for f in [*model._meta.concrete_fields, *model._meta.many_to_many] if not f.primary_key]


# ── Rows to text ──


def dump(using: str = "default") -> Bundle:
    """Every catalogue row of a database, as a bundle."""
    return {"format": FORMAT, **{slug: _dump_kind(kind.model, using) for slug, kind in KINDS.items()}}


def _dump_kind(model: type[models.Model], using: str) -> list[Row]:
    concrete = [f for f in fields_of(model) if not f.many_to_many]
    many = [f for f in fields_of(model) if f.many_to_many]
    names = [f"{f.name}__slug" if f.is_relation else f.name for f in concrete]
    rows = [
        {field.name: _plain(value) for field, value in zip(concrete, values, strict=True)}
        for values in model._default_manager.using(using).order_by("slug").values_list(*names)
    ]
    by_slug = {row["slug"]: row for row in rows}
    for field in many:
        for row in rows:
            row[field.name] = []
        for owner, other in _pairs(field, using):
            by_slug[owner][field.name].append(other)
    return rows


def row_of(entry: models.Model) -> Row:
    """The entry as its row in a bundle."""
    row: Row = {}
    for field in fields_of(type(entry)):
        if field.many_to_many:
            row[field.name] = sorted(getattr(entry, field.name).values_list("slug", flat=True))
        elif field.is_relation:
            other = getattr(entry, field.name)
            row[field.name] = other.slug if other else None
        else:
            row[field.name] = _plain(getattr(entry, field.name))
    return row


def _pairs(field: Any, using: str) -> Iterator[tuple[str, str]]:
    through = field.remote_field.through
    owner, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = through._default_manager.using(using)
    return rows.order_by(f"{owner}__slug", f"{other}__slug").values_list(f"{owner}__slug", f"{other}__slug")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def to_text(bundle: Bundle) -> str:
    return json.dumps(bundle, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(text: str) -> str:
    """SHA-256 of the text: 64 hex digits that name its content."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_digest(row: Row) -> str:
    """64 hex digits that name the content of one entry; sign-offs and checks refer to it.

    Empty fields do not count, so a field that the models gain later does not undo earlier sign-offs.
    """
    content = {name: value for name, value in row.items() if name not in SET_BY_PUBLISHING and not _is_empty(value)}
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True))


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


# ── Text to rows ──


def parse(text: str) -> Bundle:
    """The bundle in this text. Raises BundleError if this code cannot read it."""
    try:
        bundle = json.loads(text)
    except json.JSONDecodeError as error:
        raise BundleError(f"This is not JSON: {error}.") from error
    if not isinstance(bundle, dict) or bundle.get("format") != FORMAT:
        raise BundleError(f"This is not a catalogue bundle of format {FORMAT}.")
    return normalize(bundle)


def normalize(bundle: Bundle) -> Bundle:
    """The bundle in the shape of today's models: new fields get their defaults, fields that are gone are dropped.

    Raises BundleError for a row without a slug, a slug used twice, and a value that its field cannot hold.
    """
    return {"format": FORMAT} | {slug: _normal_rows(kind.model, bundle.get(slug, [])) for slug, kind in KINDS.items()}


def _normal_rows(model: type[models.Model], rows: Any) -> list[Row]:
    plural, fields = model._meta.verbose_name_plural, fields_of(model)
    upgraded: Callable[[Row], Row] = cast(Any, model).upgraded
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BundleError(f"The {plural} are not a list of entries.")
    by_slug: dict[str, Row] = {}
    for row in rows:
        slug = row.get("slug")
        if not isinstance(slug, str) or not slug:
            raise BundleError(f"A row of {plural} has no slug.")
        if slug in by_slug:
            raise BundleError(f"“{slug}” appears twice among the {plural}.")
        row = upgraded(row)
        by_slug[slug] = {field.name: _normal_value(field, row) for field in fields}
    return [by_slug[slug] for slug in sorted(by_slug)]


def _normal_value(field: Any, row: Row) -> Any:
    if field.name not in row:
        return _default(field)
    value = row[field.name]
    if not (field.null if value is None else _fits(field, value)):
        kind = field.model._meta.verbose_name
        raise BundleError(f"The {kind} “{row['slug']}” cannot have {json.dumps(value)[:80]} under “{field.name}”.")
    return value


def _fits(field: Any, value: Any) -> bool:
    """Whether the value has the type that this field has in a bundle, and is not too long."""
    match field:
        case _ if field.many_to_many or isinstance(field, models.JSONField):
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case models.BooleanField():
            return isinstance(value, bool)
        case models.IntegerField():
            return isinstance(value, int) and not isinstance(value, bool)
        case models.FloatField():
            return isinstance(value, float)
        case models.DateField():
            return isinstance(value, str) and _is_day(value)
    return isinstance(value, str) and len(value) <= (field.max_length or len(value))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _default(field: Any) -> Any:
    if field.many_to_many:
        return []
    return None if field.null else field.get_default()


def read_folder(folder: Path) -> Bundle:
    """The bundle in a folder of one file per kind: `families.json`, `therapies.json`…

    Raises BundleError, as `normalize` does, and for a kind without a file.
    """
    for slug, kind in KINDS.items():
        if not (folder / f"{slug}.json").exists():
            plural = kind.model._meta.verbose_name_plural
            raise BundleError(f"The {plural} have no file: {folder / slug}.json is expected, “[]” if there are none.")
    rows = {kind: json.loads((folder / f"{kind}.json").read_text(encoding="utf-8")) for kind in KINDS}
    return normalize({"format": FORMAT, **rows})


def load(bundle: Bundle, using: str = "default") -> None:
    """Makes the catalogue rows of a database equal to the bundle: all of it or nothing.

    Raises BundleError for a reference that does not resolve.
    """
    with transaction.atomic(using=using):
        ids = {kind.model: _row_ids(kind.model, bundle[slug], using) for slug, kind in KINDS.items()}
        for slug, kind in KINDS.items():
            _load_rows(kind.model, bundle[slug], ids, using)
        for slug, kind in KINDS.items():
            for field in kind.model._meta.many_to_many:
                _load_pairs(field, bundle[slug], ids, using)
        for model, numbers in ids.items():
            # No row that stays refers to these, and constraints are checked at the end: nothing is checked row by row.
            model._default_manager.using(using).exclude(pk__in=numbers.values())._raw_delete(using)
        _reset_sequences(using)


def _row_ids(model: type[models.Model], rows: list[Row], using: str) -> dict[str, int]:
    manager = model._default_manager.using(using)
    taken = dict(manager.values_list("slug", "pk"))
    fresh = iter(range(max(taken.values(), default=0) + 1, max(taken.values(), default=0) + len(rows) + 1))
    return {row["slug"]: taken.get(row["slug"]) or next(fresh) for row in rows}


def _load_rows(model: type[models.Model], rows: list[Row], ids: Any, using: str) -> None:
    concrete = [f for f in fields_of(model) if not f.many_to_many]
    objects = [
        model(pk=ids[model][row["slug"]], **{f.attname: _resolve(f, row, ids) for f in concrete}) for row in rows
    ]
    manager = model._default_manager.using(using)
    manager.bulk_create(
        objects,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[f.name for f in concrete if f.name != "slug"],
    )


def _resolve(field: Any, row: Row, ids: Any) -> Any:
    value = row[field.name]
    return _reference(field, row, value, ids) if field.is_relation and value is not None else value


def _reference(field: Any, row: Row, slug: str, ids: Any) -> int:
    try:
        return ids[field.related_model][slug]
    except KeyError:
        kind = field.model._meta.verbose_name
        raise BundleError(
            f"The {kind} “{row['slug']}” names “{slug}” under “{field.name}”, which is not in the bundle."
        ) from None


def _load_pairs(field: Any, rows: list[Row], ids: Any, using: str) -> None:
    through = field.remote_field.through
    owner, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    through._default_manager.using(using).all().delete()
    through._default_manager.using(using).bulk_create(
        through(**{owner: ids[field.model][row["slug"]], other: _reference(field, row, slug, ids)})
        for row in rows
        for slug in dict.fromkeys(row[field.name])
    )


def _reset_sequences(using: str) -> None:
    """Rows were written with their numbers, so PostgreSQL must be told where to continue."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(CATALOGUE_MODELS)):
            cursor.execute(statement)


# ── What changed ──


def diff(old: Bundle, new: Bundle) -> list[tuple[str, str, str, list[str]]]:
    """(kind, slug, "added" | "changed" | "removed", names of changed fields), in the order of kinds and slugs."""
    changes: list[tuple[str, str, str, list[str]]] = []
    for kind in KINDS:
        before = {row["slug"]: row for row in old.get(kind, [])}
        after = {row["slug"]: row for row in new.get(kind, [])}
        for slug in sorted(before.keys() | after.keys()):
            if slug not in before:
                changes.append((kind, slug, "added", []))
            elif slug not in after:
                changes.append((kind, slug, "removed", []))
            elif before[slug] != after[slug]:
                was, now = before[slug], after[slug]
                names = sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
                changes.append((kind, slug, "changed", names))
    return changes
