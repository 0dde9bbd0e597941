"""Danger in what people type: every shipped phrase shows help, no look-alike does, and neither is a closed list."""

import pytest

from therapies.releases.bundle import Bundle
from therapies.search.danger import Phrases, detect, normal, phrases


def curated(shipped: Bundle) -> Phrases:
    return phrases((row["phrase"], row["kind"], row["figurative"]) for row in shipped["danger_phrases"])


def test_the_list_is_long_enough_and_gives_a_reason_for_every_row(shipped: Bundle) -> None:
    rows = shipped["danger_phrases"]
    assert sum(not row["figurative"] for row in rows) >= 150
    assert sum(row["figurative"] for row in rows) >= 100
    assert all(row["reason"].strip() for row in rows)


def test_every_danger_phrase_shows_help(shipped: Bundle) -> None:
    missed = [
        row["phrase"]
        for row in shipped["danger_phrases"]
        if not row["figurative"] and not detect(row["phrase"], curated(shipped))
    ]
    assert missed == []


def test_no_figurative_phrase_shows_help(shipped: Bundle) -> None:
    wrong = [
        row["phrase"]
        for row in shipped["danger_phrases"]
        if row["figurative"] and detect(row["phrase"], curated(shipped))
    ]
    assert wrong == []


def test_the_grammar_alone_knows_nearly_all_of_it(shipped: Bundle) -> None:
    """The list is not learned by heart: without the rows, the tables still know 95 in 100 of them."""
    rows = [row for row in shipped["danger_phrases"] if not row["figurative"]]
    assert sum(bool(detect(row["phrase"])) for row in rows) / len(rows) >= 0.95


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: text.replace("'", ""),
        lambda text: f"i think {text} please",
        lambda text: f"  {text}!!! ",
    ],
)
def test_capitals_lost_apostrophes_and_words_around_it_do_not_hide_danger(shipped: Bundle, change) -> None:  # type: ignore[no-untyped-def]
    known = curated(shipped)
    whole_only = {"death", "goodbye", "emergency", "help me please", "ctb"}
    rows = [
        row["phrase"] for row in shipped["danger_phrases"] if not row["figurative"] and row["phrase"] not in whole_only
    ]
    missed = [phrase for phrase in rows if not detect(change(phrase), known)]
    assert len(missed) <= 3, missed


@pytest.mark.parametrize(
    "text",
    [
        "i've been thinking that my kids deserve a better mom and that i should just die",
        "how do i tell my parents im suicdal",
        "kms lol",
        "K.M.S.",
        "s u i c i d e",
        "wish i could fall asleep and never wake up",
        "my 14 year old told her friend she wants to end her life",
        "he put his hands around my neck and strangled me",
        "i swallowed a bunch of advil",
        "ayuda mi hija se quiere quitar la vida",
    ],
)
def test_other_ways_to_say_it_than_the_list_show_help(text: str) -> None:
    assert detect(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🙂",
        "AND NEAR OR",
        "‮מה שלומך",
        "x" * 10_000,
        "\x00\x01",
        "(((",
        "***",
        "emdr for ptsd",
        "F41.1",
        "can't sleep",
    ],
)
def test_empty_texts_and_noise_show_no_help(text: str) -> None:
    assert not detect(text)


def test_danger_beside_a_figure_of_speech_still_shows() -> None:
    assert detect("work is killing me and i want to end my life")
    assert detect("suicide squad made me suicidal")


def test_a_disguised_word_is_read() -> None:
    assert normal("k1ll mys3lf") == ["kill", "myself"]
    assert normal("can't") == ["can", "not"]


def test_the_kinds_are_named() -> None:
    assert detect("my husband hits me").kinds == ("abuse",)
    assert "self-harm" in detect("i cut myself").kinds


@pytest.mark.parametrize(
    "text",
    [
        "overcome my fear of flying",
        "is cbt successful",
        "my son plays soccer",
        "rent is overdue",
        "therapy in Sussex",
        "success and succession",
    ],
)
def test_an_ordinary_word_two_slips_from_danger_is_no_danger(text: str) -> None:
    assert not detect(text)


@pytest.mark.parametrize("text", ["i want to comit sucide", "suicidle thoughts", "i took an overdsoe", "kill myslef"])
def test_one_slip_in_a_word_of_danger_is_danger(text: str) -> None:
    assert detect(text)
