"""The guide, the evidence at a glance and the family tree in a browser: no script, keyboard, and a phone."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser in which scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        "/guide/",
        "/guide/?safe=yes&for=ptsd&with=one",
        "/evidence/",
        "/evidence/?view=list",
        "/evidence/?therapy=cbt&condition=ptsd",
        "/families/",
        "/learn/",
        "/learn/how-well-it-works/",
        "/learn/words-decoded/",
    ],
)
def test_nothing_sticks_out_at_320_pixels(page: Page, live_site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_site + address)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_guide_asks_about_safety_first_and_then_sorts_without_a_script(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/")
    plain.get_by_role("link", name="No, go on").click()
    plain.get_by_label("What would you like help with?").select_option("ptsd")
    plain.get_by_label("I would rather have none").check()
    plain.get_by_role("button", name="Show the list").click()
    expect(plain.get_by_role("heading", name="Meets every wish you named")).to_be_visible()
    expect(plain.get_by_text("Meets: without tasks").first).to_be_visible()
    expect(plain.get_by_text("Does not meet: without tasks").first).to_be_visible()


def test_in_danger_the_guide_leads_to_help(page: Page, live_site: str) -> None:
    page.goto(live_site + "/guide/")
    page.get_by_role("link", name="Yes, or I am not sure").click()
    expect(page).to_have_url(live_site + "/help-now/")


def test_therapies_of_the_guide_can_be_compared(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/?safe=yes&for=ptsd&with=one")
    plain.locator(".guided .tick input").nth(0).check()
    plain.locator(".guided .tick input").nth(1).check()
    plain.get_by_role("button", name="Compare the ticked ones").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("side by side")


def test_arrows_move_between_the_marks_of_a_grid(page: Page, live_site: str) -> None:
    page.goto(live_site + "/evidence/?group=mood")
    first = page.locator(".grid td a").first
    first.focus()
    before = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.href")
    assert before != after
    assert "condition=" in after
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What each guideline says")).to_be_visible()


def test_a_mark_has_a_name_for_screen_readers(page: Page, live_site: str) -> None:
    page.goto(live_site + "/evidence/?group=mood")
    mark = page.get_by_role("cell").get_by_role("link", name="Recommended").first
    expect(mark).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "/compare/?t=cbt&t=act&t=ipt&for=depression",
        "/compare/?t=cbt&t=act&for=ptsd&view=therapy",
        "/compare/?t=cbt",
        "/guide/",
        "/guide/?safe=yes&for=ptsd&with=one&tasks=no",
        "/evidence/?group=mood",
        "/evidence/?group=mood&view=list",
        "/evidence/?therapy=cbt&condition=ptsd",
        "/families/",
        "/learn/",
        "/learn/words-decoded/",
    ],
)
def test_axe_finds_nothing(browser: Browser, live_site: str, address: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(live_site + address)
    results = Axe().run(page)
    context.close()
    assert results.violations_count == 0, results.generate_report()
