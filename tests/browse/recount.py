"""The list of therapies counted by brute force over the text of /catalogue.json: slow, obvious, and sharing no code.

It reads the content policy, not the program: a facet's count is how many therapies would be shown if that option alone
were chosen in its facet and everything else stayed as it is.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from therapies.models.base import name_key

Row = dict[str, Any]
Choices = dict[str, list[str]]
BEST_FIRST = [
    "recommended",
    "option",
    "second-choice",
    "guidelines-differ",
    "research-helps",
    "research-unclear",
    "research-no-benefit",
    "in-use-not-rated",
    "harm-found",
    "advised-against",
]
FOR = {"recommended", "option", "second-choice"}
LINES = ["first", "option", "", "none", "adjunct", "after-first", "relapse"]
RESEARCH_KINDS = ["systematic-review", "guideline", "rating-list", "professional-statement", "study"]
# Label, only for a part of the people, place of the line, to be checked, minus how many bodies say so, minus how many
# speak, minus the newest year.
Standing = tuple[str, bool, int, bool, int, int, int]
OF_PAIRS = ("standing", "checked", "body")  # said of a therapy for a condition and ages
OF_A_THERAPY = {"participants", "delivery", "length"}  # facets that are a list of the therapy's own
ONE_VALUE = {"focus", "structure", "homework", "family"}


class Recount:
    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.conditions = [row["slug"] for row in data["conditions"]]
        self.therapies = sorted(data["therapies"], key=lambda row: (row["name"], row["slug"]))
        self.therapies = [row for row in self.therapies if row["status"] != "discouraged"]
        sources = {row["slug"]: row for row in data["sources"]}
        self.said: dict[tuple[str, str], list[Row]] = {}
        for row in data["recommendations"]:
            source = sources[row["source"]]
            voice = sources[source["rests_on"]] if source["rests_on"] else source
            years = [int(part) for part in source["year"].replace(",", " ").split() if part.isdigit()]
            more = {
                "body": voice["body_short"] or voice["body"],
                "kind": source["kind"],
                "year": max(years, default=0),
                "in_force": source["status"] in ("current", "unknown"),
            }
            self.said.setdefault((row["therapy"], row["condition"]), []).append(row | more)
        self.used = {row["slug"]: set(row["commonly_used_for"]) for row in data["therapies"]}
        self.forms: dict[str, list[str]] = {}
        for row in data["therapies"]:
            for parent in row["parents"] if row["is_form_of_parent"] else ():
                self.forms.setdefault(parent, []).append(row["slug"])
        self.standings_of = lru_cache(maxsize=None)(self._standings_of)
        self._standing = lru_cache(maxsize=None)(self._standing_once)

    def _standing_once(self, therapy: str, used: bool, condition: str, ages: tuple[str, ...]) -> Standing | None:
        wanted = {*ages, "adult"} if "older" in ages else set(ages)  # “adults” are everyone from 18
        on_file = self.said.get((therapy, condition), [])
        rows = [row for row in on_file if not ages or wanted & set(row["ages"])]
        spoken = [(says, row) for row in rows if row["in_force"] and (says := what_it_says(row))]
        heard = [(says, row) for says, row in spoken if is_treatment(row) or is_warning(says, row)]
        if any(says in FOR and not row["only_for"] for says, row in heard):
            heard = [(says, row) for says, row in heard if says not in FOR or not row["only_for"]]
        label = label_of(heard)
        if label is None:
            in_a_form = any((form, condition) in self.said for form in self.forms.get(therapy, ()))
            is_used = used and not on_file and not in_a_form
            return ("in-use-not-rated", False, LINES.index(""), False, 0, 0, 0) if is_used else None
        saying = {"guidelines-differ": FOR, "advised-against": {"against"}}.get(label, {label} & FOR or {"research"})
        agreeing = [row for says, row in heard if says in saying]
        read = label_of([(says, row) for says, row in heard if row["basis"] != "recalled"])
        is_part = label in FOR and all(row["only_for"] for row in agreeing)
        line = LINES.index(line_of([row["line"] for row in agreeing], [pair for pair in heard if pair[0] in FOR]))
        is_research = label.startswith("research") or label == "harm-found"
        speaking = {row["body"] for says, row in heard if (says == "research") == is_research}
        agree = voices({row["body"] for row in agreeing}, speaking)
        newest = max(row["year"] for row in agreeing)
        return label, is_part, line, read != label, -agree, -voices(speaking, speaking), -newest

    def every_standing(self, ages: Iterable[str]) -> dict[tuple[str, str], str]:
        """The label of every pair of a therapy and a condition that has one, practices that are warned against too."""
        pairs = {*self.said, *((therapy, condition) for therapy, used in self.used.items() for condition in used)}
        asked = tuple(ages)
        made = {pair: self._standing(pair[0], pair[1] in self.used[pair[0]], pair[1], asked) for pair in pairs}
        return {pair: standing[0] for pair, standing in made.items() if standing}

    def standings(self, therapy: Row, choices: Choices) -> set[Standing]:
        """Those for the chosen conditions (for any, where none is chosen) and ages."""
        ages = tuple(choices.get("age", []))
        found = self.standings_of(therapy["slug"], tuple(choices.get("condition") or self.conditions), ages)
        return {standing for standing in found if not (choices.get("checked") and standing[3])}

    def _standings_of(self, slug: str, conditions: tuple[str, ...], ages: tuple[str, ...]) -> set[Standing]:
        used = self.used[slug]
        found = {self._standing(slug, condition in used, condition, ages) for condition in conditions}
        return {standing for standing in found if standing}

    def has(self, therapy: Row, facet: str, option: str, choices: Choices) -> bool:
        if facet == "condition":
            return option in therapy["commonly_used_for"] or (therapy["slug"], option) in self.said
        if facet == "standing":
            return option in {standing[0] for standing in self.standings(therapy, choices)}
        if facet == "checked":
            return bool(self.standings(therapy, {**choices, "checked": ["1"]}))
        if facet == "body":
            return option in self.bodies(therapy["slug"], choices)
        if facet == "age":
            return option in therapy["ages"]
        if facet == "technique":
            return option in therapy["techniques"]
        if facet in OF_A_THERAPY:
            return option in therapy[facet]
        assert facet in ONE_VALUE, (
            f"“{facet}” is a new facet: say here how to count it by hand, or add it to ONE_VALUE."
        )
        return option == therapy[facet]

    def bodies(self, slug: str, choices: Choices) -> set[str]:
        """Whose guidelines in force are for it, for the chosen conditions and ages."""
        ages = set(choices.get("age", []))
        wanted = {*ages, "adult"} if "older" in ages else ages
        return {
            name_key(row["body"])
            for condition in choices.get("condition") or self.conditions
            for row in self.said.get((slug, condition), [])
            if row["in_force"] and is_treatment(row) and what_it_says(row) in FOR
            if set(row["ages"]) & (wanted or set(row["ages"]))
        }

    def listed(self, *, programs: bool) -> list[Row]:
        return [row for row in self.therapies if programs or row["status"] != "technique-level programme"]

    def matches(self, therapy: Row, choices: Choices, facets: Iterable[str]) -> bool:
        """OR within a facet, AND across these facets."""
        return all(any(self.has(therapy, facet, option, choices) for option in choices[facet]) for facet in facets)

    def shown(self, choices: Choices, *, programs: bool = False, every: bool = False) -> list[Row]:
        """The therapies of the whole list, by name. With `every`, those that the list of each condition alone has."""
        lists = [{**choices, "condition": [slug]} for slug in choices.get("condition", [])] if every else []
        listed = self.listed(programs=programs)
        return [row for row in listed if all(self.matches(row, each, each) for each in lists or [choices])]

    def counts(
        self, facet: str, options: Iterable[str], choices: Choices, *, programs: bool = False, every: bool = False
    ) -> dict[str, int]:
        """{option: how many therapies are shown when it alone is chosen in its facet}."""
        if every:
            alone = ({**choices, facet: [option]} for option in options)
            return {each[facet][0]: len(self.shown(each, programs=programs, every=True)) for each in alone}
        others = [name for name in choices if name not in (facet, *OF_PAIRS)]  # what is said changes with the option
        left = [row for row in self.listed(programs=programs) if self.matches(row, choices, others)]
        last = [facet, *(name for name in OF_PAIRS if name in choices and name != facet)]
        return {
            option: sum(self.matches(row, {**choices, facet: [option]}, last) for row in left) for option in options
        }

    def ordered(self, choices: Choices, sort: str, *, programs: bool = False, every: bool = False) -> list[str]:
        keys: dict[str, Any] = {
            "name": lambda row: 0,
            "sessions": fewest_sessions,
            "standing": lambda row: self.least(row, choices) if every else self.rank(row, choices),
        }
        shown = self.shown(choices, programs=programs, every=every)
        return [row["slug"] for row in sorted(shown, key=keys[sort])]

    def least(self, therapy: Row, choices: Choices) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """By the concern for which the least is said, then by the one for which the most is."""
        alone = [{**choices, "condition": [slug]} for slug in choices.get("condition", [])] or [choices]
        return max(self.rank(therapy, each) for each in alone), self.rank(therapy, choices)

    def rank(self, therapy: Row, choices: Choices) -> tuple[float, ...]:
        found = self.standings(therapy, choices)
        ranks = [(place_of(label, line), is_part, line, *rest) for label, is_part, line, *rest in found]
        return min(ranks, default=(len(BEST_FIRST),))


def voices(agreeing: set[str], speaking: set[str]) -> int:
    """How many speak in these: those who wrote a document together, such as AUA and AUA/SMSNA, are one."""
    groups: list[set[str]] = []
    for body in speaking:
        own = {part.strip() for part in body.casefold().replace("asco-sio", "asco/sio").split("/")}
        together = [group for group in groups if group & own]
        groups = [group for group in groups if not group & own] + [own.union(*together)]
    said = {part.strip() for body in agreeing for part in body.casefold().replace("asco-sio", "asco/sio").split("/")}
    return sum(bool(group & said) for group in groups)


def line_of(own: list[str], praise: list[tuple[str, Row]]) -> str:
    """The best place that the label's own rows name; where one of them names none, others may; else what is there."""
    others = ["after-first" if says == "second-choice" else row["line"] for says, row in praise]
    for lines in (own, others if {"", "none"} & set(own) else []):
        for line in ("first", "option", "after-first"):
            if line in lines:
                return line
    return min(own, key=LINES.index)


