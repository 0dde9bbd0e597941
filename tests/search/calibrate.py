"""Works out the numbers of calibration.json from what the catalogue says that people ask: `make search-calibrate`.

What the curators wrote down as a question is asked as if it stood nowhere; a name is asked with a word missing, or
beside a concern. Only the entries that are meant are right, and none for a search on another subject
(other_subjects.txt). The judged queries take no part in it.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.search.report import install_shipped

if __name__ == "__main__":
    install_shipped()

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from therapies.domain.stemming import ASKING, STOP, split, terms
from therapies.releases import bundle
from therapies.search import engine, ranking
from therapies.search.danger import detect
from therapies.search.lexicon import of_release
from therapies.search.ranking import Evidence, likelihood

OTHER_SUBJECTS = Path(__file__).with_name("other_subjects.txt")
# How many questions of each entry are asked: most people ask about what somebody lives with, some about therapy itself,
# and few for a kind of therapy.
OF_AN_ENTRY = {"conditions": 16, "topics": 16, "search_intents": 4}
EVERYDAY = 500  # everyday words that are asked as if nobody had thought of them
NAMES = 100  # names that are asked with a word missing, as many beside a concern, and as many short forms of both
PARTS = 5  # of the queries, of which each is held out once
# The share of searches on other subjects that may find something. Half of ours have words of the catalogue (“panic room
# film”), which few searches have; and to be left alone is worse for a reader.
ANSWERED = 0.07
LOST = 0.05  # the share of questions that may lose their entry among results that are far behind the best
LED_ASTRAY = 0.01  # the share of questions about other things that may lead to a diagnosis that hurts
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


Known = tuple[Asked, Evidence]


def main() -> None:
    asked = [(query, evidence(query)) for query in queries()]
    by_meaning = _rounded(fitted(*_examples(asked)))
    by_words = _rounded(fitted(*_examples([(query, Evidence(known.named, known.alike)) for query, known in asked])))
    features = np.array([_of_subject(known, by_meaning) for _, known in asked])
    ours = np.array([float(bool(query.meant)) for query, _ in asked])
    subject = _rounded(fitted(features, ours, _balanced(ours)))
    numbers = {
        "by_meaning": by_meaning,
        "by_words": by_words,
        "least_delicate": _least_delicate(asked, by_meaning),
        "least_of_best": _least_of_best(asked, by_meaning),
        "least_subject": _least(_cross_validated(features, ours), ours),
        "subject": subject,
    }
    ranking.CALIBRATION.write_text(json.dumps(numbers) + "\n", encoding="utf-8")


def queries() -> Iterator[Asked]:
    """Queries of which it is known what they mean, from the shipped catalogue; the same each time."""
    chance, lexicon = random.Random(SEED), of_release()
    content = bundle.read_folder(settings.FIXTURES_DIR)
    ids = {(card.kind, card.slug): card.id for card in lexicon.cards.values()}
    for kind, found_as in (("conditions", "condition"), ("topics", "topic"), ("search_intents", "question")):
        for row in content[kind]:
            for text in chance.sample(row["phrases"], min(OF_AN_ENTRY[kind], len(row["phrases"]))):
                yield Asked(text, frozenset({ids[found_as, row["slug"]]}), text)
    everyday = sorted(key for key, same in lexicon.names.items() if {name.how for name in same} == {"synonym"})
    for key in chance.sample(everyday, EVERYDAY):
        meant = frozenset(name.entry for name in lexicon.names[key] if not lexicon.cards[name.entry].is_discouraged)
        if meant:
            yield Asked(lexicon.names[key][0].text, meant, lexicon.names[key][0].text)
    names = sorted({(name.text, name.entry) for same in lexicon.names.values() for name in same})
    names = [(text, entry) for text, entry in names if lexicon.cards[entry].kind in ("therapy", "technique", "format")]
    for text, entry in chance.sample(names, NAMES):
        words = split(text)
        telling = [word for word in words if word not in STOP and word not in ASKING]
        if len(telling) > 2:
            missing = chance.choice(telling)
            yield Asked(" ".join(word for word in words if word != missing), frozenset({entry}), text)
    for text in OTHER_SUBJECTS.read_text(encoding="utf-8").splitlines():
        yield Asked(text, frozenset())
    shorts = {kind: sorted(_short_names(kind)) for kind in ("therapy", "condition")}
    for _ in range(NAMES):
        (short, entry), (concern, of_concern) = chance.choice(shorts["therapy"]), chance.choice(shorts["condition"])
        yield Asked(f"{short} {concern}", frozenset({entry, of_concern}))
    conditions = [card for card in lexicon.cards.values() if card.kind == "condition"]
    for text, entry in chance.sample(names, NAMES):
        condition = chance.choice(conditions)
        yield Asked(f"{text} for {condition.name}", frozenset({entry, condition.id}))


def _short_names(kind: str) -> Iterator[tuple[str, int]]:
    names = (name for same in of_release().names.values() for name in same)
    yield from {
        (name.text, name.entry)
        for name in names
        if name.how == "abbreviation" and of_release().cards[name.entry].kind == kind
    }


def fitted(features: Numbers, true: Numbers, counts: Numbers | float = 1.0) -> Numbers:
    """The weights of a logistic model, by Newton's method. `counts` says how much each row counts."""
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (counts * (true - likely)) - PENALTY * weights
        curve = (features.T * (counts * likely * (1 - likely))) @ features + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def evidence(query: Asked) -> Evidence:
    in_danger = bool(detect(query.text, of_release().phrases, of_release().words))
    return engine.evidence(terms(query.text), query.text, of_release(), without=query.hidden, in_danger=in_danger)


