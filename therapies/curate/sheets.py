"""CSV and XLSX in and out: one column a field, slugs for references, “|” between the items of a list.

Whatever is wrong in a sheet is an error that names row, column and fix; nothing is dropped in silence.
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
    """An empty cell is an empty text, also in a workbook."""

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


class ListWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return split(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return SEPARATOR.join(value or [])


class SlugLookup:
    """Slug to entry, read once an import; an entry that the sheet itself adds is looked up when it is named."""

    model: Any
    entries: dict[str, Any] | None = None

    def found(self, slugs: list[str]) -> list[Any]:
        """The entries with these slugs; a ValueError names the slug that does not exist and the nearest one."""
        if self.entries is None:
            self.entries = {entry.slug: entry for entry in self.model._default_manager.all()}
        return [self._one(slug, self.entries) for slug in dict.fromkeys(slugs)]

    def _one(self, slug: str, entries: dict[str, Any]) -> Any:
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
            raise ValueError(f"Only one slug may stand here, not {len(slugs)}.")
        return self.found(slugs)[0] if slugs else None


class ReferencesWidget(SlugLookup, widgets.ManyToManyWidget):
    """The library's own widget drops slugs that it does not find."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.found(split(value))


def split(value: Any) -> list[str]:
    return [item.strip() for item in str(value or "").split(SEPARATOR) if item.strip()]


def escape_formula(value: Any) -> Any:
    """A spreadsheet must read a cell as text, never run it; `unescape` takes the mark away again."""
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
            (models.DateField, widgets.DateWidget),
        ]
        return next((widget for kind, widget in kinds if isinstance(field, kind)), TextWidget)()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        headers = [str(header or "").strip() for header in dataset.headers or []]
        known = [field.column_name for field in self.get_import_fields()]
        if "slug" not in headers:
            raise ValidationError("The sheet has no column “slug”. The slug says which entry a row is about.")
        strange = [header for header in headers if header not in known]
        if strange:
            near = process.extractOne(strange[0], known, score_cutoff=60)
            advice = f"Did you mean “{near[0]}”?" if near else f"The columns are: {', '.join(known)}."
            raise ValidationError(f"There is no column “{strange[0]}”. {advice}")
        twice = repeated(dataset["slug"])
        if twice:
            raise ValidationError(f"“{twice}” stands in the column “slug” twice. Each entry may have one row.")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for column, value in row.items():
            row[column] = unescape(value)
        if not str(row.get("slug") or "").strip():
            raise ValidationError({"slug": "The cell is empty. Write the entry's slug."})

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """References to several entries are checked with the other cells, so that their errors name the column too."""
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
        """Compares what a row would write with what is there, lists of slugs in any order."""
        if import_validation_errors or instance.pk is None or original.pk is None:
            return False
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            if isinstance(field.widget, ReferencesWidget):
                was = {entry.pk for entry in field.get_value(original).all()}
                if was != {entry.pk for entry in field.clean(row)}:
                    return False
            elif field.get_value(instance) != field.get_value(original):
                return False
        return True

    def export_field(self, field: fields.Field, instance: Any, **kwargs: Any) -> Any:
        return escape_formula(super().export_field(field, instance, **kwargs))


def repeated(values: Iterable[Any]) -> str:
    """The first text that stands in the column twice; empty where none does."""
    seen: set[str] = set()
    for value in values:
        text = str(value or "").strip()
        if text and text in seen:
            return text
        seen.add(text)
    return ""


# ── A sheet in pieces ──


class SheetImport:
    """Imports the pieces of one sheet; the caller opens the transaction and undoes it where `problems` is not empty."""

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
            self._note_repeated([str(slug or "").strip() for slug in dataset["slug"]])
        for what, count in result.totals.items():
            if what in ("new", "update", "skip"):
                self.totals[what] = self.totals.get(what, 0) + count
        self.rows += len(rows)

    def _note_repeated(self, slugs: list[str]) -> None:
        twice = self.slugs.intersection(slugs)
        self.problems += [f"Column “slug”: “{slug}” stands in the sheet twice." for slug in sorted(twice)]
        self.slugs.update(slugs)


def problems_of(result: Any, *, first_row: int = 2) -> list[str]:
    """What is wrong with a sheet, each with row (as the spreadsheet numbers it), column and fix."""
    found = [_text(error.error) for error in result.base_errors]
    for number, errors in result.row_errors():
        found += [f"Row {number + first_row - 1}: {_text(error.error)}" for error in errors]
    for row in result.invalid_rows:
        for column, messages in row.field_specific_errors.items():
            found += [f"Row {row.number + first_row - 1}, column “{column}”: {message}" for message in messages]
        found += [f"Row {row.number + first_row - 1}: {message}" for message in row.non_field_specific_errors]
    return found


def _text(error: Any) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
