"""What somebody in need looks for, by clicks: each answer is two taps away at most."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import KINDS

PHONE = {"width": 360, "height": 740}
TEENAGERS = "/learn/for-teenagers/"


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def answers_about_parents(page: Page, live_site: str) -> None:
    expect(page).to_have_url(live_site + TEENAGERS)
    expect(page.get_by_text("Adults are told when")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "words"), [("/", "Under 18?"), ("/guide/", "parents"), ("/conditions/", "parents")]
)
def test_a_teenager_is_one_tap_from_what_parents_are_told(
    phone: Page, live_site: str, address: str, words: str
) -> None:
    phone.goto(live_site + address)
    phone.locator("main").get_by_role("link", name=words).click()
    answers_about_parents(phone, live_site)


@pytest.mark.parametrize(
    "words", ["will my parents find out", "do you tell my mum", "can I go without my parents knowing"]
)
def test_a_teenager_who_types_the_question_is_two_taps_from_its_answer(phone: Page, live_site: str, words: str) -> None:
    phone.goto(live_site)
    box = phone.locator("#home-search")
    box.fill(words)
    box.press("Enter")
    phone.get_by_role("link", name="For teenagers").first.click()
    answers_about_parents(phone, live_site)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "handout" not in kind])
def test_help_is_a_tap_away_from_every_page(phone: Page, live_site: str, kind: str) -> None:
    phone.goto(live_site + KINDS[kind])
    expect(phone.get_by_role("link", name="Need help now?")).to_be_in_viewport()


@pytest.mark.parametrize("kind", ["first page", "guide", "guide, a question", "guide, answered", "conditions", "topic"])
def test_a_reader_in_the_uk_is_two_taps_from_a_line(phone: Page, live_site: str, kind: str) -> None:
    phone.goto(live_site + KINDS[kind])
    phone.get_by_role("link", name="Need help now?").click()
    phone.get_by_role("link", name="United Kingdom", exact=True).click()
    expect(phone.get_by_role("link", name="Call 116 123")).to_be_in_viewport()
