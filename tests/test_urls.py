"""The site map: every route has a name, nobody writes an address by hand, and every page is looked at in a browser."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.templatetags.static import static
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from tests.browser.kinds import KINDS as LOOKED_AT
from tests.conftest import Site
from tests.pages import get, links
from therapies.models import KINDS, SearchIntent
from therapies.site import machine

ROOT = Path(__file__).resolve().parent.parent
ROUTES: list[Any] = get_resolver("therapies.urls").url_patterns
MAY_BE_FOUND = b'<meta name="robots" content="index, follow">'
BY_HAND = re.compile(r"""(?:["'`=(>]|\}\}|\$\{\w+\})/[a-z][\w.-]*(?:["'`/?.#]|$)|https?://[^/"']*\{\{""", re.MULTILINE)
# What a link, form or picture leads to begins with neither "/" nor "../", and nothing is added to what {% url %} gives.
BUILT_BY_HAND = re.compile(r"""\b(?:href|action|src)=["']?(?:/|\.\./)|\{% url [^%]*%\}[\w/]""")
WRITTEN = ("templates/**/*.*", "therapies/static/**/*.js")  # whatever is sent to readers: pages, texts, scripts, XML
FIRST = sorted({route.pattern._route.split("/")[0] for route in ROUTES} - {""}, key=len, reverse=True)
IN_PYTHON = re.compile(rf"/(?:{'|'.join(map(re.escape, FIRST))})(?![\w.-])")
FILE = re.compile(r"\w[\w./{}*-]*\.(?:css|html|js|py|svg|txt|xml)")  # of a template, a module or a static file
FOR_PROGRAMS = {"suggest", "opensearch", "releases_feed", "condition_feed", "service_worker", "catalogue_json"}
FOR_PROGRAMS |= {"healthz", "robots", "sitemap", "therapy_pdf", "condition_pdf", "comparison_pdf"}


def test_every_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in ROUTES]
    assert None not in names
    assert len(set(names)) == len(names)


def test_nothing_that_is_sent_holds_an_address_written_by_hand() -> None:
    paths = [path for pattern in WRITTEN for path in ROOT.glob(pattern)]
    assert {".html", ".js", ".xml"} <= {path.suffix for path in paths}
    by_hand = [path for path in paths for known in (BY_HAND, BUILT_BY_HAND) if known.search(path.read_text())]
    assert list(map(str, by_hand)) == []


@pytest.mark.parametrize(
    "line",
    ['<a href="/search/">', "fetch(`/search/suggest.json?q=`)", "{{ site }}/static/therapies/icon.svg", "'/offline/'"],
)
def test_an_address_by_hand_is_known_in_every_kind_of_file(line: str) -> None:
    assert BY_HAND.search(line)


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/">',
        "<a href=/>",
        '<a href="/?a=1">',
        '<a href="/{{ kind }}/x/">',
        '<a href="../therapies/">',
        "<form action='/'>",
        "{% url 'home' %}therapies/",
    ],
)
def test_an_address_that_a_template_puts_together_is_known(line: str) -> None:
    assert BUILT_BY_HAND.search(line)


@pytest.mark.parametrize(
    "line", ["{{ site }}{% url 'search' %}?q=", "</a>", "m/s", '"therapies/css/base.css"', "a/b/c"]
)
def test_what_is_no_address_is_left_alone(line: str) -> None:
    assert not BY_HAND.search(line)
    assert not BUILT_BY_HAND.search(line)


def test_a_browser_that_adds_our_search_finds_what_it_is_led_to(site: Site, client: Client) -> None:
    text = client.get("/opensearch.xml").content.decode()
    assert text.startswith("<?xml")
    assert f">http://testserver{static('therapies/icon.svg')}</Image>" in text
    led_to = re.findall(r'template="http://testserver([^"?]+)', text)
    assert led_to == [reverse("search"), reverse("opensearch")]
    assert [client.get(path).status_code for path in led_to] == [200, 200]


def strings(path: Path) -> Iterator[str]:
    """The texts in a module that are no docstring; what is put together of texts alone is one text more."""
    return texts_of(ast.parse(path.read_text()))


