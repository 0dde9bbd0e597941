"""What every kind of the catalogue has in common: a slug that is its natural key."""

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from therapies.models.fields import KeySlug

if TYPE_CHECKING:
    from therapies.models.kinds import Kind


def name_key(text: str) -> str:
    """The form in which names are compared: lower case, one hyphen between words."""
    return re.sub(r"[^\w]+", "-", text.casefold().replace("’", "").replace("'", "")).strip("-_")


def bare_name(name: str) -> str:
    """A name without what stands in parentheses."""
    return name.split(" (")[0]


class Entry(models.Model):
    """A row of the catalogue, known everywhere by its slug."""

    of_kind: ClassVar["Kind"]  # set by kinds.py

    slug = KeySlug()
    # Said of the entry by publishing, from its sign-offs; no part of what the entry says.
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    review_due = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ("slug",)

    def __str__(self) -> str:
        return str(getattr(self, "name", self.slug))

    def get_absolute_url(self) -> str:
        """The path of the entry's page, or of its place on a list; empty where it has neither."""
        return self.of_kind.address(self.slug)

    @classmethod
    def upgraded(cls, row: dict[str, Any]) -> dict[str, Any]:
        """A row of an older bundle under today's field names."""
        return row

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
