"""The longest handouts keep to two sheets, of A4 and of Letter, also where DejaVu is the only font."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.paper import pages_of

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
CONFLICTING = "t=multisystemic-therapy&t=parent-training&t=scared-straight&t=boot-camps&for=conduct-problems"
OBSESSIVE = (
    "t=cognitive-behavioral-therapy&t=exposure-and-response-prevention&t=internet-delivered-cbt"
    "&t=acceptance-and-commitment-therapy&for=ocd"
)
LONGEST = [
    "/therapies/cognitive-behavioral-therapy/handout/",
    "/therapies/dialectical-behavior-therapy/handout/",
    "/therapies/dialectical-behavior-therapy/handout/?for=self-harm",
    "/therapies/behavioral-activation/handout/?for=depression",
    "/therapies/interpersonal-psychotherapy/handout/?for=depression",
    "/conditions/depression/handout/",
    f"/compare/handout/?{CONFLICTING}",
    f"/compare/handout/?{OBSESSIVE}",
]
every_long_one = pytest.mark.parametrize("address", LONGEST)


@pytest.fixture(scope="module")
def bare(launch_browser: Callable[..., Browser], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser as on a bare Debian, which has no other fonts than DejaVu."""
    assert DEJAVU.is_dir(), "DejaVu is missing. On Debian: apt-get install fonts-dejavu-core"
    folder = tmp_path_factory.mktemp("fonts")
    only = folder / "fonts.conf"
    only.write_text(
        f"<fontconfig><dir>{DEJAVU}</dir><cachedir>{folder}</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>'
    )
    browser = launch_browser(env={**os.environ, "FONTCONFIG_FILE": str(only)})
    yield browser
    browser.close()


@every_long_one
def test_a_handout_fits_on_two_sheets(page: Page, live_site: str, address: str) -> None:
    page.goto(live_site + address)
    assert sheets(page) <= 2


@every_long_one
def test_a_handout_fits_on_two_sheets_in_dejavu(bare: Browser, live_site: str, address: str) -> None:
    page = bare.new_page()
    page.goto(live_site + address)
    assert page.evaluate(WIDTH, "Liberation Sans") == page.evaluate(WIDTH, "DejaVu Sans"), "there is another font"
    assert sheets(page) <= 2
    page.close()


def sheets(page: Page) -> int:
    """Of A4 or of Letter, whichever is more."""
    return max(pages_of(page.pdf(format=paper)) for paper in ("A4", "Letter"))


# How wide a text is in this font, or in that which takes its place
WIDTH = """font => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `16px "${font}", "DejaVu Sans"`;
  return pen.measureText("The quick brown fox").width;
}"""
