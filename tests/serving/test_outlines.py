"""Fragments that are made once and filled in: the places have names, and a place that is not there is refused."""

import pytest

from therapies.browse.facets import Option
from therapies.serving.outlines import outline, small_part

OPTION = "therapies/browse/_option.html"


def test_what_changes_is_put_in_at_every_place_of_its_name() -> None:
    made = outline(OPTION, {"facet": "age", "option": Option("adult", "100% <adults>"), "checked": True}, "count")
    html = made % {"count": 7}
    assert "7".join(made.around("count")) == html
    assert 'data-count="7" checked>' in html
    assert "100% &lt;adults&gt; <small>7</small>" in html


def test_a_place_that_the_fragment_does_not_show_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"_option\.html has no place for “moon”"):
        outline(OPTION, {"option": Option("adult", "Adults")}, "count", "moon")


def test_a_place_that_is_not_filled_in_is_refused() -> None:
    with pytest.raises(KeyError, match="word"):
        small_part("therapies/search/_mark.html", "word") % {"slug": "x"}
