"""The drawn language: symbols that pages use by name. A page gets those that it uses, once, and no others."""

import re
from functools import lru_cache

from django.conf import settings

FOLDER = settings.BASE_DIR / "templates" / "includes" / "symbols"
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([^"]+)">.*?</symbol>')
USED = re.compile(r'<use[^>]*? href="#([\w-]+)"')
PLACE = "<!-- symbols -->"  # in base.html


@lru_cache(maxsize=1)
def every() -> dict[str, str]:
    """The symbols by name, as they stand in their files."""
    return {found[1]: found[0] for path in sorted(FOLDER.glob("*.svg")) for found in SYMBOL.finditer(path.read_text())}


@lru_cache(maxsize=128)
def view_box(name: str) -> str:
    """The frame that a symbol is drawn in; a name that is no symbol is a mistake in the template."""
    found = SYMBOL.match(every().get(name, ""))
    if not found:
        raise KeyError(f"“{name}” is not a symbol of templates/includes/symbols/.")
    return found[2]


def put_in(html: str) -> str:
    """The page with the symbols it uses, and with those that they use in turn."""
    return html.replace(PLACE, _sheet(frozenset(USED.findall(html))), 1)


@lru_cache(maxsize=256)
def _sheet(names: frozenset[str]) -> str:
    symbols = every()
    used = names & symbols.keys()
    used |= {inner for name in used for inner in USED.findall(symbols[name])}
    drawn = "".join(symbols[name] for name in sorted(used))
    return f'<svg class="hidden" id="symbols" aria-hidden="true" focusable="false">{drawn}</svg>'
