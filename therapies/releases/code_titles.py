"""The official titles of diagnosis codes, packed by category: all of ICD-10-CM, and what conditions hold of ICD-11.

ICD-10-CM is in the public domain. The package that carries it takes 4 seconds and 190 MB to import, so only its two
files are read here. The titles are the same for every release of a build, so a process reads them once.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # the file is a pinned package's own

from therapies.domain import codes
from therapies.releases.bundle import Bundle

PACKAGE = "simple_icd_10_cm"
CATEGORY = 3  # characters that the codes of a category begin with
PLACEHOLDER = "X"  # fills a code up to its seventh character
GROUP = ""  # the key in a category of the title of the block that holds it
TABLE = "CREATE TABLE code_title (category TEXT PRIMARY KEY, titles BLOB)"
Titles = dict[str, str]


def write(content: Bundle, cursor: Any) -> None:
    """Creates and fills the table in the open file: a row a category, its titles as compressed JSON."""
    cursor.execute(TABLE)
    icd11 = ((category, _packed(titles)) for category, titles in _of_conditions(content).items())
    cursor.executemany("INSERT INTO code_title VALUES (%s, %s)", [*_icd10cm(), *icd11])


def _of_conditions(content: Bundle) -> dict[str, Titles]:
    categories: defaultdict[str, Titles] = defaultdict(dict)
    for row in content["conditions"]:
        for code, title in zip(row["icd11_codes"], row["icd11_titles"], strict=False):
            categories[codes.key(code)[:CATEGORY]][codes.key(code)] = title
    return categories


@cache
def _icd10cm() -> list[tuple[str, bytes]]:
    return [(category, _packed(titles)) for category, titles in icd10cm().items()]


def _packed(titles: Titles) -> bytes:
    return zlib.compress(json.dumps(titles, ensure_ascii=False).encode())


def icd10cm() -> dict[str, Titles]:
    """The titles of every ICD-10-CM code by category and code without its dot; 98,000 of them."""
    spec = find_spec(PACKAGE)
    folder = Path(next(iter((spec and spec.submodule_search_locations) or ()))) / "data"
    with next(folder.glob("code-list-*.txt")).open(encoding="utf-8") as lines:
        real = {codes.key(line) for line in lines}
    categories: defaultdict[str, Titles] = defaultdict(dict)
    for _, element in ElementTree.iterparse(next(folder.glob("*.xml"))):  # noqa: S314
        if element.tag == "section":
            for diagnosis in element.findall("diag"):
                category = categories[str(diagnosis.findtext("name"))]
                category[GROUP] = str(element.findtext("desc"))
                category.update(_titles(diagnosis, {}, real))
            element.clear()
    return categories


def _titles(diagnosis: Any, endings: Titles, real: set[str]) -> Iterator[tuple[str, str]]:
    """(code, title) of a diagnosis and all below it. `endings` are the meanings of a seventh character."""
    code, title = codes.key(diagnosis.findtext("name")), diagnosis.findtext("desc")
    own = diagnosis.find("sevenChrDef")
    if own is not None:
        endings = {extension.get("char"): extension.text or "" for extension in own.iter("extension")}
    yield code, title
    narrower = diagnosis.findall("diag")
    for below in narrower:
        yield from _titles(below, endings, real)
    for character, meaning in () if narrower else endings.items():
        full = code.ljust(6, PLACEHOLDER) + character
        if full in real:
            yield full, f"{title}, {meaning}"
