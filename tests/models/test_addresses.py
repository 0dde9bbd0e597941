"""Where a question may lead: what the rule says of queries is what the pages read, and every fault is said plainly."""

from collections import Counter
from collections.abc import Iterable

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tests.builders import catalogue, therapy
from tests.conftest import Site
from tests.test_urls import FOR_PROGRAMS, ROUTES
from therapies.browse.facets import FACETS, SORTS
from therapies.browse.index import index
from therapies.compare import table
from therapies.compare.query import CompareForm
from therapies.entries.condition import AgeForm
from therapies.guide.answers import GuideForm
from therapies.guide.questions import QUESTIONS
from therapies.models import KINDS, SearchIntent, addresses
from therapies.models.addresses import QUERIES, fault
from therapies.models.vocabulary import WARNED_AGAINST
from therapies.releases import bundle
from therapies.serving.concerns import NAMES
from therapies.serving.query import QueryForm

CONTENT = catalogue(
    therapies=[therapy(), therapy("other-therapy"), therapy("harmful", status="discouraged")],
    families=[{"slug": WARNED_AGAINST, "name": "Warned against", "plain_name": "", "line": ""}],
    formats=[
        {"slug": "group", "name": "Group", "kind": "participants"},
        {"slug": "video", "name": "Video", "kind": "delivery"},
    ],
    topics=[{"slug": "cost", "title": "Cost", "main_message": "It costs.", "body": ""}],
)
ROWS = {kind: {row["slug"]: row for row in CONTENT[kind]} for kind in KINDS}


def fault_of(address: str, of: str = "a-question") -> str:
    return fault(address, of, lambda kind, slugs: ROWS[kind])


# ── The rule and the pages ──


def allowed(route: str, name: str, content: bundle.Bundle) -> set[str]:
    """Every value that the rule allows for a name in a query, for the entries of this content."""
    about = QUERIES[route][name]
    if not about.kind:
        return set(about.values)
    rows = content[about.kind]
    return {row["slug"] for row in rows if not about.of_format or row["kind"] == about.of_format} - {WARNED_AGAINST}


def test_the_list_of_therapies_reads_what_the_rule_says(site: Site) -> None:
    assert {*QUERIES["therapies"]} == {*FACETS, "for", "all", "sort", "programs"} - {"body"}
    assert allowed("therapies", "sort", site.content) == {*SORTS}
    for facet in {*FACETS} - {"body"}:
        assert allowed("therapies", facet, site.content) == {option.slug for option in index().options[facet]}, facet


def test_the_guide_reads_what_the_rule_says(site: Site) -> None:
    assert {*QUERIES["guide"]} == read_by(GuideForm(QueryDict())) - {"safe", "step", "everything", "page"}
    for question in QUESTIONS:
        assert {*QUERIES["guide"][question.slug].values} == {wish.value for wish in question.answers}


def test_a_comparison_and_the_page_of_a_concern_read_what_the_rule_says() -> None:
    assert {*QUERIES["compare"]} == read_by(CompareForm(QueryDict())) - {"view", "differ", "matters"}
    assert addresses.MOST_COMPARED == table.MOST_COMPARED
    assert {*QUERIES["condition"]} == read_by(AgeForm(QueryDict()))
    for age in QUERIES["condition"]["age"].values:
        assert AgeForm(QueryDict(f"age={age}")).status == 200


def test_every_page_of_the_site_map_is_in_one_list_of_the_rule() -> None:
    """A new page has to be put where it belongs: in QUERIES, WITHOUT_QUERY, NO_ANSWERS or ANSWER_THEMSELVES."""
    lists = [QUERIES, addresses.WITHOUT_QUERY, addresses.NO_ANSWERS, addresses.ANSWER_THEMSELVES]
    listed = Counter(name for names in (*lists, addresses.OF_ENTRIES.keys() - {*QUERIES, "topic"}) for name in names)
    pages = {route.name for route in ROUTES} - FOR_PROGRAMS
    assert pages - set(listed) == set()
    assert set(listed) - pages == set()
    assert [name for name, count in listed.items() if count > 1] == []


def read_by(form: QueryForm) -> set[str]:
    names: Iterable[str] = form.fields
    return {other for name in names for other in (NAMES if name == "concern" else (name,))}


# ── What is wrong with an address ──


@pytest.mark.parametrize(
    "address",
    [
        "/therapies/",
        "/therapies/?participants=group&delivery=video&age=child&age=adult&sort=sessions",
        "/therapies/worry-therapy/",
        "/compare/",
        "/compare/?t=worry-therapy&t=other-therapy&for=worry",
        "/guide/?detail=no",
        "/conditions/worry/?age=child",
        "/help-now/",
    ],
)
def test_an_address_that_its_page_understands_has_no_fault(address: str) -> None:
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://elsewhere.example/", "from the first slash on"),
        ("//elsewhere.example/", "no page"),
        ("therapies/", "from the first slash on"),
        ("/therapies/#top", "from the first slash on"),
        ("/no-such-page/", "no page"),
        ("/admin/", "no page that answers"),
        ("/search/?q=worry", "no page that answers"),
        ("/therapies/worry-therapy/handout/", "no page that answers"),
        ("/therapies/gone/", "no therapy “gone”"),
        ("/therapies/?participants=video", "no participants “video”"),
        ("/therapies/?age=young", "can be: child, adolescent, adult, older"),
        ("/therapies/?age=child&age=child", "more than once"),
        ("/therapies/?sort=name&sort=sessions", "more than once"),
        ("/therapies/?colour=red", "with “colour”. It can have: age, "),
        ("/therapies/?checked=", "cannot be “”"),
        (f"/therapies/?family={WARNED_AGAINST}", "warned against"),
        ("/therapies/harmful/", "warned against"),
        ("/help-now/?country=us", "with “country”. It leads to the whole page."),
        ("/compare/?t=worry-therapy", "two, three or four"),
        ("/compare/?t=worry-therapy&t=harmful", "warned against"),
        ("/learn/cost/", "phrases of that page"),
    ],
)
def test_a_fault_is_said_in_a_sentence(address: str, says: str) -> None:
    assert says in fault_of(address)


def test_one_question_alone_leads_to_the_list_of_what_is_warned_against() -> None:
    address = f"/families/{WARNED_AGAINST}/"
    assert "warned against" in fault_of(address)
    assert fault_of(address, of=WARNED_AGAINST) == ""


def test_the_form_looks_into_the_working_copy(db: None) -> None:
    bundle.load(CONTENT)
    intent = SearchIntent(slug="new", title="New", line="A line.", phrases=["new?"])
    intent.leads_to = "/compare/?t=worry-therapy&t=other-therapy"
    intent.full_clean()
    intent.leads_to = "/compare/?t=worry-therapy&t=gone"
    with pytest.raises(ValidationError) as refused:
        intent.full_clean()
    assert refused.value.message_dict == {"leads_to": ["There is no therapy “gone”."]}


def test_a_question_without_words_that_people_type_is_refused(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        SearchIntent(slug="new", title="New", line="A line.", leads_to="/guide/").full_clean()
    assert list(refused.value.message_dict) == ["phrases"]
