"""The curators' screens: entries of every kind can be found, read, changed and restored, without inline code."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from tests.builders import catalogue, pooled_effect, recommendation, therapy
from tests.people import browser, person
from therapies.curate.history import last_editor
from therapies.models import CATALOGUE_MODELS, KINDS, PooledEffect, Therapy
from therapies.releases import bundle
from therapies.releases.publish import publish

INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|javascript:", re.IGNORECASE
)


def address(kind: str, screen: str) -> str:
    return f"/admin/therapies/{KINDS[kind].model._meta.model_name}/{screen}"


def changed(entry: Therapy, **fields: str) -> dict[str, str]:
    """What the browser would send for the entry's form with these fields changed."""
    form = dict.fromkeys(("summary", "idea", "aliases", "spanish", "_save"), "")
    return form | {"name": entry.name, "family": str(entry.family_id), "status": entry.status} | fields


@pytest.fixture
def curator(db: None) -> Client:
    bundle.load(catalogue(therapies=[therapy()], recommendations=[recommendation()]))
    return browser(person("cora", "Curator"))


READ_ONLY = {"pooled_effects"}  # worked out by a command


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_screens(curator: Client, kind: str) -> None:
    typed_in = () if kind in READ_ONLY else ("add/", "import/", "recover/")
    for screen in ("", *typed_in, "?q=worry"):
        answer = curator.get(address(kind, screen))
        assert answer.status_code == 200, (kind, screen)
        assert not INLINE.search(answer.content.decode()), (kind, screen, INLINE.search(answer.content.decode()))
    for screen in ("export/", "export/xlsx/"):
        assert curator.get(address(kind, screen)).status_code == 200, (kind, screen)


def test_what_a_command_worked_out_is_seen_and_exported_and_not_changed(published: Path, curator: Client) -> None:
    bundle.load(catalogue(therapies=[therapy()], pooled_effects=[pooled_effect()]))
    publish(notes="First.")
    row = PooledEffect.objects.get()
    shown = curator.get(address("pooled_effects", f"{row.pk}/change/"))
    assert shown.status_code == 200
    assert "Pooled by the command" in shown.content.decode()
    assert 'name="_save"' not in shown.content.decode()
    for screen in ("add/", "import/", f"{row.pk}/delete/"):
        assert curator.get(address("pooled_effects", screen)).status_code == 403, screen
    assert curator.post(address("pooled_effects", f"{row.pk}/change/"), {"trials": "99"}).status_code == 403
    sheet = curator.get(address("pooled_effects", "export/"))
    assert sheet.status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_searched_filtered_and_is_explained(kind: str) -> None:
    screen = admin.site.get_model_admin(KINDS[kind].model)
    assert screen.search_fields
    relations = {f.name for f in KINDS[kind].model._meta.get_fields() if f.concrete and f.is_relation}
    looked_up = {*screen.get_autocomplete_fields(None), *screen.checkboxes}  # type: ignore[arg-type, attr-defined]
    assert relations <= looked_up


def test_the_fieldsets_hold_every_field_that_a_curator_may_change() -> None:
    for model in CATALOGUE_MODELS:
        screen = admin.site.get_model_admin(model)
        fieldsets = screen.fieldsets or (question_screen(screen) if model is Therapy else ())
        if fieldsets:
            shown = {name for _, part in fieldsets for names in part["fields"] for name in _flat(names)}
            editable = {
                f.name for f in [*model._meta.fields, *model._meta.many_to_many] if f.editable and not f.primary_key
            }
            assert shown == editable, model


def question_screen(screen: Any) -> Any:
    """The parts of a therapy's form, which follow the questions."""
    return screen.get_fieldsets(RequestFactory().get("/"))


def _flat(names: object) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)  # type: ignore[arg-type]


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    for path in ("", "publish/", "releases/", "therapies/therapy/"):
        assert client.get(f"/admin/{path}").status_code == 302


def test_an_edit_keeps_the_state_before_it_and_names_its_editor(curator: Client) -> None:
    entry = Therapy.objects.get()
    answer = curator.post(address("therapies", f"{entry.pk}/change/"), changed(entry, summary="New words."))
    assert answer.status_code == 302, answer.context["errors"]
    entry.refresh_from_db()
    assert entry.summary == "New words."
    assert str(last_editor(entry)) == "cora"
    history = curator.get(address("therapies", f"{entry.pk}/history/")).content.decode()
    assert "As it stood before the first change here." in history


def test_saving_without_a_change_makes_nobody_the_editor(curator: Client) -> None:
    entry = Therapy.objects.get()
    curator.post(address("therapies", f"{entry.pk}/change/"), changed(entry, summary="New words."))
    browser(person("cleo", "Curator")).post(
        address("therapies", f"{entry.pk}/change/"), changed(entry, summary="New words.")
    )
    assert str(last_editor(entry)) == "cora"


def test_the_slug_of_an_entry_cannot_be_changed(curator: Client) -> None:
    entry = Therapy.objects.get()
    curator.post(address("therapies", f"{entry.pk}/change/"), changed(entry, slug="other"))
    entry.refresh_from_db()
    assert entry.slug == "worry-therapy"


def test_a_publisher_reads_and_does_not_edit(published: Path) -> None:
    bundle.load(catalogue(therapies=[therapy()]))
    publish(notes="First.")
    publisher = browser(person("pia", "Publisher"))
    assert publisher.get(address("therapies", "")).status_code == 200
    assert publisher.get(address("therapies", "add/")).status_code == 403
    assert publisher.get(address("therapies", "import/")).status_code == 403


def test_forms_may_say_where_they_come_from(client: Client, db: None) -> None:
    """Under the public pages' no-referrer policy browsers send “Origin: null”, which no form survives."""
    assert client.get("/admin/login/")["Referrer-Policy"] == "same-origin"
