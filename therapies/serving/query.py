"""Page numbers in addresses: which page is asked for, and what to say where there is no such page. Pure."""

import math

MOST_DIGITS = 6


def read(written: str) -> tuple[int, str]:
    """The page asked for, from 1, and what to say where it is not a number; nothing written is the first page."""
    if not written:
        return 1, ""
    if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS and int(written) > 0:
        return int(written), ""
    return 1, f"“{written[:20]}” is not a page number. Here is the first page."


def pages(total: int, per_page: int) -> int:
    """How many pages a list of this many has; an empty one has one."""
    return max(1, math.ceil(total / per_page))


def no_such_page(number: int, of: int) -> str:
    return f"There is no page {number}. This list has {of} {'page' if of == 1 else 'pages'}; here is the last."
