"""The one-way street: curate, release, serve. Who may import whom, and what may be in a release."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils.timezone import now

from therapies import models
from therapies.models import CATALOGUE_MODELS, KINDS, Check, Correction, Lead, LinkCheck, Release, SignOff
from therapies.releases import bundle, publish
from therapies.releases.bundle import Bundle

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "therapies"
MODULES = sorted(path for path in OURS.rglob("*.py") if "migrations" not in path.parts)

# Each folder, and what it may import beside itself. What is not named here serves pages.
WALLS = {
    "models": {"domain"},
    "domain": set[str](),
    "rules": {"domain", "models"},
    "releases": {"rules", "domain", "models"},
    "curate": {"releases", "rules", "domain", "models"},
    "admin": {"curate", "releases", "rules", "domain", "models"},
    "trials": {"domain", "models"},
    "management": {"trials", "curate", "releases", "rules", "domain", "models"},
    "serving": {"domain", "models"},
}
PAGES = {path.parent.name for path in MODULES if path.name == "__init__.py" and path.parent.parent == OURS} - set(WALLS)
PAGES -= {"templatetags"}
MOST_MODULES = 17
FOR_PAGES = {*PAGES, "serving", "domain", "models"}


def folder(module: str) -> str:
    """The folder of a dotted name such as therapies.releases.build; empty for Django's own hooks."""
    return module.split(".")[1] if module.count(".") > 1 else ""


def serves(path: Path) -> bool:
    return bool(folder(dotted(path))) and folder(dotted(path)) not in set(WALLS) - {"serving"}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    return imports_of(path.read_text())


