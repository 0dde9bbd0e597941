import json
from typing import Any

import pytest
from django.test import Client

from tests.conftest import Site
from tests.pages import get
from therapies.entries import jsonld
from therapies.serving import catalogue

# The names that schema.org defines for the kinds we use, each with those of the kinds above it.
THING = {"@type", "@id", "name", "alternateName", "description", "url", "sameAs"}
ENTITY = THING | {"code", "guideline", "relevantSpecialty"}
PROCEDURE = ENTITY | {"howPerformed", "preparation", "followup", "adverseOutcome", "doseSchedule"}
NAMES = {
    "Thing": THING,
    "MedicalTherapy": PROCEDURE | {"contraindication", "seriousAdverseOutcome"},
    "PsychologicalTreatment": PROCEDURE,
    "MedicalCondition": ENTITY | {"possibleTreatment", "naturalProgression", "signOrSymptom", "riskFactor"},
    "MedicalCode": THING | {"codeValue", "codingSystem"},
    "DoseSchedule": THING | {"frequency"},
    "WebSite": THING,
    "MedicalWebPage": THING
    | {"@context", "inLanguage", "dateModified", "isAccessibleForFree", "license", "isPartOf", "mainEntity"}
    | {"lastReviewed"},
}
SITE: dict[str, Any] = {"site": "https://example.org", "published_on": "2026-11-22"}


def problems(data: Any, where: str = "page") -> list[str]:
    """What schema.org does not define, and values that say nothing."""
    if isinstance(data, list):
        return [problem for item in data for problem in problems(item, where)]
    if not isinstance(data, dict):
        return [] if data not in (None, "") else [f"{where} is empty"]
    kinds = data["@type"] if isinstance(data["@type"], list) else [data["@type"]]
    allowed = set().union(*(NAMES[kind] for kind in kinds))
    found = [f"{where}.{name} is no property of {kinds}" for name in data if name not in allowed]
    return found + [problem for name, value in data.items() for problem in problems(value, f"{where}.{name}")]


def test_every_therapy_is_described_in_words_that_schema_org_defines(site: Site) -> None:
    for entry in catalogue.therapies():
        assert problems(jsonld.therapy(entry, **SITE)) == [], entry.slug


def test_every_condition_is_described_in_words_that_schema_org_defines(site: Site) -> None:
    therapies = list(catalogue.therapies()[:3])
    for entry in catalogue.conditions():
        assert problems(jsonld.condition(entry, therapies, **SITE)) == [], entry.slug


def test_what_is_warned_against_is_no_treatment(site: Site) -> None:
    warned = catalogue.therapies().filter(status="discouraged").first()
    diagnosis = catalogue.conditions().filter(is_diagnosis=True).first()
    assert warned
    assert diagnosis
    assert jsonld.therapy(warned, **SITE)["mainEntity"]["@type"] == "Thing"
    assert "possibleTreatment" not in jsonld.condition(diagnosis, [warned], **SITE)["mainEntity"]


def test_an_everyday_concern_is_not_called_a_medical_condition(site: Site) -> None:
    concern = catalogue.conditions().filter(is_diagnosis=False).first()
    assert concern
    assert jsonld.condition(concern, **SITE)["mainEntity"]["@type"] == "Thing"


def test_texts_come_without_marks_and_links(site: Site) -> None:
    for entry in catalogue.therapies():
        text = json.dumps(jsonld.therapy(entry, **SITE))
        assert "[^" not in text, entry.slug
        assert "](" not in text, entry.slug


def test_no_page_claims_a_review_that_did_not_happen(site: Site) -> None:
    for entry in catalogue.therapies().filter(reviewed_on__isnull=True):
        assert "lastReviewed" not in jsonld.therapy(entry, **SITE)


@pytest.mark.parametrize("path", ["/", "/therapies/", "/about/"])
def test_each_page_names_its_own_address_once(site: Site, client: Client, path: str) -> None:
    page = get(client, f"{path}?sort=name" if path == "/therapies/" else path)
    assert page.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="http://testserver{path}">' in page


def test_the_page_of_a_therapy_carries_its_description_as_data(site: Site, client: Client) -> None:
    page = get(client, "/therapies/cognitive-behavioral-therapy/")
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(block)["mainEntity"]["name"] == "Cognitive behavioral therapy"