def _examples(asked: list[Known]) -> tuple[Numbers, Numbers]:
    """Features of every entry that has any evidence for a query, and whether it is meant."""
    rows = [(query, *row) for query, known in asked for row in _features(known).items()]
    meant = [float(entry in query.meant) for query, entry, _ in rows]
    return np.array([numbers for *_, numbers in rows]), np.array(meant)


def _features(known: Evidence) -> dict[int, list[float]]:
    cards = {entry: of_release().cards[entry] for entry in known.entries}
    return {entry: known.features(card) for entry, card in cards.items() if card.is_therapy and not card.is_discouraged}


def _least_of_best(asked: list[Known], weights: list[float]) -> float:
    """The share of the best entry's likelihood from which on an entry is shown: few questions lose theirs by it."""
    shares = []
    for query, known in asked:
        likely = {entry: likelihood(row, weights) for entry, row in _features(known).items()}
        shares += [likely[entry] / max(likely.values()) for entry in query.meant if entry in likely]
    return round(float(np.quantile(shares, LOST)), 3)


def _least_delicate(asked: list[Known], weights: list[float]) -> float:
    """The likelihood from which on a concern that hurts is shown to somebody who does not name it."""
    cards = of_release().cards
    wrong = []
    for query, known in asked:
        hurts = {entry for entry in known.entries if cards[entry].hurts(in_danger=known.in_danger)}
        delicate = {entry: row for entry, row in _features(known).items() if entry in hurts}
        if query.meant and query.meant.isdisjoint(delicate):
            wrong.append(max((likelihood(row, weights) for row in delicate.values()), default=0.0))
    return round(float(np.quantile(wrong, 1 - LED_ASTRAY)), 3)


def _of_subject(known: Evidence, of_entry: list[float]) -> list[float]:
    likely = {entry: likelihood(row, of_entry) for entry, row in _features(known).items()}
    return ranking.of_subject(known, likely)


def _balanced(ours: Numbers) -> Numbers:
    """A weight for each query, so that our subject and the others count the same in all."""
    return np.where(ours > 0, 1.0, ours.sum() / (len(ours) - ours.sum()))


def _cross_validated(features: Numbers, ours: Numbers) -> Numbers:
    """For each query how likely it is about our subject, from a model that was fitted without it."""
    likely = np.zeros(len(ours))
    for part in range(PARTS):
        held_out = np.arange(len(ours)) % PARTS == part
        rest = ours[~held_out]
        weights = fitted(features[~held_out], rest, _balanced(rest))
        likely[held_out] = 1 / (1 + np.exp(-features[held_out] @ weights))
    return likely


def _least(likely: Numbers, ours: Numbers) -> float:
    """The likelihood from which on a query is answered: the least at which few searches on other subjects are."""
    least = float(np.quantile(likely[ours == 0], 1 - ANSWERED))
    missed = np.mean(likely[ours == 1] < least)
    print(f"Of searches on other subjects {ANSWERED:.1%} are answered, of questions {missed:.1%} are not.")
    return round(least, 3)


def _rounded(weights: Numbers) -> list[float]:
    return [round(float(weight), 3) for weight in weights]


if __name__ == "__main__":
    main()
