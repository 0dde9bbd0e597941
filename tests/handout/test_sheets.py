"""Sheets to take along: what is on them, their versions, and what cannot be printed."""

from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
from django.http import QueryDict
from django.test import Client

from tests import builders
from tests.conftest import Site
from tests.pages import get, links, text
from therapies.handout import print, sheets
from therapies.releases.bundle import Bundle

Serve = Callable[[Bundle], Site]
WORRY = "/conditions/worry/handout/"
CBT = "/therapies/cognitive-behavioral-therapy/handout/"
FOUR = (
    "/compare/handout/?t=cognitive-behavioral-therapy&t=acceptance-and-commitment-therapy"
    "&t=interpersonal-psychotherapy&t=psychodynamic-therapy&for=depression"
)


@pytest.mark.parametrize("address", [CBT, "/conditions/depression/handout/", FOUR])
def test_a_sheet_names_its_date_release_sources_page_and_help(site: Site, client: Client, address: str) -> None:
    page = get(client, address)
    assert f"Catalogue release {site.number} of November 22, 2026" in page
    assert "Sources: " in text(page)
    assert 'src="data:image/svg+xml' in page
    assert "In danger now?" in page
    assert "My notes" in page


def test_the_qr_code_leads_to_the_full_page(site: Site, client: Client) -> None:
    code = 'alt="QR code of the full page: http://testserver/therapies/cognitive-behavioral-therapy/"'
    assert code in get(client, CBT)


def test_good_and_hard_points_have_the_same_room(site: Site) -> None:
    sheet = sheets.of_therapy("cognitive-behavioral-therapy")
    assert sheet
    assert [part.title for part in sheet.part_rows[2]] == ["What may be good about it?", "What may be hard about it?"]


def test_a_version_keeps_the_concern_and_the_other_choices(site: Site, client: Client) -> None:
    page = get(client, f"{CBT}?for=gad&ink=black")
    assert f"{CBT}?for=generalized-anxiety&size=large&ink=black" in links(page)
    assert 'class="sheet normal black"' in page


def test_a_version_that_does_not_exist_is_named(site: Site, client: Client) -> None:
    page = get(client, f"{CBT}?size=huge", 400)
    assert "We do not have “size=huge”" in page
    assert 'class="sheet normal color"' in page


def test_of_two_sizes_the_first_is_taken_and_said(site: Site, client: Client) -> None:
    page = get(client, f"{CBT}?size=large&size=normal", 400)
    assert "“size” was given more than once. Only the first, “large”, was read." in page
    assert 'class="sheet large color"' in page


def test_a_concern_that_is_not_known_is_named(site: Site, client: Client) -> None:
    page = text(get(client, f"{CBT}?for=xyzzy", 400))
    assert "We did not understand “xyzzy” (what you want help with)" in page
    assert "Here is the sheet about every concern." in page


def test_the_sheet_of_a_condition_can_be_for_one_age(serve: Serve) -> None:
    adults, children = builders.therapy("for-adults"), builders.therapy("for-children")
    rows = [
        builders.recommendation("one", therapy="for-adults", ages=["adult"]),
        builders.recommendation("two", therapy="for-children", ages=["child"]),
    ]
    serve(builders.catalogue(therapies=[adults, children], recommendations=rows))
    page = get(Client(), f"{WORRY}?age=child&ink=black")
    assert "speak of for children?" in page
    assert "For children" in page
    assert "For adults" not in page
    assert "/conditions/worry/?age=child" in links(page)
    assert f"{WORRY}?age=child&size=large&ink=black" in links(page)
    older = get(Client(), f"{WORRY}?age=older")
    assert "For adults" in older
    assert "“adults” means everyone from 18" in older


def test_a_sheet_for_the_young_opens_on_what_is_said_of_them(site: Site, client: Client) -> None:
    page = text(get(client, "/conditions/depression/handout/?age=child"))
    assert "Depression, children" in page
    assert page.index("In children and teenagers") < page.index("What usually helps")
    assert "In children and teenagers" not in text(get(client, "/conditions/depression/handout/?age=older"))


