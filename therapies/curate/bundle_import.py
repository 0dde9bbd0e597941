"""Makes the working copy equal to a bundle, with history: who did it, and what every entry was before."""

from collections.abc import Iterator
from typing import Any

import reversion
from django.db import transaction

from therapies.curate.history import keep_first_version
from therapies.models import KINDS
from therapies.models.base import Entry
from therapies.releases import bundle


def import_bundle(content: bundle.Bundle, *, by: Any = None) -> int:
    """All of the bundle or nothing; returns how many entries changed. Raises BundleError for a dangling reference."""
    changes = bundle.diff(bundle.dump(), content)
    slugs: dict[str, list[str]] = {}
    for kind, slug, _, _ in changes:
        slugs.setdefault(kind, []).append(slug)
    with transaction.atomic():
        for entry in _entries(slugs):
            keep_first_version(entry)
        with reversion.create_revision():
            reversion.set_user(by)
            reversion.set_comment("Imported from a bundle.")
            bundle.load(content)
            for entry in _entries(slugs):
                reversion.add_to_revision(entry)
    return len(changes)


def _entries(slugs: dict[str, list[str]]) -> Iterator[Entry]:
    """The entries of the working copy with these slugs, by kind."""
    for kind, names in slugs.items():
        yield from KINDS[kind].model._default_manager.filter(slug__in=names)
