"""The drawn language: symbols that pages use by name. A page gets those that it uses, once, and no others."""

import re
from functools import cached_property

from django.conf import settings

FOLDER = settings.BASE_DIR / "templates" / "includes" / "symbols"
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([^"]+)">.*?</symbol>')
USED = re.compile(r'<use[^>]*? href="#([\w-]+)"')
PLACE = "<!-- symbols -->"  # in base.html


class _Symbols:
    """The symbols by name as they stand in their files, read when they are first asked for."""

    @cached_property
    def by_name(self) -> dict[str, str]:
        texts = [path.read_text() for path in sorted(FOLDER.glob("*.svg"))]
        return {found[1]: found[0] for text in texts for found in SYMBOL.finditer(text)}


_symbols = _Symbols()


def every() -> dict[str, str]:
    return _symbols.by_name


def view_box(name: str) -> str:
    """The frame that a symbol is drawn in; a name that is no symbol is a mistake in the template."""
    found = SYMBOL.match(every().get(name, ""))
    if not found:
        raise KeyError(f"“{name}” is not a symbol of templates/includes/symbols/.")
    return found[2]


def put_in(html: str) -> str:
    """The page with the symbols it uses, and with those that they use in turn."""
    return html.replace(PLACE, _sheet(frozenset(USED.findall(html))), 1)


def _sheet(names: frozenset[str]) -> str:
    symbols = every()
    used = names & symbols.keys()
    used |= {inner for name in used for inner in USED.findall(symbols[name])}
    drawn = "".join(symbols[name] for name in sorted(used))
    return f'<svg class="hidden" id="symbols" aria-hidden="true" focusable="false">{drawn}</svg>'
