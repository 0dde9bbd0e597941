"""Synthetic catalogues of any size: the shipped vocabulary, made-up therapies. Nothing here describes a real therapy.

The same size and seed always give the same bundle.
"""

import random
from typing import Any

from django.conf import settings

from therapies.models.therapy import FOCUSES, HOMEWORK, LENGTHS, STANCES, STRUCTURES
from therapies.models.vocabulary import AGES
from therapies.releases import bundle

SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "vel", "dor", "min", "sal", "ter"]
STANCES_OF_BODIES = ["recommended"] * 4 + ["option"] * 4 + ["finding"] * 5 + ["not-usually"]


def shipped() -> bundle.Bundle:
    return bundle.read_folder(settings.FIXTURES_DIR)


def synthetic(size: int, seed: int = 1) -> bundle.Bundle:
    """A bundle with `size` therapies and three recommendations for each."""
    rng = random.Random(seed)
    base = shipped()
    vocabulary = {kind: [row["slug"] for row in base[kind]] for kind in ("conditions", "techniques", "sources")}
    vocabulary["families"] = [row["slug"] for row in base["families"] if row["slug"] != "warned-against"]
    for part in ("participants", "delivery"):
        vocabulary[part] = [row["slug"] for row in base["formats"] if row["kind"] == part]
    therapies = [_therapy(number, rng, vocabulary) for number in range(size)]
    recommendations = [row for therapy in therapies for row in _recommendations(therapy, rng, vocabulary)]
    emptied = {"look_alikes": [], "ambiguous_terms": [], "outcomes": [], "pooled_effects": []}
    techniques = [{**row, "as_treatment": None} for row in base["techniques"]]
    synonyms = [{**row, "therapies": [], "look_alikes": []} for row in base["search_synonyms"]]
    made = {"therapies": therapies, "recommendations": recommendations, "techniques": techniques}
    made["search_synonyms"] = synonyms
    return bundle.normalize({**base, **emptied, **made})


def _therapy(number: int, rng: random.Random, vocabulary: dict[str, list[str]]) -> dict[str, Any]:
    name = "".join(rng.choices(SYLLABLES, k=3)).capitalize()
    sessions = rng.randint(1, 40)
    return {
        "slug": f"{name.lower()}-therapy-{number}",
        "name": f"{name} therapy {number}",
        "family": rng.choice(vocabulary["families"]),
        "participants": sorted(rng.sample(vocabulary["participants"], rng.randint(1, 3))),
        "delivery": sorted(rng.sample(vocabulary["delivery"], rng.randint(1, 4))),
        "ages": rng.sample(list(AGES), rng.randint(1, 3)),
        "length": [rng.choice(list(LENGTHS))],
        "focus": rng.choice(list(FOCUSES)),
        "structure": rng.choice(list(STRUCTURES)),
        "homework": rng.choice(list(HOMEWORK)),
        "stance": rng.choice(list(STANCES)),
        "sessions_min": sessions,
        "sessions_max": sessions + rng.randint(0, 12),
        "sessions_basis": "seen",
        "techniques": sorted(rng.sample(vocabulary["techniques"], rng.randint(3, 6))),
        "commonly_used_for": sorted(rng.sample(vocabulary["conditions"], rng.randint(3, 7))),
        "summary": " ".join("".join(rng.choices(SYLLABLES, k=2)) for _ in range(15)).capitalize() + ".",
    }


def _recommendations(
    therapy: dict[str, Any], rng: random.Random, vocabulary: dict[str, list[str]]
) -> list[dict[str, Any]]:
    return [
        {
            "slug": f"{therapy['slug']}--{condition}",
            "therapy": therapy["slug"],
            "condition": condition,
            "ages": therapy["ages"],
            "source": rng.choice(vocabulary["sources"]),
            "stance": rng.choice(STANCES_OF_BODIES),
            "seen": True,
            "fact": "Made up.",
        }
        for condition in rng.sample(therapy["commonly_used_for"], 3)
    ]
