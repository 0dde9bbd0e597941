"""Where a pooled effect and its interval lie on the axis of a forest plot, in percent of its width. Pure.

Every plot has the same axis, so that one can be held beside another. An interval that goes on beyond the axis ends in
an arrow; its numbers stand in the table.
"""

from dataclasses import dataclass

LEFT, RIGHT = -1.0, 3.0  # in standard deviations; to the right the therapy did better


@dataclass(frozen=True, slots=True)
class Span:
    """A line with its diamond. All places are percent, as SVG writes them."""

    start: float
    middle: float
    end: float
    is_cut_left: bool
    is_cut_right: bool


def place(value: float) -> float:
    return round(100 * (min(max(value, LEFT), RIGHT) - LEFT) / (RIGHT - LEFT), 1)


ZERO = place(0.0)


def span(middle: float, low: float, high: float) -> Span:
    return Span(place(low), place(middle), place(high), low < LEFT, high > RIGHT)
