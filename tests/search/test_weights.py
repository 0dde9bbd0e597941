"""The numbers behind the order of results fit the catalogue that ships."""

from tests.conftest import Site
from therapies.search import weights
from therapies.search.lexicon import of_release
from therapies.search.results import WHYS


def test_every_kind_of_name_has_a_weight_a_place_and_a_reason(site: Site) -> None:
    kinds = {name.how for names in of_release().names.values() for name in names}
    assert kinds == set(weights.WORTH) == set(weights.ORDER) == {"name", *WHYS} - {"code", "text"}


def test_no_word_of_a_synonym_is_out_of_reach(site: Site) -> None:
    assert of_release().longest <= weights.LONGEST_MEANING


def test_scores_keep_their_order() -> None:
    assert weights.TEXT_UNDER < 1 < weights.SEGMENT
    assert weights.SEGMENT + max(weights.WORTH.values()) < weights.WHOLE
    assert weights.WHOLE + max(weights.WORTH.values()) <= weights.CODE
