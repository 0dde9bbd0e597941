"""Common English words, spelled right, so that none of them is taken for a misspelling of another word."""

from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("english_words.txt")


@cache
def common_words() -> frozenset[str]:
    """The folded words of three letters and more, American and British, with their plurals and other forms."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
