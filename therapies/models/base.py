"""What every kind of the catalogue has in common: a slug that is its natural key."""

import re

from django.db import models

from therapies.models.fields import KeySlug


def name_key(text: str) -> str:
    """The form in which names are compared: lower case, one hyphen between words."""
    return re.sub(r"[^\w]+", "-", text.casefold().replace("’", "").replace("'", "")).strip("-_")


class Entry(models.Model):
    """A row of the catalogue, known everywhere by its slug."""

    slug = KeySlug()
    # Said of the entry by publishing, from its sign-offs; no part of what the entry says.
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    review_due = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ("slug",)

    def __str__(self) -> str:
        return str(getattr(self, "name", self.slug))

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
