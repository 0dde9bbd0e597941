"""What a card asks about the comparison: what a statement was held against, and how much of an edition was read."""

from typing import Any

from django import forms

from therapies.curate.queue import QueueCard
from therapies.models.base import Entry
from therapies.models.evidence import Basis, Source, Statement

HELD_AGAINST = {Basis.READ.value: "The document itself", Basis.COPY.value: "A copy of it, or a report"}


class HeldAgainstForm(forms.Form):
    """Nothing is chosen at first: whoever read a copy is not to say by accident that it was the document."""

    basis = forms.ChoiceField(
        label="What did you hold it against?",
        choices=list(HELD_AGAINST.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you held it against."},
    )
    address = forms.URLField(
        label="Address of the page where you read it",
        assume_scheme="https",
        error_messages={"required": "Give the address of the page where you read it."},
    )


class EditionForm(forms.Form):
    whole = forms.BooleanField(
        label="I went through the whole of it, and all that it says of talking therapies is on file", required=False
    )


def form_of(card: QueueCard, entry: Entry, data: Any = None) -> forms.Form | None:
    """The questions of a card; None if there is nothing to ask but whether it is right."""
    if card.reason == "unchecked":
        return HeldAgainstForm(data, initial={"address": _address(entry)})
    return EditionForm(data) if card.reason == "editions" else None


def _address(entry: Any) -> str:
    """Where it was read before, or the document's own address."""
    source: Source = entry.source
    return (entry.read_url if isinstance(entry, Statement) else "") or source.link
