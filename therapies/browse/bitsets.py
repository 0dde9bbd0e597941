"""Sets of therapies as integers: therapy number i is bit i. Pure.

`|` joins sets, `&` narrows one by another, `bit_count()` counts; what else lists need is here.
"""

from collections.abc import Iterable

Bits = int


def union(sets: Iterable[Bits]) -> Bits:
    joined = 0
    for bits in sets:
        joined |= bits
    return joined


def taken(sets: Iterable[Bits], offset: int, limit: int) -> list[int]:
    """Members number `offset` to `offset + limit` of the sets laid end to end; none past their end."""
    page: list[int] = []
    for bits in sets:
        count = bits.bit_count()
        if offset >= count:
            offset -= count
            continue
        page += members(bits, offset, limit - len(page))
        offset = 0
        if len(page) == limit:
            break
    return page


def members(bits: Bits, offset: int, limit: int) -> list[int]:
    """Bit numbers in rising order, skipping whole bytes that the page does not need."""
    found: list[int] = []
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for start in range(0, len(data), 64):
        chunk = int.from_bytes(data[start : start + 64], "little")
        here = chunk.bit_count()
        if here <= offset:
            offset -= here
            continue
        while chunk and len(found) < limit:
            low = chunk & -chunk
            chunk ^= low
            if offset:
                offset -= 1
            else:
                found.append(start * 8 + low.bit_length() - 1)
        if len(found) == limit:
            break
    return found


def mark(flags: bytearray, row: int) -> None:
    """Puts a therapy into a set that is still being filled; bytes, because integers would be copied each time."""
    flags[row >> 3] |= 1 << (row & 7)


def finished(flags: bytearray) -> Bits:
    return int.from_bytes(flags, "little")


def set_of(rows: Iterable[int]) -> Bits:
    """The set with these members."""
    members = list(rows)
    flags = bytearray(max(members, default=0) // 8 + 1)
    for row in members:
        mark(flags, row)
    return finished(flags)
