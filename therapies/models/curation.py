"""What only the working database knows. Nothing here is ever part of a bundle."""

from django.conf import settings
from django.db import models


class Release(models.Model):
    """A numbered, immutable state of the catalogue. Append-only; the highest number is the one served."""

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bundle's text.")
    bundle = models.BinaryField(help_text="The bundle's text, gzip compressed.")
    notes = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    reverts_to = models.PositiveIntegerField(null=True, blank=True, help_text="The release whose content it repeats.")

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"Release {self.number}"
