"""One result of a search, and what each way of naming an entry is worth. Plain values."""

from dataclasses import dataclass

from therapies.search.lexicon import Card

WORTH = {
    "name": 1.0, "abbreviation": 0.97, "plain": 0.93, "alias": 0.92, "lay": 0.9, "short": 0.89, "spanish": 0.88,
    "said": 0.88, "title": 0.85, "phrase": 0.85,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `how` is the role of the words that matched, `text` those words as they are written."""

    card: Card
    score: float
    how: str
    text: str = ""
    label: str = ""
