"""The picture as data: what is drawn where, what is said beside it, and what is never drawn."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.safestring import SafeString

from tests import builders
from tests.conftest import Site
from therapies.compare import lines
from therapies.compare.columns import Column, ColumnAnswer, at_age, columns
from therapies.compare.lines import Lane, PictureLine, Stretch
from therapies.domain import questions
from therapies.domain.standing import Label
from therapies.models import Therapy
from therapies.serving import concerns


def column(**fields: Any) -> Column:
    """The column of a therapy that nobody has rated; it is not saved, so nobody takes part."""
    answers = {slug: ColumnAnswer() for slug in questions.rows()}
    return Column(Therapy(abbreviation="WT", **fields), answers, {}, (), SafeString(), SafeString())


def meetings(**fields: Any) -> tuple[Lane, PictureLine]:
    line = lines._meetings([column(**fields)])
    return line.lanes[0], line


def test_a_range_is_a_bar_and_one_number_a_dot() -> None:
    lane, line = meetings(sessions_min=6, sessions_max=15)
    assert (lane.words, lane.drawn) == ("6 to 15", Stretch("21.8%", "50%"))
    assert line.ends == ("0", "30")
    lane, _ = meetings(sessions_min=30, sessions_max=30)
    assert (lane.words, lane.drawn) == ("30", Stretch("97%", "97%"))
    assert lane.drawn
    assert lane.drawn.is_dot


def test_more_than_the_rail_holds_is_said_in_words() -> None:
    lane, line = meetings(sessions_min=20, sessions_max=80)
    assert (lane.words, line.ends[1]) == ("20 to 80", "30 or more")
    assert lane.drawn
    assert lane.drawn.end == "97%"


def test_what_is_not_known_has_no_dot_and_is_never_the_same() -> None:
    line = lines._meetings([column(), column()])
    assert [(lane.words, lane.drawn) for lane in line.lanes] == [("not known", None)] * 2
    assert not line.same


def test_an_open_end_is_the_whole_rail_and_no_number() -> None:
    lane, line = meetings(sessions_min=40, sessions_basis="illustration (open-ended)")
    assert (lane.words, lane.drawn) == ("open-ended", Stretch("3%", "97%", is_open=True))
    assert line.ends[1] == "30"


@pytest.mark.parametrize(
    ("low", "high", "frequency", "words"),
    [
        (6, 20, "weekly or every two weeks", "6 to 40"),
        (12, 16, "twice a week", "6 to 8"),
        (8, 8, "weekly", "8"),
        (8, 8, "when needed", "not known"),
        (1, 1, "weekly", "one meeting"),
    ],
)
def test_weeks_are_worked_out_from_meetings_and_how_often_they_are(
    low: int, high: int, frequency: str, words: str
) -> None:
    line = lines._weeks([column(sessions_min=low, sessions_max=high, frequency=frequency)])
    assert line.lanes[0].words == words
    assert line.note == ("worked out" if words[0].isdecimal() else "")


def test_places_on_a_rail_are_the_three_values_and_the_same_is_said() -> None:
    pair = [column(focus="past"), column(focus="present")]
    line = lines._on_rail(pair, "focus", lines.FOCUS, ("past", "present"), lines.IDEA)
    assert [lane.words for lane in line.lanes] == ["past", "present"]
    assert len({lane.drawn for lane in line.lanes}) == 2
    assert not line.same
    assert lines._on_rail([pair[0]] * 2, "focus", lines.FOCUS, ("past", "present"), lines.IDEA).same


# ── What guidelines say ──


def guidelines(serve: Any, rows: list[builders.Row], age: str = "") -> Lane:
    sources = [builders.source("other-2021", body="Other Body"), builders.source("third-2022", body="Third Body")]
    serve(builders.catalogue(therapies=[builders.therapy()], sources=sources, recommendations=rows))
    worry = concerns.every()["worry"]
    found = [at_age(one, worry, age) for one in columns(["worry-therapy"])]
    return lines._guidelines(found, worry).lanes[0]


ROWS = [
    builders.recommendation(),
    builders.recommendation("row-2", source="other-2021", stance="option"),
    builders.recommendation("row-3", source="third-2022", ages=["child"], basis="recalled"),
]


def test_each_guideline_is_a_mark_and_those_that_recommend_are_counted(serve: Any) -> None:
    lane = guidelines(serve, ROWS)
    assert lane.words == "2 of 3, 1 to be checked"
    assert [mark.label for mark in lane.marks] == [Label.RECOMMENDED, Label.RECOMMENDED, Label.OPTION]
    assert [mark.is_checked for mark in lane.marks] == [True, False, True]


def test_the_count_is_that_of_the_age(serve: Any) -> None:
    assert guidelines(serve, ROWS, "adult").words == "1 of 2"


def test_what_is_recalled_alone_is_to_be_checked(serve: Any) -> None:
    assert guidelines(serve, ROWS, "child").words == "1 of 1, to be checked"


def test_what_is_only_listed_is_not_called_recommended(serve: Any) -> None:
    assert guidelines(serve, ROWS[1:2]).words == "0 of 1, an option"


def test_a_warning_is_said_beside_the_count(serve: Any) -> None:
    against = builders.recommendation(stance="do-not")
    assert guidelines(serve, [against]).words == "0 of 1, advised against"


def test_what_is_said_of_some_ages_alone_names_them_where_no_age_is_asked(serve: Any) -> None:
    young = builders.recommendation(ages=["adolescent"])
    assert guidelines(serve, [young]).words == "1 of 1 (teenagers alone)"
    assert guidelines(serve, [young], "adolescent").words == "1 of 1"


def test_nothing_on_file_has_no_mark(serve: Any) -> None:
    lane = guidelines(serve, [])
    assert (lane.words, lane.marks) == ("none on file", ())


def test_what_is_said_of_a_form_alone_counts_as_the_form(serve: Any) -> None:
    form = builders.therapy("worry-group", parents=["worry-therapy"], is_form_of_parent=True)
    row = builders.recommendation(therapy="worry-group")
    serve(builders.catalogue(therapies=[builders.therapy(), form], recommendations=[row]))
    lane = lines._guidelines(columns(["worry-therapy"]), concerns.every()["worry"]).lanes[0]
    assert lane.words == "1 of 1, as Worry group"


def test_without_a_concern_nothing_is_counted(site: Any) -> None:
    drawn = {line.slug: line for line in lines.lines(columns(["cognitive-behavioral-therapy"]))}
    assert drawn["guidelines"].lanes == ()
    assert drawn["guidelines"].silent
    assert "people" not in drawn


def test_a_picture_of_people_stands_only_where_a_figure_is_on_file(site: Any) -> None:
    pair = columns(["cognitive-behavioral-therapy", "acceptance-and-commitment-therapy"])
    of = {slug: lines._people(pair, concerns.every()[slug])[0] for slug in ("depression", "chronic-pain")}
    assert [lane.name for lane in of["depression"].lanes] == ["CBT"]
    assert of["depression"].silent == "Not known for ACT."
    assert (of["chronic-pain"].lanes, of["chronic-pain"].silent) == ((), "Not known for CBT or ACT.")


def test_pooled_people_of_100_have_one_comparison_and_say_where_no_difference_is_clear(
    serve: Callable[..., Site],
) -> None:
    slugs = ["worry-therapy", "second-therapy", "third-therapy"]
    serve(
        builders.catalogue(
            therapies=[builders.therapy(slug) for slug in slugs],
            pooled_effects=[
                builders.pooled_people("one"),
                builders.pooled_people("two", therapy="second-therapy", treated_per_100=45),
                builders.pooled_people("three", therapy="second-therapy", comparison="waiting-list", trials=90),
                builders.pooled_people("four", therapy="third-therapy", comparison="waiting-list", trials=90),
                builders.pooled_people("five", therapy="worry-therapy", comparison="placebo", trials=90),
            ],
        )
    )
    (line,) = lines._people(columns(slugs), concerns.every()["worry"])
    assert len({lane.effect.comparison for lane in line.lanes if lane.effect}) == 1
    assert len(line.lanes) == 2
    assert "No clear difference between" in line.silent
    assert line.silent.endswith("Not known for Worry therapy.")
    assert line.note == "symptoms cut by at least half at the end of treatment, adults"
