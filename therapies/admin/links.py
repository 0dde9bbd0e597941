"""The addresses of the screens on which entries are edited and cards are worked."""

from django.urls import reverse

from therapies.curate.queue import QueueCard
from therapies.models import KINDS, Source


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


SCREENS = {"correction": "admin:correction", "leads": "admin:lead"}  # of cards that are about no entry


def card_address(reason: str, card: QueueCard) -> str:
    """The address of a card in the pile of this reason."""
    if reason in SCREENS:
        return reverse(SCREENS[reason], args=[card.slug])
    return reverse("admin:card", args=[reason, card.kind, card.slug])


def statements_of(source: Source) -> str:
    """The address of the list of what the document says of therapies, as far as it is on file."""
    return reverse("admin:therapies_recommendation_changelist", query={"source__id__exact": source.pk})
