"""From statements that count to a label: the table of the content policy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.domain.standing import Label, Spoken, derive
from therapies.models import Recommendation, Source


def spoken(stance: str, *, kind: str = "guideline", body: str = "NICE", ages: tuple[str, ...] = ("adult",)) -> Spoken:
    return Spoken(body, kind, stance, ages)


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
    standing = derive([spoken(stance) for stance in stances], used=used)
    assert (standing.label if standing else None) == label


@pytest.mark.parametrize(
    "kind", ["rating-list", "systematic-review", "study", "professional-statement", "information-page"]
)
def test_only_a_guideline_can_recommend(kind: str) -> None:
    assert derive([spoken("recommended", kind=kind)], used=False) is None


def test_a_professional_warning_counts_as_advice_against() -> None:
    standing = derive([spoken("do-not", kind="professional-statement")], used=True)
    assert standing is not None
    assert standing.label is Label.AGAINST


def test_an_information_page_is_no_research() -> None:
    assert derive([spoken("finding", kind="information-page")], used=False) is None


def test_ages_narrow_to_statements_about_them() -> None:
    statements = [spoken("recommended", ages=("adult",)), spoken("do-not", ages=("child",))]
    asked = ((), ("adult",), ("child",), ("adolescent",), ("older",))
    labels = {ages: derive(statements, used=False, ages=ages) for ages in asked}
    assert {ages: standing and standing.label for ages, standing in labels.items()} == {
        (): Label.DIFFER,
        ("adult",): Label.RECOMMENDED,
        ("child",): Label.AGAINST,
        ("adolescent",): None,
        ("older",): Label.RECOMMENDED,  # “adults” are everyone from 18
    }


def test_bodies_are_counted_once_each_and_only_those_that_advise() -> None:
    statements = [
        spoken("recommended", body="NICE"),
        spoken("recommended", body="NICE"),
        spoken("option", body="APA"),
        spoken("finding", body="Cochrane", kind="systematic-review"),
    ]
    standing = derive(statements, used=False)
    assert standing is not None
    assert standing.count == "1 of 2 bodies"


def test_bodies_that_differ_are_counted_for_it() -> None:
    statements = [spoken("recommended", body="NICE"), spoken("do-not", body="APA"), spoken("option", body="VA")]
    standing = derive(statements, used=False)
    assert standing is not None
    assert standing.count == "2 of 3 bodies for it"


def test_use_alone_has_no_body_to_count() -> None:
    standing = derive([], used=True)
    assert standing is not None
    assert standing.count == ""


STATEMENTS = st.lists(
    st.builds(
        spoken,
        st.sampled_from(sorted(Recommendation.STANCES)),
        kind=st.sampled_from(sorted(Source.KINDS)),
        body=st.sampled_from(["NICE", "APA", "VA"]),
        ages=st.sampled_from([("adult",), ("child",), ("child", "adolescent"), ("adult", "older")]),
    ),
    max_size=6,
)


@given(statements=STATEMENTS, used=st.booleans(), data=st.data())
def test_the_label_depends_on_no_order_and_its_bodies_add_up(
    statements: list[Spoken], used: bool, data: st.DataObject
) -> None:
    standing = derive(statements, used=used)
    assert standing == derive(data.draw(st.permutations(statements)), used=used)
    if standing is None:
        assert not used
    elif standing.label is Label.USED:
        assert standing.bodies == 0
    else:
        assert 1 <= standing.agree <= standing.bodies <= 3


@given(statements=STATEMENTS, used=st.booleans())
def test_the_words_of_the_policy_hold_for_any_statements(statements: list[Spoken], used: bool) -> None:
    standing = derive(statements, used=used)
    by_guidelines = {statement.stance for statement in statements if statement.source_kind == "guideline"}
    recommended, option = "recommended" in by_guidelines, "option" in by_guidelines
    against = any(
        statement.stance in ("not-usually", "do-not")
        and statement.source_kind in ("guideline", "professional-statement")
        for statement in statements
    )
    label = standing.label if standing else None
    assert (label is Label.RECOMMENDED) == (recommended and not against)
    assert (label is Label.OPTION) == (option and not recommended and not against)
    assert (label is Label.DIFFER) == ((recommended or option) and against)
    assert (label is Label.AGAINST) == (against and not recommended and not option)
