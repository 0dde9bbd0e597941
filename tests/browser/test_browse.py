"""Browsing as people do it: filters that apply at once, a tray that remembers, and all of it without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def total(page: Page) -> int:
    return int(page.locator("ul.cards").get_attribute("data-total") or -1)


def count_beside(page: Page, facet: str, slug: str) -> int:
    return int(page.locator(f'input[name="{facet}"][value="{slug}"]').get_attribute("data-count") or -1)


def test_a_filter_applies_as_it_changes_and_the_address_follows(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd")
    promised = count_beside(page, "participants", "group")
    page.check('input[name="participants"][value="group"]')
    expect(page).to_have_url(re.compile("participants=group"))
    expect(page.locator("ul.cards")).to_have_attribute("data-total", str(promised))
    expect(page.locator('input[name="participants"][value="group"]')).to_be_focused()


def test_back_returns_to_the_list_before(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd")
    before = total(page)
    page.locator("#facet-homework > summary").click()
    page.check('input[name="homework"][value="no"]')
    expect(page).to_have_url(re.compile("homework=no"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("homework=no"))
    expect(page.locator("ul.cards")).to_have_attribute("data-total", str(before))
    expect(page.locator('input[name="homework"][value="no"]')).not_to_be_checked()


def test_a_chip_takes_one_choice_away(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd&participants=group")
    page.locator(".results .chips a", has_text="Group").first.click()
    expect(page).not_to_have_url(re.compile("participants"))
    expect(page).to_have_url(re.compile("condition=ptsd"))


def test_ticked_therapies_stay_in_the_tray_through_filters_and_are_compared(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd&sort=name")
    page.locator(".tick input").nth(0).check()
    expect(page.locator(".tray .chips li")).to_have_count(1)
    page.locator(".tick input").nth(1).check()
    expect(page.locator(".tray .chips li")).to_have_count(2)
    page.check('input[name="participants"][value="couple"]')
    expect(page).to_have_url(re.compile("participants=couple"))
    expect(page.locator(".tray .chips li")).to_have_count(2)
    page.locator(".tray button").click()
    expect(page).to_have_url(re.compile(r"/compare/\?.*t=.*t="))
    expect(page.locator("h1")).to_contain_text("side by side")


def test_sorting_by_name_is_in_the_order_of_the_alphabet(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=depression")
    page.select_option('select[name="sort"]', "name")
    expect(page).to_have_url(re.compile("sort=name"))
    names = page.locator(".card h3 a").all_inner_texts()
    assert names == sorted(names)


def test_without_scripts_the_form_filters_and_keeps_what_was_ticked(plain_page: Page, live_site: str) -> None:
    page = plain_page
    page.goto(f"{live_site}/therapies/?condition=ptsd&sort=name")
    page.locator(".tick input").nth(0).check()
    page.locator(".tick input").nth(1).check()
    page.check('input[name="participants"][value="couple"]')
    page.locator(".facets button.apply").first.click()
    expect(page).to_have_url(re.compile("participants=couple"))
    expect(page.locator(".tray .chips li")).to_have_count(2)
    page.locator(".tray button").click()
    expect(page).to_have_url(re.compile(r"/compare/"))
    expect(page.locator("h1")).to_contain_text("side by side")


def test_leaving_replaces_the_page_in_the_history(page: Page, live_site: str) -> None:
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(status=200, body="elsewhere"))
    page.goto(f"{live_site}/")
    page.goto(f"{live_site}/conditions/self-harm/")
    page.locator("[data-leave]").click()
    expect(page).to_have_url(re.compile("wikipedia"))
    page.go_back()
    expect(page).to_have_url(f"{live_site}/")


def test_a_concern_is_found_by_typing(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd")
    page.locator('input[type="search"][name="condition"]').fill("Panic attacks")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("condition=panic-attacks-and-panic-disorder|condition=Panic"))
    expect(page.locator(".results .chips li", has_text="Panic attacks")).to_have_count(1)
    expect(page.locator('input[type="checkbox"][name="condition"]:checked')).to_have_count(2)


def test_the_other_options_of_a_filter_come_in_place(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd")
    before = page.locator('input[type="checkbox"][name="condition"]').count()
    page.locator('button[name="more"][value="condition"]').click()
    expect(page).to_have_url(re.compile("more=condition"))
    assert page.locator('input[type="checkbox"][name="condition"]').count() > before > 0
    expect(page.locator("#facet-condition > summary")).to_be_focused()
    page.check('input[name="condition"][value="hoarding"]')
    expect(page).to_have_url(re.compile("condition=hoarding.*more=condition"))


def test_any_or_all_of_several_concerns(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd&condition=depression")
    any_of_them = total(page)
    page.locator(".any-or-all a").click()
    expect(page).to_have_url(re.compile("all=1"))
    assert 0 < total(page) < any_of_them
    expect(page.locator(".any-or-all [aria-current]")).to_contain_text("All of these")


def test_the_bar_for_comparing_appears_with_the_first_tick_and_names_it(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd&sort=name")
    expect(page.locator(".tray")).to_be_hidden()
    page.locator('.tick input[value="cognitive-processing-therapy"]').check()
    expect(page.locator(".tray .chips")).to_contain_text("CPT")
    page.locator(".tick input").nth(0).check()
    expect(page.locator(".tray button")).to_have_text("Compare 2")
    expect(page.locator(".tray")).to_be_in_viewport()


def test_a_link_skips_the_filters(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/therapies/?condition=ptsd")
    skip = page.get_by_role("link", name="Skip to results")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.results') !== null")


def test_the_page_stays_light(page: Page, live_site: str) -> None:
    for query in ("", "?condition=ptsd&condition=depression"):
        page.goto(f"{live_site}/therapies/{query}")
        assert page.evaluate("document.querySelectorAll('*').length") <= 1000


def test_kinds_begin_in_the_first_screen_and_a_half_of_a_phone(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for query, first in (("", ".kinds li"), ("?condition=ptsd&condition=depression", ".card")):
        page.goto(f"{live_site}/therapies/{query}")
        box = page.locator(first).first.bounding_box()
        assert box
        assert box["y"] < 1.5 * 740


def test_on_a_phone_the_filters_start_closed_and_the_list_is_in_view(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{live_site}/therapies/")
    expect(page.locator(".filters-body")).to_be_hidden()
    expect(page.locator("h1")).to_be_in_viewport()
    page.locator(".filters > summary").click()
    expect(page.locator(".filters-body")).to_be_visible()


def test_without_scripts_a_phone_shows_the_list_first_and_its_filters_open(plain_page: Page, live_site: str) -> None:
    page = plain_page
    page.set_viewport_size({"width": 360, "height": 740})
    for query in ("", "?condition=hoarding&condition=depression"):
        page.goto(f"{live_site}/therapies/{query}")
        expect(page.locator("h1")).to_be_in_viewport()
        expect(page.locator(".filters-body")).to_be_hidden()
    page.locator(".filters > summary").click()
    page.locator("#facet-condition .unfold").click()
    expect(page.locator("#facet-condition")).to_be_visible()
    page.locator(".filters .apply").first.click()
    expect(page.get_by_text("Any of these")).to_be_visible()
