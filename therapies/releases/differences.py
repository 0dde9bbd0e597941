"""What differs between two bundles, in plain words and word by word. Pure. For people to read, not to decide by."""

from dataclasses import asdict, dataclass
from typing import Any

from therapies.domain.diff import Piece, word_difference
from therapies.models import KINDS
from therapies.models.fields import Lines
from therapies.releases import bundle


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, as text."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return word_difference(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that was added, changed or removed."""

    kind: str
    slug: str
    name: str
    what: str
    fields: tuple[FieldChange, ...] = ()
    conditions: tuple[str, ...] = ()  # slugs of the conditions whose readers it affects

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind].name


def differences(old: bundle.Bundle, new: bundle.Bundle) -> list[Difference]:
    """Every entry that is not the same in both bundles, in the order of kinds and slugs."""
    before, after = _Reader(old), _Reader(new)
    return [_difference(before, after, *change) for change in bundle.diff(old, new)]


def _difference(before: "_Reader", after: "_Reader", kind: str, slug: str, what: str, fields: list[str]) -> Difference:
    name = (before if what == "removed" else after).name(kind, slug)
    changes = tuple(
        FieldChange(label_of(kind, field), before.text(kind, slug, field), after.text(kind, slug, field))
        for field in fields
        if field != "review_due"  # follows from the day of the review
    )
    conditions = sorted({*before.conditions(kind, slug), *after.conditions(kind, slug)})
    return Difference(kind, slug, name, what, changes, tuple(conditions))


def label_of(kind: str, field: str) -> str:
    if field == "reviewed_on":
        return "Reviewed on"
    name = str(getattr(KINDS[kind].field(field), "verbose_name", field))
    return name[:1].upper() + name[1:]


def names(*contents: bundle.Bundle) -> dict[tuple[str, str], str]:
    """(kind, slug) to what a person would call the entry; if several bundles have it, the last one decides."""
    names_by_key: dict[tuple[str, str], str] = {}
    for content in contents:
        reader = _Reader(content)
        names_by_key |= {(kind, slug): reader.name(kind, slug) for kind, rows in reader.rows.items() for slug in rows}
    return names_by_key


class _Reader:
    """A bundle in words: references as names, lists as lines, yes and no."""

    def __init__(self, content: bundle.Bundle) -> None:
        self.rows = {kind: {row["slug"]: row for row in content.get(kind, [])} for kind in KINDS}

    def name(self, kind: str, slug: str) -> str:
        """What a person would call the entry; a statement is named by what it is about and who makes it."""
        row = self.rows[kind].get(slug)
        if row is None:
            return slug
        if "therapy" in row and "source" in row and row["therapy"]:
            therapy = self.name("therapies", row["therapy"])
            return f"{therapy} for {self.name('conditions', row['condition'])}, {self._source(row['source'])}"
        if "subject" in row:
            return f"{row['subject']} for {self.name('conditions', row['condition'])}, {self._source(row['source'])}"
        own = (row.get(field) for field in ("name", "title", "term", "line_name", "measure", "slug"))
        return str(next(filter(None, own)))

    def _source(self, slug: str) -> str:
        row = self.rows["sources"].get(slug, {})
        return f"{row.get('body_short') or row.get('body') or slug} {row.get('year') or ''}".strip()

    def conditions(self, kind: str, slug: str) -> list[str]:
        """The conditions that the entry is about or used for."""
        row = self.rows[kind].get(slug, {})
        if kind == "conditions":
            return [slug]
        return [row["condition"]] if row.get("condition") else list(row.get("commonly_used_for", []))

    def text(self, kind: str, slug: str, name: str) -> str:
        value = self.rows[kind][slug].get(name)
        field: Any = KINDS[kind].field(name)
        if field.is_relation:
            other = field.related_model.of_kind.slug
            return "\n".join(
                self.name(other, item) for item in (value if isinstance(value, list) else [value] if value else [])
            )
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(field, Lines):
            return "\n".join((field.allowed or {}).get(item, item) for item in value or [])
        choices = dict(field.flatchoices)
        return str(choices.get(value, value) if value not in (None, "") else "")


# ── Kept with a release ──


def as_data(changes: list[Difference]) -> list[dict[str, Any]]:
    """Plain values for a release row's `changes`; `from_data` reads them back."""
    return [asdict(difference) for difference in changes]


def from_data(rows: list[dict[str, Any]]) -> list[Difference]:
    return [
        Difference(
            row["kind"],
            row["slug"],
            row["name"],
            row["what"],
            tuple(FieldChange(**field) for field in row["fields"]),
            tuple(row.get("conditions", ())),
        )
        for row in rows
    ]
