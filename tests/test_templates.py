"""Templates are indented for those who write them; readers do not pay for it."""

import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine, Origin

from explorer.templates import Loader

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
