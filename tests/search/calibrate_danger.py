"""Works out danger_model.npz: `make search-calibrate`, with scikit-learn, which the site itself does without.

Danger is what the curators' phrases of danger say, what people ask of the concerns that are dangers, and the examples
of danger in danger_examples.tsv; ordinary is all else that people ask, as the curators wrote it down, names, phrases
that only sound like danger, and the other examples. The examples were written for this by language models that saw
neither the catalogue nor any judged query, person by person and kind by kind; none is of a real person. The judged
queries take no part in it.
"""

import csv
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
EXAMPLES = Path(__file__).with_name("danger_examples.tsv")
RATE = 0.025  # of ordinary sentences, a third of them written to sound like danger, that may show help for nothing
AXES = 256  # of the vectors, the main ones; with all 512 it finds no more
SHARPNESS = 3.0  # of 3, 4, 5 and 8: how fast the pull of an example falls with the angle to it
WORDS = 0.25  # of 0.15, 0.25, 0.5 and 1: the share of the words beside the meaning
SLACK = 3.0  # of 1, 3 and 10: what an example on the wrong side costs
RIDGE = 1.0  # of the squared weights of the kinds
FEWEST = 2  # texts that a word stands in, if it is to have a weight
PARTS = 3  # of the texts, of which each is held out once
ORDINARY_AT_MOST = 0.2  # of the texts that a pattern of the grammar finds, or it counts only with a meaning that fits
LOST = 0.01  # of the sentences of danger that such patterns find, those whose meaning may fit too badly
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
    """A text, the kind of danger that it signals or "", and whether the threshold is set by texts such as it."""

    text: str
    kind: str
    is_ordinary: bool = False


def main() -> None:
    np.savez_compressed(danger_meaning.MODEL, **trained(examples()))


def examples() -> list[Example]:
    """Every text to learn from, in the form in which texts are read; each once."""
    by_text: dict[str, Example] = {}
    for example in _texts(bundle.read_folder(settings.FIXTURES_DIR)):
        for text in danger_meaning.sentences(example.text)[:1]:
            by_text.setdefault(text, Example(text, example.kind, example.is_ordinary))
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
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Example(row["text"], row["kind"], is_ordinary=not row["kind"])


def _of_entry(row: dict[str, Any]) -> Iterator[Example]:
    """What people ask, as far as the grammar of danger does not take it for danger, and names."""
    for text in row.get("phrases", ()):
        if not danger.by_grammar(text):
            yield Example(text, "", is_ordinary=True)
    for field in NAMES:
        value = row.get(field) or []
        yield from (Example(text, "") for text in ([value] if isinstance(value, str) else value))


def trained(known: list[Example]) -> dict[str, Any]:
    """The model of these examples as it is kept."""
    vectors = meaning.vectors([example.text for example in known])
    kinds = np.array([example.kind for example in known])
    ordinary = np.array([example.is_ordinary for example in known])
    axes = np.linalg.svd(vectors, full_matrices=False)[2][:AXES].T.astype(np.float16)
    near = danger_meaning.on_axes(vectors, axes.astype(np.float32))
    names, words = _words([example.text for example in known])
    alike = np.exp(SHARPNESS * (near @ near.T - 1)) + WORDS * (words @ words.T).toarray().astype(np.float32)
    unseen = _held_out(alike, kinds != "")
    highest = np.sort(unseen[ordinary])[::-1][: int(ordinary.sum() * RATE) + 1]
    print(f"{len(known)} texts; of danger that it had not seen {np.mean(unseen[kinds != ''] > highest[-1]):.3f} found")
    doubtful, in_doubt = _doubtful(known)
    unlikely = float(np.quantile(unseen[in_doubt & (kinds != "")], LOST))
    spared = np.mean(unseen[in_doubt & (kinds == "")] <= unlikely)
    print(f"{len(doubtful)} patterns in doubt; of ordinary texts that they find {spared:.2f} show no help")
    places, pulls, bias = _fitted(alike, kinds != "")
    weights = WORDS * (words[places].T @ pulls)
    return {
        "encoder": np.array(meaning.DIGEST),
        "learned_from": np.array(digest(known)),
        "axes": axes,
        "examples": np.rint(near[places] * (meaning.LARGEST / np.abs(near[places]).max(axis=1, keepdims=True))).astype(
            np.int8
        ),
        "pulls": pulls.astype(np.float32),
        "sharpness": np.array(SHARPNESS),
        "words": np.frombuffer("\n".join(names).encode(), np.uint8),
        "word_weights": weights.astype(np.float16),
        "bias": np.array(bias),
        "kinds": np.frombuffer("\n".join(DangerPhrase.KINDS).encode(), np.uint8),
        "of_kinds": _of_kinds(vectors, kinds).astype(np.float16),
        "ordinary": highest.astype(np.float32),
        "asked": np.array(int(ordinary.sum())),
        "rate": np.array(RATE),
        "doubtful": np.frombuffer("\n".join(doubtful).encode(), np.uint8),
        "unlikely": np.array(unlikely),
    }


