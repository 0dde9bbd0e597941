"""The drawn language: a page gets the symbols that it uses, and a picture of people has a hundred."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.kinds import ANSWERS, KINDS
from tests.pages import get
from therapies.domain.standing import Label, Mark
from therapies.serving import people, symbols
from therapies.templatetags import drawn


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_each_symbol_that_it_uses_once_and_no_other(site: Any, client: Client, kind: str) -> None:
    page = get(client, KINDS[kind], ANSWERS.get(kind, 200))
    drawn_here = re.findall(r'<symbol id="([\w-]+)"', page)
    assert sorted(set(symbols.USED.findall(page))) == sorted(drawn_here)


def test_no_symbol_has_a_style_of_its_own() -> None:
    for path in symbols.FOLDER.glob("*.svg"):
        lines = path.read_text().splitlines()
        assert [line for line in lines if "style" in line or not symbols.SYMBOL.fullmatch(line)] == [], path.name


def test_a_name_that_is_no_symbol_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="s-wrong"):
        drawn.symbol("s-wrong")


@pytest.mark.parametrize("label", Label)
def test_every_label_has_a_mark_that_differs_where_a_guideline_is_not_checked(label: Label) -> None:
    read, remembered = (drawn.mark(Mark(label, checked)) for checked in (True, False))
    rests_on_guidelines = label.value in {
        "recommended",
        "option",
        "second-choice",
        "guidelines-differ",
        "advised-against",
    }
    assert (read != remembered) or not rests_on_guidelines


@pytest.mark.parametrize(("count", "other"), [(62, 43), (43, 62), (50, 50), (0, 0), (100, 7), (30, 20)])
def test_people_are_a_hundred_and_those_beyond_the_other_group_are_marked(count: int, other: int) -> None:
    kinds = {"yes": 0, "more": 0, "not": 0}
    for one in people.with_it(count, other):
        row, kind = one.name.split("-")
        kinds[kind] += 10 if row == "row" else 1
    assert kinds == {"yes": min(count, other), "more": max(count - other, 0), "not": 100 - count}


def test_templates_write_no_symbol_by_hand() -> None:
    """The tag checks the name and hides the drawing from screen readers."""
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    assert [path.name for path in templates if "<symbol" in path.read_text()] == []
