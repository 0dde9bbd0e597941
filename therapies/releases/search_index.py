"""The search index of a release, made from its bundle: entries, names, full-text lines, words, therapies by standing.

Pure but for writing into the file that is being built. Words are stored as `domain/stemming.py` makes them, full text
too: SQLite only splits it at the spaces, and a query has to go through the same functions and no others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from therapies.domain.standing import Label, derive
from therapies.domain.stemming import STOP, split, squash, stem, stems, terms
from therapies.models import KINDS
from therapies.models.base import name_key
from therapies.models.therapy import Status

Row = dict[str, Any]
Bundle = dict[str, Any]
MOST_THERAPIES = 6  # kept for each condition, the highest standing first
TABLES = """
CREATE TABLE search_entry (id INTEGER PRIMARY KEY, kind TEXT, slug TEXT, name TEXT, short TEXT, line TEXT,
  status TEXT, weight INTEGER, aliases TEXT);
CREATE TABLE search_name (key TEXT, entry INTEGER, text TEXT, how TEXT);
CREATE TABLE search_meaning (term TEXT, means TEXT, language TEXT);
CREATE TABLE search_word (word TEXT PRIMARY KEY, rank INTEGER, uses INTEGER);
CREATE TABLE search_stem (stem TEXT PRIMARY KEY, entries INTEGER);
CREATE TABLE search_helps (condition INTEGER, therapy INTEGER, place INTEGER, label TEXT,
  PRIMARY KEY (condition, place));
CREATE VIRTUAL TABLE search_line USING fts5 (stems, entry UNINDEXED, how UNINDEXED, text UNINDEXED,
  tokenize = 'unicode61', prefix = '4');
CREATE VIRTUAL TABLE search_text USING fts5 (name, words, body, entry UNINDEXED, tokenize = 'unicode61', prefix = '4');
"""


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call an entry: what stands there, and in which role."""

    text: str
    how: str


@dataclass(slots=True)
class Entry:
    id: int
    kind: str
    row: Row
    names: list[Name]

    @property
    def name(self) -> str:
        return str(self.row.get("name") or self.row.get("title") or self.row.get("term"))


