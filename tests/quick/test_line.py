"""A clinician's line: what is read from it, as chips that can be taken away, and what is said not to be used."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import Site
from therapies.domain.stemming import split
from therapies.quick.line_reader import read
from therapies.quick.parsed import CaseLine
from therapies.quick.shorthand import SHORTHAND, says_nothing

# A line; the concerns in order, the age, the wishes, the severity and the words that are not used.
LINES = [
    ("8 year old anxiety", "anxiety", "child", "", "", ""),
    ("alcohol + ptsd", "alcohol-problems ptsd", "", "", "", ""),
    ("postpartum, no medicines", "perinatal-depression", "", "medicine", "", ""),
    ("F41.1", "generalized-anxiety", "", "", "", ""),
    ("teen ocd refuses medication", "ocd", "adolescent", "medicine", "", ""),
    ("depression and panic in her 70s, online only", "depression panic-attacks-and-panic-disorder", "older", "online",
     "", ""),
    ("F10.20 F43.10", "alcohol-problems ptsd", "", "", "", ""),
    ("F32.1 and panic", "depression panic-attacks-and-panic-disorder", "", "", "", ""),
    ("58F panic c/o palpitations", "panic-attacks-and-panic-disorder", "adult", "", "", "palpitations"),
    ("5 yo selective mutism", "selective-mutism", "child", "", "", ""),
    ("pt declines SSRIs, GAD", "generalized-anxiety", "", "medicine", "", ""),
    ("depresion w/ alcohol", "depression alcohol-problems", "", "", "", ""),
    ("ptsd/alcohol/depression", "ptsd alcohol-problems depression", "", "", "", ""),
    ("postpartum 70 year old", "perinatal-depression", "older", "", "", ""),
    ("8 year old adult anxiety", "anxiety", "child", "", "", "adult"),
    ("", "", "", "", "", ""),
    ("mild cognitive impairment", "dementia-and-memory-problems", "", "", "", ""),
    ("severe depression", "depression", "", "", "severe", ""),
    ("moderate to severe depression 45M wants CBT no homework", "depression", "adult", "homework",
     "moderate to severe", ""),
    ("adult ADHD", "adhd", "adult", "", "", ""),
    ("internet addiction teen", "gaming-and-internet-use", "adolescent", "", "", ""),
    ("anxiety postpartum", "perinatal-anxiety", "", "", "", ""),
    ("panic, no depression", "panic-attacks-and-panic-disorder", "", "", "", ""),
    ("BPD self harm 19F", "borderline-personality-disorder self-harm", "adult", "", "", ""),
    ("depression for 10 years", "depression", "", "", "", "10 years"),
    ("6/52 postpartum low mood", "perinatal-depression low-mood", "", "", "", "6/52"),
    ("can't stop checking the door", "ocd", "", "", "", ""),
    ("grief 82yo, phone only", "grief-and-bereavement", "older", "phone", "", ""),
    ("anorexia 14 yo girl with family", "anorexia-nervosa", "adolescent", "family", "", ""),
    ("borderline personality, no groups, 1:1 only", "borderline-personality-disorder", "", "one", "", ""),
    ("alcohol dependence w/ anxiety", "alcohol-problems anxiety", "", "", "", ""),
    ("32 yo G2P1 anxious, no medication", "anxiety", "adult", "medicine", "", "G2P1"),
    ("panick attaks", "panic-attacks-and-panic-disorder", "", "", "", ""),
    ("insomnia x 6 months, tried zopiclone", "insomnia", "", "", "", "x 6 months|tried zopiclone"),
    ("schizophrenia declines antipsychotics", "psychosis-and-schizophrenia", "", "", "", "declines antipsychotics"),
    ("F99 xyz", "", "", "", "", "xyz"),
    ("zzzz qqqq", "", "", "", "", "zzzz qqqq"),
    ("no medication", "", "", "medicine", "", ""),
    ("ansiedad niño 8 años", "anxiety", "child", "", "", ""),
]  # fmt: skip
PIECES = """
    anxiety ptsd depresion panic OCD F41.1 F99 8 15yo 70s adult no not w/ c/o hx + / , and severe mild group online
    medicines declines zzzz pregnant CBT EMDR <b> 😀 it's x6 6/52 year old girl with family 1:1 GAD-7 ? alcohol kids
    """.split()  # noqa: SIM905


@pytest.mark.parametrize(("text", "concerns", "age", "wishes", "severe", "unknown"), LINES)
def test_a_line_is_read(site: Site, text: str, concerns: str, age: str, wishes: str, severe: str, unknown: str) -> None:
    line = read(text)
    assert " ".join(one.slug for one in [*line.concerns, *line.left_out]) == concerns
    assert line.age == age
    assert " ".join(wish.slug for wish in line.wishes) == wishes
    assert (line.severity.words if line.severity else "") == severe
    assert "|".join(line.unknown) == unknown
    assert len(line.concerns) <= 2


@pytest.mark.parametrize("text", [row[0] for row in LINES])
def test_the_line_without_a_chip_says_the_rest_and_not_what_was_taken_away(site: Site, text: str) -> None:
    line = read(text)
    for chip in line.chips:
        rest = {each.name for each in read(chip.without).chips}
        assert chip.name not in rest
        assert {each.name for each in line.chips if each is not chip} <= rest, chip


def test_what_a_line_says_is_not_there_does_not_count_and_is_named(site: Site) -> None:
    line = read("panic, no depression")
    assert line.denied == ["no depression"]


def test_a_code_without_a_page_is_told(site: Site) -> None:
    assert [code.written for code in read("F99 xyz").codes] == ["F99"]


def test_a_line_at_another_age_keeps_the_rest(site: Site) -> None:
    line = read("8 year old anxiety, no medicines")
    again = read(line.at_age("adult"))
    assert (again.age, [one.slug for one in again.concerns]) == ("adult", ["anxiety"])
    assert [wish.slug for wish in again.wishes] == ["medicine"]


def test_a_line_that_is_too_long_says_so(site: Site) -> None:
    assert read("ptsd " * 60).dropped
    assert not read("ptsd").dropped


def unaccounted(text: str, line: CaseLine) -> list[str]:
    """The words of a line that no chip, no concern and no remark of the page holds, and that do more than join."""
    said = [*(chip.typed for chip in line.chips), *line.unknown, *line.denied, *(code.written for code in line.codes)]
    said += [text[place.start : place.end] for one in line.left_out for place in one.places]
    known = {word for words in said for word in split(words)}
    rest = SHORTHAND.sub(" ", text)
    words = [word for token in re.findall(r"[^\W_]+(?:['’‘`´ʼ][^\W_]+)*", rest) for word in split(token)]
    return [word for word in words if word not in known and not says_nothing(word)]


@pytest.mark.parametrize("text", [row[0] for row in LINES])
def test_no_word_of_a_line_is_dropped_in_silence(site: Site, text: str) -> None:
    assert unaccounted(text, read(text)) == []


@given(words=st.lists(st.sampled_from(PIECES), max_size=9))
def test_no_word_of_any_line_is_dropped_in_silence(site: Site, words: list[str]) -> None:
    text = " ".join(words)
    line = read(text)
    assert unaccounted(line.text, line) == []
    assert len(line.concerns) <= 2


@example(text="AƀL")
@given(text=st.text(max_size=300))
def test_any_text_can_be_read(site: Site, text: str) -> None:
    line = read(text)
    assert unaccounted(line.text, line) == []
