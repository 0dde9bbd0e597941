"""How plain a text is."""

from therapies.rules import readability


def test_short_everyday_sentences_have_a_low_grade() -> None:
    assert readability.grade("You talk with a therapist. You look at what you do each day.") < 3


def test_long_words_have_a_high_grade() -> None:
    assert readability.grade("Interpersonal vulnerabilities necessitate collaborative formulation.") > 15


def test_no_words_have_grade_zero() -> None:
    assert readability.grade("") == readability.grade("42 — …") == 0.0


def test_citation_marks_and_link_addresses_are_not_read() -> None:
    assert readability.bare("See [help](/help-now/) now.[^nice-2020]") == "See help now."


def test_the_longest_name_is_set_aside_first() -> None:
    names = readability.Names(["Cognitive therapy", "Cognitive therapy for insomnia"])
    assert names.set_aside(readability.words("Try cognitive therapy for insomnia tonight")) == ["Try", "it", "tonight"]


def test_a_short_text_is_never_too_hard() -> None:
    assert not readability.too_hard("Psychotherapeutic interventions necessitate deliberation.")
