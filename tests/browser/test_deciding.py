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
        "/guide/?safe=yes",
        "/guide/?safe=yes&for=ptsd&with=one&step=tasks",
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


def on(page: Page, *, choose: str = "") -> None:
    """To the next question, with this answer or none."""
    if choose:
        page.get_by_label(choose).check()
    page.get_by_role("button", name="Next question").click()


def test_the_guide_asks_one_question_a_page_and_then_sorts_without_a_script(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/")
    plain.get_by_role("link", name="No, go on").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("What would you like help with?")
    on(plain, choose="Lasting stress after trauma (PTSD)")
    expect(plain.get_by_text("Question 2 of 9")).to_be_visible()
    on(plain)
    for _ in range(4):
        plain.get_by_role("link", name="No preference").click()
    expect(plain.get_by_text("Question 7 of 9, 5 skipped")).to_be_visible()
    on(plain, choose="I would rather have none")
    expect(plain.get_by_text("meet your wish so far")).to_be_visible()
    on(plain)
    on(plain)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Your list")
    expect(plain.get_by_role("heading", name="Meets every wish you named")).to_be_visible()
    expect(plain.get_by_text("Meets: without tasks").first).to_be_visible()


def test_an_answer_of_the_guide_says_how_many_it_leaves_and_can_be_taken_back(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/?safe=yes&for=ptsd&step=with")
    one = plain.locator("label", has_text="Just me and a therapist")
    leaves = one.locator("b").inner_text()
    on(plain, choose="Just me and a therapist")
    expect(plain.locator(".dot-field .count")).to_have_text(leaves)
    plain.get_by_role("link", name="Back").click()
    expect(plain.get_by_label("Just me and a therapist")).to_be_checked()
    plain.get_by_role("link", name="Remove one to one").click()
    expect(plain.get_by_label("Just me and a therapist")).not_to_be_checked()
    expect(plain.get_by_text("before any wish")).to_be_visible()


def test_a_concern_can_be_typed_in_the_guide_without_a_script(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/?safe=yes")
    plain.get_by_text("Something else").click()
    plain.get_by_label("In your own words").fill("can't sleep")
    plain.get_by_role("button", name="Find").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Who is it for?")
    expect(plain.get_by_role("link", name="Remove not sleeping")).to_be_visible()


def test_every_concern_can_be_chosen_in_the_guide_without_a_script(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/guide/?safe=yes")
    plain.get_by_text("Something else").click()
    plain.get_by_text("Obsessions, compulsions and habits").click()
    on(plain, choose="Hoarding")
    expect(plain.get_by_text("used or rated for")).to_be_visible()


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
        "/guide/?safe=yes",
        "/guide/?safe=yes&for=ptsd&age=adult&with=one&step=tasks",
        "/guide/?safe=yes&for=ptsd",
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