@pytest.mark.parametrize("address", ["/conditions/depression/", "/compare/", "/quick/"])
def test_the_way_to_a_sheet_keeps_the_age(site: Site, client: Client, address: str) -> None:
    asked = "?t=cbt&t=ipt&for=depression&age=older&q=depression,+older+adult"
    ways = [link for link in links(get(client, address + asked)) if "/handout/" in link]
    assert ways
    assert all("age=older" in way for way in ways)


def test_the_sheet_of_a_comparison_is_for_the_age_that_was_asked(site: Site, client: Client) -> None:
    page = get(client, f"{FOUR}&age=older")
    assert "For depression, older adults." in text(page)
    assert any("age=older" in link and "size=large" in link for link in links(page))


def test_a_sheet_has_no_line_for_what_is_not_known(site: Site, client: Client) -> None:
    assert "Not known" not in text(get(client, "/conditions/depression/handout/"))


def test_the_sheet_for_all_ages_says_whom_each_line_is_about(serve: Serve) -> None:
    sources = [builders.source(), builders.source("child-2021", body="Child Body", year="2021")]
    rows = [
        builders.recommendation("one", ages=["adult", "older"]),
        builders.recommendation("two", source="child-2021", ages=["child", "adolescent"]),
        builders.recommendation("three", therapy="for-children", ages=["child"]),
    ]
    therapies = [builders.therapy(), builders.therapy("for-children")]
    serve(builders.catalogue(therapies=therapies, sources=sources, recommendations=rows))
    page = text(get(Client(), WORRY))
    assert "For all ages. Where no age is named, it is about adults." in page
    assert "Recommended by Child Body 2021 (children and teenagers) and National Body 2020" in page
    assert "For children children Recommended" in page
    asked = text(get(Client(), f"{WORRY}?age=adult"))
    assert "Recommended by National Body 2020 " in asked
    assert "For all ages" not in asked


def test_documents_that_nobody_opened_are_marked_and_come_after_the_others_with_a_key_at_the_foot(serve: Serve) -> None:
    sources = [builders.source(), builders.source("new-2024", body="New Body", year="2024")]
    rows = [builders.recommendation("one"), builders.recommendation("two", source="new-2024", basis="recalled")]
    content = builders.catalogue(therapies=[builders.therapy()], sources=sources, recommendations=rows)
    serve(content)
    for address in (WORRY, "/therapies/worry-therapy/handout/"):
        page = text(get(Client(), address))
        assert "Recommended by National Body 2020 and New Body 2024 (to be checked)" in page
        assert "To be checked: this is from memory." in page
    serve(content | {"recommendations": content["recommendations"][:1]})
    assert "this is from memory" not in text(get(Client(), WORRY))


def test_an_age_that_does_not_exist_has_the_sheet_for_all_ages(site: Site, client: Client) -> None:
    page = get(client, "/conditions/depression/handout/?age=grown-up", 400)
    assert "We did not understand “grown-up” as an age. Here is everything, for all ages." in page
    assert text(page).endswith(text(get(client, "/conditions/depression/handout/")).partition("Therapy Explorer · ")[2])


def test_another_spelling_leads_to_the_sheet_that_was_meant(site: Site, client: Client) -> None:
    response = client.get("/therapies/CBT/handout/?ink=black")
    assert response.status_code == 301
    assert response["Location"] == f"{CBT}?ink=black"


def test_an_unknown_name_has_no_sheet(site: Site, client: Client) -> None:
    assert client.get("/therapies/no-such-thing/handout/").status_code == 404
    assert client.get("/conditions/no-such-thing/handout/").status_code == 404


def test_one_therapy_alone_makes_no_comparison(site: Site, client: Client) -> None:
    assert client.get("/compare/handout/?t=cbt").status_code == 400


def test_what_is_warned_against_has_a_warning_and_no_promises(site: Site) -> None:
    sheet = sheets.of_therapy("conversion-therapy")
    assert sheet
    assert sheet.warning
    assert [part.title for part in sheet.parts] == ["Who warns, and why?", "What to look at instead"]


def test_a_sheet_shows_advice_against_beside_the_best_rated(serve: Serve) -> None:
    content = builders.catalogue(
        therapies=[builders.therapy()],
        conditions=[builders.condition(f"c{number}") for number in range(9)],
        recommendations=[
            builders.recommendation("bad", stance="do-not"),
            *(builders.recommendation(f"good-{number}", condition=f"c{number}") for number in range(9)),
        ],
    )
    serve(content)
    sheet = sheets.of_therapy("worry-therapy")
    assert sheet
    assert [line.name for line in sheet.lines][-1] == "Worry"
    assert sheet.more_lines == 3


