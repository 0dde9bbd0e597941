"""Entry pages in a browser: no accessibility rule broken, no sideways scrolling, links that open what they name."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PAGES = (
    "/therapies/cognitive-behavioral-therapy/",
    "/therapies/conversion-therapy/",
    "/therapies/eft/",
    "/therapies/coaching/",
    "/conditions/",
    "/conditions/depression/",
    "/techniques/",
    "/techniques/acceptance/",
    "/formats/",
    "/formats/group/",
    "/families/third-wave/",
    "/sources/",
    "/sources/nice-ng222/",
)
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"


def broken_rules(page: Page) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it)."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


@pytest.mark.parametrize("address", PAGES)
def test_no_accessibility_rule_is_broken_and_nothing_scrolls_sideways(page: Page, live_site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_site + address)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert broken_rules(page) == []


@pytest.mark.parametrize("address", ["/conditions/depression/", "/therapies/conversion-therapy/"])
def test_no_accessibility_rule_is_broken_in_the_dark(page: Page, live_site: str, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(live_site + address)
    assert broken_rules(page) == []


def test_a_link_to_what_is_said_of_a_condition_opens_it(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/cognitive-behavioral-therapy/#for-ptsd")
    page.locator("#for-ptsd").wait_for(state="visible")


def test_a_therapy_on_paper_is_its_short_page_and_says_where_the_rest_is(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/cognitive-behavioral-therapy/")
    rest = page.get_by_text("The full page, with sources and what each guideline says in its own words")
    assert not rest.is_visible()
    page.emulate_media(media="print")
    assert rest.is_visible()
    assert page.get_by_role("heading", name="What do guidelines and research say?").is_visible()
    assert not page.locator("#for-ptsd .said").first.is_visible()


def test_ticked_therapies_go_to_the_comparison_for_the_condition(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/conditions/generalized-anxiety/")
    page.locator("#therapies form summary").first.click()
    boxes = page.locator("#therapies input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.locator(".compare-bar button").click()
    expect(page).to_have_url(re.compile(r"/compare/\?for=generalized-anxiety&t=[a-z-]+&t=[a-z-]+$"))


def test_the_bar_to_compare_comes_with_the_first_tick_and_names_it(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/conditions/depression/")
    bar = page.locator(".compare-bar")
    expect(bar).to_be_hidden()
    page.get_by_text(re.compile(r"^\s*Recommended: \d+")).first.click()
    page.get_by_label("Compare Interpersonal psychotherapy").check()
    expect(bar.get_by_role("button", name="Compare IPT with…")).to_be_in_viewport()
    page.get_by_label("Compare Cognitive behavioral therapy", exact=True).check()
    bar.get_by_role("button", name="Compare CBT, IPT").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CBT and IPT, side by side")


def test_the_cards_of_a_concern_can_be_compared_for_the_age(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/conditions/depression/?age=older")
    page.get_by_role("link", name="Compare these three side by side").click()
    expect(page).to_have_url(re.compile("for=depression&age=older"))
    expect(page.locator(".scale").first).to_be_visible()
