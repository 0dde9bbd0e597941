"""Pages as tests read them: how a template breaks its lines is no part of what a page says."""

import re
from html import unescape
from typing import Protocol

from django.test import Client

ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^>"'])*"""
BLOCKS = (
    "html head body title meta link script header main footer nav aside section article div form fieldset legend "
    "h[1-6] p ul ol li dl dt dd table caption thead tbody tfoot tr th td figure figcaption details summary optgroup "
    "option svg rect path"
)
INLINE = "a abbr b cite code del em i ins mark q small span strong sub sup time"
BLOCK_TAG = re.compile(rf" ?(</?(?:{BLOCKS.replace(' ', '|')})\b{ATTRIBUTES}>) ?")
INLINE_TAG = re.compile(rf"</?(?:{INLINE.replace(' ', '|')})\b{ATTRIBUTES}>")
NO_WORDS = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(rf"<[!/a-z]{ATTRIBUTES}>", re.IGNORECASE)
LINK = re.compile(r'\shref="([^"]*)"')


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def get(client: Client, address: str, status: int = 200) -> str:
    """The HTML of the page at this address, which must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, address
    return html(response)


def html(response: Answer) -> str:
    """The page's HTML with single spaces, and none beside block-level tags."""
    return BLOCK_TAG.sub(r"\1", re.sub(r"\s+", " ", response.content.decode()))


def text(page: Answer | str) -> str:
    """The words of a page, or of a part of its HTML, without tags."""
    source = page if isinstance(page, str) else page.content.decode()
    words = TAG.sub(" ", INLINE_TAG.sub("", NO_WORDS.sub(" ", source)))
    return " ".join(unescape(words).split())


def links(page: str) -> list[str]:
    """The addresses that a page or a part of it leads to, in order."""
    return [unescape(address) for address in LINK.findall(page)]