def texts_of(tree: ast.Module) -> Iterator[str]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in docs and (text := joined(node)):
            yield text


def joined(node: ast.expr) -> str:
    """The text that an expression is, or adds up to; empty where it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = joined(node.left), joined(node.right)
        return left + right if left and right else ""
    return ""


def addresses(source: str) -> list[str]:
    """Those that a module holds, but for what tells curators what to write."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [word for word in node.keywords if word.arg != "help_text"]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "hints":
            node.value = ast.Constant(None)
    return [text for text in texts_of(tree) if IN_PYTHON.search(text) and not FILE.fullmatch(text)]


def test_no_module_but_the_site_maps_holds_an_address_written_by_hand() -> None:
    modules = [path for folder in ("therapies", "explorer") for path in (ROOT / folder).rglob("*.py")]
    modules = [path for path in modules if path.name != "urls.py" and "migrations" not in path.parts]
    assert {"settings.py", "views.py"} <= {path.name for path in modules}
    assert {path.name: found for path in modules if (found := addresses(path.read_text()))} == {}


@pytest.mark.parametrize(
    "line",
    [
        '"/sitemap.xml"',
        '"/releases.atom"',
        '"/therapies"',
        '"/therapies/cbt/"',
        '"%s/therapies/" % site',
        'f"{site}/therapies/"',
        '"/" + "therapies/"',
        'site + ("/" + "compare" + "/")',
        '"Look at /help-now/ first."',
    ],
)
def test_an_address_by_hand_is_known_wherever_a_module_writes_it(line: str) -> None:
    assert addresses(f"text = {line}")


@pytest.mark.parametrize("line", ['"therapies/compare/_row.html"', '"and/or"', '"therapies"', '"/therapiesque"'])
def test_other_texts_of_a_module_are_no_address(line: str) -> None:
    assert addresses(f"text = {line}") == []


def test_every_page_of_the_site_map_is_among_those_that_the_browser_looks_at(site: Site) -> None:
    looked_at = {
        resolve(address.split("?")[0]).url_name for address in LOOKED_AT.values() if "no-such-page" not in address
    }
    assert {route.name for route in ROUTES} - looked_at - FOR_PROGRAMS == set()


# What the frame does not lead to: the glossary is a learn page, and a comparison leads to its sheet.
FROM_ELSEWHERE = {"glossary", "comparison_handout", "correct_thanks", "styleguide"}


def test_every_page_is_led_to_from_every_page(site: Site, client: Client) -> None:
    """A new page belongs to SECTIONS or FOOTER (serving/render.py), or to FROM_ELSEWHERE here."""
    page = get(client, "/about/privacy/")
    led_to = {address.split("?")[0] for address in [*links(page), *re.findall(r'action="([^"]+)', page)]}
    pages = {route.name for route in ROUTES if not route.pattern.converters} - FOR_PROGRAMS
    assert {name for name in pages if reverse(name) not in led_to} == FROM_ELSEWHERE


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.route], ids=lambda kind: kind.route)
def test_an_entry_knows_the_address_of_its_page(site: Site, client: Client, kind: Any) -> None:
    slug = site.content[kind.slug][0]["slug"]
    assert kind.model(slug=slug).get_absolute_url() == reverse(kind.route, args=[slug])


def test_an_entry_without_a_page_stands_on_the_list_of_its_kind_or_nowhere() -> None:
    assert KINDS["glossary_terms"].address("cbt") == f"{reverse('glossary')}#cbt"
    assert KINDS["danger_phrases"].address("rope") == ""
    assert SearchIntent(slug="few", leads_to="/guide/").get_absolute_url() == "/guide/"


def test_the_sitemap_lists_every_page_that_may_be_found_and_no_other(site: Site, client: Client) -> None:
    single = [
        reverse(route.name) for route in ROUTES if not route.pattern.converters and route.name not in FOR_PROGRAMS
    ]
    answers = {path: client.get(path) for path in single}
    open_to_all = {path for path, page in answers.items() if page.status_code == 200 and MAY_BE_FOUND in page.content}
    assert set(machine.fixed_paths()) == open_to_all - {reverse("glossary")}
