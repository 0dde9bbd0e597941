"""Where an entry is edited, given its kind and slug."""

from django.urls import reverse

from therapies.models import KINDS


class EditAddresses:
    """Looks the slugs of a kind up once, however many are asked for."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, int]] = {}

    def __call__(self, kind: str, slug: str) -> str:
        """The address of the entry's screen; empty where the entry is no longer in the working copy."""
        if kind not in self.known:
            self.known[kind] = dict(KINDS[kind].model._default_manager.values_list("slug", "pk"))
        pk = self.known[kind].get(slug)
        return reverse(f"admin:therapies_{KINDS[kind].model._meta.model_name}_change", args=[pk]) if pk else ""
