"""CSV and XLSX in and out: one column per field, slugs for references, “|” between the items of a list.

Every mistake in a sheet is an error that names row, column and fix; nothing is dropped silently.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export import fields, resources, widgets
from rapidfuzz import process
from tablib import Dataset

from therapies.curate.history import keep_first_version
from therapies.models.fields import Lines

SEPARATOR = "|"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_SHEETS = {"id", "reviewed_on", "review_due"}


@cache
def resource_of(model: type[models.Model]) -> type["EntryResource"]:
    names = [f.name for f in [*model._meta.fields, *model._meta.many_to_many] if f.name not in NOT_IN_SHEETS]
    meta = type("Meta", (EntryResource.Meta,), {"model": model, "fields": names, "import_order": names})
    return type(f"{model.__name__}Resource", (EntryResource,), {"Meta": meta})


# ── Cells ──


class TextWidget(widgets.CharWidget):
    """An empty cell is an empty text, in a workbook too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value).strip()


class YesNoWidget(widgets.Widget):
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        word = str(value if value is not None else "").strip().lower()
        if word not in self.words:
            raise ValueError(f"“{value}” is neither yes nor no. Write yes or no.")
        return self.words[word]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class NumberWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = str(value if value is not None else "").strip().removesuffix(".0")
        if not text:
            return None
        if not text.isdigit():
            raise ValueError(f"“{value}” is not a whole number. Write digits only, or leave the cell empty.")
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class SizeWidget(NumberWidget):
    """A number with decimals, such as an effect."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> float | None:  # type: ignore[override]
        text = str(value if value is not None else "").strip()
        try:
            return float(text) if text else None
        except ValueError:
            raise ValueError(f"“{value}” is not a number. Write it as 0.65, or leave the cell empty.") from None


class ListWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return split(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return SEPARATOR.join(value or [])


class SlugLookup:
    """Finds entries by slug. Reads all entries once per import; one that the sheet itself adds is read when named."""

    model: Any
    entries: dict[str, Any] | None = None

    def entries_with(self, slugs: list[str]) -> list[Any]:
        """The entries with these slugs. A ValueError names a slug that does not exist, and the nearest that does."""
        if self.entries is None:
            self.entries = {entry.slug: entry for entry in self.model._default_manager.all()}
        return [self._entry(slug, self.entries) for slug in dict.fromkeys(slugs)]

    def _entry(self, slug: str, entries: dict[str, Any]) -> Any:
        entry = entries.get(slug) or self.model._default_manager.filter(slug=slug).first()
        if entry is None:
            near = process.extractOne(slug, list(entries), score_cutoff=60)
            name = self.model._meta.verbose_name
            advice = f"Did you mean “{near[0]}”?" if near else f"Add the {name} first."
            raise ValueError(f"There is no {name} “{slug}”. {advice}")
        entries[slug] = entry
        return entry


class ReferenceWidget(SlugLookup, widgets.ForeignKeyWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        slugs = split(value)
        if len(slugs) > 1:
            raise ValueError(f"Only one slug is allowed here, not {len(slugs)}.")
        return self.entries_with(slugs)[0] if slugs else None


class ReferencesWidget(SlugLookup, widgets.ManyToManyWidget):
    """The library's own widget silently drops slugs that do not exist."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.entries_with(split(value))


def split(value: Any) -> list[str]:
    return [item.strip() for item in str(value or "").split(SEPARATOR) if item.strip()]


