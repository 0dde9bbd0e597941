"""Sets as integers: laid end to end, cut into pages."""

from hypothesis import given
from hypothesis import strategies as st

from therapies.browse import bitsets

ROWS = st.lists(st.integers(0, 2_000), unique=True, max_size=80)


def set_of(rows: list[int]) -> bitsets.Bits:
    flags = bytearray(251)
    for row in rows:
        bitsets.mark(flags, row)
    return bitsets.finished(flags)


@given(ROWS, ROWS, st.integers(0, 200), st.integers(1, 50))
def test_a_page_of_sets_laid_end_to_end_is_a_slice_of_their_members(
    first: list[int], second: list[int], offset: int, limit: int
) -> None:
    laid = [*sorted(first), *sorted(second)]
    assert bitsets.taken([set_of(first), set_of(second)], offset, limit) == laid[offset : offset + limit]


@given(ROWS, ROWS)
def test_a_union_has_the_members_of_all(first: list[int], second: list[int]) -> None:
    joined = bitsets.union([set_of(first), set_of(second)])
    assert bitsets.members(joined, 0, 200) == sorted({*first, *second})
    assert bitsets.union([]) == 0
