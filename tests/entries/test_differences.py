"""The forest plot of a concern: comparisons and ages apart, most trials first, the same in words and as a table."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text

WORRY = "/conditions/worry/"


def show(serve: Callable[..., Site], client: Client, *effects: builders.Row, address: str = WORRY) -> str:
    therapies = [builders.therapy(slug) for slug in ("worry-therapy", "second-therapy")]
    serve(builders.catalogue(therapies=therapies, pooled_effects=list(effects)))
    return get(client, address)


def plots(page: str) -> list[str]:
    return page.split('<figure class="forest-plot">')[1:]


def test_no_picture_holds_two_comparisons_or_two_ages(serve: Callable[..., Site], client: Client) -> None:
    older: dict[str, Any] = {"ages": ["older"], "comparison": "usual-care"}
    page = show(
        serve,
        client,
        builders.pooled_people("one", trials=9),
        builders.pooled_people("two", comparison="waiting-list", trials=12),
        builders.pooled_people("three", therapy="second-therapy", trials=20, **older),
    )
    assert page.count('<figure class="forest-plot">') == 3
    titles = [page.index(title) for title in ("Adults, compared with a waiting list", "Adults, compared with usual")]
    assert titles == sorted(titles)
    assert titles[-1] < page.index("Older adults, compared with usual care: 1 line")


def test_the_age_that_is_asked_for_comes_first(serve: Callable[..., Site], client: Client) -> None:
    rows = [builders.pooled_people("one"), builders.pooled_people("two", ages=["older"])]
    page = show(serve, client, *rows, address=f"{WORRY}?age=older")
    assert page.index("Older adults, compared with") < page.index(">Adults, compared with")


def test_most_trials_come_first_and_it_is_said_to_be_no_ranking(serve: Callable[..., Site], client: Client) -> None:
    page = show(
        serve,
        client,
        builders.pooled_people("one", trials=4, g=2.0, g_low=1.0, g_high=3.0),
        builders.pooled_people("two", therapy="second-therapy", trials=40, people=1340, g=0.3),
        builders.pooled_people("three", therapy=None, trials=60),
    )
    (plot,) = plots(page)
    names = [plot.index(name) for name in ("Talking therapies taken together", "Second therapy", "Worry therapy")]
    assert names == sorted(names)
    assert "40 trials, 1,340 people" in text(plot)
    assert "not a ranking" in text(page)
    assert "best" not in text(plot)


def test_the_picture_is_told_in_words_and_as_a_table(serve: Callable[..., Site], client: Client) -> None:
    clear = builders.pooled_people("one", g=0.9, g_low=0.6, g_high=1.2)
    unclear = builders.pooled_people("two", therapy="second-therapy", g=0.4, g_low=-0.1, g_high=0.9, low_risk_trials=0)
    (plot,) = plots(show(serve, client, clear, unclear))
    assert (
        'role="img" aria-label="Forest plot, adults. 1 of 2 did clearly better than usual care, '
        "for 1 there is no clear difference."
    ) in plot
    table = text(plot.partition("<table")[2])
    assert "0.90 (0.60 to 1.20)" in table
    assert "A large difference in favor of the therapy, compared with usual care" in table
    assert "No clear difference from usual care" in table
    assert "No trial was free of weak points" in table
    assert "style=" not in plot


def test_who_was_in_the_trials_is_said_if_they_were_not_people_in_general(
    serve: Callable[..., Site], client: Client
) -> None:
    (plot,) = plots(show(serve, client, builders.pooled_people("one", population="people in a hospital")))
    assert "Worry therapy: people in a hospital" in text(plot)


def test_without_a_size_there_is_no_picture(serve: Callable[..., Site], client: Client) -> None:
    sizes: dict[str, Any] = dict.fromkeys(["g", "g_low", "g_high", "predicted_low", "predicted_high"])
    page = show(serve, client, builders.pooled_people("one", **sizes))
    assert "How big is the difference?" not in page