def imports_of(source: str) -> Iterator[str]:
    """Dotted names of ours that a module imports, each as near to a module as can be told."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "therapies":
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                place = ROOT / name.replace(".", "/")
                yield name if place.with_suffix(".py").exists() or place.is_dir() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "therapies")


def forbidden(source: str, here: str) -> list[str]:
    """What a module of this folder imports and may not."""
    allowed = WALLS.get(here, FOR_PAGES) | {here}
    return [name for name in imports_of(source) if name.count(".") > 0 and folder(name + ".") not in allowed]


@pytest.mark.parametrize("path", [path for path in MODULES if folder(dotted(path))], ids=dotted)
def test_a_module_imports_only_what_its_folder_may(path: Path) -> None:
    here = folder(dotted(path))
    assert forbidden(path.read_text(), here) == [], f"see what WALLS lets {here} import"


@pytest.mark.parametrize(
    ("here", "line"),
    [
        ("serving", "from therapies import curate, releases"),
        ("serving", "import therapies.curate"),
        ("serving", "def late(): from therapies.curate.queue import Reason"),
        ("guide", "from therapies.releases import bundle"),
        ("domain", "from therapies import models"),
    ],
)
def test_an_import_that_a_folder_may_not_make_is_known_in_every_spelling(here: str, line: str) -> None:
    assert forbidden(line, here)


def test_imports_are_spelled_in_full() -> None:
    """So that the wall can be read: a relative one names no folder."""
    nodes = [(path, node) for path in MODULES for node in ast.walk(ast.parse(path.read_text()))]
    assert [dotted(path) for path, node in nodes if isinstance(node, ast.ImportFrom) and node.level] == []


def test_the_domain_knows_no_django() -> None:
    django = re.compile(r"^\s*(?:from|import) django\b", re.MULTILINE)
    assert [path.name for path in MODULES if folder(dotted(path)) == "domain" and django.search(path.read_text())] == []


def test_no_two_folders_of_pages_lean_on_each_other() -> None:
    leans = {
        here: {folder(name + ".") for path in (OURS / here).glob("*.py") for name in imports(path)} & PAGES - {here}
        for here in PAGES
    }
    list(TopologicalSorter(leans).static_order())  # raises CycleError, which names the circle


def test_no_class_name_means_two_things() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                places[node.name].append(dotted(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_every_folder_is_walled_or_serves_pages() -> None:
    assert {
        *("evidence", "entries", "browse", "compare", "guide", "search", "letters", "quick", "handout", "site")
    } == PAGES


def test_no_folder_of_pages_is_a_pile() -> None:
    """Nobody can tell more modules apart: what answers another address has a folder of its own."""
    counted = {here: len([path for path in (OURS / here).glob("*.py") if path.stem != "__init__"]) for here in PAGES}
    assert {here: count for here, count in counted.items() if count > MOST_MODULES} == {}


def test_the_steps_of_a_release_follow_one_another() -> None:
    order = ["bundle", "address_names", "search_index", "search_vectors", "build", "publish"]
    for place, step in enumerate(order):
        later = {f"therapies.releases.{name}" for name in order[place + 1 :]}
        assert not later & set(imports(OURS / "releases" / f"{step}.py")), step


@pytest.mark.parametrize("path", [path for path in MODULES if serves(path)], ids=dotted)
def test_what_serves_pages_knows_no_model_of_the_working_database(path: Path) -> None:
    private = {model.__name__ for model in apps.get_app_config("therapies").get_models()} - {
        model.__name__ for model in CATALOGUE_MODELS
    }
    named = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
    takes_corrections = dotted(path) == "therapies.site.corrections"  # the one row that readers may add
    assert named & private == ({"Correction"} if takes_corrections else set())
    assert ("therapies.models.curation" in set(imports(path))) == takes_corrections


def test_one_module_alone_names_the_alias_of_the_installed_release() -> None:
    naming = re.compile(r"""(using\(|connections\[|ALIAS = |using=)["']catalogue["']""")
    assert [dotted(path) for path in MODULES if naming.search(path.read_text())] == ["therapies.serving.catalogue"]


def test_nothing_that_readers_can_ask_for_is_kept_without_a_bound() -> None:
    unbounded = re.compile(r"@(?:functools\.)?(?:cache|lru_cache\(maxsize=None\))\s+def \w+\(\w")
    assert [dotted(path) for path in MODULES if serves(path) and unbounded.search(path.read_text())] == []


# ── What may be in a release ──


def test_the_models_of_a_release_refer_to_one_another_and_to_nothing_else() -> None:
    for model in CATALOGUE_MODELS:
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.is_relation:
                assert field.related_model in CATALOGUE_MODELS, f"{model.__name__}.{field.name}"


def test_every_model_is_on_one_side_by_its_module() -> None:
    for model in apps.get_app_config("therapies").get_models():
        if not model._meta.auto_created and not model._meta.proxy:
            private = model.__module__.startswith(f"{models.__name__}.curation")
            assert private != (model in CATALOGUE_MODELS), model.__name__


@pytest.mark.django_db
def test_the_private_side_of_the_working_database_is_in_no_release(published: Path, shipped: Bundle) -> None:
    secret = "canary-8c1f"
    bundle.load(shipped)
    person = User.objects.create_user(f"{secret}-name", email=f"{secret}@example.org", first_name=secret)
    entry = {"kind": "therapies", "slug": shipped["therapies"][0]["slug"], "digest": secret}
    SignOff.objects.create(**entry, reviewer=person, signed_at=now(), next_due=now().date(), note=secret)
    Check.objects.create(**entry, by=person, at=now(), reason=secret, verdict="right", against=secret, note=secret)
    Correction.objects.create(path=f"/{secret}/", text=secret, received_at=now(), handled_by=person, answer=secret)
    proposed = {"therapy": entry["slug"], "fact": secret}
    Lead.objects.create(kind="recommendations", slug=secret, title=secret, proposed=proposed, note=secret, url=secret)
    LinkCheck.objects.create(url=f"https://{secret}.example", state="gone", detail=secret, checked_at=now())
    release = publish.publish(notes="The notes are for readers.", by=person)
    assert Release.objects.get().published_by == person
    text = publish.text_of(release)
    assert secret not in text
    assert set(bundle.parse(text)) == {"format", *KINDS}
    assert secret.encode() not in published.read_bytes()
