"""What a program can check of accessibility and privacy, on every kind of page. It finds only some of the faults."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import ANSWERS, KINDS
from tests.browser.paper import pages_of

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}  # 320 px is 1280 px at 400%
OPTIONS = {"rules": {"target-size": {"enabled": True}}}
COLORS = {"runOnly": ["color-contrast"]}
# WCAG 1.4.12: the spacing that a reader may set
SPACED = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""
WALKED = ("first page", "browse", "therapy", "condition", "two compared", "evidence", "help now", "offline")
every_kind = pytest.mark.parametrize("kind", KINDS)

Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, live_site: str) -> Open:
    def opened(kind: str, size: dict[str, int] = WIDE) -> Page:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        answer = page.goto(live_site + KINDS[kind])
        assert answer
        assert answer.status == ANSWERS.get(kind, 200)
        return page

    return opened


@every_kind
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(open_page: Open, kind: str) -> None:
    page = open_page(kind)
    found = faults(page, OPTIONS)
    page.emulate_media(color_scheme="dark")
    found += faults(page, COLORS)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found += faults(page, OPTIONS)
    page.emulate_media(color_scheme="light")
    found += faults(page, COLORS)
    assert found == []


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    size, answer = page.viewport_size, Axe().run(page, options=options).response
    return [
        f"{size and size['width']} px: {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"][:3]
    ]


@every_kind
def test_nothing_scrolls_sideways_at_four_hundred_percent_or_with_wide_spacing(open_page: Open, kind: str) -> None:
    page = open_page(kind, NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        SPACED,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@every_kind
def test_a_page_asks_nobody_else_sets_no_cookie_and_breaks_no_rule_of_its_own(
    page: Page, live_site: str, kind: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_site + KINDS[kind], wait_until="networkidle")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(live_site).netloc}
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [text for text in said if "Failed to load resource" not in text or kind not in ANSWERS] == []


@every_kind
def test_a_page_has_its_content_without_scripts(browser: Browser, live_site: str, kind: str) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=NARROW).new_page()  # type: ignore[arg-type]
    page.goto(live_site + KINDS[kind])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Need help now")).first).to_be_visible()
    expect(page.locator(".with-script:visible")).to_have_count(0)
    page.context.close()


def test_filters_work_without_scripts(browser: Browser, live_site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_site + "/therapies/")
    page.get_by_role("checkbox", name=re.compile("Depression")).first.check()
    page.get_by_role("button", name="Show results").first.click()
    expect(page).to_have_url(re.compile("condition=depression"))
    page.context.close()


# ── By keyboard alone ──


@pytest.mark.parametrize("kind", WALKED)
def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_page: Open, kind: str) -> None:
    page = open_page(kind)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("kind", WALKED)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_keyboard_reaches_the_end_and_always_shows_where_it_is(
    open_page: Open, kind: str, size: dict[str, int]
) -> None:
    page = open_page(kind, size)
    most = page.evaluate("document.querySelectorAll('a, button, input, select, summary, [tabindex]').length") + 5
    seen = 0
    while seen < most:
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None:
            break
        assert at["shown"], f"no visible focus on {at['name']}"
        assert not at["hidden"], f"{at['name']} is hidden behind something else"
        seen += 1
    assert 8 < seen < most, "the keyboard never left the page"


# The element in focus: does it show so, and is some of it on top? None at the end of the page.
WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const boxes = [...at.getClientRects()];
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]];
  const onTop = (box) => points.some(([x, y]) => {
    const found = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return found && (at.contains(found) || found.contains(at) || found.control === at);
  });
  const name = at.outerHTML.slice(0, 120);
  return { name, shown, hidden: !boxes.some(onTop) };
}"""


# ── On paper ──


@pytest.mark.parametrize("kind", ["therapy", "condition", "two compared", "browse", "evidence"])
def test_a_page_prints_without_the_furniture_of_the_screen(open_page: Open, kind: str) -> None:
    page = open_page(kind)
    page.emulate_media(media="print")
    for furniture in (".masthead", ".safety", ".searchbox"):
        expect(page.locator(furniture).first).to_be_hidden()
    assert pages_of(page.pdf(format="A4")) >= 1


@pytest.mark.parametrize(
    ("address", "sheets"),
    [
        ("/help-now/?country=gb", 1),
        ("/help-now/", 1),
        ("/therapies/cognitive-behavioral-therapy/", 2),
        ("/conditions/depression/", 2),
    ],
)
def test_a_page_that_people_take_along_is_short_on_paper(page: Page, live_site: str, address: str, sheets: int) -> None:
    page.goto(live_site + address)
    assert pages_of(page.pdf(format="A4")) <= sheets
