"""Stylesheets keep to the names of tokens.css, and scripts are told the addresses they ask for."""

import re
from pathlib import Path

from django.conf import settings

STATIC = settings.BASE_DIR / "therapies/static/therapies"
TOKENS = STATIC / "css/tokens.css"
TO_COME = {f"css/pages/{name}.css" for name in ("case", "guide-question", "scales")}  # their pages are being made


def test_every_name_that_a_style_uses_is_given_a_value() -> None:
    styles = "".join(map(_read, STATIC.glob("css/**/*.css")))
    assert _used(styles) - _named(styles) == set()


def test_every_name_of_the_tokens_is_used() -> None:
    assert _named(_read(TOKENS)) - _used("".join(map(_read, STATIC.glob("**/*.css")))) == set()


def test_every_stylesheet_is_linked() -> None:
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    linked = set(re.findall(r"therapies/(css/[\w./-]+\.css)", pages))
    assert {str(path.relative_to(STATIC)) for path in STATIC.glob("css/**/*.css")} - linked - TO_COME == set()


def test_no_script_holds_an_address_of_its_own() -> None:
    found = {path.name: re.findall(r"""["'`]/[a-z][^"'`\s]*""", _read(path)) for path in STATIC.glob("**/*.js")}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def _read(path: Path) -> str:
    return path.read_text()


def _named(styles: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(--[\w-]+):", styles))


def _used(styles: str) -> set[str]:
    return set(re.findall(r"var\((--[\w-]+)", styles))
