"""Help now: a choice of country that is kept in the address, numbers that dial, and nothing that is only recalled."""

import json
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.builders import catalogue
from tests.conftest import Site
from tests.pages import get, text
from therapies.models.kinds import Row
from therapies.releases.bundle import Bundle
from therapies.site import help_now

DIALED = re.compile(r"\d{2,}")
Serve = Callable[[Bundle], Site]


def line(slug: str, **fields: object) -> Row:
    return {"slug": slug, "country": "Peru", "iso2": "PE", "kind": "helpline", "line_name": slug, **fields}


# ── The page ──


def test_without_a_choice_the_page_asks_for_the_country_and_shows_no_number(site: Site, client: Client) -> None:
    page = get(client, "/help-now/")
    main = page.split("<main")[1].split("</main>")[0]
    assert "Which country are you in?" in main
    assert 'href="tel:' not in main
    assert '<li id="gb"><a href="/help-now/?country=gb">United Kingdom</a></li>' in main
    assert main.index("United States") < main.index("Argentina") < main.index("What happens when you call")
    assert [main.count(f">{country.name}<") for country in help_now.countries()] == [1] * len(help_now.countries())


@pytest.mark.parametrize("written", ["gb", "GB", "united kingdom"])
def test_a_chosen_country_stands_first_with_its_numbers(site: Site, client: Client, written: str) -> None:
    response = client.get("/help-now/", {"country": written})
    page = response.content.decode()
    assert not response.cookies
    assert page.index('href="tel:999"') < page.index('href="tel:116123"') < page.index("What happens when you call")
    assert 'id="gb"' in page
    assert "Help now: United Kingdom" in page
    assert 'href="tel:911"' not in page
    assert "not yet checked by us" in page
    assert 'href="/help-now/"' in page


def test_three_lines_are_shown_at_once_and_the_rest_is_a_tap_away(serve: Serve) -> None:
    serve(catalogue(crisis_lines=[line(f"line-{number}", phone=f"12{number}") for number in range(5)]))
    first, rest = get(Client(), "/help-now/?country=pe").split("2 more<")
    assert "line-2" in first
    assert "line-3" not in first
    assert "line-3" in rest
    assert "line-4" in rest


def test_a_country_we_do_not_know_is_said_and_the_choice_is_shown(site: Site, client: Client) -> None:
    page = text(get(client, "/help-now/?country=atlantis", 400))
    assert "We have no lines for “atlantis”." in page
    assert "Which country are you in?" in page


def test_lines_are_grouped_by_what_they_are_for_and_a_region_is_named(site: Site, client: Client) -> None:
    words = text(get(client, "/help-now/?country=gb"))
    assert words.index("Suicidal thoughts, or a crisis of any kind") < words.index("Violence or abuse at home")
    assert "Lifeline (Northern Ireland)" in words
    assert [country.name for country in help_now.countries() if "(" in country.name] == []


def test_every_country_is_on_one_page_to_print_and_to_keep(site: Site, client: Client) -> None:
    page = get(client, "/help-now/?every=1")
    assert all(f'id="{country.slug}"' in page for country in help_now.countries())
    assert len(help_now.countries()) > 50


def test_a_country_whose_emergency_number_is_not_sure_says_that_it_waits(serve: Serve, client: Client) -> None:
    serve(catalogue(crisis_lines=[line("linea-113", phone="113 then option 5")]))
    page = get(client, "/help-now/?country=pe")
    assert "The emergency number of this country waits to be checked." in page
    assert 'href="tel:113"' in page
    assert "112" not in text(page.partition("<footer")[0])  # where releases have numbers


def test_a_number_of_one_service_is_not_passed_off_as_the_number_for_all(serve: Serve, client: Client) -> None:
    police = line("police", kind="emergency", emergency_number="105 (police)")
    serve(catalogue(crisis_lines=[police]))
    assert "So far we show only the number for police." in text(get(client, "/help-now/?country=pe"))


# ── Above search results ──


def test_the_panel_names_a_few_countries_where_the_readers_is_not_known(site: Site, client: Client) -> None:
    page = get(client, "/search/?q=i+want+to+die")
    panel = page.split('class="help-panel')[1].split("</section>")[0]
    for number in ("911", "988", "999", "116123", "000"):
        assert f'href="tel:{number}"' in panel
    assert '<option value="jp">Japan</option>' in panel


@pytest.mark.parametrize(
    ("typed", "speaks"),
    [
        ("i took too many pills", True),
        ("she drank a lot of bleach", True),
        ("overdose", True),
        ("cant breathe", False),
        ("he hits me", False),
        ("taking medication for depression", False),
    ],
)
def test_a_line_for_poisoning_shows_only_where_the_words_speak_of_it(site: Site, typed: str, speaks: bool) -> None:
    kinds = help_now.poisoning(typed)
    assert bool(kinds) == speaks
    uses = {
        item.line.about
        for country in help_now.countries()
        for item in help_now.first_lines(country, ["emergency", *kinds])
    }
    assert ("poison" in uses) == speaks


