"""What a page is about, for search engines and other programs: schema.org terms as plain dicts. Pure.

It repeats what the page says and nothing more: no ranking, no price, no review that did not happen. Nothing that is
unchecked goes in, and a therapy is a condition's possible treatment only where it is in use for it.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from therapies.models import Condition, Therapy
from therapies.serving import describe

Data = dict[str, Any]
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
MESH = "https://id.nlm.nih.gov/mesh/"
MARKS = re.compile(r"\s*\[\^[a-z0-9-]+\]|\[([^\]]*)\]\([^)]*\)|\*")


def therapy(entry: Therapy, *, site: str, published_on: str) -> Data:
    """The page of a therapy. One that is warned against is described, never offered as a treatment."""
    address = f"{site}{entry.get_absolute_url()}"
    names = [name for name in (entry.abbreviation, *entry.aliases) if name]
    about: Data = {
        "@type": "Thing" if entry.is_discouraged else ["MedicalTherapy", "PsychologicalTreatment"],
        "@id": f"{address}#therapy",
        "name": entry.name,
        "url": address,
        **_known(alternateName=names, description=entry.summary or entry.nearest_fact, sameAs=_mesh(entry.mesh_id)),
    }
    if not entry.is_discouraged:
        dose = {"@type": "DoseSchedule", "frequency": describe.sessions_in_full(entry)}
        about |= _known(
            howPerformed=_plain(entry.session),
            doseSchedule=dose if describe.sessions(entry) != describe.NOT_KNOWN else None,
        )
    reviewed = entry.reviewed_on.isoformat() if entry.reviewed_on else None
    return _page(address, entry.name, about, site, published_on) | _known(lastReviewed=reviewed)


def condition(entry: Condition, used: Iterable[Therapy] = (), *, site: str, published_on: str) -> Data:
    """The page of a condition; `used` are the therapies that are commonly used for it."""
    address = f"{site}{entry.get_absolute_url()}"
    names = [name for name in (entry.plain_name, *entry.abbreviations, *entry.aliases) if name and name != entry.name]
    codes = (
        [*_codes("ICD-10-CM", entry.icd10cm_codes), *_codes("ICD-11", entry.icd11_codes)] if entry.codes_seen else []
    )
    treatments = [
        {"@type": "MedicalTherapy", "name": therapy.name, "url": f"{site}{therapy.get_absolute_url()}"}
        for therapy in used
        if not therapy.is_discouraged
    ]
    about: Data = {
        "@type": "MedicalCondition" if entry.is_diagnosis else "Thing",
        "@id": f"{address}#condition",
        "name": entry.name,
        "url": address,
        **_known(alternateName=names, description=entry.summary),  # its MeSH heading is often a broader one
    }
    if entry.is_diagnosis:
        about |= _known(code=codes, possibleTreatment=treatments, naturalProgression=_plain(entry.untreated))
    return _page(address, entry.name, about, site, published_on)


def _page(address: str, name: str, about: Data, site: str, published_on: str) -> Data:
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": "en-US",
        "dateModified": published_on,
        "isAccessibleForFree": True,
        "license": LICENSE,
        "isPartOf": {"@type": "WebSite", "name": "Therapy Explorer", "url": f"{site}{reverse('home')}"},
        "mainEntity": about,
    }


def _codes(system: str, codes: Iterable[str]) -> list[Data]:
    return [{"@type": "MedicalCode", "codeValue": code, "codingSystem": system} for code in codes]


def _mesh(identifier: str) -> str:
    return f"{MESH}{identifier}" if identifier else ""


def _plain(text: str) -> str:
    """The text without marks of sources and links."""
    return MARKS.sub(lambda match: match.group(1) or "", text)


def _known(**values: Any) -> Data:
    return {name: value for name, value in values.items() if value}
