"""Numbers as pictures: session lengths as bars on one scale. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from therapies.compare.columns import Column
from therapies.serving import describe

NICE_ENDS = (10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1000)
BAR_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """A length on the scale that the row shares; `open` goes on past the end."""

    start: int
    width: int
    end: int
    open: bool


def bars(columns: Sequence[Column]) -> list[Bar | None]:
    """Session numbers on one scale; None if the number is not known."""
    most = max((column.sessions[1] for column in columns if column.sessions), default=0)
    end = next((nice for nice in NICE_ENDS if nice >= most), most)
    return [_bar(column, end) for column in columns]


def _bar(column: Column, end: int) -> Bar | None:
    if describe.is_open_ended(column.therapy):
        return Bar(0, BAR_WIDTH, end, open=True)
    if not column.sessions:
        return None
    low, high = column.sessions
    start = round(BAR_WIDTH * low / end)
    width = max(round(BAR_WIDTH * high / end) - start, 4)
    return Bar(min(start, BAR_WIDTH - width), width, end, open=False)
