"""Models that exist only in the working database. Nothing here is ever part of a bundle."""

from django.conf import settings
from django.db import models


class Release(models.Model):
    """A numbered, immutable state of the catalogue. Rows are only added; the one with the highest number is served."""

    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bundle's text.")
    bundle = models.BinaryField(help_text="The bundle's text, gzip compressed.")
    notes = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    reverts_to = models.PositiveIntegerField(null=True, blank=True, help_text="The release whose content it repeats.")
    changes = models.JSONField(
        default=list, help_text="What differs from the release before, for the public change log."
    )

    class Meta:
        ordering = ("-number",)
        default_permissions = ("view",)
        permissions = [("publish_release", "Can publish and revert releases")]

    def __str__(self) -> str:
        return f"Release {self.number}"


class OfEntry(models.Model):
    """What somebody recorded about one content of one entry. The digest names the content, so an edit outdates it."""

    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=250)
    digest = models.CharField(max_length=64, help_text="Of the entry's content; see releases.bundle.entry_digest.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class SignOff(OfEntry):
    """A second person has reviewed this content of the entry."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_offs")
    signed_at = models.DateTimeField()
    next_due = models.DateField()
    boxes = models.JSONField(default=list, help_text="Which points of the quality checklists are met.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-signed_at", "-pk")
        indexes = [models.Index(fields=["kind", "slug", "digest"])]
        default_permissions = ("view",)
        permissions = [("sign_off_entry", "Can sign off what somebody else edited")]
        verbose_name = "sign-off"


class Check(OfEntry):
    """Somebody worked a card of the queue: the entry is still right, or it needs a second look."""

    VERDICTS = {"right": "Still right", "second-look": "Needs a second look"}
    reason = models.CharField(max_length=40)
    verdict = models.CharField(max_length=20, choices=list(VERDICTS.items()))
    against = models.TextField(blank=True, help_text="The source it was compared with.")
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="checks")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["kind", "slug"])]
        default_permissions = ("add", "view")


class Lead(models.Model):
    """What is probably so and nobody has read yet: an entry that could be made, what to look for, and where.

    It is no part of the catalogue. `proposed` holds the fields of the entry, under their names in a bundle.
    """

    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=250)
    title = models.CharField(max_length=250)
    proposed = models.JSONField(default=dict)
    look_for = models.TextField(blank=True, help_text="What to look for, and in which place of the document.")
    url = models.TextField(blank=True, help_text="Where the document is.")
    note = models.TextField(blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("kind", "slug")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_lead_an_entry")]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.title


class LinkCheck(models.Model):
    """How an outside address answered when it was last checked."""

    STATES = {
        "ok": "Answers",
        "moved": "Moved to another address",
        "gone": "Not there any more",
        "soft": "Answers with an error page",
        "silent": "No answer",
        "refused": "Does not let machines in",
    }
    url = models.TextField(unique=True)
    state = models.CharField(max_length=20, choices=list(STATES.items()))
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.TextField(blank=True)
    detail = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0, help_text="How often in a row it has not answered well.")

    class Meta:
        ordering = ("url",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.url


class Correction(models.Model):
    """What a reader wrote about a page, and nothing about the reader: no name, no IP address."""

    path = models.CharField(max_length=300)
    text = models.TextField()
    release = models.PositiveIntegerField(null=True, blank=True, help_text="The release the reader was looking at.")
    received_at = models.DateTimeField()
    ticket = models.CharField(max_length=16, unique=True, null=True, editable=False)  # noqa: DJ001  (older ones have none)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    answer = models.TextField(blank=True, help_text="What was done about it; for curators.")

    class Meta:
        ordering = ("received_at", "pk")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return f"About {self.path}"
