"""The case card: one table for one concern or two at the age that was asked for, and nothing left out in silence."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, text
from therapies.domain.statements import AGAINST_STANCES
from therapies.models import Source
from therapies.quick.screen import Case, look_up
from therapies.quick.table import BOTH, ELSE, FIRST, OF_FORMS, OTHER, CaseRow

FEAR = builders.condition("fear", name="Fear")
GROUP = {"slug": "group", "kind": "participants", "name": "Group"}
ALONE = {"slug": "individual", "kind": "participants", "name": "Individual"}


def case_of(serve: Callable[..., Site], query: str, *rows: builders.Row, **more: list[builders.Row]) -> Case:
    known = {row["slug"] for row in more.get("therapies", [])}
    more["therapies"] = [
        *more.get("therapies", []),
        *(builders.therapy(slug) for slug in sorted({row["therapy"] for row in rows} - known)),
    ]
    more.setdefault("conditions", [builders.condition(), FEAR])
    serve(builders.catalogue(recommendations=list(rows), **more))
    return look_up(query)


def rows_of(case: Case) -> dict[str, CaseRow]:
    assert case.card
    return {row.name: row for row in case.card.rows}


def parts_of(case: Case) -> dict[str, list[str]]:
    assert case.card
    return {part.title: [row.name for row in part.rows] for part in case.card.parts}


# ── Two concerns ──


TWO = (
    builders.recommendation("a", therapy="first-therapy", line="first"),
    builders.recommendation("b", therapy="both-therapy", stance="option"),
    builders.recommendation("c", therapy="both-therapy", condition="fear"),
    builders.recommendation("d", therapy="fear-therapy", condition="fear"),
)


def test_what_is_rated_for_both_concerns_comes_first(serve: Callable[..., Site]) -> None:
    case = case_of(serve, "worry + fear", *TWO)
    assert parts_of(case) == {BOTH: ["Both therapy"], FIRST: ["First therapy"], OTHER: ["Fear therapy"]}
    assert case.card
    assert [condition.slug for condition in case.card.conditions] == ["worry", "fear"]


def test_a_row_that_is_rated_for_one_concern_has_a_dash_that_a_phone_does_not_show(serve: Callable[..., Site]) -> None:
    case_of(serve, "worry + fear", *TWO)
    page = get(Client(), "/quick/?q=worry+%2B+fear")
    assert page.count('class="nil"><span class="hidden">none on file</span>') == 2
    assert "No statement on file is about both together." in text(page)


def test_what_a_form_is_rated_for_stands_in_the_row_of_the_therapy_and_names_the_form(
    serve: Callable[..., Site],
) -> None:
    form = builders.therapy("form-for-fear", parents=["worry-therapy"], is_form_of_parent=True)
    rows = [
        builders.recommendation(),
        builders.recommendation("of-form", therapy="form-for-fear", condition="fear", stance="option"),
    ]
    case = case_of(serve, "worry + fear", *rows, therapies=[form, builders.therapy()])
    assert parts_of(case) == {BOTH: ["Worry therapy"]}
    worry, fear = rows_of(case)["Worry therapy"].cells
    assert worry
    assert fear
    assert worry.as_form is None
    assert fear.as_form
    assert fear.as_form.slug == "form-for-fear"
    assert "as Form for fear:" in text(get(Client(), "/quick/?q=worry+%2B+fear"))
    assert list(rows_of(look_up("fear"))) == ["Form for fear"]


def test_two_forms_of_one_therapy_are_one_row_without_the_dose_of_either(serve: Callable[..., Site]) -> None:
    forms = [
        builders.therapy(slug, parents=["worry-therapy"], is_form_of_parent=True, sessions_min=3, sessions_max=4)
        for slug in ("form-for-fear", "form-for-worry")
    ]
    rows = [
        builders.recommendation(therapy="form-for-worry"),
        builders.recommendation("row-2", therapy="form-for-fear", condition="fear"),
    ]
    case = case_of(serve, "worry + fear", *rows, therapies=[*forms, builders.therapy()])
    assert {name: row.dose for name, row in rows_of(case).items()} == {"Worry therapy": OF_FORMS}


def test_a_therapy_that_is_advised_against_for_one_concern_is_no_option_and_both_cells_say_why(
    serve: Callable[..., Site],
) -> None:
    rows = [builders.recommendation(), builders.recommendation("row-2", condition="fear", stance="do-not")]
    case = case_of(serve, "worry + fear", *rows)
    assert case.card
    assert case.card.rows == []
    (row,) = case.card.against
    assert [[says.row.stance for says in cell.says] for cell in row.cells if cell] == [["recommended"], ["do-not"]]


def test_neither_concern_stands_behind_the_other(site: Site) -> None:
    case = look_up("alcohol + ptsd")
    assert case.card
    first = next(part for part in case.card.parts if part.title == FIRST)
    assert len({tuple(cell is not None for cell in row.cells) for row in first.rows[:2]}) == 2


def test_what_a_statement_says_of_both_is_quoted(serve: Callable[..., Site]) -> None:
    row = builders.recommendation(population_note="adults; worry together with fear")
    case = case_of(serve, "worry + fear", row)
    assert [said.words for said in case.joint] == ["worry together with fear"]
    assert "“worry together with fear”" in text(get(Client(), "/quick/?q=worry+%2B+fear"))


# ── Whom it is about, and what for ──


def test_what_is_said_of_a_part_of_the_people_names_them_and_is_no_first_choice(serve: Callable[..., Site]) -> None:
    row = builders.recommendation(line="first", only_for="women")
    assert list(parts_of(case_of(serve, "worry, adult", row))) == [OTHER]
    assert "Recommended: National Body 2020 (women)" in text(get(Client(), "/quick/?q=worry,+adult"))


def test_what_is_said_of_everybody_stands_before_what_is_said_of_a_part(serve: Callable[..., Site]) -> None:
    part = builders.recommendation("row-2", line="first", only_for="women", source="other-2022")
    sources = [builders.source("other-2022", body="Other Body", year="2022")]
    case = case_of(serve, "worry, adult", builders.recommendation(stance="option"), part, sources=sources)
    (row,) = case.card.rows if case.card else []
    (cell,) = row.cells
    assert cell
    assert [says.row.slug for says in cell.says] == ["row-1", "row-2"]
    assert "for women" in text(get(Client(), "/quick/?q=worry,+adult"))


def test_what_is_recommended_to_live_with_it_says_so(serve: Callable[..., Site]) -> None:
    row = builders.recommendation(purpose="self-management", line="adjunct")
    case = case_of(serve, "worry, adult", row)
    assert list(parts_of(case)) == [ELSE]
    assert "For living with it: Recommended beside other treatment" in text(get(Client(), "/quick/?q=worry,+adult"))


# ── Age ──


def test_an_age_that_no_guideline_is_for_says_so_and_offers_the_nearest_folded(serve: Callable[..., Site]) -> None:
    case = case_of(serve, "worry, 8 year old", builders.recommendation(ages=["adolescent"], stance="option"))
    assert case.card
    assert case.card.is_silent
    assert case.nearest
    assert case.nearest.age == "adolescent"
    page = text(get(Client(), "/quick/?q=worry,+8+year+old"))
    assert "No guideline on file for children under 12." in page
    assert page.index("For teenagers instead: nothing here is for children under 12") < page.index("Worry therapy")


def test_an_age_hears_only_what_is_said_of_it(site: Site) -> None:
    for query, age in (("8 year old anxiety", "child"), ("teen ocd", "adolescent"), ("adult PTSD", "adult")):
        case = look_up(query)
        assert case.card
        ages = {age in says.row.ages for row in case.card.rows for cell in row.cells if cell for says in cell.says}
        assert ages == {True}, query


@pytest.mark.parametrize("age", ["adult", "older adult", "teenager", "child"])
def test_what_is_advised_against_is_always_told_also_if_it_is_nothing(site: Site, age: str) -> None:
    for name in ("panic", "PTSD", "anxiety + autism"):
        page = text(get(Client(), f"/quick/?q={name.replace('+', '%2B')},+{age}"))
        against = page.partition("Advised against, or harm found")[2]
        case = look_up(f"{name}, {age}")
        assert case.card
        assert ("None on file for" in against[:40]) == (not case.card.against)


def test_every_warning_in_force_for_an_age_is_on_its_card(site: Site) -> None:
    in_force = {row["slug"] for row in site.content["sources"] if row["status"] in Source.IN_FORCE}
    names = {row["slug"]: row["name"] for row in site.content["therapies"]}
    rows = [row for row in site.content["recommendations"] if row["condition"] == "autism"]
    kinds = {row["slug"]: row["kind"] for row in site.content["sources"]}
    warned = {
        names[row["therapy"]]
        for row in rows
        if row["stance"] in AGAINST_STANCES and "child" in row["ages"] and row["source"] in in_force
        and kinds[row["source"]] in ("guideline", "professional-statement")
    }  # fmt: skip
    case = look_up("autism, child")
    assert case.card
    told = {row.name for row in case.card.against} | {
        row.name for row in case.card.rows for cell in row.cells if cell and any(says.row.warns for says in cell.says)
    }
    assert warned
    assert warned <= told


def test_older_adults_are_told_where_only_adults_are_spoken_of(serve: Callable[..., Site]) -> None:
    case_of(serve, "worry", builders.recommendation())
    note = "Nothing on file here speaks of older adults. You see what is said of adults"
    assert note in text(get(Client(), "/quick/?q=worry,+70+year+old"))
    case_of(serve, "worry", builders.recommendation(ages=["adult", "older"]))
    assert note not in text(get(Client(), "/quick/?q=worry,+70+year+old"))


# ── Wishes ──


def test_what_is_known_not_to_be_as_wished_is_folded_and_counted_and_what_is_not_known_is_told(
    serve: Callable[..., Site],
) -> None:
    therapies = [
        builders.therapy("in-groups", participants=["group"]),
        builders.therapy("alone", participants=["individual"]),
        builders.therapy("who-knows"),
    ]
    rows = [builders.recommendation(row["slug"], therapy=row["slug"]) for row in therapies]
    case = case_of(serve, "worry, in a group", *rows, therapies=therapies, formats=[GROUP, ALONE])
    assert case.card
    assert {name: list(row.unknown) for name, row in rows_of(case).items()} == {
        "In groups": [],
        "Who knows": ["who takes part"],
    }
    assert [fold.title for fold in case.card.folds] == ["1 option without a group form"]
    page = text(get(Client(), "/quick/?q=worry,+in+a+group"))
    assert "Not known: who takes part." in page
    assert "Alone" in page


def test_no_wish_takes_a_warning_away(serve: Callable[..., Site]) -> None:
    alone = builders.therapy("alone", participants=["individual"])
    row = builders.recommendation(therapy="alone", stance="do-not")
    case = case_of(serve, "worry, in a group", row, therapies=[alone], formats=[ALONE, GROUP])
    assert case.card
    assert [row.name for row in case.card.against] == ["Alone"]


def test_without_medicine_the_page_says_what_is_on_file_or_that_nothing_is(serve: Callable[..., Site]) -> None:
    row = builders.recommendation(population_note="adults; medicine is the other choice")
    case_of(serve, "worry, no medicines", row)
    page = text(get(Client(), "/quick/?q=worry,+no+medicines"))
    assert "National Body 2020 on Worry therapy, “medicine is the other choice”." in page
    assert "not on file here" not in page
    case_of(serve, "worry, no medicines", builders.recommendation())
    page = text(get(Client(), "/quick/?q=worry,+no+medicines"))
    assert "What guidelines say about medicine for worry is not on file here." in page


# ── The page ──


def test_a_row_leads_to_the_therapy_with_concern_and_age(serve: Callable[..., Site]) -> None:
    case = case_of(serve, "worry, teenager", builders.recommendation(ages=["adolescent"]))
    address = "/therapies/worry-therapy/?for=worry&age=adolescent#for-worry"
    assert rows_of(case)["Worry therapy"].url == address


def test_red_flags_stand_before_the_table_and_are_not_folded(site: Site) -> None:
    page = get(Client(), "/quick/?q=postpartum")
    before, _, after = page.partition('class="flag"')
    assert "psychosis" in after.partition("</section>")[0]
    assert "<table" not in before
    assert before.count("<details") == before.count("</details>")


def test_what_was_typed_and_not_used_is_told(site: Site) -> None:
    page = text(get(Client(), "/quick/?q=ptsd,+zzqx,+alcohol,+no+insomnia,+depression"))
    assert "Not used: “zzqx”." in page
    assert "Read as not there: “no insomnia”." in page
    assert "The card holds two concerns. See apart: Depression." in page


def test_danger_in_a_line_shows_help_above_the_card(site: Site) -> None:
    page = get(Client(), "/quick/?q=depression,+wants+to+kill+himself")
    assert page.index('class="help-panel') < page.index('class="flag"')


def test_two_concerns_ask_a_bounded_number_of_queries(
    site: Site, client: Client, most_queries: Callable[[int], object]
) -> None:
    address = "/quick/?q=alcohol+%2B+ptsd,+no+medicines,+in+a+group,+15+yo"
    client.get(address)
    with most_queries(34):  # type: ignore[attr-defined]
        client.get(address)


@pytest.mark.parametrize("query", ["", "  ", "no", "😀", "<b>", "'\";--", "x" * 1900, "and with for", "12"])
def test_any_line_gives_a_page(site: Site, client: Client, query: str) -> None:
    assert client.get("/quick/", {"q": query}).status_code == 200


def test_a_short_list_is_whole_on_paper(serve: Callable[..., Site]) -> None:
    few = [builders.recommendation(f"yes-{number}", therapy=f"yes-{number}") for number in range(5)]
    case = case_of(serve, "worry", *few)
    assert case.card
    assert case.card.not_printed == 0


def test_paper_has_room_for_what_is_advised_against_before_the_options(serve: Callable[..., Site]) -> None:
    many = [builders.recommendation(f"no-{number}", therapy=f"no-{number}", stance="do-not") for number in range(40)]
    few = [builders.recommendation(f"yes-{number}", therapy=f"yes-{number}") for number in range(5)]
    case = case_of(serve, "worry", *many, *few)
    assert case.card
    assert len(case.card.against) == 40
    assert case.card.not_printed > 0
    page = get(Client(), "/quick/?q=worry")
    assert f'data-more=" ({case.card.not_printed} more on the full page)"' in page


def test_a_cell_has_people_of_100_with_one_comparison_for_each_concern(
    serve: Callable[..., Site], client: Client
) -> None:
    effects = [
        builders.pooled_people("one", therapy="first-therapy"),
        builders.pooled_people("two", therapy="both-therapy", treated_per_100=40),
        builders.pooled_people("wait", therapy="both-therapy", comparison="waiting-list", trials=90),
        builders.pooled_people("fear", therapy="fear-therapy", condition="fear", comparison="waiting-list"),
        builders.pooled_people("children", therapy="both-therapy", condition="fear", ages=["child"]),
    ]
    case = case_of(serve, "worry + fear", *TWO, pooled_effects=effects)
    told = {name: [cell.of_100 if cell else None for cell in row.cells] for name, row in rows_of(case).items()}
    assert told == {
        "Both therapy": ["40 of 100 (31 to 58); usual care: 19", ""],
        "First therapy": ["42 of 100 (31 to 58); usual care: 19", None],
        "Fear therapy": [None, "42 of 100 (31 to 58); a waiting list: 19"],
    }
    page = text(get(client, "/quick/?q=worry+%2B+fear"))
    assert "Of 100: symptoms cut by at least half at the end of treatment, in pooled trials." in page
    assert "40 of 100 (31 to 58); usual care: 19" in page