def write(content: Bundle, cursor: Any) -> None:
    """Makes and fills the index tables in the open file."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            cursor.execute(statement)
    entries = list(_entries(content))
    for name, rows in _tables(content, entries).items():
        if rows:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608


def _tables(content: Bundle, entries: list[Entry]) -> dict[str, list[tuple[Any, ...]]]:
    words, weights = _words(content, entries), _weights(content)
    lines = [(entry, name) for entry in entries for name in entry.names if name.how not in CODES]
    return {
        "search_entry": [_card(entry, weights[entry.kind, entry.row["slug"]]) for entry in entries],
        "search_name": [
            (code(name.text) if name.how in CODES else squash(name.text), entry.id, name.text, name.how)
            for entry in entries
            for name in entry.names
        ],
        "search_meaning": list(_meanings(content)),
        "search_word": [(word, rank, uses) for word, (rank, uses) in sorted(words.items())],
        "search_stem": list(_stems(entries).items()),
        "search_helps": list(_helps(content, entries)),
        "search_line": [_line(entry, name) for entry, name in lines],
        "search_text": [_text(entry) for entry in entries],
    }


# ── Entries and their names ──

CODES = {"icd10", "icd11", "mesh"}
BY_FIELD = (
    ("plain_name", "plain"),
    ("aliases", "alias"),
    ("lay_names", "lay"),
    ("phrases", "phrase"),
    ("abbreviations", "abbreviation"),
    ("icd10cm_codes", "icd10"),
    ("icd11_codes", "icd11"),
    ("mesh_id", "mesh"),
    ("mesh_term", "title"),
    ("icd10cm_titles", "title"),
    ("icd11_titles", "title"),
)


def code(text: str) -> str:
    """A diagnosis code as it is compared: F41.1 and f411 are the same."""
    return "".join(split(text))


def _entries(content: Bundle) -> Iterator[Entry]:
    number = 0
    extra = _extra_names(content)
    look_alikes = {squash(text) for row in content["look_alikes"] for text in (row["name"], *row["aliases"])}
    for kind in (kind for kind in KINDS.values() if kind.found_as):
        for row in content[kind.slug]:
            number += 1
            names = _distinct([*_names(row), *extra.get((kind.found_as, row["slug"]), ())])
            yield Entry(number, kind.found_as, row, names)
    for row in content["search_synonyms"]:
        if row["kind"] == "not-therapy" and not row["look_alikes"]:
            if squash(row["term"]) in look_alikes:
                continue
            number += 1
            row = {**row, "name": row["term"], "aliases": row["means"]}
            yield Entry(number, "not-therapy", row, list(_names(row)))


def _names(row: Row) -> Iterator[Name]:
    name = str(row.get("name") or row.get("title") or row.get("term"))
    yield Name(name, "name")
    if row.get("abbreviation"):
        yield Name(row["abbreviation"], "abbreviation")
    for field, how in BY_FIELD:
        value = row.get(field) or []
        for text in [value] if isinstance(value, str) else value:
            yield Name(text, how)
    for text in row.get("spanish") or []:
        yield Name(text, "spanish")


def _extra_names(content: Bundle) -> dict[tuple[str, str], list[Name]]:
    """What the curators' synonyms and the list of ambiguous terms add to the entries' own names."""
    names: defaultdict[tuple[str, str], list[Name]] = defaultdict(list)
    for row in content["search_synonyms"]:
        if row["kind"] in ("words", "letter"):
            continue
        how = {"shorthand": "short"}.get(row["kind"], "said" if row["language"] == "en" else "spanish")
        name = Name(row["term"], how)
        for field, kind in (("therapies", "therapy"), ("conditions", "condition"), ("look_alikes", "look-alike")):
            for slug in row[field]:
                names[kind, slug].append(name)
    for row in content["ambiguous_terms"]:
        for field, kind in (("therapies", "therapy"), ("conditions", "condition")):
            for slug in row[field]:
                names[kind, slug].append(Name(row["term"], "short"))
    return names


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Of several names that are the same in search the one that says most; codes apart."""
    kept: dict[tuple[str, bool], Name] = {}
    for name in names:
        key = squash(name.text), name.how in CODES
        before = kept.get(key)
        if key[0] and (before is None or name.how == "abbreviation"):
            kept[key] = name
        elif before and name.how == "short" and before.how in ("alias", "lay", "said"):
            kept[key] = Name(before.text, "abbreviation")  # its own name, and known as a short form
    return list(kept.values())


def _weights(content: Bundle) -> Counter[tuple[str, str]]:
    """How much is said of a therapy or a condition: of two equal matches the better known one comes first."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in content["recommendations"]:
        counts.update([("therapy", row["therapy"]), ("condition", row["condition"])])
    return counts


def _card(entry: Entry, weight: int) -> tuple[Any, ...]:
    row = entry.row
    line = next((row[field] for field in LINES if row.get(field)), "")
    if row.get("status") == Status.DISCOURAGED.value:
        line = row.get("cautions") or line
    return (
        entry.id,
        entry.kind,
        row["slug"],
        entry.name,
        row.get("abbreviation") or "",
        str(line),
        row.get("status") or "",
        weight,
        "\n".join(_also_called(entry)),
    )


def _also_called(entry: Entry) -> list[str]:
    """The entry's other names as its page lists them: each once, without those that head the page."""
    row = entry.row
    named = {name_key(text): text for field in ("aliases", "lay_names") for text in row.get(field) or ()}
    heading = {name_key(text) for text in (entry.name, row.get("plain_name") or "", row.get("abbreviation") or "")}
    return [text for key, text in named.items() if key not in heading]


def _line(entry: Entry, name: Name) -> tuple[str, int, str, str]:
    """A name as full text: each stem once, without the words that tell nothing apart."""
    telling = " ".join(dict.fromkeys(stem(term) for term in terms(name.text) if term not in STOP))
    return telling, entry.id, name.how, name.text


LINES = (
    "summary",
    "main_message",
    "what_the_person_does",
    "plain_facts",
    "why_it_is_not_psychotherapy",
    "meaning",
    "line",
    "note",
    "nearest_fact",
    "plain_name",
)


