"""The search box in a browser: suggestions by keyboard, and the same form without a script."""

import re
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import pages_of


def test_slash_goes_to_the_box_and_the_arrow_keys_choose_a_suggestion(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/")
    page.keyboard.press("/")
    page.keyboard.insert_text("cogn")  # at once: a later answer would take the choice away
    box = page.get_by_role("combobox").first
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(therapies|conditions|techniques)/.+/$"))


def test_escape_closes_the_suggestions_and_keeps_the_words(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/search/")
    page.get_by_role("combobox").first.fill("anx")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox").first).to_have_value("anx")


def test_two_letters_suggest(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/search/")
    with page.expect_request(lambda request: "suggest" in request.url):
        page.get_by_role("combobox").first.press_sequentially("ad", delay=200)
    expect(page.get_by_role("option").first).to_be_visible()


def test_without_a_script_the_box_is_a_form(browser: Browser, live_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_site}/")
    page.locator("main input[name=q]").first.fill("can't stop worrying")
    page.locator("main [data-searchbox] button").first.click()
    expect(page.get_by_role("link", name="Generalized anxiety").first).to_be_visible()
    context.close()


def test_the_pages_of_search_pass_the_accessibility_checks(page: Page, live_site: str) -> None:
    for path in (
        "/search/?q=i+want+to+die",
        "/search/?q=EFT",
        "/offered/?q=8+sessions+HI+CBT,+group",
        "/quick/?q=F41.1",
    ):
        page.goto(live_site + path)
        assert Axe().run(page).violations_count == 0, path


def test_the_pages_of_search_fit_a_narrow_screen(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/search/?q=EFT", "/offered/?q=8+sessions+HI+CBT", "/quick/?q=F41.1"):
        page.goto(live_site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_clinicians_screen_prints_on_one_page(page: Page, live_site: str) -> None:
    one = ("F41.1", "PTSD", "depression", "schizophrenia", "8 year old anxiety", "postpartum")
    two = ("alcohol + PTSD, no medicines", "autism + anxiety, child", "depression and panic in her 70s, online only")
    for query in (*one, *two):
        page.goto(f"{live_site}/quick/?{urlencode({'q': query})}")
        pdf = page.pdf(format="A4")
        assert pages_of(pdf) == 1, query
