"""Templates are indented for those who write them; readers do not pay for it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin

from explorer.templates import Loader
from tests.test_architecture import MODULES, dotted, folder
from tests.test_urls import strings
from therapies.checks import SHARED_FRAGMENTS
from therapies.domain import questions
from therapies.entries.therapy import ANSWERS, fragment_of

TAGS = (
    "a abbr article b blockquote body br button caption cite code col dd del details div dl dt em fieldset figure "
    "footer form h[1-6] head header hr html i img input ins label legend li link main mark meta nav ol optgroup option "
    "p path pre q rect script section select small span strong style sub summary sup svg table tbody td th thead time "
    "title tr u ul"
)
HTML = re.compile(
    rf"</?(?:{TAGS.replace(' ', '|')})(?:[\s/>]|$)|&(?:[a-z]+|#\d+);"
    r"|^\s+(?:aria-[a-z]+|checked|class|data-[a-z-]+|disabled|hidden|href|id|open|selected|style)(?:=|$)"
)
LONG = 160
NO_PAGES = {"admin", "curate", "management", "releases", "rules"}
OURS = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def loaded(path: Path, source: str) -> str:
    path.write_text(source)
    loader = Loader(Engine(), [path.parent])
    return loader.get_contents(Origin(str(path), path.name, loader))


def test_a_template_is_loaded_without_its_indentation_and_keeps_its_lines(tmp_path: Path) -> None:
    assert loaded(tmp_path / "a.html", "<p>\n\t  Two  words\n\n    more</p>\n") == "<p>\nTwo  words\n\nmore</p>\n"


def test_what_a_value_holds_is_left_as_it_is(tmp_path: Path) -> None:
    template = Engine().from_string(loaded(tmp_path / "a.html", "<pre>\n  {{ value }}</pre>"))
    assert template.render(Context({"value": "a\n  b"})) == "<pre>\na\n  b</pre>"


def test_no_template_means_the_blanks_at_the_start_of_its_lines() -> None:
    assert len(OURS) > 50
    assert [path.name for path in OURS if "<pre" in path.read_text()] == []


def test_templates_are_indented_and_few_of_their_lines_are_long() -> None:
    lines = {path.name: path.read_text().splitlines() for path in OURS}
    flat = [name for name, own in lines.items() if len(own) > 15 and not any(line.startswith(" ") for line in own)]
    assert flat == []
    assert len([line for own in lines.values() for line in own if len(line) > LONG]) <= 10  # descriptions and links


def test_what_a_comment_says_a_template_needs_exists() -> None:
    """`module.Class` in a comment names a class of a module of ours."""
    classes = {
        (path.stem, name)
        for path in (settings.BASE_DIR / "therapies").rglob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text(), re.MULTILINE)
    }
    named = {
        (module, name, path.name)
        for path in OURS
        for comment in re.findall(r"\{#.*?#\}", path.read_text())
        for module, name in re.findall(r"\b([a-z_]+)\.([A-Z]\w+)", comment)
    }
    assert named
    assert [row for row in sorted(named) if row[:2] not in classes] == []


def test_every_fragment_is_reached() -> None:
    """By its name from another template or a module, or as the answer to a question."""
    named = {path: path.read_text() for path in [*OURS, *MODULES]}
    answers = {fragment_of(question) for question in questions.questions()}
    answers |= {f"{ANSWERS}/_{name}.html" for name in SHARED_FRAGMENTS}
    fragments = [path for path in OURS if path.name.startswith("_")]
    names = {path: str(path.relative_to(settings.BASE_DIR / "templates")) for path in fragments}
    assert len(fragments) > 80
    assert [
        name
        for path, name in names.items()
        if name not in answers and not any(name in text for other, text in named.items() if other != path)
    ] == []


def test_one_component_alone_says_that_nobody_reviewed_a_page() -> None:
    saying = [path.name for path in OURS if re.search(r"clinically\s+reviewed", path.read_text(), re.IGNORECASE)]
    assert saying == ["_reviewed.html"]


# ── HTML stands in templates ──


# The symbols of the drawn language: one reads them from files of SVG, the other puts a single <use> where it is named.
DRAWN = {"therapies.serving.symbols", "therapies.templatetags.drawn"}


def test_no_module_of_public_pages_holds_html() -> None:
    """What has to be fast is a fragment that is made once and filled in: serving/outlines.py."""
    public = [path for path in MODULES if folder(dotted(path)) not in NO_PAGES]
    public = [path for path in public if dotted(path) not in DRAWN]
    assert len(public) > 80
    assert [f"{dotted(path)}: {text!r}" for path in public for text in strings(path) if HTML.search(text)] == []


@pytest.mark.parametrize(
    "text", ["<br>", '<a class="cite" href="', "</details>", " checked", ' class="soft">', "&nbsp;"]
)
def test_html_in_a_module_is_known_by_its_tags_entities_and_attributes(text: str) -> None:
    assert HTML.search(text)


@pytest.mark.parametrize(
    "text", [r"(?<!\w)a (?P<name>b)", "a < b > c", "open", "title case", "q=x&for=ptsd", "<str:slug>"]
)
def test_other_texts_of_a_module_are_no_html(text: str) -> None:
    assert not HTML.search(text)


def test_one_module_alone_marks_places_in_what_is_made() -> None:
    marking = [dotted(path) for path in MODULES for text in strings(path) if re.search(r"[\x01-\x08]", text)]
    assert set(marking) == {"therapies.serving.outlines"}
