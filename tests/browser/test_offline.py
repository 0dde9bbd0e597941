"""The switches of /offline/: off at first, kept pages can be read without internet, and all of it can be deleted."""

from playwright.sync_api import Page, expect

READ = "/therapies/cognitive-behavioral-therapy/"
UNREAD = "/therapies/acceptance-and-commitment-therapy/"


def kept(page: Page) -> list[str]:
    return list(
        page.evaluate("caches.open('kept-pages').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))")
    )


def switch_on(page: Page, site: str) -> None:
    page.goto(site + "/offline/")
    page.get_by_role("button", name="Keep the pages I open").click()
    expect(page.locator("#keeping")).to_contain_text("On:")


def test_nothing_is_kept_until_the_reader_says_so(page: Page, live_site: str) -> None:
    page.goto(live_site + READ)
    page.goto(live_site + "/offline/")
    expect(page.locator("#keeping")).to_contain_text("Off:")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.evaluate("localStorage.length") == 0


def test_a_page_that_was_read_can_be_read_without_internet(page: Page, live_site: str) -> None:
    switch_on(page, live_site)
    page.goto(live_site + READ)
    page.wait_for_function("caches.open('kept-pages').then(c => c.match(location.href)).then(Boolean)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cognitive behavioral therapy")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"  # with its styles
    page.goto(live_site + "/help-now/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now")
    page.goto(live_site + UNREAD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("this page was not kept")


def test_a_search_is_never_kept(page: Page, live_site: str) -> None:
    switch_on(page, live_site)
    page.goto(live_site + READ)
    page.wait_for_function("caches.open('kept-pages').then(c => c.match(location.href)).then(Boolean)")
    page.goto(live_site + "/search/?q=worry")
    assert "/search/" not in kept(page)


def test_switching_off_deletes_all_of_it(page: Page, live_site: str) -> None:
    switch_on(page, live_site)
    page.get_by_role("button", name="Stop, and delete what is kept").click()
    expect(page.locator("#keeping")).to_contain_text("Off:")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_titles_tell_nothing_where_the_reader_asks_for_it(page: Page, live_site: str) -> None:
    page.goto(live_site + "/offline/")
    page.get_by_role("button", name="Hide the subject in titles").click()
    page.goto(live_site + READ)
    assert page.title() == "Page"
    page.goto(live_site + "/therapies/?page=1")
    page.get_by_role("combobox", name="Sort").select_option(index=1)
    page.wait_for_url("**sort=**")
    expect(page).to_have_title("Page")
    page.goto(live_site + "/offline/")
    page.get_by_role("button", name="Show the subject again").click()
    page.goto(live_site + READ)
    assert "Cognitive behavioral therapy" in page.title()
