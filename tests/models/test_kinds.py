"""The kinds of entry: the one list, and what is missing from it is refused by name."""

import pytest

from therapies import checks
from therapies.models import CATALOGUE_MODELS, KINDS, GlossaryTerm


def test_every_model_of_entries_is_of_a_kind() -> None:
    assert checks.every_entry_is_of_a_kind(None) == []
    assert [kind.model for kind in KINDS.values()] == list(CATALOGUE_MODELS)


def test_a_model_without_a_kind_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CATALOGUE_MODELS", [model for model in CATALOGUE_MODELS if model is not GlossaryTerm])
    (problem,) = checks.every_entry_is_of_a_kind(None)
    assert "“glossary term”" in problem.msg
