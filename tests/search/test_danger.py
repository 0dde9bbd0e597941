"""Danger in what people type: every shipped phrase shows help, no look-alike does, and neither is a closed list."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.search import calibrate_danger
from therapies.domain import meaning
from therapies.releases.bundle import Bundle
from therapies.search import danger, danger_meaning
from therapies.search.danger import Phrases, by_grammar, detect, normal, phrases


def set_phrases(shipped: Bundle, *, figurative: bool) -> list[str]:
    rows = shipped["danger_phrases"]
    return [row["phrase"] for row in rows if row["figurative"] is figurative and not row["is_sentence"]]


def sentences(shipped: Bundle, *, figurative: bool) -> list[str]:
    rows = shipped["danger_phrases"]
    return [row["phrase"] for row in rows if row["figurative"] is figurative and row["is_sentence"]]


def curated(shipped: Bundle) -> Phrases:
    rows = [row for row in shipped["danger_phrases"] if not row["is_sentence"]]
    return phrases((row["phrase"], row["kind"], row["figurative"]) for row in rows)


def share(texts: list[str], known: Phrases) -> float:
    """Of the texts, how many show help."""
    return sum(bool(detect(text, known)) for text in texts) / len(texts)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "is_available", lambda: False)
    monkeypatch.setattr(danger_meaning, "_kept", danger_meaning._KeptModel())


def test_the_list_is_long_enough_and_gives_a_reason_for_every_row(shipped: Bundle) -> None:
    assert len(set_phrases(shipped, figurative=False)) >= 150
    assert len(set_phrases(shipped, figurative=True)) >= 100
    assert all(row["reason"].strip() for row in shipped["danger_phrases"])


def test_every_danger_phrase_shows_help(shipped: Bundle) -> None:
    known = curated(shipped)
    assert [phrase for phrase in set_phrases(shipped, figurative=False) if not detect(phrase, known)] == []


def test_no_figurative_phrase_shows_help(shipped: Bundle) -> None:
    known = curated(shipped)
    assert [phrase for phrase in set_phrases(shipped, figurative=True) if detect(phrase, known)] == []


def test_the_sentences_to_learn_from_are_told_apart(shipped: Bundle) -> None:
    assert share(sentences(shipped, figurative=False), curated(shipped)) >= 0.9
    assert share(sentences(shipped, figurative=True), curated(shipped)) <= 0.03


def test_the_grammar_alone_knows_nearly_all_of_it(shipped: Bundle) -> None:
    """The list is not learned by heart: without the rows, the tables still know 95 in 100 of them."""
    texts = set_phrases(shipped, figurative=False)
    assert sum(bool(by_grammar(text)) for text in texts) / len(texts) >= 0.95


# ── What it means ──


@pytest.mark.parametrize(
    "text",
    ["my life has no worth and i would sooner be a corpse", "quiero que mi vida acabe ya"],
)
def test_danger_is_known_by_its_meaning_too(text: str) -> None:
    assert not by_grammar(text)
    assert detect(text)


def test_without_the_library_the_grammar_stands_alone(no_model: None) -> None:
    assert detect("i want to die")
    assert danger_meaning.read("my boyfriend beats me up") == danger_meaning.Reading(may_be_danger=True)


def test_a_model_that_was_made_with_other_vectors_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "DIGEST", "another")
    assert danger_meaning.read_model() is None


def test_the_model_was_made_from_what_the_catalogue_says_now() -> None:
    with np.load(danger_meaning.MODEL) as kept:
        assert str(kept["encoder"]) == meaning.DIGEST
        assert str(kept["learned_from"]) == calibrate_danger.digest(calibrate_danger.examples()), (
            "run make search-calibrate"
        )
        assert float(kept["rate"]) == calibrate_danger.RATE


def test_words_and_pairs_of_words_pull_beside_the_meaning() -> None:
    assert danger_meaning.grams("give it away") == {"give", "it", "away", "give it", "it away"}
    assert danger_meaning.length("") == 1.0


def test_a_long_text_is_read_sentence_by_sentence() -> None:
    read = danger_meaning.sentences("Don't go. I'm fine!\nReally")
    assert read == ["dont go im fine really", "dont go", "im fine", "really"]
    assert danger_meaning.sentences("?! …") == []
    assert len(danger_meaning.sentences("a. " * 500)) == danger_meaning.MOST_SENTENCES


def test_one_sentence_of_danger_in_a_long_message_shows_help() -> None:
    chat = "We went to the market and bought apples. The weather was mild all week. My sister is learning to swim. "
    assert not detect(chat * 5)
    assert detect(f"{chat}I have the pills in front of me. {chat}")


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
    missed = [phrase for phrase in set_phrases(shipped, figurative=False) if not detect(change(phrase), known)]
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my husband hits me", "abuse"),
        ("he takes my wages and keeps my passport", "abuse"),
        ("i cut myself", "self-harm"),
        ("the knife is in my bag and i will take it to school for them all", "harm-to-others"),
        ("her lips are blue and she will not wake up", "emergency"),
        ("my daughter has not eaten for six days", "eating-emergency"),
        ("i have the rope ready", "suicide"),
        ("tengo las pastillas y esta noche lo hago", "suicide"),
    ],
)
def test_the_kinds_are_named(text: str, kind: str) -> None:
    assert kind in detect(text).kinds


def test_a_doubtful_kind_is_that_of_the_lines_for_anybody() -> None:
    ones = np.ones((meaning.DIMENSIONS, 1), np.float32)
    model = danger_meaning.DangerModel(
        axes=ones,
        examples=ones[:1],
        pulls=ones[0],
        sharpness=1.0,
        words={},
        bias=-0.5,
        kinds=("abuse", "suicide"),
        of_kinds=np.zeros((meaning.DIMENSIONS + 1, 2), np.float32),
        ordinary=np.zeros(1, np.float32),
        asked=100,
        rate=0.005,
        doubtful=frozenset(),
        unlikely=-0.3,
    )
    assert model.reading(["danger"], ones.T) == danger_meaning.Reading(True, (danger_meaning.IN_DOUBT,))
    assert model.reading(["no danger"], -ones.T) == danger_meaning.Reading(False)


def test_words_in_doubt_count_only_with_a_meaning_that_fits() -> None:
    doubtful = danger_meaning.doubtful_patterns()
    assert 0 < len(doubtful) < len(list(danger.each_pattern())) / 5
    for essay in (
        "essay on media guidelines for reporting suicide",
        "systematic review of self-injury interventions, where to publish",
    ):
        assert by_grammar(essay)
        assert not detect(essay)
    for plain in ("i want to kill myself", "abuse by my husband", "i self harm every night"):
        assert detect(plain)


# Ways of saying it that no row of the list has: plans and means without the word, “it”, past tense, word order, two
# words for one, abuse told plainly, somebody else, Spanish.
@pytest.mark.parametrize(
    "text",
    [
        "the tablets are lined up on my table",
        "there is a belt around my neck",
        "started hoarding my sleeping pills",
        "i will go through with it at the weekend",
        "getting it over with tonight",
        "next time i will finish the job myself",
        "only my little girl stopped me yesterday",
        "my life is over and nobody cares",
        "i want to not be alive",
        "i took an over dose of my tablets",
        "my girlfriend beats me up",
        "dad kicked me out and threatened me",
        "my husband takes my money and controls everything",
        "grandma told me she is ready to die and gives away her things",
        "my son tried to hang himself",
        "mi pareja me golpea y no me deja salir de casa",
        "quiero irme de este mundo",
    ],
)
def test_the_kinds_of_saying_it_without_the_word_show_help(text: str) -> None:
    assert detect(text)


@pytest.mark.parametrize(
    "text",
    [
        "our lodger keeps talking of blowing his skull off",
        "there will be a bullet in my head",
        "the pupil stepped in front of a van on purpose",
        "how much helium does it take",
        "reading about how many tablets it takes",
        "the tubing goes from the exhaust to the window",
        "my stomach, i will slice it open",
    ],
)
def test_means_and_their_amounts_show_help_whoever_is_meant(text: str) -> None:
    assert by_grammar(text)
    assert detect(text)


@pytest.mark.parametrize(
    "text",
    [
        "how many painkillers can i take with wine",
        "my life is over-booked",
        "a goodbye letter to my old therapist",
        "dead battery in the van",
        "he comes too fast in bed",
        "i was only offered five sessions",
        "i banged my head on the shelf",
        "abusive customers at work",
    ],
)
def test_plain_lines_near_danger_show_none(text: str) -> None:
    assert not detect(text)


def test_two_readings_together_say_what_both_say() -> None:
    sure = danger_meaning.Reading(True, ("suicide",))
    assert sure & danger_meaning.Reading(True, ("abuse",)) == danger_meaning.Reading(True, ("abuse",))
    assert sure & danger_meaning.Reading(False) == danger_meaning.Reading(False)
    assert danger_meaning.Reading(True) & sure == danger_meaning.Reading(True)


POLITE = st.sampled_from(["please", "hi", "hello there", "thanks", "honestly", "um", "just"])
CLEAR = ["i want to die", "my husband hits me", "i cut myself", "i took an overdose", "me quiero morir"]
HARMLESS = ["overcome my fear of flying", "is cbt successful", "trouble sleeping at night", "couples therapy near me"]


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(CLEAR + HARMLESS), first=POLITE, last=POLITE, ends=st.sampled_from(["", ".", "!!", " ?"]))
def test_courtesies_capitals_and_punctuation_change_nothing(text: str, first: str, last: str, ends: str) -> None:
    for dressed in (f"{first} {text}{ends}", f"{text} {last}{ends}", f"{first}, {text.upper()}{ends}"):
        assert bool(by_grammar(dressed)) is bool(by_grammar(text)), dressed


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(HARMLESS), data=st.data())
def test_a_slip_of_one_letter_makes_no_danger_of_a_harmless_text(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slipped = text[:place] + letter + text[place + 1 :]
    assume("od" not in slipped.split())  # a word of danger of its own
    near = {
        target for target in danger._grammar().distinct for word in slipped.split() if OSA.distance(word, target) == 1
    }
    assume(not near)  # “overcose” is as near to one as to the other: in doubt, help shows
    assert not by_grammar(slipped)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_slip_in_another_word_does_not_hide_danger(data: st.DataObject) -> None:
    other = "yesterday evening at the station"
    place = data.draw(st.integers(0, len(other) - 1))
    slipped = other[:place] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + other[place + 1 :]
    assert by_grammar(f"i wanted to kill myself {slipped}")


@pytest.mark.parametrize(
    "text",
    [
        "overcome my fear of flying",
        "is cbt successful",
        "my son plays soccer",
        "rent is overdue",
        "therapy in Sussex",
        "success and succession",
        "overcoming",
        "overdone",
        "dye",
        "dye my hair",
        "cutter",
        "box cutter",
        "amusing",
        "ambulance driver with PTSD",
        "emergency fund",
        "susceptible",
    ],
)
def test_a_common_word_near_one_of_danger_is_no_danger(text: str) -> None:
    assert not detect(text)


@pytest.mark.parametrize("text", ["i want to comit sucide", "suicidle thoughts", "i took an overdsoe", "kill myslef"])
def test_one_slip_in_a_word_of_danger_is_danger(text: str) -> None:
    assert detect(text)
