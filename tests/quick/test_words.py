"""The words for an age and for a wish in a clinician's line."""

import pytest

from therapies.quick import age_words, shorthand, wish_words
from therapies.quick.wish_words import WISHES


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("8 year old anxiety", "child"),
        ("8-year-old with ocd", "child"),
        ("eight year old", "child"),
        ("5 yo selective mutism", "child"),
        ("6 month old baby", "child"),
        ("under 12", "child"),
        ("ansiedad niño 8 años", "child"),
        ("10 y old boy", "child"),
        ("anxiety aged 15", "adolescent"),
        ("15 year old girl", "adolescent"),
        ("ocd, 12-17 years old", "adolescent"),
        ("teen depression", "adolescent"),
        ("adolescents self-harm", "adolescent"),
        ("depression 34yo", "adult"),
        ("58F panic", "adult"),
        ("panic, 58 F", "adult"),
        ("male 40, gambling", "adult"),
        ("45 y.o. male", "adult"),
        ("in his 30s", "adult"),
        ("70 y/o insomnia", "older"),
        ("depression in her 70s", "older"),
        ("over 65", "older"),
        ("depression in older adults", "older"),
        ("ptsd children", "child"),
        ("depression", None),
        ("F41.1", None),
        ("12 sessions of CBT", None),
        ("depression for 10 years", None),
        ("10 years history of alcohol", None),
        ("sober 3 years", None),
        ("postpartum, with two kids", None),
        ("200 years old", None),
        ("GAD-7 of 15", None),
    ],
)
def test_an_age_is_read_from_years_and_from_words(text: str, age: str | None) -> None:
    found = age_words.ages(text)
    assert (found[0].value if found else None) == age
    assert age_words.ages(shorthand.without(text, found)) == []


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("no medicines", "medicine"),
        ("refuses medication", "medicine"),
        ("pt declines SSRIs", "medicine"),
        ("won't take meds", "medicine"),
        ("doesn’t want tablets", "medicine"),
        ("not keen on meds", "medicine"),
        ("drug-free", "medicine"),
        ("no homework", "homework"),
        ("no groups", "one"),
        ("1:1 only", "one"),
        ("prefers a group", "group"),
        ("with her family", "family"),
        ("with his wife", "couple"),
        ("online only", "online"),
        ("by phone", "phone"),
        ("face to face", "in-person"),
        ("group", "group"),
        ("short therapy", "brief"),
        ("drugs", None),
        ("depression", None),
    ],
)
def test_a_wish_is_read_once(text: str, wish: str | None) -> None:
    assert [one.value for one in wish_words.wishes(text)] == ([wish] if wish else [])


def test_a_wish_that_is_judged_says_what_a_therapy_lacks_and_what_is_not_known() -> None:
    judged = [wish for wish in WISHES if wish.field]
    assert judged
    assert [wish.slug for wish in judged if not (wish.values and wish.lacks and wish.unknown)] == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("8 year old with anxiety", "anxiety"),
        ("social phobia in an adolescent, video", "social phobia, video"),
        ("pt, aged 30, GAD", "pt, GAD"),
    ],
)
def test_a_line_without_its_age_has_no_word_that_hangs(text: str, rest: str) -> None:
    assert shorthand.without(text, age_words.ages(text)) == rest
