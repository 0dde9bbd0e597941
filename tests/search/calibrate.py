"""Works out the numbers of calibration.json from what the catalogue itself says that people ask: `make search-calibrate`.

What the curators wrote down as a question is asked as if it stood nowhere; a name is asked with a word missing, or beside
a concern. Only the entries that are meant are right. Searches on other subjects (other_subjects.txt) have no right entry:
the least likelihood that is shown is the one at which as many of them find something as questions lose their entry. The
judged queries take no part in it.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.search.report import install_shipped

OTHER_SUBJECTS = Path(__file__).with_name("other_subjects.txt")
OF_AN_ENTRY = 5  # questions of each entry that are asked: enough for numbers that stay the same, in a minute
PAIRS = 300  # names that are asked beside a concern
SEED = 11
PENALTY = 1.0  # of the squared weights, so that a feature without effect gets none
STEPS = 30  # of Newton's method; it settles in ten
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the numbers of the entries that it means. A text that is the same as `hidden` is not to be found."""

    text: str
    meant: frozenset[int]
    hidden: str = ""


def main() -> None:
    install_shipped()
    from therapies.search import ranking

    asked = list(queries())
    weights = {
        name: [round(float(number), 2) for number in fitted(*_examples(asked, with_meaning=with_meaning))]
        for name, with_meaning in (("with_meaning", True), ("words_alone", False))
    }
    least = _least(asked, weights["with_meaning"])
    text = json.dumps({"features": ranking.FEATURES, **weights, "least": least}, indent=1)
    ranking.CALIBRATION.write_text(text + "\n", encoding="utf-8")
    print(text)


def queries() -> Iterator[Asked]:
    """Queries of which it is known what they mean, from the shipped catalogue; the same each time."""
    from django.conf import settings

    from therapies.domain.stemming import ASKING, STOP, split
    from therapies.releases import bundle
    from therapies.search.lexicon import of_release

    chance, lexicon = random.Random(SEED), of_release()  # noqa: S311
    content = bundle.read_folder(settings.FIXTURES_DIR)
    ids = {(card.kind, card.slug): card.id for card in lexicon.cards.values()}
    for kind, found_as in (("conditions", "condition"), ("topics", "topic"), ("search_intents", "question")):
        for row in content[kind]:
            for text in chance.sample(row["phrases"], min(OF_AN_ENTRY, len(row["phrases"]))):
                yield Asked(text, frozenset({ids[found_as, row["slug"]]}), text)
    names = sorted({(name.text, name.entry) for same in lexicon.names.values() for name in same})
    names = [(text, entry) for text, entry in names if lexicon.cards[entry].kind in ("therapy", "technique", "format")]
    for text, entry in names:
        words = split(text)
        telling = [word for word in words if word not in STOP and word not in ASKING]
        if len(telling) > 2:
            missing = chance.choice(telling)
            yield Asked(" ".join(word for word in words if word != missing), frozenset({entry}), text)
    conditions = [card for card in lexicon.cards.values() if card.kind == "condition"]
    for text, entry in chance.sample(names, PAIRS):
        condition = chance.choice(conditions)
        yield Asked(f"{text} for {condition.name}", frozenset({entry, condition.id}))


def fitted(features: Numbers, meant: Numbers) -> Numbers:
    """The weights of a logistic model, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (meant - likely) - PENALTY * weights
        curve = (features.T * (likely * (1 - likely))) @ features + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def _examples(asked: list[Asked], *, with_meaning: bool) -> tuple[Numbers, Numbers]:
    """Features of every entry that has any evidence for a query, and whether it is meant."""
    features, meant = [], []
    for query in asked:
        for entry, numbers in _features(query, with_meaning=with_meaning).items():
            features.append(numbers)
            meant.append(float(entry in query.meant))
    return np.array(features), np.array(meant)


def _features(query: Asked, *, with_meaning: bool) -> dict[int, list[float]]:
    from therapies.domain.stemming import terms
    from therapies.search import engine
    from therapies.search.lexicon import of_release
    from therapies.search.ranking import Evidence

    lexicon = of_release()
    known = engine.evidence(terms(query.text), query.text, lexicon, without=query.hidden)
    if not with_meaning:
        known = Evidence(known.named, known.alike)
    cards = {entry: lexicon.cards[entry] for entry in known.entries}
    return {entry: known.features(card) for entry, card in cards.items() if card.is_therapy and not card.is_discouraged}


def _least(asked: list[Asked], weights: list[float]) -> float:
    """The likelihood under which nothing is shown, where the two kinds of mistake are equally frequent."""
    from therapies.search.ranking import likelihood

    found, lost = [], []
    for text in OTHER_SUBJECTS.read_text(encoding="utf-8").splitlines():
        rows = _features(Asked(text, frozenset()), with_meaning=True).values()
        found.append(max((likelihood(row, weights) for row in rows), default=0.0))
    for query in asked:
        if query.hidden == query.text:
            rows = _features(query, with_meaning=True)
            lost.append(max((likelihood(rows[entry], weights) for entry in query.meant if entry in rows), default=0.0))
    levels = np.linspace(0, 0.5, 501)
    wrong = [abs(np.mean(np.array(found) >= level) - np.mean(np.array(lost) < level)) for level in levels]
    best = int(np.argmin(wrong))
    level = float(levels[best])
    print(f"other subjects that find something: {np.mean(np.array(found) >= level):.3f}", end=", ")
    print(f"questions that lose their entry: {np.mean(np.array(lost) < level):.3f}")
    return round(level, 3)


if __name__ == "__main__":
    main()
