"""Stylesheets keep to the names of tokens.css, and scripts are told the addresses they ask for."""

import colorsys
import re
from pathlib import Path

from django.conf import settings

STATIC = settings.BASE_DIR / "therapies/static/therapies"
TOKENS = STATIC / "css/tokens.css"


def test_every_name_that_a_style_uses_is_given_a_value() -> None:
    styles = "".join(map(_read, STATIC.glob("css/**/*.css")))
    assert _used(styles) - _named(styles) == set()


def test_every_name_of_the_tokens_is_used() -> None:
    assert _named(_read(TOKENS)) - _used("".join(map(_read, STATIC.glob("**/*.css")))) == set()


def test_no_color_of_a_column_or_a_family_is_near_that_of_danger() -> None:
    tokens = _read(TOKENS)
    danger = re.findall(r"--accent: light-dark\((#\w+), (#\w+)\)", tokens)[0]
    others = re.findall(r"(?:\.a\d \{ color|--family): light-dark\((#\w+), (#\w+)\)", tokens)
    assert len(others) > 10
    near = [one for pair in others for one, rust in zip(pair, danger, strict=True) if _is_near(one, rust)]
    assert near == []


def _is_near(one: str, other: str) -> bool:
    """Whether two colors have nearly the same hue; one that is nearly gray has none."""
    (hue, _, strength), (far, _, _) = map(_hue, (one, other))
    return strength > 0.3 and min((hue - far) % 1, (far - hue) % 1) < 25 / 360


def _hue(color: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)))


def test_every_stylesheet_is_linked() -> None:
    pages = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    linked = set(re.findall(r"therapies/(css/[\w./-]+\.css)", pages))
    assert {str(path.relative_to(STATIC)) for path in STATIC.glob("css/**/*.css")} - linked == set()


def test_no_script_holds_an_address_of_its_own() -> None:
    found = {path.name: re.findall(r"""["'`]/[a-z][^"'`\s]*""", _read(path)) for path in STATIC.glob("**/*.js")}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def _read(path: Path) -> str:
    return path.read_text()


def _named(styles: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(--[\w-]+):", styles))


def _used(styles: str) -> set[str]:
    return set(re.findall(r"var\((--[\w-]+)", styles))
