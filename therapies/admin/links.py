"""The addresses of the screens on which entries are edited."""

from django.urls import reverse

from therapies.models import KINDS


class EditAddresses:
    """Gives addresses by kind and slug, with one query for each kind."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, int]] = {}  # by kind and slug

    def __call__(self, kind: str, slug: str) -> str:
        """The address of the entry's screen; empty if the entry is no longer in the working copy."""
        if kind not in self.keys:
            self.keys[kind] = dict(KINDS[kind].model._default_manager.values_list("slug", "pk"))
        pk = self.keys[kind].get(slug)
        return reverse(f"admin:therapies_{KINDS[kind].model._meta.model_name}_change", args=[pk]) if pk else ""