# ── Text, words and meanings ──

BODY = (
    "summary", "what_it_is", "what_the_person_does", "what_you_do", "plain_facts", "nearest_fact", "idea", "session",
    "main_message", "body", "meaning", "line", "example", "children", "note", "good_points",
)  # fmt: skip


def _text(entry: Entry) -> tuple[str, str, str, int]:
    names = [name.text for name in entry.names if name.how in ("name", "abbreviation", "plain")]
    all_names = [name.text for name in entry.names if name.how not in CODES]
    body = [str(entry.row.get(field) or "") for field in BODY]
    return _stemmed(names), _stemmed(all_names), _stemmed(body), entry.id


def _stemmed(texts: Iterable[str]) -> str:
    return " ".join(stems(" ".join(texts)))


def _stems(entries: list[Entry]) -> Counter[str]:
    """In how many entries a stem occurs among the names: what is rare says more."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update({word for name in entry.names if name.how not in CODES for word in stems(name.text)})
    return counts


def _words(content: Bundle, entries: list[Entry]) -> dict[str, tuple[int, int]]:
    """Every unstemmed word: (rank, uses). Rank 3 stands in a name, 2 in another name or synonym, 1 only in the text."""
    ranks: dict[str, int] = {}
    uses: Counter[str] = Counter()
    for entry in entries:
        for name in entry.names:
            for word in () if name.how in CODES else split(name.text):
                uses[word] += 1
                rank = 3 if name.how in ("name", "abbreviation", "plain", "lay") else 2
                ranks[word] = max(ranks.get(word, 0), rank)
        for field in BODY:
            for word in split(str(entry.row.get(field) or "")):
                ranks.setdefault(word, 1)
    for row in content["search_synonyms"]:
        for word in split(" ".join([row["term"], *row["means"]])):
            ranks[word] = max(ranks.get(word, 0), 2)
    return {word: (rank, uses[word]) for word, rank in ranks.items() if not word.isdigit()}


def _meanings(content: Bundle) -> Iterator[tuple[str, str, str]]:
    for row in content["search_synonyms"]:
        if row["kind"] == "words":
            for meaning in row["means"]:
                yield " ".join(terms(row["term"])), " ".join(terms(meaning)), row["language"]


# ── What helps with a condition ──


def _helps(content: Bundle, entries: list[Entry]) -> Iterator[tuple[int, int, int, str]]:
    """(condition, therapy, place, label): the therapies of highest standing for each condition, all ages together."""
    ids = {(entry.kind, entry.row["slug"]): entry.id for entry in entries}
    sources = {row["slug"]: row for row in content["sources"]}
    said: defaultdict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
    for row in content["recommendations"]:
        said[row["condition"], row["therapy"]].append(_statement(row, sources[row["source"]]))
    for row in content["therapies"]:
        for condition in row["commonly_used_for"]:
            said.setdefault((condition, row["slug"]), [])
    order = list(Label)
    by_slug = {row["slug"]: row for row in content["therapies"]}
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for (condition, therapy), rows in said.items():
        row = by_slug[therapy]
        standing = derive(rows, used=condition in row["commonly_used_for"])
        if standing and standing.label is not Label.AGAINST and row["status"] != Status.DISCOURAGED.value:
            minor = row["status"] == Status.PROGRAM.value
            found[condition].append((order.index(standing.label), minor, -standing.agree, therapy, standing.label))
    for condition, therapies in sorted(found.items()):
        for place, (*_, therapy, label) in enumerate(sorted(therapies, key=lambda item: item[:4])[:MOST_THERAPIES]):
            yield ids["condition", condition], ids["therapy", therapy], place, label.value


def _statement(row: Row, source: Row) -> SimpleNamespace:
    """A recommendation of the bundle with what `standing.derive` asks of one."""
    return SimpleNamespace(
        stance=row["stance"],
        ages=row["ages"],
        counts=row["seen"] and source["status"] != "superseded",
        source=SimpleNamespace(kind=source["kind"], short_body=source["body_short"] or source["body"]),
    )