def _doubtful(known: list[Example]) -> tuple[list[str], NDArray[np.bool_]]:
    """The patterns of the grammar that find too much that is ordinary, and which texts no other pattern finds."""
    read = [danger.as_read(example.text) for example in known]
    ordinary = np.array([not example.kind for example in known])
    doubtful, by_doubtful, by_sure = [], np.zeros(len(known), bool), np.zeros(len(known), bool)
    for part, pattern in danger.each_pattern():
        found = np.array([bool(pattern.search(text)) for text in read])
        if found.any() and np.mean(ordinary[found]) > ORDINARY_AT_MOST:
            doubtful.append(part)
            by_doubtful |= found
        else:
            by_sure |= found
    return sorted(doubtful), by_doubtful & ~by_sure


def digest(known: list[Example]) -> str:
    return sha256(json.dumps([[one.text, one.kind, one.is_ordinary] for one in known]).encode()).hexdigest()


def _words(texts: list[str]) -> tuple[list[str], Any]:
    """Words and pairs of words, and for each text a row of length 1 at most that says which it has."""
    from scipy.sparse import diags
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=danger_meaning.grams, min_df=FEWEST, binary=True)
    found = counter.fit_transform(texts).astype(np.float32)
    lengths = diags([1 / danger_meaning.length(text) for text in texts])
    return list(counter.get_feature_names_out()), (lengths @ found).tocsr()


def _fitted(alike: Numbers, dangerous: NDArray[np.bool_]) -> tuple[Numbers, Numbers, float]:
    """Which texts decide, how much each pulls towards danger, and what is added."""
    from sklearn.svm import SVC

    machine = SVC(C=SLACK, kernel="precomputed", cache_size=2000).fit(alike, dangerous)
    return machine.support_, machine.dual_coef_[0], float(machine.intercept_[0])


def _held_out(alike: Numbers, dangerous: NDArray[np.bool_]) -> Numbers:
    """For each text its score of danger, from a model that was fitted without it."""
    scores = np.zeros(len(alike))
    part_of = np.arange(len(alike)) % PARTS
    for part in range(PARTS):
        rest = np.flatnonzero(part_of != part)
        places, pulls, bias = _fitted(alike[np.ix_(rest, rest)], dangerous[rest])
        scores[part_of == part] = alike[np.ix_(part_of == part, rest[places])] @ pulls + bias
    return scores


def _of_kinds(vectors: Numbers, kinds: Numbers) -> Numbers:
    """The weights of a linear model that gives 1 for a kind and 0 for all else, as nearly as it can."""
    numbers = np.c_[vectors, np.ones(len(vectors))].astype(np.float64)
    wanted = np.stack([kinds == kind for kind in DangerPhrase.KINDS], axis=1).astype(float)
    return np.linalg.solve(numbers.T @ numbers + RIDGE * np.eye(numbers.shape[1]), numbers.T @ wanted)


if __name__ == "__main__":
    main()
