"""People out of 100 as rows of ten drawn figures. Pure; what the figures mean stands in words beside them."""

from dataclasses import dataclass

ACROSS, DOWN = 12, 18  # from one figure to the next, in units of the picture
CLASSES = {"yes": "pp", "more": "pp-more", "maybe": "pp", "not": "pp-not"}


@dataclass(frozen=True, slots=True)
class Placed:
    """One symbol of the picture: a whole row, or one figure."""

    name: str
    css: str
    x: int
    y: int
    width: int


def with_it(count: int, other: int) -> list[Placed]:
    """A hundred people of whom `count` are filled; those beyond the `other` group's number are marked as more."""
    same = min(count, other)
    return _placed(["yes"] * same + ["more"] * (count - same) + ["not"] * (100 - count))


def without_it(count: int) -> list[Placed]:
    return _placed(["yes"] * count + ["not"] * (100 - count))


def between(low: int, high: int) -> list[Placed]:
    """As many filled as there are at the low end of an interval, and lighter those up to its high end."""
    return _placed(["yes"] * low + ["maybe"] * (high - low) + ["not"] * (100 - high))


def _placed(people: list[str]) -> list[Placed]:
    placed = []
    for row in range(10):
        ten = people[10 * row : 10 * row + 10]
        if len(set(ten)) == 1:
            placed.append(Placed(f"row-{ten[0]}", CLASSES[ten[0]], 0, DOWN * row, 120))
        else:
            placed += [
                Placed(f"p-{kind}", CLASSES[kind], ACROSS * place + 1, DOWN * row, 10) for place, kind in enumerate(ten)
            ]
    return placed


def difference(count: int, other: int) -> str:
    """What the key says of the people in brand color, or that there are none."""
    if count > other:
        return f"yes: {count - other} more than in the other group"
    return f"{other - count} fewer than in the other group" if count < other else "as many in both groups"
