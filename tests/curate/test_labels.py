"""The labels of a bundle are those that its release shows, and so is its ledger."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.builders import catalogue, condition, recommendation, source, therapy
from therapies.curate.labels import BundleLabels, becomes, ledger_of
from therapies.domain.standing import Label, Standing
from therapies.releases import bundle
from therapies.site.freshness import evidence


def test_the_ledger_of_a_bundle_is_that_of_the_release_made_of_it(site: Any) -> None:
    assert ledger_of(site.content) == evidence()


@pytest.mark.django_db
def test_the_content_report_counts_the_working_copy() -> None:
    rows = [recommendation(), recommendation("row-2", condition="fear", basis="recalled")]
    bundle.load(catalogue(therapies=[therapy()], conditions=[condition("fear")], recommendations=rows))
    said = StringIO()
    call_command("content_report", stdout=said)
    lines = [" ".join(line.split()) for line in said.getvalue().splitlines()]
    for counted in (
        "1 0 1 0 of 1 1 of 2 All documents in force",
        "0 0 1 0 of 1 1 of 1 Fear",
        "1 0 0 0 of 1 0 of 1 Worry",
        "1 0 1 0 of 1 1 of 2 National Body",
    ):
        assert counted in lines


def test_a_document_that_rests_on_another_is_heard_as_that_one() -> None:
    second = source("second-2023", body="Second Body", rests_on="guideline-2020")
    rows = [recommendation(), recommendation("row-2", source="second-2023")]
    labels = BundleLabels(catalogue(therapies=[therapy()], sources=[second], recommendations=rows))
    assert {row.body for row in labels.spoken["worry-therapy", "worry"].values()} == {"National Body"}


def test_a_label_changes_goes_away_is_checked_or_stays() -> None:
    recommended, unchecked = Standing(Label.RECOMMENDED), Standing(Label.RECOMMENDED, would_say=("NICE",))
    option, to_check = Standing(Label.OPTION), Standing(Label.OPTION, would_say=("NICE",))
    assert becomes(unchecked, recommended) == "becomes checked"
    assert becomes(recommended, unchecked) == "is to be checked again"
    assert becomes(recommended, option) == "becomes “An option”"
    assert becomes(recommended, to_check) == "becomes “An option”, still to be checked"
    assert becomes(recommended, None) == "goes away"
    assert becomes(recommended, recommended) == becomes(None, None) == ""