def escape_formula(value: Any) -> Any:
    """The value marked as text, so that a spreadsheet never runs it; `unescape` removes the mark again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def unescape(value: Any) -> Any:
    if value is None:
        return ""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and value[1:].startswith(FORMULA_STARTS) else value


# ── Rows ──


class EntryResource(resources.ModelResource):
    class Meta:
        import_id_fields = ("slug",)
        skip_unchanged = True
        report_skipped = False
        clean_model_instances = True
        use_transactions = True

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> fields.Field:
        return fields.Field(field_name, field_name, cls._widget(django_field), readonly=readonly)

    @staticmethod
    def _widget(field: Any) -> widgets.Widget:
        if field.many_to_many:
            return ReferencesWidget(field.related_model, field="slug", separator=SEPARATOR)
        if field.is_relation:
            return ReferenceWidget(field.related_model, field="slug")
        kinds: list[tuple[Any, type[widgets.Widget]]] = [
            (Lines, ListWidget),
            (models.BooleanField, YesNoWidget),
            (models.IntegerField, NumberWidget),
            (models.FloatField, SizeWidget),
            (models.DateField, widgets.DateWidget),
        ]
        return next((widget for kind, widget in kinds if isinstance(field, kind)), TextWidget)()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        headers = [str(header or "").strip() for header in dataset.headers or []]
        columns = [field.column_name for field in self.get_import_fields()]
        if "slug" not in headers:
            raise ValidationError("The sheet has no column “slug”. The slug says which entry a row is about.")
        unknown = next((header for header in headers if header not in columns), None)
        if unknown is not None:
            near = process.extractOne(unknown, columns, score_cutoff=60)
            advice = f"Did you mean “{near[0]}”?" if near else f"The columns are: {', '.join(columns)}."
            raise ValidationError(f"There is no column “{unknown}”. {advice}")
        slug = first_repeated(dataset["slug"])
        if slug:
            raise ValidationError(f"“{slug}” appears twice in the column “slug”. Each entry may have only one row.")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for column, value in row.items():
            row[column] = unescape(value)
        if not str(row.get("slug") or "").strip():
            raise ValidationError({"slug": "The cell is empty. Write the entry's slug."})

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Checks lists of references together with the other cells, so that their errors name the column too."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.error_dict
        for field in self.get_import_fields():
            if isinstance(field.widget, ReferencesWidget) and field.column_name in row:
                try:
                    field.clean(row)
                except ValueError as error:
                    errors[field.column_name] = [ValidationError(str(error))]
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if instance.pk and not kwargs.get("dry_run"):
            keep_first_version(instance)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether the row would change nothing; lists of references may be in any order."""
        if import_validation_errors or instance.pk is None or original.pk is None:
            return False
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            if isinstance(field.widget, ReferencesWidget):
                before = {entry.pk for entry in field.get_value(original).all()}
                if before != {entry.pk for entry in field.clean(row)}:
                    return False
            elif field.get_value(instance) != field.get_value(original):
                return False
        return True

    def export_field(self, field: fields.Field, instance: Any, **kwargs: Any) -> Any:
        return escape_formula(super().export_field(field, instance, **kwargs))


def first_repeated(values: Iterable[Any]) -> str:
    """The first text that is in the column twice; empty if there is none."""
    earlier: set[str] = set()
    for value in values:
        text = str(value or "").strip()
        if text and text in earlier:
            return text
        earlier.add(text)
    return ""


# ── A sheet in pieces ──


class SheetImport:
    """Imports one sheet piece by piece. The caller opens the transaction, and rolls it back if there are problems."""

    def __init__(self, model: type[models.Model]) -> None:
        self.resource = resource_of(model)()
        self.rows = 0
        self.slugs: set[str] = set()
        self.problems: list[str] = []
        self.totals: dict[str, int] = {}

    def add(self, headers: list[str], rows: list[list[Any]]) -> None:
        dataset = Dataset(*rows, headers=headers)
        result = self.resource.import_data(dataset, dry_run=False, raise_errors=False, use_transactions=False)
        self.problems += problems_of(result, first_row=self.rows + 2)
        if "slug" in headers:
            self._add_slugs([str(slug or "").strip() for slug in dataset["slug"]])
        for outcome in ("new", "update", "skip"):
            self.totals[outcome] = self.totals.get(outcome, 0) + result.totals[outcome]
        self.rows += len(rows)

    def _add_slugs(self, slugs: list[str]) -> None:
        repeated = self.slugs.intersection(slugs)
        self.problems += [f"Column “slug”: “{slug}” appears in the sheet twice." for slug in sorted(repeated)]
        self.slugs.update(slugs)


def problems_of(result: Any, *, first_row: int = 2) -> list[str]:
    """The mistakes in a sheet, each with its row (as the spreadsheet numbers it), its column and the fix."""
    problems = [_message(error.error) for error in result.base_errors]
    for number, errors in result.row_errors():
        problems += [f"Row {number + first_row - 1}: {_message(error.error)}" for error in errors]
    for row in result.invalid_rows:
        for column, messages in row.field_specific_errors.items():
            problems += [f"Row {row.number + first_row - 1}, column “{column}”: {message}" for message in messages]
        problems += [f"Row {row.number + first_row - 1}: {message}" for message in row.non_field_specific_errors]
    return problems


def _message(error: Any) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
