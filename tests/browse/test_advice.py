"""Sets of standings: what is kept of them."""

import pytest

from tests.conftest import Site
from therapies.browse import advice
from therapies.evidence.pairs import every_pair
from therapies.serving import catalogue


def test_only_so_many_sets_are_kept_and_the_answers_stay_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = list(catalogue.conditions().values_list("slug", flat=True))[:20]
    row = {pk: number for number, pk in enumerate(catalogue.therapies().values_list("pk", flat=True))}
    sets = advice.Advice(every_pair(), row)
    plenty = [sets.standings([slug], ["adult"]) for slug in slugs]
    assert len(sets._standings) == len(slugs)
    monkeypatch.setattr(advice, "MOST_KEPT", 3 * advice.SETS * (sets._size + advice.OF_A_SET))
    assert [sets.standings([slug], []) for slug in slugs] != plenty
    assert len(sets._standings) <= 4
    assert [sets.standings([slug], ["adult"]) for slug in slugs] == plenty
