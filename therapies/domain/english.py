"""Common English words, spelled right, so that none of them is taken for a misspelling of another word."""

from pathlib import Path

_LINES = Path(__file__).with_name("english_words.txt").read_text(encoding="utf-8").splitlines()

# The folded words of three letters and more, American and British, with their plurals and other forms.
COMMON_WORDS = frozenset(word for line in _LINES if not line.startswith("#") for word in line.split())
