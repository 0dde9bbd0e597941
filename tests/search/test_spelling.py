"""Misspelled words: what they are taken for."""

from concurrent.futures import ThreadPoolExecutor
from inspect import unwrap
from time import sleep

import pytest

from tests.conftest import Site
from therapies.domain.english import COMMON_WORDS
from therapies.search.lexicon import of_release
from therapies.search.spelling import nearest, respelled


def test_the_first_searches_of_a_release_find_the_same_while_they_run_at_once(site: Site) -> None:
    """The table of sounds takes a tenth of a second to make; nobody may look into half of it."""
    lexicon = unwrap(of_release)()
    assert lexicon.targets

    def search(place: int) -> list[str]:
        sleep(place / 100)
        return nearest("trawmateyezed", lexicon)

    with ThreadPoolExecutor(10) as threads:
        assert list(threads.map(search, range(10))) == [["traumatized"]] * 10


def test_words_torn_apart_and_run_together(site: Site) -> None:
    lexicon = of_release()
    assert respelled(["selfesteem"], lexicon) == ["self", "esteem"]
    assert respelled(["in", "somnia"], lexicon) == ["insomnia"]


def test_words_of_other_subjects_are_not_misspellings_of_ours(site: Site) -> None:
    assert respelled(["tire"], of_release()) == ["tire"]


@pytest.mark.parametrize("word", ["kissed", "crisps", "slash", "impatient", "harmony", "hurl", "tyre", "bins", "tabs"])
def test_a_common_word_is_no_misspelling(site: Site, word: str) -> None:
    assert respelled([word], of_release()) == [word]


def test_the_list_of_common_words_is_of_folded_words_that_are_spelled_right() -> None:
    words = COMMON_WORDS
    assert len(words) > 30_000
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert not {"depresion", "anxeity", "insomina", "greif", "slep"} & words


@pytest.mark.parametrize("word", ["asocial", "efft", "bdsm", "islamophobia", "neuropsychology", "nondirective"])
def test_no_word_is_repaired_into_its_opposite_or_into_a_short_form(site: Site, word: str) -> None:
    assert respelled([word], of_release()) == [word]


def test_two_slips_in_a_long_word_are_mended(site: Site) -> None:
    assert respelled(["phycologist"], of_release()) == ["psychologist"]
    assert respelled(["gamblin"], of_release()) == ["gambling"]
