"""The rules for texts, each with a text that breaks it and one that does not."""

from typing import Any

import pytest

from therapies.models import KINDS
from therapies.releases import bundle
from therapies.rules import texts


def bundle_with(**rows: list[dict[str, Any]]) -> bundle.Bundle:
    return bundle.normalize({"format": 1, **{kind: [] for kind in KINDS}, **rows})


def technique(slug: str, text: str, name: str = "") -> dict[str, Any]:
    return {"slug": slug, "name": name or slug, "what_you_do": text}


def messages(check: Any, *rows: dict[str, Any], **more: list[dict[str, Any]]) -> list[str]:
    return [problem.message for problem in check(bundle_with(techniques=list(rows), **more))]


def test_a_text_over_the_limit_is_named_with_its_length() -> None:
    assert messages(texts.too_long, technique("a", "word " * 121)) == ["121 words; 120 at most."]
    assert messages(texts.too_long, technique("a", "word " * 120)) == []


def test_two_entries_may_not_share_a_sentence() -> None:
    shared = "You write down one worry every evening."
    (message,) = messages(texts.shared_sentences, technique("a", shared), technique("b", f"First this. {shared}"))
    assert "is also in “a”" in message
    assert messages(texts.shared_sentences, technique("a", shared), technique("b", "You sing.")) == []


def test_every_entry_may_point_to_help_in_the_same_words() -> None:
    pointer = "If you are in danger now, see [help now](/help-now/)."
    assert messages(texts.shared_sentences, technique("a", pointer), technique("b", pointer)) == []


@pytest.mark.parametrize("text", ["About 41 out of 100 people got better.", "It works in 3 of 4."])
def test_a_number_without_a_source_is_found(text: str) -> None:
    assert messages(texts.numbers_without_source, technique("a", text))


@pytest.mark.parametrize(
    "text",
    ["About 41 out of 100.[^a-study]", "Call 988 at any time.", "For children aged 8 and older.", "A 12-step group."],
)
def test_a_sourced_number_an_age_or_a_helpline_is_fine(text: str) -> None:
    assert messages(texts.numbers_without_source, technique("a", text)) == []


def test_a_mark_must_name_a_source_that_exists() -> None:
    source = {"slug": "a-study", "body": "B", "title": "T", "kind": "study"}
    row = technique("a", "It helped.[^a-study] It lasted.[^b-study]")
    assert messages(texts.unknown_sources, row, sources=[source]) == ["The source “b-study” does not exist."]


def test_a_link_must_lead_to_a_page_of_this_site() -> None:
    links = ["[x](/techniques/a/)", "[x](/techniques/none/)", "[x](https://example.org/)", "[x](/help-now/)"]
    rows = [technique(slug, text) for slug, text in zip("abcd", links, strict=True)]
    problems = texts.dead_links(bundle_with(techniques=rows))
    assert [problem.slug for problem in problems] == ["b", "c"]


def test_an_abbreviation_is_spelled_out_once() -> None:
    assert messages(texts.unexplained_abbreviations, technique("a", "You can do CBT.")) == ["“CBT” is not spelled out."]
    assert messages(texts.unexplained_abbreviations, technique("a", "Cognitive therapy (CBT). CBT is new.")) == []
    assert messages(texts.unexplained_abbreviations, technique("a", "It is CBT.", name="CBT at home")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing here has been clinically reviewed yet.",
        "No clinician has reviewed these pages.",
        "The texts have not been reviewed by clinicians yet.",
        "Nobody has signed off anything yet.",
        "At the time of writing, that is every entry.",
        "They await checks by clinicians.",
        "Nobody has confirmed any of the editions.",
    ],
)
def test_a_text_that_says_what_a_sign_off_makes_untrue_is_named(sentence: str) -> None:
    assert texts.counting_sentences(f"It is plain. {sentence}") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing here has been reviewed by a clinician unless the entry says so.",
        "Each page says whether a clinician has reviewed it, and when.",
        "Until then it says “Not yet clinically reviewed”.",
        "NICE recommends it (we still have to check this against the document).",
        "A secret that nobody may know is a warning sign.",
    ],
)
def test_a_text_that_holds_before_and_after_is_left_alone(sentence: str) -> None:
    assert texts.counting_sentences(sentence) == []
