"""From statements to a label: the table of the content policy, and how far a label is checked."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.domain.standing import LINES, RESEARCH, Label, Mark, Standing, beside, derive, marks
from therapies.domain.statements import Spoken, year_of
from therapies.models import Recommendation, Source
from therapies.models.evidence import Basis


def spoken(stance: str = "recommended", *, kind: str = "guideline", body: str = "NICE", **fields: Any) -> Spoken:
    dull: dict[str, Any] = {"year": 2020, "in_force": True, "ages": ("adult",), "line": "none"}
    return Spoken(body=body, source_kind=kind, stance=stance, **(dull | fields))


def label(*statements: Spoken, used: bool = False, **asked: Any) -> Label | None:
    standing = derive(statements, used=used, **asked)
    return standing.label if standing else None


def derived(*statements: Spoken) -> Standing:
    standing = derive(statements, used=False)
    assert standing is not None
    return standing


@pytest.mark.parametrize(
    ("stances", "used", "expected"),
    [
        (["recommended"], False, Label.RECOMMENDED),
        (["recommended", "option", "second-choice", "finding"], False, Label.RECOMMENDED),
        (["option"], True, Label.OPTION),
        (["option", "insufficient", "second-choice"], False, Label.OPTION),
        (["second-choice"], True, Label.SECOND),
        (["recommended", "do-not"], False, Label.DIFFER),
        (["option", "not-usually"], False, Label.DIFFER),
        (["second-choice", "do-not"], False, Label.DIFFER),
        (["insufficient"], False, Label.UNCLEAR),
        ([], True, Label.USED),
        (["do-not"], True, Label.AGAINST),
        (["not-usually", "finding"], False, Label.AGAINST),
        ([], False, None),
    ],
)
def test_each_row_of_the_table_gives_its_label(stances: list[str], used: bool, expected: Label | None) -> None:
    assert label(*map(spoken, stances), used=used) is expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("strong", Label.HELPS),
        ("modest", Label.HELPS),
        ("limited", Label.HELPS),
        ("unclear", Label.UNCLEAR),
        ("none", Label.NO_BENEFIT),
        ("harmful", Label.HARM),
    ],
)
def test_a_finding_gives_the_label_of_its_level(level: str, expected: Label) -> None:
    assert label(spoken("finding", kind="study", level=level), used=True) is expected


def test_the_best_based_finding_decides() -> None:
    review = spoken("finding", kind="systematic-review", body="Cochrane", level="none")
    study = spoken("finding", kind="study", body="Trial", level="strong", year=2024)
    assert label(review, study) is Label.NO_BENEFIT
    assert label(review._replace(basis="recalled"), study) is Label.HELPS


def test_harm_is_a_warning_unless_a_guideline_is_for_it() -> None:
    harm = spoken("finding", kind="study", body="Trial", level="harmful")
    helps = spoken("finding", kind="systematic-review", body="Cochrane", level="strong")
    assert derived(harm, helps).is_warning
    assert label(harm, spoken("option")) is Label.OPTION


@pytest.mark.parametrize(
    "kind", ["rating-list", "systematic-review", "study", "professional-statement", "information-page"]
)
def test_only_a_guideline_can_recommend(kind: str) -> None:
    assert label(spoken(kind=kind)) is None


def test_a_professional_warning_counts_as_advice_against() -> None:
    assert label(spoken("do-not", kind="professional-statement"), used=True) is Label.AGAINST


def test_an_information_page_is_no_research() -> None:
    assert label(spoken("finding", kind="information-page", level="strong")) is None


def test_ages_narrow_to_statements_about_them() -> None:
    statements = spoken(), spoken("do-not", ages=("child",))
    asked = ((), ("adult",), ("child",), ("adolescent",), ("older",))
    assert {ages: label(*statements, ages=ages) for ages in asked} == {
        (): Label.DIFFER,
        ("adult",): Label.RECOMMENDED,
        ("child",): Label.AGAINST,
        ("adolescent",): None,
        ("older",): Label.RECOMMENDED,  # “adults” are everyone from 18
    }


# ── What counts ──


def test_what_is_not_in_force_makes_no_label_and_is_on_file_all_the_same() -> None:
    replaced = spoken(in_force=False)
    assert label(replaced) is None
    assert label(replaced, used=True) is None, "not “not rated”: something is on file"
    assert label(replaced, spoken("option")) is Label.OPTION


def test_what_is_on_file_for_others_is_on_file() -> None:
    assert label(spoken("do-not"), used=True, ages=["child"]) is None, "not “in use, not rated”: it is rated for adults"


@pytest.mark.parametrize("purpose", ["prevention", "relapse-prevention", "self-management"])
def test_only_treatment_makes_a_label_for_treatment(purpose: str) -> None:
    assert label(spoken(purpose=purpose), used=True) is None
    assert label(spoken(purpose="acute-early")) is Label.RECOMMENDED


def test_a_warning_counts_whatever_its_purpose() -> None:
    assert label(spoken("do-not", purpose="prevention")) is Label.AGAINST
    assert label(spoken("finding", kind="study", level="harmful", purpose="prevention")) is Label.HARM


def labels_beside(*statements: Spoken, **asked: Any) -> dict[str, str]:
    return {one.words: one.standing.name for one in beside(statements, **asked)}


def test_what_is_for_another_purpose_than_treatment_has_a_label_of_its_own() -> None:
    rows = [spoken(purpose="relapse-prevention"), spoken("option", purpose="prevention"), spoken("do-not")]
    assert labels_beside(*rows) == {"To prevent a relapse": "Recommended", "For prevention": "An option"}
    groups = spoken(purpose="self-management", line="adjunct")
    assert labels_beside(groups) == {"For living with it": "Recommended beside other treatment"}
    assert label(groups) is None


@pytest.mark.parametrize("purpose", ["relapse-prevention", "prevention", "self-management"])
def test_only_praise_makes_a_label_for_another_purpose(purpose: str) -> None:
    (one,) = beside([spoken(purpose=purpose), spoken("option"), spoken("finding", purpose=purpose)])
    assert one.standing == derived(spoken())
    assert beside([spoken()]) == []
    assert beside([spoken("do-not", purpose=purpose)]) == []
    assert beside([spoken("finding", level="strong", purpose=purpose)]) == []


def test_what_is_said_of_a_part_of_the_people_makes_no_label_for_all_of_them() -> None:
    some = spoken(body="WHO", line="first", only_for="women after violence by a partner")
    rows = [some, spoken("option", body="WHO"), spoken("second-choice")]
    general = derived(*rows)
    assert (general.name, general.count, general.only_for) == ("An option", "1 of 2 guidelines", ())
    assert labels_beside(*rows) == {"For women after violence by a partner": "Recommended"}


def test_where_nothing_else_is_said_the_label_names_the_people() -> None:
    some = spoken(body="ACOG", line="first", only_for="women")
    standing = derived(some, spoken("finding", level="none", body="Cochrane", kind="systematic-review"))
    assert standing.name == "Recommended for women"
    assert standing.sentence == "1 guideline recommends it for women"
    assert labels_beside(some) == {}
    assert derived(spoken()).order < standing.order < derived(spoken("option", line="first")).order
    both = derived(some, spoken(only_for="men"))
    assert both.name == "Recommended for men and women"
    weaker = spoken("option", only_for="men")
    assert (derived(some, weaker).name, labels_beside(some, weaker)) == (
        "Recommended for women",
        {"For men": "An option"},
    )


def test_a_warning_for_a_part_of_the_people_counts() -> None:
    assert label(spoken(), spoken("do-not", only_for="women")) is Label.DIFFER


def test_who_names_no_place_leaves_the_place_to_others() -> None:
    """A class of therapies is recommended, and another guideline says which of them comes first."""
    class_of_them = spoken(body="APA")
    first = derived(class_of_them, spoken("option", line="first"))
    last = derived(class_of_them, spoken("second-choice", line="none"))
    assert (first.label, first.line) == (Label.RECOMMENDED, "first")
    assert (last.label, last.line) == (Label.RECOMMENDED, "after-first")
    assert first.order < derived(class_of_them).order < last.order
    assert derived(spoken(line="option"), spoken("option", body="VA", line="first")).line == "option"
    assert derived(class_of_them, spoken(line="after-first")).line == "after-first"


def test_a_newer_document_of_a_body_silences_no_other_one_that_is_in_force() -> None:
    of_depression, of_tiredness = spoken(year=2009), spoken("option", year=2022)
    others = spoken(body="AAFP", year=2019), spoken("option", body="AAN", year=2020)
    assert derived(of_depression, of_tiredness, *others).count == "2 of 3 guidelines"
    assert label(spoken("do-not", year=2011), spoken(year=2022)) is Label.DIFFER
    assert label(spoken("do-not", year=2011, in_force=False), spoken(year=2022)) is Label.RECOMMENDED


def test_two_documents_of_one_voice_count_once() -> None:
    assert derived(spoken(body="COPE"), spoken(body="COPE")).bodies == 1


# ── How many say so, and how far it is checked ──


def test_bodies_are_counted_once_each_and_only_those_that_advise() -> None:
    statements = [
        spoken(),
        spoken(),
        spoken("option", body="APA"),
        spoken("finding", body="Cochrane", kind="systematic-review", level="strong"),
    ]
    assert derived(*statements).count == "1 of 2 guidelines"


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("recommended", "1 guideline recommends it"),
        ("option", "1 guideline lists it"),
        ("second-choice", "1 guideline names it second"),
        ("do-not", "1 organization advises against it"),
        ("not-usually", "1 organization says not as a rule"),
        ("insufficient", "1 source"),
    ],
)
def test_one_body_is_said_in_words(stance: str, words: str) -> None:
    assert derived(spoken(stance)).count == words


def test_bodies_that_differ_are_counted_for_it() -> None:
    standing = derived(spoken(), spoken("do-not", body="APA"), spoken("option", body="VA"))
    assert standing.count == "2 of 3 organizations for it"
    assert standing.sentence == "2 of 3 organizations are for it"


def test_the_count_is_a_sentence_too() -> None:
    one_of_two = [spoken(), spoken("option", body="WHO")]
    assert derived(*one_of_two).sentence == "1 of 2 guidelines recommends it"
    assert derived(spoken(), spoken(body="WHO")).sentence == "2 of 2 guidelines recommend it"
    assert derived(spoken("insufficient")).sentence == ""


def test_use_alone_has_no_body_to_count() -> None:
    standing = derive([], used=True)
    assert standing is not None
    assert standing.count == ""


def test_a_label_that_rests_on_what_is_recalled_names_who_would_say_so() -> None:
    standing = derived(spoken(basis="recalled"), spoken("option", body="APA", basis="copy"))
    assert (standing.label, standing.is_checked, standing.would_say) == (Label.RECOMMENDED, False, ("NICE",))
    assert derived(spoken(basis="recalled"), spoken(body="APA", basis="copy")).is_checked


def test_a_warning_shows_whatever_its_basis() -> None:
    assert label(spoken(), spoken("do-not", body="APA", basis="recalled")) is Label.DIFFER
    assert label(spoken("do-not", basis="recalled"), used=True) is Label.AGAINST


def test_the_order_is_the_line_then_what_is_checked_then_how_many_say_so() -> None:
    first = derived(spoken(line="first"))
    to_be_checked = derived(spoken(line="first", basis="recalled"))
    one_of_several = derived(spoken(line="option"), spoken(body="APA", line="option"))
    after = derived(spoken(line="after-first"))
    many = derived(spoken(line="first"), spoken(body="APA", line="first"))
    expected = [many, first, to_be_checked, one_of_several, after]
    assert sorted([after, one_of_several, to_be_checked, first, many], key=lambda one: one.order) == expected


def test_of_what_equally_many_recommend_what_most_bodies_are_for_comes_first() -> None:
    one, two = derived(spoken()), derived(spoken(), spoken("option", body="APA"))
    assert (one.agree, two.agree) == (1, 1)
    assert two.order < one.order


def test_not_as_a_rule_is_told_from_outright_advice_against() -> None:
    mild = spoken("not-usually"), spoken("not-usually", body="APA")
    assert derived(*mild).count == "2 organizations: not as a rule"
    assert derived(*mild, spoken("do-not", body="VA")).count == "3 of 3 organizations"


def test_not_as_a_rule_is_said_in_a_sentence_too() -> None:
    assert derived(spoken("not-usually")).sentence == "1 organization says not as a rule"
    two = derived(spoken("not-usually"), spoken("not-usually", body="APA"))
    assert two.sentence == "2 organizations: not as a rule"
    assert derived(spoken("do-not")).sentence == "1 organization advises against it"


def test_the_label_is_no_stronger_than_the_sentence() -> None:
    assert derived(spoken("not-usually")).name == "Not usually offered"
    assert derived(spoken("not-usually"), spoken("do-not", body="APA")).name == "Advised against"


def test_what_is_recommended_beside_other_treatment_alone_says_so_and_comes_after_every_option() -> None:
    beside, option = derived(spoken(line="adjunct")), derived(spoken("option", line="after-first"))
    assert (beside.label, beside.name) == (Label.RECOMMENDED, "Recommended beside other treatment")
    assert beside.sentence == "1 guideline recommends it beside other treatment"
    assert derived(spoken()).order < option.order < beside.order < derived(spoken("second-choice")).order
    assert beside.order.label is Label.RECOMMENDED
    assert derived(spoken(line="adjunct"), spoken(body="APA", line="first")).name == "Recommended"
    assert derived(spoken("option", line="adjunct")).name == "An option"


@pytest.mark.parametrize(("written", "year"), [("2019", 2019), ("2018, updated 2024", 2024), ("", 0), ("CG31", 0)])
def test_the_last_year_that_is_written_is_the_year(written: str, year: int) -> None:
    assert year_of(written) == year


# ── Any statements ──

STATEMENTS = st.lists(
    st.builds(
        Spoken,
        body=st.sampled_from(["NICE", "APA", "VA"]),
        source_kind=st.sampled_from(sorted(Source.KINDS)),
        year=st.sampled_from([2010, 2020]),
        in_force=st.booleans(),
        ages=st.sampled_from([("adult",), ("child",), ("child", "adolescent"), ("adult", "older")]),
        stance=st.sampled_from(sorted(Recommendation.STANCES)),
        level=st.sampled_from(["", *sorted(Recommendation.LEVELS)]),
        line=st.sampled_from(LINES),
        purpose=st.sampled_from(sorted(Recommendation.PURPOSES)),
        basis=st.sampled_from(sorted(Basis.values)),
        only_for=st.sampled_from(["", "women"]),
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
        assert statements or not used
    elif standing.label is Label.USED:
        assert (standing.bodies, statements) == (0, [])
    else:
        assert 1 <= standing.agree <= standing.bodies <= 3


@given(statements=STATEMENTS, data=st.data())
def test_no_year_silences_a_document_in_force(statements: list[Spoken], data: st.DataObject) -> None:
    """What a body says adds up to the same however its documents are dated; research alone goes by the newest."""
    years = data.draw(st.lists(st.integers(1990, 2030), min_size=len(statements), max_size=len(statements)))
    dated = [row._replace(year=year) for row, year in zip(statements, years, strict=True)]
    standing, other = derive(statements, used=False), derive(dated, used=False)
    if standing is None or standing.label not in RESEARCH:
        assert (standing and replace(standing, year=0)) == (other and replace(other, year=0))
    assert marks(statements) == marks(dated)


@given(statements=STATEMENTS)
def test_the_count_and_the_sentence_say_the_same(statements: list[Spoken]) -> None:
    standing = derive(statements, used=False)
    if standing and standing.sentence:
        assert standing.sentence.startswith(standing.count.removesuffix(" for it"))
        assert ("not as a rule" in standing.sentence) == standing.is_mild
        assert ("beside other treatment" in standing.sentence) == ("beside other treatment" in standing.name)


@given(statements=STATEMENTS)
def test_there_is_one_mark_for_each_guideline_that_is_counted(statements: list[Spoken]) -> None:
    standing, drawn = derive(statements, used=False), marks(statements)
    labels = [mark.label for mark in drawn]
    if standing is None or standing.label in RESEARCH:
        assert labels == []
        return
    against, praise = {Label.AGAINST}, {Label.RECOMMENDED, Label.OPTION, Label.SECOND}
    saying = praise | {Label.DIFFER} if standing.label is Label.DIFFER else {standing.label}
    assert len(labels) == standing.bodies
    assert sum(label in saying for label in labels) == standing.agree
    if standing.label is not Label.DIFFER and standing.is_checked:
        assert Mark(standing.label, is_checked=True) in drawn
    assert labels == sorted(labels, key=list(Label).index)
    assert standing.label is Label.DIFFER or not (praise & set(labels) and against & set(labels))


@given(statements=STATEMENTS)
def test_praise_and_warnings_come_from_those_who_may_give_them(statements: list[Spoken]) -> None:
    standing = derive(statements, used=False)
    in_force = [row for row in statements if row.in_force]
    praise = {row.stance for row in in_force if row.source_kind == "guideline"}
    if standing and standing.label in (Label.RECOMMENDED, Label.OPTION, Label.SECOND, Label.DIFFER):
        assert praise & {"recommended", "option", "second-choice"}
    if standing and standing.label is Label.RECOMMENDED:
        assert "recommended" in praise
    if standing and standing.label in (Label.AGAINST, Label.DIFFER):
        assert any(row.stance in ("do-not", "not-usually") for row in in_force)