def test_a_label_that_rests_on_what_is_recalled_says_so(serve: Serve) -> None:
    rows = [builders.recommendation("guess", basis="recalled")]
    serve(builders.catalogue(therapies=[builders.therapy()], recommendations=rows))
    sheet = sheets.of_therapy("worry-therapy")
    assert sheet
    assert [line.standing and line.standing.is_checked for line in sheet.lines] == [False]
    page = get(Client(), "/therapies/worry-therapy/handout/?for=worry")
    assert "to be checked against National Body" in text(page)
    assert "To be checked against the document." in page


def test_figures_are_beside_their_comparison(site: Site, client: Client) -> None:
    page = get(client, "/therapies/mentalization-based-treatment/handout/")
    assert "87 with it, 13 with usual care" in text(page)


def test_four_therapies_share_one_table(site: Site, client: Client) -> None:
    page = get(client, FOUR)
    assert page.count('<th scope="col">') == 4
    assert "What do guidelines say, for depression?" in page


def test_a_pdf_that_cannot_be_made_says_so_and_leads_back(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise print.NoPdf

    monkeypatch.setattr(print, "_weasyprint", missing)
    page = get(client, CBT.rstrip("/") + ".pdf?size=large", 501)
    assert "This site cannot make a PDF" in page
    assert f"{CBT}?size=large" in links(page)


@pytest.mark.parametrize(("size", "tries"), [("normal", 2), ("large", 1)])
def test_a_pdf_of_three_sheets_is_tried_again_in_smaller_letters(
    monkeypatch: pytest.MonkeyPatch, size: str, tries: int
) -> None:
    maker = MagicMock(CSS=lambda **style: style)
    render = maker.HTML.return_value.render
    render.return_value = MagicMock(pages=["one", "two", "three"], **{"write_pdf.return_value": b"%PDF"})
    monkeypatch.setattr(print, "_weasyprint", lambda: maker)
    assert print.pdf("<p>long</p>", print.PrintVersion(CBT, size=size)) == b"%PDF"
    assert render.call_count == tries
    smaller = {"string": print.SMALLER}
    assert (smaller in render.call_args.kwargs["stylesheets"]) == (size == "normal")


def test_the_pdf_of_another_paper_keeps_the_version() -> None:
    asked = print.read(QueryDict("ink=black"), CBT)
    assert asked.pdf[1] == ("A4", f"{CBT.rstrip('/')}.pdf?ink=black&paper=a4")


def test_a_comparison_says_which_of_its_therapies_were_reviewed(serve: Serve) -> None:
    signed = builders.therapy("signed-therapy", reviewed_on="2026-11-20", review_due="2028-11-20")
    serve(builders.catalogue(therapies=[signed, builders.therapy()]))
    page = text(get(Client(), "/compare/handout/?t=signed-therapy&t=worry-therapy"))
    assert "Signed therapy: Reviewed by a clinician on November 20, 2026. Worry" in page


def test_a_sheet_tells_pooled_people_of_100_in_one_line_with_range_and_source(serve: Serve, client: Client) -> None:
    form = builders.therapy("worry-course", parents=["worry-therapy"], is_form_of_parent=True)
    effects = [
        builders.pooled_people("all", therapy=None, treated_per_100=39),
        builders.pooled_people("form", therapy="worry-course"),
    ]
    serve(builders.catalogue(therapies=[builders.therapy(), form], pooled_effects=effects))
    line = "42 (31 to 58) with Worry course, 19 (14 to 25) who had usual care. 10 trials, National Body 2020."
    own, parent = (text(get(client, f"/therapies/{slug}/handout/")) for slug in ("worry-course", "worry-therapy"))
    assert line in own
    assert "a form of" not in own
    assert line in parent
    assert "This number is for Worry course, a form of Worry therapy." in parent
    assert "39 (31 to 58) with a talking therapy, 19 (14 to 25) who had usual care." in text(get(client, WORRY))
