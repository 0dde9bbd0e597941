from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.domain.standing import Label, derive
from therapies.models import Recommendation, Source


def row(
    stance: str, *, kind: str = "guideline", body: str = "NICE", ages: tuple[str, ...] = ("adult",), counts: bool = True
) -> Any:
    return SimpleNamespace(
        stance=stance, ages=list(ages), counts=counts, source=SimpleNamespace(kind=kind, short_body=body)
    )


@pytest.mark.parametrize(
    ("stances", "used", "label"),
    [
        (["recommended"], False, Label.RECOMMENDED),
        (["recommended", "option", "finding"], False, Label.RECOMMENDED),
        (["option"], True, Label.OPTION),
        (["option", "insufficient"], False, Label.OPTION),
        (["recommended", "do-not"], False, Label.DIFFER),
        (["option", "not-usually"], False, Label.DIFFER),
        (["finding"], True, Label.RESEARCH),
        (["insufficient"], False, Label.RESEARCH),
        ([], True, Label.USED),
        (["do-not"], True, Label.AGAINST),
        (["not-usually", "finding"], False, Label.AGAINST),
        ([], False, None),
    ],
)
def test_each_row_of_the_table_gives_its_label(stances: list[str], used: bool, label: Label | None) -> None:
    standing = derive([row(stance) for stance in stances], used=used)
    assert (standing.label if standing else None) == label


@pytest.mark.parametrize(
    "kind", ["rating-list", "systematic-review", "study", "professional-statement", "information-page"]
)
def test_only_a_guideline_can_recommend(kind: str) -> None:
    assert derive([row("recommended", kind=kind)], used=False) is None


def test_a_professional_warning_counts_as_advice_against() -> None:
    standing = derive([row("do-not", kind="professional-statement")], used=True)
    assert standing is not None
    assert standing.label is Label.AGAINST


def test_an_information_page_is_no_research() -> None:
    assert derive([row("finding", kind="information-page")], used=False) is None


def test_a_row_that_does_not_count_changes_nothing() -> None:
    unchecked = row("do-not", counts=False)
    assert derive([row("recommended"), unchecked], used=False) == derive([row("recommended")], used=False)


@pytest.mark.parametrize(
    ("seen", "status", "counts"),
    [(True, "current", True), (True, "unknown", True), (False, "current", False), (True, "superseded", False)],
)
def test_only_checked_rows_of_documents_in_force_count(seen: bool, status: str, counts: bool) -> None:
    assert Recommendation(seen=seen, source=Source(status=status)).counts is counts


def test_ages_narrow_to_rows_that_speak_of_them() -> None:
    rows = [row("recommended", ages=("adult",)), row("do-not", ages=("child",))]
    asked = ((), ("adult",), ("child",), ("adolescent",), ("older",))
    labels = {ages: derive(rows, used=False, ages=ages) for ages in asked}
    assert {ages: standing and standing.label for ages, standing in labels.items()} == {
        (): Label.DIFFER,
        ("adult",): Label.RECOMMENDED,
        ("child",): Label.AGAINST,
        ("adolescent",): None,
        ("older",): Label.RECOMMENDED,  # “adults” are everyone from 18
    }


def test_bodies_are_counted_once_each_and_only_those_that_speak() -> None:
    rows = [
        row("recommended", body="NICE"),
        row("recommended", body="NICE"),
        row("option", body="APA"),
        row("finding", body="Cochrane", kind="systematic-review"),
    ]
    standing = derive(rows, used=False)
    assert standing is not None
    assert standing.count == "1 of 2 bodies"


def test_bodies_that_differ_are_counted_for_it() -> None:
    standing = derive(
        [row("recommended", body="NICE"), row("do-not", body="APA"), row("option", body="VA")], used=False
    )
    assert standing is not None
    assert standing.count == "2 of 3 bodies for it"


def test_use_alone_has_no_body_to_count() -> None:
    standing = derive([], used=True)
    assert standing is not None
    assert standing.count == ""


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(sorted(Recommendation.STANCES)),
        kind=st.sampled_from(sorted(Source.KINDS)),
        body=st.sampled_from(["NICE", "APA", "VA"]),
        ages=st.sampled_from([("adult",), ("child",), ("child", "adolescent"), ("adult", "older")]),
        counts=st.booleans(),
    ),
    max_size=6,
)


@given(rows=ROWS, used=st.booleans(), data=st.data())
def test_the_label_depends_on_no_order_and_its_bodies_add_up(rows: list[Any], used: bool, data: st.DataObject) -> None:
    standing = derive(rows, used=used)
    assert standing == derive(data.draw(st.permutations(rows)), used=used)
    if standing is None:
        assert not used
    elif standing.label is Label.USED:
        assert standing.bodies == 0
    else:
        assert 1 <= standing.agree <= standing.bodies <= 3


@given(rows=ROWS, used=st.booleans())
def test_the_words_of_the_policy_hold_for_any_rows(rows: list[Any], used: bool) -> None:
    standing = derive(rows, used=used)
    guidelines = [r for r in rows if r.counts and r.source.kind == "guideline"]
    recommended = any(r.stance == "recommended" for r in guidelines)
    option = any(r.stance == "option" for r in guidelines)
    against = any(
        r.counts and r.stance in ("not-usually", "do-not") and r.source.kind in ("guideline", "professional-statement")
        for r in rows
    )
    label = standing.label if standing else None
    assert (label is Label.RECOMMENDED) == (recommended and not against)
    assert (label is Label.OPTION) == (option and not recommended and not against)
    assert (label is Label.DIFFER) == ((recommended or option) and against)
    assert (label is Label.AGAINST) == (against and not recommended and not option)
