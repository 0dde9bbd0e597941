"""The shipped leads, and how they are loaded. That no release holds one is tested in test_architecture.py."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.builders import catalogue, recommendation, therapy
from tests.people import person
from therapies.curate.leads import FILE, close, filled_in, lead_cards, load_leads
from therapies.models import KINDS, Lead, Therapy
from therapies.releases import bundle
from therapies.releases.bundle import Bundle

LEADS = json.loads((settings.FIXTURES_DIR / FILE).read_text())


def test_every_shipped_lead_names_fields_and_entries_that_exist(shipped: Bundle) -> None:
    """Then the form that is filled from it is whole; normalize looks at the values."""
    slugs = {kind: {row["slug"] for row in shipped[kind]} for kind in KINDS}
    wrong = []
    for lead in LEADS:
        names = {field.name: field for field in bundle.fields_of(KINDS[lead["kind"]].model)}
        wrong += [(lead["slug"], name) for name in lead["proposed"] if name not in names]
        relations = [(n, v) for n, v in lead["proposed"].items() if n in names and names[n].is_relation and v]
        for name, value in relations:
            known = slugs[names[name].related_model.of_kind.slug]
            wrong += [
                (lead["slug"], slug) for slug in (value if isinstance(value, list) else [value]) if slug not in known
            ]
        bundle.normalize({lead["kind"]: [{"slug": lead["slug"], **lead["proposed"]}]})
    assert wrong == []


def test_no_lead_repeats_what_is_public(shipped: Bundle) -> None:
    """What is said of older adults alone is something else than what is said of adults."""
    same = ("source", "therapy", "condition", "stance", "purpose")
    ages = defaultdict[tuple[str, ...], set[str]](set)
    for row in shipped["recommendations"]:
        ages[tuple(row[name] for name in same)] |= set(row["ages"])
    proposed = {lead["slug"]: lead["proposed"] for lead in LEADS if lead["kind"] == "recommendations"}
    public = {slug: ages[tuple(row.get(name, "") for name in same)] for slug, row in proposed.items()}
    assert [slug for slug, row in proposed.items() if (set(row["ages"]) - {"older"} or {"older"}) <= public[slug]] == []


@pytest.mark.django_db
def test_leads_are_loaded_once_and_those_that_are_closed_stay_so(tmp_path: Path) -> None:
    assert load_leads(tmp_path) == 0
    rows = [{"kind": "recommendations", "slug": "a", "title": "A"}]
    (tmp_path / FILE).write_text(json.dumps(rows))
    assert load_leads(tmp_path) == 1
    close(Lead.objects.get(), by=person("cora"))
    assert load_leads(tmp_path) == 0
    assert lead_cards(catalogue()) == []


@pytest.mark.django_db
def test_help_in_a_crisis_leads_and_leads_of_one_document_stand_together() -> None:
    def lead(slug: str, kind: str = "recommendations", **proposed: Any) -> None:
        Lead.objects.create(kind=kind, slug=slug, title=slug, proposed=proposed)

    lead("rare", therapy="rare-one", source="a")
    lead("other", therapy="rare-one", source="b")
    lead("used", therapy="worry-therapy", source="b")
    lead("line", kind="crisis_lines")
    rows = [{"slug": "x", "therapy": "worry-therapy", "condition": "worry", "source": "b"}]
    content = catalogue(therapies=[therapy()], recommendations=rows)
    assert [card.name for card in lead_cards(content)] == ["line", "used", "other", "rare"]


@pytest.mark.django_db
def test_a_second_statement_of_one_document_gets_a_slug_of_its_own() -> None:
    rows = [recommendation(slug) for slug in ("a", "a-2", "a-b")]
    bundle.load(catalogue(therapies=[therapy()], recommendations=rows))
    lead = Lead(kind="recommendations", slug="a", proposed={"ages": ["adult"], "therapy": "worry-therapy"})
    assert filled_in(lead) == {"slug": "a-3", "ages": ["adult"], "therapy": Therapy.objects.get().pk}
