"""The first page of the admin, and working the cards of its queue."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import Settings

from tests.admin.test_entries import INLINE
from tests.builders import catalogue, recommendation, therapy
from tests.pages import text
from tests.people import browser, person
from therapies.curate.duplicates import same_names
from therapies.models import Check, Correction, CrisisLine, Recommendation, SignOff, Source, Therapy
from therapies.models.base import Entry
from therapies.releases import bundle
from therapies.releases.publish import make_candidate, publish

LINE = {
    "slug": "line",
    "line_name": "A line",
    "country": "United States",
    "kind": "helpline",
    "url": "https://line.example/",
}
READ = {"basis": "read", "address": "https://body.example/guideline"}
CARD = "/admin/queue/unchecked/recommendations/row-1/"


@pytest.fixture
def curator(db: None) -> Client:
    rows = [recommendation(basis="recalled"), recommendation("row-2", basis="recalled")]
    bundle.load(catalogue(therapies=[therapy()], recommendations=rows, crisis_lines=[LINE]))
    return browser(person("cora", "Curator"))


def digest_of(entry: Entry) -> str:
    return bundle.entry_digest(bundle.row_of(entry))


def row(slug: str = "row-1") -> Recommendation:
    return Recommendation.objects.get(slug=slug)


def test_the_first_page_says_what_is_due_in_order_and_how_the_week_goes(curator: Client) -> None:
    page = curator.get("/admin/").content.decode()
    assert page.index("Crisis lines to check") < page.index("Not checked against the source")
    assert "0 of 10 cards" in text(page)
    assert not INLINE.search(page)


def test_a_card_shows_the_entry_beside_its_source(curator: Client) -> None:
    page = curator.get(CARD).content.decode()
    assert "The guideline recommends it." in page
    assert "National Body 2020" in page
    assert not INLINE.search(page)


def test_one_click_records_who_when_and_against_what_and_leads_to_the_next_card(curator: Client) -> None:
    form = {"digest": digest_of(row()), "right": "", "against": "National Body 2020", **READ}
    answer = curator.post(f"{CARD}work/", form)
    assert answer["Location"] == "/admin/queue/unchecked/recommendations/row-2/"
    assert (row().basis, row().read_url) == ("read", "https://body.example/guideline")
    assert row().read_on == localdate().isoformat()
    check = Check.objects.get()
    assert (str(check.by), check.verdict, check.against) == ("cora", "right", "National Body 2020")
    assert "1 of 10 cards" in text(curator.get("/admin/"))


def test_a_statement_read_in_a_copy_says_so_and_where(curator: Client) -> None:
    digest = digest_of(row())
    curator.post(f"{CARD}work/", {"digest": digest, "right": "", "basis": "copy", "address": "https://copy.example/"})
    assert (row().basis, row().read_url) == ("copy", "https://copy.example/")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"address": "https://body.example/"}, "Say what you held it against."),
        ({"basis": "copy"}, "Give the address of the page where you read it."),
        ({"basis": "recalled", "address": "https://body.example/"}, "Select a valid choice."),
    ],
)
def test_nothing_is_marked_before_somebody_says_what_it_was_held_against(
    curator: Client, form: dict[str, str], says: str
) -> None:
    page = curator.post(f"{CARD}work/", {"digest": digest_of(row()), "right": "", **form})
    assert says in page.content.decode()
    assert row().basis == "recalled"
    assert not Check.objects.exists()


def test_a_document_that_has_its_own_address_offers_it(curator: Client) -> None:
    Source.objects.update(url="https://body.example/own", url_is_official=True)
    assert 'value="https://body.example/own"' in curator.get(CARD).content.decode()


def test_a_second_look_asks_what_it_was_held_against_too(curator: Client) -> None:
    curator.post(f"{CARD}work/", {"digest": digest_of(row()), "second-look": "", "note": "Which table?"})
    again = "/admin/queue/second-look/recommendations/row-1/"
    assert "What did you hold it against?" in text(curator.get(again))
    curator.post(f"{again}work/", {"digest": digest_of(row()), "right": "", **READ})
    assert row().basis == "read"


# ── Editions ──

EDITION = "/admin/queue/editions/sources/guideline-2020/"


def edition(**fields: Any) -> Source:
    Source.objects.update(**fields)
    return Source.objects.get()


def test_an_edition_that_is_the_newest_is_current_and_comes_back_until_somebody_went_through_it(
    curator: Client,
) -> None:
    unknown = edition(status="unknown")
    curator.post(f"{EDITION}work/", {"digest": digest_of(unknown), "right": ""})
    known = Source.objects.get()
    assert (known.status, known.status_basis, known.gone_through_on) == ("current", "confirmed by a curator", None)
    card = curator.get(EDITION)
    assert "Nobody has gone through the whole of it" in text(card)
    (listed,) = re.findall(r'href="([^"]+)">What it says of therapies', card.content.decode())
    assert "2 recommendations" in text(curator.get(listed))
    curator.post(f"{EDITION}work/", {"digest": digest_of(known), "right": "", "whole": "on"})
    assert Source.objects.get().gone_through_on == localdate()
    assert "done already" in text(curator.get(EDITION, follow=True))


def test_who_says_only_that_an_edition_is_the_newest_is_not_asked_again_for_a_year(curator: Client) -> None:
    before = edition(status="current", status_basis="read at the body")
    curator.post(f"{EDITION}work/", {"digest": digest_of(before), "right": ""})
    after = Source.objects.get()
    assert (after.gone_through_on, after.status_basis) == (None, "read at the body")
    assert "done already" in text(curator.get(EDITION, follow=True))


def test_a_crisis_line_that_was_compared_is_marked_with_the_day(curator: Client) -> None:
    line = CrisisLine.objects.get()
    curator.post("/admin/queue/crisis/crisis_lines/line/work/", {"digest": digest_of(line), "right": ""})
    line.refresh_from_db()
    assert line.checked
    assert line.checked_on


def test_a_card_can_be_handed_on_for_a_second_look(curator: Client) -> None:
    curator.post(f"{CARD}work/", {"digest": digest_of(row()), "second-look": "", "note": "Which table?"})
    assert "Which table?" in curator.get("/admin/queue/second-look/").content.decode()
    assert row().basis == "recalled"


def test_an_entry_that_changed_while_it_was_read_is_read_again(curator: Client) -> None:
    before = digest_of(row())
    Recommendation.objects.filter(slug="row-1").update(fact="Changed.")
    answer = curator.post(f"{CARD}work/", {"digest": before, "right": ""}, follow=True)
    assert "Please read it again." in answer.content.decode()
    assert not Check.objects.exists()


def test_a_card_that_is_done_says_so(curator: Client) -> None:
    Recommendation.objects.update(basis="read")
    assert "done already" in curator.get(CARD, follow=True).content.decode()


def test_a_publisher_may_look_and_not_work(curator: Client) -> None:
    publisher = browser(person("pia", "Publisher"))
    assert publisher.get(CARD).status_code == 200


def test_an_edit_waits_for_a_reviewer_whose_click_signs_it_off(published: Path, settings: Settings) -> None:
    settings.REQUIRE_SIGN_OFF = True
    bundle.load(catalogue(therapies=[therapy(summary="Old.")]))
    publish(notes="First.")
    Therapy.objects.update(summary="New.")
    reviewer = browser(person("rita", "Reviewer"))
    assert "Waiting for sign-off" in reviewer.get("/admin/").content.decode()
    card = "/admin/queue/waiting/therapies/worry-therapy/"
    assert "sign it off" in reviewer.get(card).content.decode()
    reviewer.post(f"{card}work/", {"digest": digest_of(Therapy.objects.get()), "right": ""})
    assert str(SignOff.objects.get().reviewer) == "rita"
    assert make_candidate().merged.goes_in == [("therapies", "worry-therapy")]


def test_signing_off_with_the_checklist_makes_a_record_to_print(curator: Client) -> None:
    reviewer = browser(person("rita", "Reviewer"))
    address = "/admin/sign-off/therapies/worry-therapy/"
    page = reviewer.get(address).content.decode()
    assert "Good points are there." in page
    assert not INLINE.search(page)
    form = {"digest": digest_of(Therapy.objects.get()), "boxes": ["ipdas-good"], "next_due": "2099-01-01"}
    record = reviewer.post(address, form, follow=True).content.decode()
    assert "☑ Good points are there." in record
    assert "The entry still says what was signed off." in record
    Therapy.objects.update(summary="Other words.")
    again = reviewer.get(f"/admin/sign-offs/{SignOff.objects.get().pk}/").content.decode()
    assert "edited since" in again


def test_the_day_of_the_next_review_lies_ahead(curator: Client) -> None:
    reviewer = browser(person("rita", "Reviewer"))
    form = {"digest": digest_of(Therapy.objects.get()), "next_due": "2020-01-01"}
    page = reviewer.post("/admin/sign-off/therapies/worry-therapy/", form).content.decode()
    assert "Choose a day in the future." in page
    assert not SignOff.objects.exists()


def test_many_entries_are_signed_off_from_a_list(curator: Client) -> None:
    reviewer = browser(person("rita", "Reviewer"))
    chosen = {"action": "sign_off_selected", "_selected_action": [entry.pk for entry in Recommendation.objects.all()]}
    reviewer.post("/admin/therapies/recommendation/", chosen)
    assert SignOff.objects.count() == 2


def test_a_readers_correction_is_closed_with_what_was_done(curator: Client) -> None:
    correction = Correction.objects.create(path="/therapies/cbt/", text="It is 12.", received_at="2026-11-22T10:00Z")
    address = f"/admin/corrections/{correction.pk}/"
    assert "It is 12." in curator.get(address).content.decode()
    curator.post(address, {"answer": "Corrected."})
    correction.refresh_from_db()
    assert (str(correction.handled_by), correction.answer) == ("cora", "Corrected.")


def test_the_reading_line_counts_as_the_rules_do(curator: Client) -> None:
    hard = "Psychotherapeutic interventions necessitate considerable metacognitive deliberation. " * 11
    answer = json.loads(curator.post("/admin/reading/", {"text": hard}).content)
    assert answer["hard"]
    assert "66 words" in answer["line"]
    assert json.loads(curator.post("/admin/reading/", {"text": ""}).content)["line"] == "Nothing written yet."


def test_names_that_two_entries_share_are_found(db: None) -> None:
    bundle.load(
        catalogue(therapies=[therapy("a", name="Talking cure"), therapy("b", name="B", aliases=["talking cure"])])
    )
    assert [(name, str(other)) for name, other in same_names(Therapy.objects.get(slug="b"))] == [
        ("talking cure", "Talking cure")
    ]


def test_a_preview_shows_the_working_copy_marked_and_never_kept(published: Path) -> None:
    bundle.load(catalogue(therapies=[therapy(summary="Old words.")]))
    publish(notes="First.")
    Therapy.objects.update(summary="New words.")
    curator = browser(person("cora", "Curator"))
    draft = curator.get("/admin/preview/therapies/worry-therapy/")
    assert "New words." in draft.content.decode()
    assert "Draft." in draft.content.decode()
    assert "no-store" in draft["Cache-Control"]
    public = Client().get("/therapies/worry-therapy/").content.decode()
    assert "Old words." in public
    assert "New words." not in public
    assert curator.get("/admin/preview/therapies/nothing/").status_code == 404
    moved = curator.get("/admin/preview/therapies/Worry-Therapy/?a=b")
    assert moved["Location"] == "/admin/preview/therapies/worry-therapy/?a=b"
    assert Client().get("/admin/preview/therapies/worry-therapy/").status_code == 302
