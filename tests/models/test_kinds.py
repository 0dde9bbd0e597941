"""The kinds of entry: the one list, and what is missing from it is refused by name."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests import builders
from therapies import checks
from therapies.curate import queue
from therapies.models import CATALOGUE_MODELS, KINDS, GlossaryTerm
from therapies.models.base import Entry
from therapies.models.fields import CuratorsNote, FactLine, TheirWords, WebAddress
from therapies.models.kinds import ClinicalReview, Kind, Texts
from therapies.rules import release, texts


def test_every_model_of_entries_is_of_a_kind() -> None:
    assert checks.every_entry_is_of_a_kind(None) == []
    assert [kind.model for kind in KINDS.values()] == list(CATALOGUE_MODELS)


def test_a_model_without_a_kind_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CATALOGUE_MODELS", [model for model in CATALOGUE_MODELS if model is not GlossaryTerm])
    (problem,) = checks.every_entry_is_of_a_kind(None)
    assert "“glossary term”" in problem.msg


# ── A kind that was added, and whatever follows the list ──

HARD = "Psychotherapeutic interventions necessitate multidisciplinary institutional collaboration. " * 60


@pytest.fixture
def lighthouses(monkeypatch: pytest.MonkeyPatch) -> str:
    """One more kind of entry, with a field of every sort; gives its name in a bundle."""
    with isolate_apps("therapies"):

        class Lighthouse(Entry):
            story = models.TextField()
            light = FactLine()
            sign = TheirWords()
            keeper = CuratorsNote()
            plan = WebAddress()

            class Meta:
                app_label = "therapies"

    kind = Kind(Lighthouse, Texts.OURS, ClinicalReview.WHOLE)
    monkeypatch.setitem(KINDS, kind.slug, kind)
    return kind.slug


def test_a_kind_does_not_exist_without_a_word_on_its_texts_and_reviews() -> None:
    with pytest.raises(TypeError, match="'texts' and 'review'"):
        Kind(GlossaryTerm)  # type: ignore[call-arg]


def test_the_rules_read_the_texts_of_a_new_kind_by_the_kinds_of_its_fields(lighthouses: str) -> None:
    row = {"slug": "pharos", **dict.fromkeys(("story", "light", "sign", "keeper"), HARD), "plan": ""}
    content = {**builders.catalogue(), lighthouses: [row]}
    assert texts.reader_fields()[lighthouses] == ["story"]
    assert [problem.field for problem in release.hard_words(content)] == ["story", "light"]
    assert [problem.field for problem in texts.too_long(content)] == ["story"]


def test_the_queue_asks_for_its_review_and_for_its_links(lighthouses: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://gone.example/"
    row = {"slug": "pharos", **dict.fromkeys(("story", "light", "sign", "keeper"), "It is lit."), "plan": address}
    content = {**builders.catalogue(), lighthouses: [row]}
    context = queue.DueContext(date(2026, 11, 22), {}, [], {}, {address: "Not there any more (404)"})
    piles = queue.due_piles(content, context, only=["unreviewed", "link"])
    assert [card.reason for cards in piles.values() for card in cards if card.kind == lighthouses] == [
        "link",
        "unreviewed",
    ]


def test_texts_of_somebody_else_are_held_to_no_rule_on_words(lighthouses: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, lighthouses, replace(KINDS[lighthouses], texts=Texts.REPORTED))
    assert lighthouses not in texts.reader_fields()


def test_an_address_that_is_no_web_address_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.every_address_is_known_as_one(None) == []
    with isolate_apps("therapies"):

        class Beacon(Entry):
            home_url = models.TextField()

            class Meta:
                app_label = "therapies"

    monkeypatch.setitem(KINDS, "beacons", Kind(Beacon, Texts.OURS, ClinicalReview.NONE))
    (problem,) = checks.every_address_is_known_as_one(None)
    assert "“home_url” of a beacon" in problem.msg
