"""The list of therapies counted by brute force over the text of /catalogue.json: slow, obvious, and sharing no code.

It reads the content policy, not the program: a facet's count is how many therapies would be shown if that option alone
were chosen in its facet and everything else stayed as it is.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Row = dict[str, Any]
Choices = dict[str, list[str]]
BEST_FIRST = ["recommended", "option", "guidelines-differ", "research-only", "commonly-used", "advised-against"]
OF_A_THERAPY = {"participants", "delivery", "length"}  # facets that are a list of the therapy's own
ONE_VALUE = {"focus", "structure", "homework", "family"}


class Recount:
    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.conditions = [row["slug"] for row in data["conditions"]]
        self.therapies = sorted(data["therapies"], key=lambda row: (row["name"], row["slug"]))
        self.therapies = [row for row in self.therapies if row["status"] != "discouraged"]
        sources = {row["slug"]: row for row in data["sources"]}
        self.said: dict[tuple[str, str], list[tuple[str, list[str]]]] = {}
        for row in data["recommendations"]:
            says = what_it_says(row, sources[row["source"]])
            if says:
                self.said.setdefault((row["therapy"], row["condition"]), []).append((says, row["ages"]))
        self.used = {row["slug"]: set(row["commonly_used_for"]) for row in data["therapies"]}
        self.standings_of = lru_cache(maxsize=None)(self._standings_of)

    def _standing(self, therapy: str, used: bool, condition: str, ages: tuple[str, ...]) -> str | None:
        rows = self.said.get((therapy, condition), [])
        wanted = {*ages, "adult"} if "older" in ages else set(ages)  # “adults” are everyone from 18
        heard = {says for says, spoken_of in rows if not ages or wanted & set(spoken_of)}
        if "against" in heard:
            return "guidelines-differ" if heard & {"for", "option"} else "advised-against"
        if "for" in heard:
            return "recommended"
        if "option" in heard:
            return "option"
        if "research" in heard:
            return "research-only"
        return "commonly-used" if used else None

    def every_standing(self, ages: Iterable[str]) -> dict[tuple[str, str], str]:
        """The label of every pair of a therapy and a condition that has one, practices that are warned against too."""
        pairs = {*self.said, *((therapy, condition) for therapy, used in self.used.items() for condition in used)}
        asked = tuple(ages)
        labels = {pair: self._standing(pair[0], pair[1] in self.used[pair[0]], pair[1], asked) for pair in pairs}
        return {pair: label for pair, label in labels.items() if label}

    def standings(self, therapy: Row, choices: Choices) -> set[str | None]:
        """Those for the chosen conditions (for any, where none is chosen) and ages."""
        ages = tuple(choices.get("age", []))
        return self.standings_of(therapy["slug"], tuple(choices.get("condition") or self.conditions), ages)

    def _standings_of(self, slug: str, conditions: tuple[str, ...], ages: tuple[str, ...]) -> set[str | None]:
        used = self.used[slug]
        return {self._standing(slug, condition in used, condition, ages) for condition in conditions}

    def has(self, therapy: Row, facet: str, option: str, choices: Choices) -> bool:
        if facet == "condition":
            return option in therapy["commonly_used_for"] or (therapy["slug"], option) in self.said
        if facet == "standing":
            return option in self.standings(therapy, choices)
        if facet == "age":
            return option in therapy["ages"]
        if facet == "technique":
            return option in therapy["techniques"]
        if facet in OF_A_THERAPY:
            return option in therapy[facet]
        assert facet in ONE_VALUE
        return option == therapy[facet]

    def listed(self, *, programs: bool) -> list[Row]:
        return [row for row in self.therapies if programs or row["status"] != "technique-level programme"]

    def matches(self, therapy: Row, choices: Choices, facets: Iterable[str]) -> bool:
        """OR within a facet, AND across these facets."""
        return all(any(self.has(therapy, facet, option, choices) for option in choices[facet]) for facet in facets)

    def shown(self, choices: Choices, *, programs: bool = False) -> list[Row]:
        """The therapies of the whole list, by name."""
        return [row for row in self.listed(programs=programs) if self.matches(row, choices, choices)]

    def counts(self, facet: str, options: Iterable[str], choices: Choices, *, programs: bool = False) -> dict[str, int]:
        """{option: how many therapies are shown when it alone is chosen in its facet}."""
        others = [name for name in choices if name not in (facet, "standing")]  # a standing changes with the option
        left = [row for row in self.listed(programs=programs) if self.matches(row, choices, others)]
        last = [facet, "standing"] if "standing" in choices else [facet]
        return {
            option: sum(self.matches(row, {**choices, facet: [option]}, last) for row in left) for option in options
        }

    def ordered(self, choices: Choices, sort: str, *, programs: bool = False) -> list[str]:
        keys = {"name": lambda row: 0, "sessions": fewest_sessions, "standing": lambda row: self.rank(row, choices)}
        return [row["slug"] for row in sorted(self.shown(choices, programs=programs), key=keys[sort])]

    def rank(self, therapy: Row, choices: Choices) -> int:
        ranks = [BEST_FIRST.index(label) for label in self.standings(therapy, choices) if label]
        return min(ranks, default=len(BEST_FIRST))


def what_it_says(row: Row, source: Row) -> str | None:
    """Only a checked row of a document in force says anything."""
    if not row["seen"] or source["status"] == "superseded":
        return None
    stance, kind = row["stance"], source["kind"]
    if stance in ("do-not", "not-usually"):
        return "against" if kind in ("guideline", "professional-statement") else None
    if stance in ("recommended", "option"):
        return {"recommended": "for", "option": "option"}[stance] if kind == "guideline" else None
    if stance in ("finding", "insufficient"):
        return "research" if kind in ("guideline", "rating-list", "systematic-review", "study") else None
    return None


def fewest_sessions(therapy: Row) -> int:
    """An open-ended therapy has no number; the unknown comes last."""
    known = therapy["sessions_min"] is not None and not therapy["sessions_basis"].startswith("illustration")
    return therapy["sessions_min"] if known else 10_000
