"""How well search answers the judged queries, kind by kind: `make search-report`.

An answer is right if a wanted entry is among the first five. MRR is the mean of 1 / the place of the first one. Danger
and figurative queries are scored by the help panel, “none” by whether the answer says that there is nothing.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

JUDGED = Path(__file__).with_name("judged.txt")
BY_PANEL = {"danger": True, "figurative": False}


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    kind: str
    text: str
    wanted: frozenset[str]


@dataclass(slots=True)
class Score:
    """`right` of `asked`; `places` holds 1 / the place of the first wanted entry of each query."""

    asked: int = 0
    right: int = 0
    places: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 1.0

    @property
    def reciprocal(self) -> float:
        return sum(self.places) / len(self.places) if self.places else 1.0


def judged(path: Path = JUDGED) -> list[JudgedQuery]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    return [JudgedQuery(kind, query, frozenset(wanted.split(", ")) - {"-"}) for kind, query, wanted in rows]


def scores_of(queries: Iterable[JudgedQuery], ask: Callable[[str], dict[str, Any]]) -> dict[str, Score]:
    """Scores by kind. `ask` gives the JSON answer to a query."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    for query in queries:
        answer = ask(query.text)
        score = scores[query.kind]
        score.asked += 1
        place = next((n for n, hit in enumerate(answer["results"], 1) if hit["slug"] in query.wanted), 0)
        if query.kind in BY_PANEL:
            right = answer["danger"] is BY_PANEL[query.kind]
        elif query.kind == "none":
            right = answer["nothing"]
        else:
            right = 0 < place <= 5
        if query.wanted:
            score.places.append(1 / place if place else 0.0)
        score.right += right
        if not right:
            first = ", ".join(hit["slug"] for hit in answer["results"][:3])
            score.missed.append(f"{query.text} → {first or 'nothing'}")
    return dict(scores)


def table(scores: dict[str, Score]) -> str:
    lines = [f"{'kind':12} {'asked':>5} {'right':>6} {'MRR':>6}"]
    for kind, score in scores.items():
        lines.append(f"{kind:12} {score.asked:5} {score.share:6.3f} {score.reciprocal:6.3f}")
        lines += [f"             ✗ {missed}" for missed in score.missed]
    return "\n".join(lines)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else JUDGED
    install_shipped()
    from therapies.search.engine import search
    from therapies.search.results import as_json

    print(table(scores_of(judged(path), lambda query: as_json(search(query)))))


def install_shipped() -> None:
    """Builds the shipped catalogue for this process alone: whatever is installed here does not matter.

    The file stays, so that the next time only the vectors of new texts are worked out.
    """
    path = Path("var/search-report.sqlite3").resolve()
    os.environ["CATALOGUE_PATH"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explorer.settings")
    django.setup()
    from django.conf import settings

    from therapies.releases import build, bundle

    text = bundle.to_text(bundle.read_folder(settings.FIXTURES_DIR))
    build.build(text=text, number=0, published_on="2026-01-01", path=path)


if __name__ == "__main__":
    main()
