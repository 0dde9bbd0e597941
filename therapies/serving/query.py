"""How public pages read their queries: Django form fields that keep what they understand and say what they do not.

An address is typed, cut off and passed on by people. So no field refuses: it leaves out what it does not understand and
remembers it, and `messages_of` turns that into sentences for the reader.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

LONGEST = 80  # characters that are read of a value; a longer one is no name of anything here
LONGEST_SHOWN = 40
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True, order=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """One value that was left out: where it was written, and links to what it might have meant."""

    label: str
    written: str
    meanings: Sequence[Link] = ()
    ambiguous: bool = False


# ── Fields ──


class LenientField(forms.Field):
    """Leaves out what it does not understand. `message` is the sentence for it: {} is the value, {name} the field's."""

    widget = forms.MultipleHiddenInput  # hands over every value of a name
    message = "We did not understand “{}”."

    def __init__(self, *, message: str = "", **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.message = message or self.message
        self.unknown: list[str] = []

    def messages(self, name: str) -> list[str]:
        return [self.message.format(value[:LONGEST_SHOWN], name=name) for value in self.unknown]


class OneValue(LenientField):
    """Reads the first value that holds anything, and says so where there are others. `read` understands it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.written: list[str] = []

    def to_python(self, value: Any) -> Any:
        self.written = list(dict.fromkeys(text.strip() for text in value or () if text.strip()))
        return self.read(self.written[0] if self.written else "")

    def read(self, written: str) -> Any:
        raise NotImplementedError

    def messages(self, name: str) -> list[str]:
        messages = super().messages(name)
        if len(self.written) > 1:
            first = self.written[0][:LONGEST_SHOWN]
            messages.append(f"“{name}” was given more than once. Only the first, “{first}”, was read.")
        return messages


class Words(OneValue):
    """What somebody typed, cut at `longest` characters, without the NUL that no database keeps."""

    def __init__(self, *, longest: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def read(self, written: str) -> str:
        return written.replace("\0", "").strip()[: self.longest]


class OneOf(OneValue):
    """One of the known values, else `otherwise`."""

    def __init__(self, known: Collection[str], *, otherwise: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.otherwise = known, otherwise

    def read(self, written: str) -> str:
        self.unknown = [written] if written and written not in self.known else []
        return written if written in self.known else self.otherwise


class Switch(OneValue):
    """On when the value is 1, off when it is 0 or nothing."""

    message = "We did not understand “{name}={}”. Write {name}=1, or leave it out."

    def read(self, written: str) -> bool:
        self.unknown = [written] if written not in ("", "0", "1") else []
        return written == "1"


class PageNumber(OneValue):
    """A page of a list, from 1."""

    message = "“{}” is not a page number. Here is the first page."

    def read(self, written: str) -> int:
        is_number = written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS and int(written) > 0
        self.unknown = [written] if written and not is_number else []
        return int(written) if is_number else 1


class SomeOf(LenientField):
    """Those of the known values that are written, each once, in the order in which they are written."""

    def __init__(self, *, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def to_python(self, value: Any) -> list[str]:
        written = list(dict.fromkeys(values(value)))
        self.unknown = [text for text in written if text not in self.known]
        return [text for text in written if text in self.known]


class Several(LenientField):
    """Every value that is written, for somebody else to understand."""

    def to_python(self, value: Any) -> list[str]:
        return values(value)


def values(written: Any) -> list[str]:
    """The values of one name that hold anything, cut to a length that a name can have."""
    return [text.strip()[:LONGEST] for text in written or () if text.strip()]


class ValueFilter(django_filters.Filter):
    """A part of a django-filter set that is read with one of these fields."""

    def __init__(self, field_class: type[LenientField], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field_class = field_class


# ── Forms ──


class QueryForm(forms.Form):
    """Reads a query. Names that Python keeps for itself, such as `as`, are given as `more`."""

    def __init__(self, query: QueryDict, more: Mapping[str, forms.Field] | None = None) -> None:
        super().__init__(query)
        self.fields.update(more or {})
        self.full_clean()

    def value(self, name: str) -> Any:
        return self.cleaned_data[name]

    def messages(self) -> list[str]:
        return messages_of(self)

    @property
    def status(self) -> int:
        """Of a page that reads nothing but this form."""
        return 400 if self.messages() else 200


def messages_of(form: forms.BaseForm) -> list[str]:
    """A sentence for everything that a form's fields did not understand."""
    lenient = ((name, known) for name, known in form.fields.items() if isinstance(known, LenientField))
    return [message for name, known in lenient for message in known.messages(name)]


# ── Pages of a list ──


@dataclass(slots=True)
class Paging:
    """Which page of a list is shown. A page past the end becomes the last one, with a sentence about it."""

    number: int
    total: int
    per_page: int
    message: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if self.number > self.pages:
            several = "page" if self.pages == 1 else "pages"
            self.message = f"There is no page {self.number}. This list has {self.pages} {several}; here is the last."
            self.number = self.pages

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, math.ceil(self.total / self.per_page))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages
