"""Places on the axis of a forest plot: inside the picture, in order, with the line of no difference in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.serving import forest

sizes = st.floats(min_value=-20, max_value=20)


@pytest.mark.parametrize(("value", "place"), [(-1, 0), (0, 25), (1, 50), (3, 100), (-7, 0), (6.5, 100), (0.5, 37.5)])
def test_the_axis_goes_from_one_to_the_left_to_three_to_the_right(value: float, place: float) -> None:
    assert forest.place(value) == place


def test_no_difference_lies_inside_the_picture() -> None:
    assert 0 < forest.ZERO < 100


@given(st.tuples(sizes, sizes, sizes).map(sorted))
def test_a_line_never_leaves_the_picture_and_keeps_its_order(ends: list[float]) -> None:
    low, middle, high = ends
    span = forest.span(middle, low, high)
    assert 0 <= span.start <= span.middle <= span.end <= 100
    assert span.is_cut_left == (low < forest.LEFT)
    assert span.is_cut_right == (high > forest.RIGHT)


@given(sizes)
def test_an_effect_lies_on_its_own_side_of_no_difference(value: float) -> None:
    assert (forest.place(value) - forest.ZERO) * value >= 0
