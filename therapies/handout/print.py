"""How a sheet is asked for and leaves: print size, ink, paper, the QR code, and a PDF where WeasyPrint is installed."""

import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import QueryDict

from therapies.serving.query import OneOf, QueryForm

CHOICES = {"size": ("normal", "large"), "ink": ("color", "black"), "paper": ("letter", "a4")}
STYLES = settings.BASE_DIR / "therapies" / "static" / "therapies" / "css" / "pages" / "handout.css"
MOST_SHEETS = 2
SMALLER = "@media print { .sheet.normal { font-size: 9.9pt } }"  # in DejaVu, as large as 10.5pt in Arial
TAGGED = {"pdf_variant": "pdf/ua-1"}
_one_at_a_time = threading.Lock()  # making a PDF takes a processor for a second


class NoPdf(Exception):
    """WeasyPrint is not installed here."""


class PrintForm(QueryForm):
    def __init__(self, query: QueryDict) -> None:
        message = "We do not have “{}={{}}”. You can choose: {}."
        super().__init__(
            query,
            {
                name: OneOf(values, otherwise=values[0], message=message.format(name, ", ".join(values)))
                for name, values in CHOICES.items()
            },
        )


@dataclass(frozen=True, slots=True)
class PrintVersion:
    """What of the address concerns paper; `pairs` is the rest of it, which every version keeps."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()
    size: str = "normal"
    ink: str = "color"
    paper: str = "letter"
    messages: list[str] = field(default_factory=list)

    @property
    def classes(self) -> str:
        return f"sheet {self.size} {self.ink}"

    def url(self, path: str = "", **changed: str) -> str:
        now = {"size": self.size, "ink": self.ink, "paper": self.paper} | changed
        pairs = [*self.pairs, *((name, now[name]) for name, values in CHOICES.items() if now[name] != values[0])]
        return f"{path or self.path}?{urlencode(pairs)}" if pairs else (path or self.path)

    @property
    def others(self) -> list[tuple[str, str, bool]]:
        """Name, address, and whether it is the one shown."""
        return [
            ("Normal print", self.url(size="normal"), self.size == "normal"),
            ("Large print", self.url(size="large"), self.size == "large"),
            ("Color", self.url(ink="color"), self.ink == "color"),
            ("Black and white", self.url(ink="black"), self.ink == "black"),
        ]

    @property
    def pdf(self) -> list[tuple[str, str]]:
        path = self.path.rstrip("/").removesuffix(".pdf") + ".pdf"
        return [("Letter", self.url(path, paper="letter")), ("A4", self.url(path, paper="a4"))]


def read(query: QueryDict, path: str, pairs: tuple[tuple[str, str], ...] = ()) -> PrintVersion:
    """The version that the address asks for; what is not understood is left out and becomes a message."""
    form = PrintForm(query)
    return PrintVersion(path, pairs, **form.cleaned_data, messages=form.messages())


@lru_cache(maxsize=500)
def qr_code(address: str) -> str:
    """The address as a picture in a data: address, dark on light whatever the page looks like."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=2, dark="#000", light="#fff"))


def pdf(html: str, version: PrintVersion) -> bytes:
    """The sheet as a tagged PDF. Loads nothing but its own style; raises NoPdf where WeasyPrint is missing."""
    weasyprint = _weasyprint()
    with _one_at_a_time:
        return bytes(_laid_out(weasyprint, html, version).write_pdf(**TAGGED))


def _laid_out(weasyprint: ModuleType, html: str, version: PrintVersion) -> Any:
    """The document, in smaller letters where a wide font makes it longer than it should be."""
    own_data_only = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=html, url_fetcher=own_data_only)
    size = "A4" if version.paper == "a4" else "letter"
    styles = [weasyprint.CSS(filename=str(Path(STYLES))), weasyprint.CSS(string=f"@page {{ size: {size} }}")]
    made = page.render(stylesheets=styles, **TAGGED)
    if version.size == "normal" and len(made.pages) > MOST_SHEETS:
        made = page.render(stylesheets=[*styles, weasyprint.CSS(string=SMALLER)], **TAGGED)
    return made


def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except (ImportError, OSError) as missing:  # OSError: its system libraries are not there
        raise NoPdf from missing
    return weasyprint
