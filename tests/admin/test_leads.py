"""A lead's screen, and the form of an entry that is filled from it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.admin.test_entries import INLINE
from tests.builders import catalogue, therapy
from tests.pages import text
from tests.people import browser, person
from therapies.models import Lead, Recommendation, Therapy
from therapies.releases import bundle
from therapies.releases.publish import publish

PROPOSED = {
    "therapy": "worry-therapy",
    "condition": "worry",
    "source": "guideline-2020",
    "ages": ["adult", "older"],
    "stance": "option",
    "locator": "section 4",
    "preferred": "no-such-therapy",
    "not-a-field": "x",
}


@pytest.fixture
def curator(published: Path) -> Client:
    bundle.load(catalogue(therapies=[therapy()]))
    publish(notes="First.")
    return browser(person("cora", "Curator"))


@pytest.fixture
def lead(curator: Client) -> Lead:
    return Lead.objects.create(
        kind="recommendations",
        slug="worry-lead",
        title="Worry therapy for worry: National Body 2020",
        proposed=PROPOSED,
        look_for="section 4; an option",
        url="https://body.example/guideline.pdf",
    )


def address(lead: Lead) -> str:
    return f"/admin/leads/{lead.pk}/"


def form(lead: Lead) -> str:
    return f"/admin/therapies/recommendation/add/?lead={lead.pk}"


def test_leads_stand_first_in_the_queue(curator: Client, lead: Lead) -> None:
    page = curator.get("/admin/").content.decode()
    assert page.index("Leads to follow") < page.index("Answers not written yet")
    assert f'href="{address(lead)}"' in curator.get("/admin/queue/leads/").content.decode()


def test_a_lead_says_what_it_would_be_what_to_look_for_and_where(curator: Client, lead: Lead) -> None:
    answer = curator.get(address(lead))
    page = answer.content.decode()
    assert 'href="https://body.example/guideline.pdf"' in page
    for words in ("section 4; an option", "Worry therapy", "Listed as an option", "Adults (18 and over)"):
        assert words in text(answer)
    assert f'href="{form(lead)}"' in page
    assert not INLINE.search(page)


def test_the_form_of_the_entry_begins_with_what_the_lead_proposes(curator: Client, lead: Lead) -> None:
    page = curator.get(form(lead)).content.decode()
    assert 'value="worry-lead"' in page
    assert 'value="section 4"' in page
    assert re.search(rf'<option value="{Therapy.objects.get().pk}" selected', page)
    assert re.search(r'<option value="option" selected', page)
    assert len(re.findall(r'name="ages" value="\w+"[^>]* checked', page)) == 2


def saved(curator: Client, lead: Lead) -> Any:
    fields = {name: field for name, field in _initial(curator, lead).items() if field is not None}
    return curator.post(form(lead), {**fields, "fact": "It lists it.", "basis": "recalled", "_save": ""})


def _initial(curator: Client, lead: Lead) -> dict[str, Any]:
    admin_form = curator.get(form(lead)).context["adminform"].form
    return {name: admin_form[name].value() for name in admin_form.fields}


def test_a_lead_that_may_be_on_file_already_says_so(curator: Client, lead: Lead) -> None:
    saved(curator, lead)
    Lead.objects.update(handled_at=None)
    assert "One like it is on file already." in text(curator.get(address(lead)))
    assert 'value="worry-lead-2"' in curator.get(form(lead)).content.decode()


def test_saving_the_entry_closes_the_lead_and_goes_on_with_the_next(curator: Client, lead: Lead) -> None:
    assert saved(curator, lead)["Location"] == "/admin/queue/leads/"
    entry = Recommendation.objects.get()
    assert (entry.slug, entry.therapy.slug, entry.ages, entry.stance) == (
        "worry-lead",
        "worry-therapy",
        ["adult", "older"],
        "option",
    )
    lead.refresh_from_db()
    assert str(lead.handled_by) == "cora"
    assert "Leads to follow" not in text(curator.get("/admin/"))
    assert "1 of 10 cards" in text(curator.get("/admin/"))


def test_an_entry_with_a_mistake_leaves_the_lead_open(curator: Client, lead: Lead) -> None:
    assert curator.post(form(lead), {"slug": "worry-lead", "_save": ""}).status_code == 200
    lead.refresh_from_db()
    assert lead.handled_at is None


def test_what_is_not_so_is_closed_with_the_reason(curator: Client, lead: Lead) -> None:
    curator.post(address(lead), {"not-so": "", "note": "It names another therapy."})
    lead.refresh_from_db()
    assert (str(lead.handled_by), lead.note) == ("cora", "Not so. It names another therapy.")
    assert "Closed on" in text(curator.get(address(lead)))


def test_a_publisher_may_look_and_not_close(curator: Client, lead: Lead) -> None:
    publisher = browser(person("pia", "Publisher"))
    page = publisher.get(address(lead))
    assert "Make it an entry" not in text(page)
    assert publisher.post(address(lead), {"done": ""}).status_code == 403


def test_a_lead_that_does_not_exist_is_not_found_and_fills_no_form(curator: Client) -> None:
    assert curator.get("/admin/leads/99/").status_code == 404
    for number in ("99", "x", ""):
        assert curator.get(f"/admin/therapies/recommendation/add/?lead={number}").status_code == 200
