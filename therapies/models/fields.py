"""The field kinds that the catalogue needs: lists of lines, the slug that is a key, texts that are no words of ours."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class LinesWidget(forms.Textarea):
    """Shows a list as one item a line."""

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else (value or "")


class LinesFormField(forms.CharField):
    widget = LinesWidget

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else (value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)

    def run_validators(self, value: list[str]) -> None:
        """Length checks of a text do not apply to a list."""


class Lines(models.JSONField):
    """A list of short texts, kept in order; in the admin, one item a line.

    `allowed` names the only values that may stand in it, as {value: label}.
    """

    def __init__(self, *args: Any, allowed: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.allowed = allowed
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or any(not isinstance(item, str) or not item.strip() for item in value):
            raise ValidationError("Write one item a line.")
        unknown = [item for item in value if self.allowed and item not in self.allowed]
        if unknown:
            raise ValidationError(f"“{unknown[0]}” is not one of: {', '.join(self.allowed or ())}.")

    def formfield(self, **kwargs: Any) -> Any:
        if self.allowed:
            choices = list(self.allowed.items())
            return forms.MultipleChoiceField(
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                required=not self.blank,
                label=kwargs.get("label") or self.verbose_name.capitalize(),
                help_text=self.help_text,
            )
        # Past JSONField, which hands its form field an encoder; without the hidden copy that a callable default brings.
        return models.Field.formfield(self, **{"form_class": LinesFormField, "show_hidden_initial": False, **kwargs})


class KeySlug(models.SlugField):
    """The natural key of an entry: part of its address, so it never changes once published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("help_text", "Part of the entry's address. Do not change it once published.")
        super().__init__(*args, **kwargs)


class KindOfText(models.TextField):
    """To the database it is a text like any other; a text of no such kind has to satisfy every rule on texts."""

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class FactLine(KindOfText):
    """Facts for readers in a line, as in a note: in plain words, without marks of sources and without explanations."""


class NotOurWords(KindOfText):
    """A text that the rules on wording leave alone."""


class WebAddress(NotOurWords):
    """The address of a page elsewhere. Those of every kind of entry are checked from time to time."""


class CuratorsNote(NotOurWords):
    """For curators: what stands behind an entry."""


class TheirWords(NotOurWords):
    """Written by somebody else and shown as it is, such as the title of a document."""


def is_our_text(field: Any) -> bool:
    """Whether the field holds text that we wrote for readers."""
    return isinstance(field, models.TextField) and not isinstance(field, NotOurWords)
