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


def test_without_a_script_the_forms_change_the_comparison(plain: Page, live_site: str) -> None:
    plain.goto(live_site + PAIR)
    plain.locator("#add > summary").click()
    plain.get_by_label("Add a therapy").select_option("interpersonal-psychotherapy")
    plain.get_by_role("button", name="Add it").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("CBT, ACT and IPT, side by side")
    plain.locator("#change > summary").click()
    plain.get_by_label("For which age?").select_option("adult")
    plain.get_by_role("button", name="Update", exact=True).click()
    expect(plain.locator("#change > summary")).to_contain_text("For: constant worry, adults")
    plain.locator("#questions > summary").click()
    plain.get_by_label("Only where they differ").check()
    plain.get_by_role("button", name="Show", exact=True).click()
    expect(plain.locator("#row-session")).to_be_visible()
    expect(plain.locator('[data-alike="same"]')).to_have_count(0)
    expect(plain.locator("#change > summary")).to_contain_text("For: constant worry, adults")


def test_without_a_script_the_line_on_guidelines_leads_to_the_choice_of_a_concern(plain: Page, live_site: str) -> None:
    plain.goto(live_site + "/compare/?t=cbt&t=act")
    plain.locator("#line-guidelines a").click()
    expect(plain.get_by_label("What would you like help with?")).to_be_visible()


def test_without_a_script_what_matters_comes_first(plain: Page, live_site: str) -> None:
    plain.goto(live_site + PAIR)
    assert lines_of(plain)[:2] == ["line-meetings", "line-weeks"]
    plain.locator("#matters > summary").click()
    plain.get_by_label("What may be hard?").check()
    plain.get_by_role("button", name="Update the order").click()
    assert lines_of(plain)[:2] == ["line-hard", "line-meetings"]
    plain.locator("#questions > summary").click()
    assert rows_of(plain)[:2] == ["row-good-points", "row-hard-parts"]


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


def test_the_lines_of_two_therapies_fit_one_screen_of_a_phone(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_site + PAIR)
    # People out of 100 are a picture of their own, which pooled trials give for this pair.
    boxes = [one.bounding_box() for one in page.locator(".scale:not(.silent):not(#line-people)").all()]
    assert len(boxes) == 8
    assert boxes[0]
    assert boxes[0]["y"] <= 740 / 2
    assert sum(box["height"] for box in boxes if box) <= 740 * 1.05


def test_on_a_phone_two_therapies_stand_side_by_side_even_without_a_script(plain: Page, live_site: str) -> None:
    plain.set_viewport_size({"width": 360, "height": 740})
    plain.goto(live_site + PAIR)
    plain.locator("#line-hard > summary").click()
    plain.locator("#questions > summary").click()
    plain.locator("#row-idea > summary").click()
    for answers in ("#line-hard .beside > div", "#row-idea .beside > div"):
        first, second = (one.bounding_box() for one in plain.locator(answers).all())
        assert first
        assert second
        assert first["y"] == second["y"]
        assert first["x"] < second["x"]


def test_a_line_opens_by_keyboard_to_its_words(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    words = page.locator("#line-meetings .words")
    expect(words).to_be_hidden()
    page.locator("#line-meetings > summary").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(words).to_contain_text("6 to 20 meetings, 30 to 60 minutes each")


@pytest.mark.parametrize(("address", "screens"), [(PAIR, 8.5), (FOUR, 14)])
def test_the_opened_questions_are_no_endless_page_on_a_phone(
    page: Page, live_site: str, address: str, screens: float
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_site + address)
    page.locator("#questions > summary").click()
    expect(page.locator("#row-length .beside")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") / 740 <= screens


def test_where_the_questions_are_opened_those_of_which_facts_differ_are_open(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    expect(page.locator("#row-session")).to_be_hidden()
    page.locator("#questions > summary").click()
    expect(page.locator("#row-participants .beside")).to_be_visible()
    expect(page.locator("#row-session .beside")).to_be_hidden()
    expect(page.locator("#row-focus")).to_be_visible()
    expect(page.locator("#row-focus .beside")).to_be_hidden()


def test_a_warning_is_the_only_thing_in_the_color_of_danger(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}/compare/?t=cbt&t=eft-tapping&t=supportive-therapy&for=schizophrenia")
    accent = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = "var(--accent)";
          const rust = getComputedStyle(probe).color;
          return [...document.querySelectorAll(".scales .mk")]
            .filter((at) => getComputedStyle(at).color === rust && !at.classList.contains("bad")).length;
        }"""
    )
    assert accent == 0


def test_changes_apply_at_once_and_back_works(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    page.locator("#line-hard > summary").click()
    page.locator("#questions > summary").click()
    page.get_by_label("Only where they differ").check()
    expect(page.locator('[data-alike="same"]')).to_have_count(0)
    expect(page).to_have_url(re.compile("differ=1"))
    expect(page.get_by_label("Only where they differ")).to_be_focused()
    expect(page.locator("#line-hard .words")).to_be_visible()
    page.go_back()
    expect(page.locator('[data-alike="same"]').first).to_be_visible()


def test_what_matters_moves_to_the_top_and_back_by_keyboard(page: Page, live_site: str) -> None:
    page.goto(live_site + PAIR)
    page.locator("#matters > summary").click()
    box = page.get_by_label("Tasks between meetings?")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".scale").first).to_have_id("line-homework")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".scale").first).to_have_id("line-meetings")
    expect(page).not_to_have_url(re.compile("matters"))
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_each_line_and_each_question_is_a_heading(page: Page, live_site: str) -> None:
    page.goto(f"{live_site}{PAIR}&differ=1")
    assert page.locator(".scale h3").count() == page.locator(".scale").count()
    assert page.locator("#questions .answers > summary h4").count() == page.locator("#questions .answers").count()


def test_it_prints_the_picture_and_what_stands_open_and_none_of_the_controls(page: Page, live_site: str) -> None:
    page.set_viewport_size({"width": 720, "height": 1000})
    page.goto(live_site + PAIR)
    page.emulate_media(media="print")
    expect(page.locator("#line-meetings svg").first).to_be_visible()
    expect(page.locator("#ask")).to_be_visible()
    expect(page.locator("#questions")).to_be_hidden()
    page.locator("#questions").evaluate("fold => { fold.open = true; }")
    expect(page.locator("#row-participants[open] .beside > div").nth(1)).to_be_visible()
    expect(page.locator(".answers:not([open])").first).to_be_hidden()
    for control in ("#add", "#change select", "#matters", ".picker .x", ".ways"):
        expect(page.locator(control).first).to_be_hidden()


def test_rows_that_were_left_out_come_back_in_their_place(page: Page, plain: Page, live_site: str) -> None:
    plain.goto(live_site + PAIR)
    page.goto(f"{live_site}{PAIR}&differ=1")
    page.get_by_label("Only where they differ").uncheck()
    expect(page.locator('[data-alike="same"]').first).to_be_attached()
    assert rows_of(page) == rows_of(plain)


def lines_of(page: Page) -> list[str]:
    return list(page.locator(".scale").evaluate_all("lines => lines.map(line => line.id)"))


def rows_of(page: Page) -> list[str]:
    return list(page.locator("#questions .answers").evaluate_all("rows => rows.map(row => row.id)"))


def test_the_button_prints_once(page: Page, live_site: str) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(live_site + PAIR)
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed") == 1
