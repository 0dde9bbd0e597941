"""Who changed an entry, and what it was before the first change. Reads and writes revisions, never an entry."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.utils import timezone
from reversion.models import Revision, Version

from therapies.models.base import Entry


def keep_first_version(entry: Entry) -> None:
    """Keeps the state in which the entry was loaded as its first version. Call it before the entry is changed.

    Without that version the first edit of a shipped entry could not be undone.
    """
    stored = type(entry)._default_manager.filter(pk=entry.pk).first()
    if stored is None or Version.objects.get_for_object(stored).exists():
        return
    revision = Revision.objects.create(date_created=timezone.now(), comment="As it stood before the first change here.")
    Version.objects.create(
        revision=revision,
        object_id=str(stored.pk),
        content_type=ContentType.objects.get_for_model(stored),
        db="default",
        format="json",
        serialized_data=serializers.serialize("json", [stored]),
        object_repr=str(stored),
    )


def last_editor(entry: Entry) -> Any:
    """The user whose change made the entry what it is now; None if it is still as it was loaded.

    Saving an entry without changing it makes nobody its editor.
    """
    versions = list(Version.objects.get_for_object(entry).select_related("revision__user").order_by("-pk"))
    editor = None
    for version in versions:
        if version.serialized_data != versions[0].serialized_data:
            break
        editor = version.revision.user
    return editor