def test_the_panel_takes_the_country_of_the_address(site: Site, client: Client) -> None:
    for path in ("/search/", "/offered/", "/quick/"):
        page = get(client, f"{path}?q=i+want+to+die&country=ie")
        panel = page.split('class="help-panel')[1].split("</section>")[0]
        assert 'href="tel:112"' in panel
        assert 'href="tel:911"' not in panel
        assert "/help-now/?country=ie" in panel


def test_the_lines_for_abuse_are_those_of_every_part_of_the_country(site: Site) -> None:
    country = help_now.HelpForm.base_fields["country"].clean(["gb"])
    regions = [item.line.region for item in help_now.first_lines(country, ["abuse"])]
    assert regions == ["England", "Scotland", "Northern Ireland"]


def test_spanish_words_get_lines_in_spanish(site: Site) -> None:
    names = [short.country.slug for short in help_now.few(["suicide"], spanish=True)]
    assert names == list(help_now.FEW_IN_SPANISH)
    lines = [short.line for short in help_now.few(["suicide"], spanish=True)]
    assert [item.line.languages.startswith("Spanish") for item in lines if item] == [True] * len(names)


# ── Numbers ──


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("988", ["988"]),
        ("116 123 or 0800 1110111", ["116123", "08001110111"]),
        ("1-800-662-4357; TTY 1-800-487-4889", ["18006624357", "18004874889"]),
        ("988 then press 1", ["988"]),
        ("111 then the mental health option", ["111"]),
        ("SHOUT to 85258", ["85258"]),
        ("START to 678-678", ["678678"]),
        ("10111 (police) or 10177 (ambulance)", ["10111", "10177"]),
        ("112 (police or fire)", ["112"]),
        ("9151 1767 (WhatsApp)", [""]),
        ("300 754 8933 (WhatsApp, Bogotá)", [""]),
        ("*4141 (from a mobile phone)", [""]),
        ("+44 20 7946 0000", ["+442079460000"]),
        ("", []),
    ],
)
def test_a_number_dials_what_it_says(written: str, dialed: list[str]) -> None:
    assert [number.dial for number in help_now.numbers(written)] == dialed


# ── What is shipped ──


def test_every_number_of_the_catalogue_dials_or_says_why_not(site: Site) -> None:
    for country in help_now.countries():
        assert all(DIALED.fullmatch(number.dial) for number in country.numbers), country.name
        for item in country.lines:
            for number in [*item.phones, *item.texts]:
                assert DIALED.fullmatch(number.dial) or re.search(r"WhatsApp|\*", number.label), number
            assert item.phones or item.texts or item.line.chat_url, item.line


def test_every_country_has_an_emergency_number_or_says_that_it_waits(site: Site, client: Client) -> None:
    waiting = [country.slug for country in help_now.countries() if not country.numbers]
    assert waiting == []
    for slug in waiting:
        assert "waits to be checked" in text(get(client, f"/help-now/?country={slug}"))


def test_a_country_without_a_line_for_suicide_says_so_first_and_leads_to_the_directory(
    site: Site, client: Client
) -> None:
    without = set()
    for country in help_now.countries():
        page = get(client, country.url)
        section = page.split('<h2 class="hidden" id="who">')[1].split("</section>")[0]
        says_so = "We show no line for thoughts of suicide in this country yet." in section
        assert says_so == (not {"", "suicide"} & {item.line.about for item in country.lines}), country.name
        if says_so:
            without.add(country.slug)
            assert section.index("We show no line") < section.index("Emergency")
            assert 'href="https://findahelpline.com"' in section
    assert without >= {"pl", "hu"}, "or their lines are public now: then take them out here"


def test_what_is_only_recalled_is_a_lead_and_not_public(shipped: Bundle) -> None:
    leads = json.loads((settings.FIXTURES_DIR / "leads.json").read_text())
    leads = [lead for lead in leads if lead["kind"] == "crisis_lines"]
    lines = {row["slug"]: row for row in shipped["crisis_lines"]}
    assert len(leads) > 100
    assert [lead["slug"] for lead in leads if lead["slug"] in lines] == []
    shown = {(row["iso2"], number) for row in lines.values() for number in _dialed(row)}
    for lead in leads:
        own = {(lead["proposed"]["iso2"], number) for number in _dialed(lead["proposed"])}
        assert not own & shown or lead["slug"] in SHARE_A_NUMBER, lead["slug"]


# Another word or option of a number that is public: the number itself was seen.
SHARE_A_NUMBER = (
    "us-crisis-text-line-en-espanol",
    "ca-kids-help-phone-2",
    "gb-nhs-111-poisoning-advice-for-the-public",
)


def _dialed(row: Row) -> set[str]:
    written = (row.get(name, "") for name in ("phone", "text", "emergency_number"))
    return {number.dial for value in written for number in help_now.numbers(value)} - {""}


def test_no_number_stands_twice_in_one_country(shipped: Bundle) -> None:
    seen = set()
    for row in shipped["crisis_lines"]:
        if row["phone"]:
            key = (row["iso2"], row["about"], row["phone"])
            assert key not in seen, key
            seen.add(key)


def test_no_page_says_a_number_for_many_countries(site: Site, client: Client) -> None:
    for path in ("/help-now/", "/help-now/?every=1", "/search/?q=i+want+to+die"):
        assert "many countries" not in text(get(client, path))
