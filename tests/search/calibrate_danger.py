"""Works out danger_model.json from what the catalogue itself says that people say: `make search-calibrate`.

Danger is what the curators' phrases of danger say, and what people ask of the concerns that are dangers. Everyday is
all else that people ask, as the curators wrote it down, with names and with phrases that only sound like danger. The
judged queries take no part in it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explorer.settings")
    django.setup()

from django.conf import settings

from therapies.domain import meaning
from therapies.models import DangerPhrase
from therapies.releases import bundle
from therapies.search import danger, danger_meaning

OTHER_SUBJECTS = Path(__file__).with_name("other_subjects.txt")
RATE = 0.005  # of everyday sentences, those that may show help for nothing
PENALTIES = (0.3, 1.0, 3.0, 10.0)  # of the squared weights, tried in this order
PARTS = 5  # of the texts, of which each is held out once
DECIMALS = 4  # of what is kept: more would differ between machines
CONCERNS = {  # that are dangers: what people ask of them is no everyday text
    "suicidal-thoughts": "suicide",
    "self-harm": "self-harm",
    "domestic-abuse": "abuse",
    "sexual-assault": "abuse",
    "childhood-abuse-and-neglect": "abuse",
    "crisis": "",  # says too little of which danger to learn from
}
NAMES = ("name", "plain_name", "aliases", "lay_names", "spanish")
Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the kind of danger that it signals or "", and whether it is a whole everyday sentence."""

    text: str
    kind: str
    is_everyday: bool = False


def main() -> None:
    model = trained(examples())
    danger_meaning.MODEL.write_text(json.dumps(model) + "\n", encoding="utf-8")


def examples() -> list[Example]:
    """Every text to learn from, in the form in which texts are read; each once."""
    by_text: dict[str, Example] = {}
    for example in _texts(bundle.read_folder(settings.FIXTURES_DIR)):
        for text in danger_meaning.sentences(example.text)[:1]:
            by_text.setdefault(text, Example(text, example.kind, example.is_everyday))
    return [by_text[text] for text in sorted(by_text)]


def _texts(content: bundle.Bundle) -> Iterator[Example]:
    for row in content["danger_phrases"]:
        yield Example(row["phrase"], "" if row["figurative"] else row["kind"])
    for condition in content["conditions"]:
        kind = CONCERNS.get(condition["slug"])
        yield from (Example(text, kind or "") for text in condition["phrases"] if kind)
        yield from (example for example in _of_entry(condition) if kind is None)
    for entries in ("topics", "search_intents", "therapies"):
        for row in content[entries]:
            yield from _of_entry(row)
    for text in OTHER_SUBJECTS.read_text(encoding="utf-8").splitlines():
        yield Example(text, "")


def _of_entry(row: dict[str, Any]) -> Iterator[Example]:
    """What people ask, as far as the grammar of danger does not take it for danger, and names."""
    for text in row.get("phrases", ()):
        if not danger.by_grammar(text):
            yield Example(text, "", is_everyday=True)
    for field in NAMES:
        value = row.get(field) or []
        yield from (Example(text, "") for text in ([value] if isinstance(value, str) else value))


def trained(known: list[Example]) -> dict[str, Any]:
    """The model of these examples as it is kept."""
    numbers = np.c_[meaning.vectors([example.text for example in known]), np.ones(len(known))]
    kinds = np.array([example.kind for example in known])
    everyday = np.array([example.is_everyday for example in known])
    wanted = np.stack([kinds != "", *(kinds == kind for kind in DangerPhrase.KINDS)], axis=1).astype(float)
    unseen = {penalty: _held_out(numbers, wanted, penalty) for penalty in PENALTIES}
    caught = {penalty: _recall(scores, everyday, kinds != "") for penalty, scores in unseen.items()}
    penalty = max(caught, key=lambda penalty: caught[penalty])
    print(f"{len(known)} texts; of danger that it had not seen {caught[penalty]:.3f} found, penalty {penalty}")
    weights = np.round(_fitted(numbers, wanted, penalty), DECIMALS)
    return {
        "encoder": meaning.DIGEST,
        "examples": digest(known),
        "rate": RATE,
        "asked": int(everyday.sum()),
        "everyday": [float(score) for score in np.round(_highest(unseen[penalty][everyday]), DECIMALS)],
        "weights": {name: weights[:, place].tolist() for place, name in enumerate(("danger", *DangerPhrase.KINDS))},
    }


def digest(known: list[Example]) -> str:
    return sha256(json.dumps([[one.text, one.kind, one.is_everyday] for one in known]).encode()).hexdigest()


def _fitted(numbers: Numbers, wanted: Numbers, penalty: float) -> Numbers:
    """The weights of a linear model that gives 1 for what is wanted and 0 for all else, as nearly as it can."""
    return np.linalg.solve(numbers.T @ numbers + penalty * np.eye(numbers.shape[1]), numbers.T @ wanted)


def _held_out(numbers: Numbers, wanted: Numbers, penalty: float) -> Numbers:
    """For each text its score of danger, from a model that was fitted without it."""
    scores = np.zeros(len(numbers))
    for part in range(PARTS):
        held_out = np.arange(len(numbers)) % PARTS == part
        scores[held_out] = numbers[held_out] @ _fitted(numbers[~held_out], wanted[~held_out], penalty)[:, 0]
    return scores


def _highest(scores: Numbers) -> Numbers:
    """The highest scores, one more than RATE of all."""
    return np.sort(scores)[::-1][: int(len(scores) * RATE) + 1]


def _recall(scores: Numbers, everyday: NDArray[np.bool_], dangerous: NDArray[np.bool_]) -> float:
    return float(np.mean(scores[dangerous] > _highest(scores[everyday])[-1]))


if __name__ == "__main__":
    main()
