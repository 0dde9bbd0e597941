"""Comparing in a browser: without a script, by keyboard, on a phone, and what the script adds."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PAIR = "/compare/?t=cbt&t=act&for=generalized-anxiety"
FOUR = "/compare/?t=cbt&t=act&t=ipt&t=dbt&for=depression"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser in which scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_without_a_script_the_form_changes_the_comparison(plain: Page, live_site: str) -> None:
    plain.goto(live_site + PAIR)
    plain.get_by_label("Add a therapy").select_option("interpersonal-psychotherapy")
    plain.get_by_label("Only where they differ").check()
    plain.get_by_role("button", name="Update").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("CBT, ACT and IPT, side by side")
    expect(plain.locator("#row-session")).to_be_visible()
    expect(plain.locator("tr.same")).to_have_count(0)


def test_without_a_script_a_therapy_can_be_removed(plain: Page, live_site: str) -> None:
    plain.goto(live_site + FOUR)
    plain.get_by_role("link", name="Remove IPT").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("CBT, ACT and DBT, side by side")


def test_from_nothing_to_a_comparison_without_a_script(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/compare/")
    plain.get_by_label("First therapy").select_option("cognitive-behavioral-therapy")
    plain.get_by_label("Or type a name").fill("emdr")
    plain.get_by_role("button", name="Compare", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("CBT and EMDR, side by side")


@pytest.mark.parametrize("address", [PAIR, FOUR, "/compare/", f"{PAIR}&view=therapy"])
def test_nothing_sticks_out_at_320_pixels(page: Page, live_site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_site + address)
    assert overflow(page) == 0


def test_on_a_phone_one_therapy_shows_at_a_time_even_without_a_script(plain: Page, live_site: str) -> None:
    plain.set_viewport_size({"width": 320, "height": 700})
    plain.goto(live_site + PAIR)
    cells = plain.locator("#row-idea td")
    expect(cells.nth(0)).to_be_visible()
    expect(cells.nth(1)).to_be_hidden()
    plain.get_by_label("ACT", exact=True).check()
    expect(cells.nth(0)).to_be_hidden()
    expect(cells.nth(1)).to_be_visible()
    plain.get_by_label("All", exact=True).check()
    expect(cells.nth(0)).to_be_visible()


def test_by_keyboard_the_therapy_shown_on_a_phone_changes_with_the_arrows(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_site + PAIR)
    page.get_by_label("CBT", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#row-idea td").nth(1)).to_be_visible()
    expect(page.locator("#row-idea td").nth(0)).to_be_hidden()


def test_names_stay_in_sight_and_never_cover_what_has_the_focus(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(live_site + PAIR)
    names = page.locator(".comparison thead th").nth(1)
    page.locator("#row-cost-access").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    box = names.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.locator("#row-techniques a").first.focus()
    focused = page.locator("#row-techniques a").first.bounding_box()
    assert focused is not None
    assert focused["y"] >= box["height"] - 1


def test_changes_apply_at_once_and_back_works(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    page.get_by_label("Only where they differ").check()
    expect(page.locator("tr.same")).to_have_count(0)
    expect(page).to_have_url(re.compile("differ=1"))
    expect(page.get_by_label("Only where they differ")).to_be_focused()
    page.go_back()
    expect(page.locator("tr.same").first).to_be_visible()


def test_what_matters_moves_to_the_top_and_back_by_keyboard(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    box = page.locator("#row-length").get_by_label("Matters to me")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#what-matters #row-length")).to_be_visible()
    expect(page.locator("#matters-said")).to_contain_text("moved to the top")
    expect(page.locator("#row-length").get_by_label("Matters to me")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#what-matters")).to_have_count(0)
    order = page.locator("#what-happens tr[id]").evaluate_all("rows => rows.map(row => row.id)")
    assert order[:3] == ["row-session", "row-between-sessions", "row-length"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_it_is_still_a_table_to_a_screen_reader_where_it_looks_like_blocks(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(live_site + PAIR)
    expect(page.get_by_role("columnheader", name="Cognitive behavioral therapy")).to_have_count(1)
    expect(page.get_by_role("rowheader", name="What is the idea?")).to_have_count(1)


def test_it_prints_all_therapies_and_none_of_the_controls(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_site + PAIR)
    page.emulate_media(media="print")
    expect(page.locator("#row-idea td").nth(1)).to_be_visible()
    expect(page.locator(".compare-controls")).to_be_hidden()
    expect(page.locator(".tabs")).to_be_hidden()


def test_rows_that_were_left_out_come_back_in_their_place(page: Page, plain: Page, live_site: str) -> None:
    plain.goto(live_site + PAIR)
    page.goto(f"{live_site}{PAIR}&differ=1")
    page.get_by_label("Only where they differ").uncheck()
    expect(page.locator("tr.same").first).to_be_visible()
    assert rows_of(page) == rows_of(plain)


def rows_of(page: Page) -> list[str]:
    return list(page.locator(".comparison tr[id]").evaluate_all("rows => rows.map(row => row.id)"))


def test_the_button_prints_once(page: Page, live_site: str) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(live_site + PAIR)
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed") == 1
