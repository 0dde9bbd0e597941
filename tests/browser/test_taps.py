"""What somebody in need looks for, by clicks: each answer is two or three taps away, and in the first screen then."""

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
    country = phone.get_by_role("link", name="United Kingdom", exact=True)
    expect(country).to_be_in_viewport()
    country.click()
    expect(phone.get_by_role("link", name="Call 116 123")).to_be_in_viewport()


def test_panic_is_one_tap_from_what_to_know_first(phone: Page, live_site: str) -> None:
    phone.goto(live_site)
    phone.locator("main").get_by_role("link", name="Panic attacks").click()
    expect(phone.locator(".three li").first).to_be_in_viewport()
    expect(phone.locator(".urgent")).to_be_in_viewport()


def test_panic_that_is_typed_is_two_taps_away(phone: Page, live_site: str) -> None:
    phone.goto(live_site)
    phone.locator("#home-search").click()
    phone.locator("#home-search").press_sequentially("panic")
    phone.get_by_role("option", name="Panic attacks").first.click()
    expect(phone.locator(".three li").first).to_be_in_viewport()


@pytest.mark.parametrize("letter", ["HI-CBT, step 3, 12 sessions, group, for hoarding", "group HI-CBT hoarding"])
def test_a_carer_is_three_taps_from_what_a_letter_adds_up_to(phone: Page, live_site: str, letter: str) -> None:
    phone.goto(live_site)
    phone.get_by_role("link", name="What I was offered").click()
    phone.get_by_label("Words of your letter").click()
    phone.keyboard.insert_text(letter)
    phone.get_by_role("button", name="Explain it").click()
    expect(phone.get_by_text("For hoarding:")).to_be_in_viewport()
    expect(phone.get_by_text("Group CBT").first).to_be_in_viewport()


@pytest.mark.parametrize(
    ("case", "first"),
    [
        ("panic, no medicines", "CBT for panic"),
        ("postpartum", "Cognitive behavioral therapy"),
        ("alcohol + ptsd", "Cognitive behavioral therapy"),
        ("8 year old anxiety", "Child anxiety CBT"),
    ],
)
def test_a_clinician_is_a_tap_a_line_and_enter_from_the_first_choice(
    page: Page, live_site: str, case: str, first: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(live_site)
    page.get_by_role("link", name="Case card").click()
    expect(page.get_by_label("The case in one line")).to_be_focused()
    page.keyboard.type(case)
    page.keyboard.press("Enter")
    option = page.locator("table").get_by_role("link", name=first).first
    expect(option).to_be_in_viewport()
    assert page.locator("table").get_by_role("link").first.inner_text() == option.inner_text()
    expect(page.get_by_text("Red flags first")).to_be_in_viewport()