def place_of(label: str, line: int) -> float:
    """What is recommended beside other treatment alone comes after every option."""
    is_beside = label == "recommended" and LINES[line] == "adjunct"
    return BEST_FIRST.index("option") + 0.5 if is_beside else BEST_FIRST.index(label)


def label_of(heard: list[tuple[str, Row]]) -> str | None:
    voices = {says for says, _ in heard}
    if "against" in voices:
        return "guidelines-differ" if voices & FOR else "advised-against"
    for praise in ("recommended", "option", "second-choice"):
        if praise in voices:
            return praise
    if not voices:
        return None
    found = [found_by(row) for _, row in heard]
    return "harm-found" if "harm-found" in {label for *_, label in found} else min(found)[-1]


def found_by(row: Row) -> tuple[bool, int, int, int, str]:
    """How well a finding is based, the best first, and its label."""
    by_level = dict.fromkeys(("strong", "modest", "limited"), "research-helps")
    by_level |= {"none": "research-no-benefit", "harmful": "harm-found"}
    label = by_level.get(row["finding_level"], "research-unclear")
    kind = RESEARCH_KINDS.index(row["kind"])
    return row["basis"] == "recalled", kind, -row["year"], BEST_FIRST.index(label), label


def is_treatment(row: Row) -> bool:
    return row["purpose"] in ("treatment", "acute-early")


def is_warning(says: str, row: Row) -> bool:
    return says == "against" or row["finding_level"] == "harmful"


def what_it_says(row: Row) -> str | None:
    stance, kind = row["stance"], row["kind"]
    if stance in ("do-not", "not-usually"):
        return "against" if kind in ("guideline", "professional-statement") else None
    if stance in FOR:
        return str(stance) if kind == "guideline" else None
    return "research" if kind in RESEARCH_KINDS else None


def fewest_sessions(therapy: Row) -> int:
    """An open-ended therapy has no number; the unknown comes last."""
    known = therapy["sessions_min"] is not None and not therapy["sessions_basis"].startswith("illustration")
    return therapy["sessions_min"] if known else 10_000
