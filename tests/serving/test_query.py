"""Page numbers as people and machines write them."""

import pytest

from therapies.serving import query


@pytest.mark.parametrize(("written", "number"), [("", 1), ("1", 1), ("07", 7), ("999999", 999_999)])
def test_a_number_is_the_page(written: str, number: int) -> None:
    assert query.read(written) == (number, "")


@pytest.mark.parametrize("written", ["0", "-1", "two", "1.5", "٣", "²", "9999999", "1" * 5_000, " 1"])
def test_anything_else_is_said_and_is_the_first_page(written: str) -> None:
    assert query.read(written) == (1, f"“{written[:20]}” is not a page number. Here is the first page.")


def test_an_empty_list_has_one_page() -> None:
    assert [query.pages(total, 24) for total in (0, 1, 24, 25)] == [1, 1, 1, 2]


def test_a_page_past_the_end_names_how_many_there_are() -> None:
    assert query.no_such_page(9, 1) == "There is no page 9. This list has 1 page; here is the last."
