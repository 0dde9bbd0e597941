"""The bounded memory: it never loses what was just asked for, and asks for what is missing once."""

import threading
from collections.abc import Callable

from django.db import connections

from tests import builders
from tests.conftest import Site
from therapies.browse import cards
from therapies.compare import columns
from therapies.serving import catalogue
from therapies.serving.once import Kept, once_a_release


def the_same() -> str:
    """For tests without a release."""
    return "release"


def doubled(asked: list[list[int]]) -> Callable[[list[int]], dict[int, int]]:
    def make(keys: list[int]) -> dict[int, int]:
        asked.append(keys)
        return {key: 2 * key for key in keys if key < 100}

    return make


def test_what_is_missing_is_made_together_and_once() -> None:
    kept, asked = Kept[int, int](10, the_same), list[list[int]]()
    assert kept.get([1, 2], doubled(asked)) == {1: 2, 2: 4}
    assert kept.get([2, 3, 1], doubled(asked)) == {1: 2, 2: 4, 3: 6}
    assert asked == [[1, 2], [3]]


def test_a_key_that_cannot_be_made_is_left_out() -> None:
    assert Kept[int, int](10, the_same).get([1, 100], doubled([])) == {1: 2}


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept, asked = Kept[int, int](2, the_same), list[list[int]]()
    for keys in ([1, 2], [1], [3], [1]):
        kept.get(keys, doubled(asked))
    assert len(kept) == 2
    assert asked == [[1, 2], [3]]


def test_more_at_once_than_is_kept_is_still_answered_in_full() -> None:
    kept = Kept[int, int](2, the_same)
    assert len(kept.get(range(50), doubled([]))) == 50
    assert len(kept) == 2


def test_threads_that_push_each_others_values_out_all_get_what_they_asked_for() -> None:
    kept, short = Kept[int, int](5, the_same), list[int]()

    def read(first: int) -> None:
        for turn in range(2_000):
            keys = [(first + turn + step) % 40 for step in range(4)]
            if kept.get(keys, doubled([])) != {key: 2 * key for key in keys}:
                short.append(first)

    threads = [threading.Thread(target=read, args=(first,)) for first in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert short == []
    assert len(kept) == 5


def test_cards_and_columns_come_in_full_when_there_is_room_for_few(site: Site) -> None:
    kept = cards.KEPT.most, columns.KEPT.most
    rows = list(catalogue.therapies().order_by("slug").values_list("pk", "slug")[:4])
    ids, slugs = [pk for pk, _ in rows], [slug for _, slug in rows]
    cards.KEPT.most = columns.KEPT.most = 1
    try:
        assert [card.slug for card in cards.cards(ids)] == slugs
        assert [column.slug for column in columns.columns(slugs)] == slugs
    finally:
        cards.KEPT.most, columns.KEPT.most = kept


def test_what_one_release_made_is_not_shown_under_another(serve: Callable[..., Site]) -> None:
    made: list[str] = []

    @once_a_release()
    def names(prefix: str) -> list[str]:
        made.append(prefix)
        return [prefix + name for name in catalogue.therapies().values_list("name", flat=True)]

    serve(builders.catalogue(therapies=[builders.therapy(name="First")]))
    assert names("a ") == names("a ") == ["a First"]
    serve(builders.catalogue(therapies=[builders.therapy(name="Second")]))
    connections[catalogue.ALIAS].close()  # as before each request
    assert names("a ") == ["a Second"]
    assert made == ["a ", "a "]
