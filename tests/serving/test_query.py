"""Queries as people and machines write them: fields that keep what they understand and say what they do not."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from therapies.serving.query import (
    LONGEST,
    LONGEST_SHOWN,
    OneOf,
    PageNumber,
    Paging,
    QueryForm,
    Several,
    SomeOf,
    Switch,
    Words,
)

AGAIN = "“{}” was given more than once. Only the first, “{}”, was read."


class EveryField(QueryForm):
    words = Words()
    sort = OneOf(["name", "sessions"], otherwise="name", message="“{}” is no order.")
    age = SomeOf(known=["adult", "child"])
    t = Several()
    programs = Switch()
    page = PageNumber()


def read(query: str) -> EveryField:
    return EveryField(QueryDict(query))


# ── What is understood ──


def test_nothing_asked_is_nothing_to_complain_of() -> None:
    form = read("")
    assert form.cleaned_data == {"words": "", "sort": "name", "age": [], "t": [], "programs": False, "page": 1}
    assert (form.messages(), form.status) == ([], 200)


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("words=+low+mood+", "words", "low mood"),
        ("sort=sessions", "sort", "sessions"),
        ("sort=+sessions+", "sort", "sessions"),
        ("age=child&age=adult&age=child", "age", ["child", "adult"]),
        ("t=cbt&t=&t=+act+&t=cbt", "t", ["cbt", "act", "cbt"]),
        ("programs=1", "programs", True),
        ("programs=0", "programs", False),
        ("programs=", "programs", False),
        ("sort=&sort=sessions&sort=+sessions+", "sort", "sessions"),
        ("page=+1", "page", 1),
        ("page=07", "page", 7),
        ("page=999999", "page", 999_999),
    ],
)
def test_what_a_field_understands(query: str, name: str, value: Any) -> None:
    form = read(query)
    assert form.value(name) == value
    assert form.messages() == []


@pytest.mark.parametrize("name", ["words", "t"])
def test_no_more_is_read_of_a_value_than_a_name_can_have(name: str) -> None:
    value = read(f"{name}={'x' * 3_000}").value(name)
    assert value in ("x" * LONGEST, ["x" * LONGEST])


# ── What is not ──


@pytest.mark.parametrize(
    ("query", "name", "left", "message"),
    [
        ("sort=price", "sort", "name", "“price” is no order."),
        ("age=child&age=old-ish", "age", ["child"], "We did not understand “old-ish”."),
        ("page=two", "page", 1, "“two” is not a page number. Here is the first page."),
        ("programs=yes", "programs", False, "We did not understand “programs=yes”. Write programs=1, or leave it out."),
        ("sort=sessions&sort=name", "sort", "sessions", AGAIN.format("sort", "sessions")),
        ("page=3&page=2&page=1", "page", 3, AGAIN.format("page", "3")),
        ("programs=1&programs=0", "programs", True, AGAIN.format("programs", "1")),
        ("words=low+mood&words=panic", "words", "low mood", AGAIN.format("words", "low mood")),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(query: str, name: str, left: Any, message: str) -> None:
    form = read(query)
    assert form.value(name) == left
    assert (form.messages(), form.status) == ([message], 400)


@pytest.mark.parametrize("written", ["0", "-1", "two", "1.5", "٣", "²", "9999999", "1" * 5_000])
def test_what_is_no_page_number_is_the_first_page(written: str) -> None:
    number = PageNumber()
    assert number.clean([written]) == 1
    assert number.messages("page") == [f"“{written[:LONGEST_SHOWN]}” is not a page number. Here is the first page."]


def test_each_value_that_is_not_understood_has_a_sentence_in_the_order_of_the_fields() -> None:
    messages = read("page=x&age=old&age=new&sort=price").messages()
    assert [message.split("“")[1].split("”")[0] for message in messages] == ["price", "old", "new", "x"]


def test_a_sentence_shows_no_more_than_the_beginning_of_what_was_written() -> None:
    (message,) = read(f"sort={'x' * 3_000}").messages()
    assert message == f"“{'x' * LONGEST_SHOWN}” is no order."


def test_one_reader_does_not_hear_what_another_wrote() -> None:
    first, second = read("sort=price"), read("sort=name")
    assert (len(first.messages()), second.messages()) == (1, [])
    assert read("").messages() == []


def test_a_name_that_python_keeps_for_itself_can_be_asked_for() -> None:
    form = QueryForm(QueryDict("for=worry&for=sadness"), {"for": Several()})
    assert form.value("for") == ["worry", "sadness"]


TEXTS = st.text(max_size=100)


@given(st.lists(st.tuples(st.sampled_from([*EveryField.base_fields, "other"]), TEXTS), max_size=8))
def test_no_query_is_refused(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    form = EveryField(query)
    assert form.is_valid()
    assert set(form.cleaned_data) == set(EveryField.base_fields)
    assert form.value("page") >= 1


# ── Pages of a list ──


def test_an_empty_list_has_one_page() -> None:
    assert [Paging(1, total, 24).pages for total in (0, 1, 24, 25)] == [1, 1, 1, 2]


def test_a_page_past_the_end_is_the_last_and_says_how_many_there_are() -> None:
    paging = Paging(9, 20, 24)
    assert (paging.number, paging.offset) == (1, 0)
    assert paging.message == "There is no page 9. This list has 1 page; here is the last."


@given(number=st.integers(1, 50), total=st.integers(0, 500), per_page=st.integers(1, 60))
def test_every_page_is_within_the_list_and_knows_its_neighbours(number: int, total: int, per_page: int) -> None:
    paging = Paging(number, total, per_page)
    assert 1 <= paging.number <= paging.pages
    assert 0 <= paging.offset < max(total, 1)
    assert (paging.has_previous, paging.has_next) == (paging.number > 1, paging.number < paging.pages)
    assert bool(paging.message) == (number > paging.pages)
