"""The search index of a release, made from its bundle: entries, names, full text, words, therapies by standing.

Pure, but for writing into the file that is being built. Words are stored in the forms of `domain/stemming.py`, in the
full-text tables too: SQLite only splits at spaces, and a query goes through the same functions and no others.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from therapies.domain import codes, questions
from therapies.domain.standing import derive
from therapies.domain.statements import Spoken
from therapies.domain.stemming import ASKING, STOP, split, squash, stem, stems, terms
from therapies.models import KINDS
from therapies.models.base import name_key
from therapies.models.therapy import Status
from therapies.releases.bundle import Bundle, Row

DANGERS = "crisis-and-safety"  # the group of the concerns that are dangers
PairSpoken = tuple[str, str, Spoken]  # slugs of a therapy and a condition, and what is said
MOST_THERAPIES = 6  # kept for each condition, the highest standing first
TABLES = """
CREATE TABLE search_entry (id INTEGER PRIMARY KEY, kind TEXT, slug TEXT, name TEXT, short TEXT, line TEXT,
  status TEXT, weight INTEGER, leads_to TEXT, is_delicate BOOL, is_danger BOOL, aliases TEXT);
CREATE TABLE search_name (key TEXT, entry INTEGER, text TEXT, how TEXT);
CREATE TABLE search_ordinary (word TEXT PRIMARY KEY);
CREATE TABLE search_spanish (word TEXT PRIMARY KEY);
CREATE TABLE search_word (word TEXT PRIMARY KEY, rank INTEGER, uses INTEGER);
CREATE TABLE search_stem (stem TEXT PRIMARY KEY, entries INTEGER);
CREATE TABLE search_helps (condition INTEGER, therapy INTEGER, place INTEGER, label TEXT,
  PRIMARY KEY (condition, place));
CREATE VIRTUAL TABLE search_line USING fts5 (stems, entry UNINDEXED, how UNINDEXED, text UNINDEXED,
  tokenize = 'unicode61');
CREATE VIRTUAL TABLE search_text USING fts5 (stems, entry UNINDEXED, tokenize = 'unicode61');
"""


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A name of an entry as it is written, and what kind of name it is."""

    text: str
    how: str


@dataclass(slots=True)
class IndexedEntry:
    """An entry with all its names, its own first. `kind` is what search calls the kind of entry, `row` the bundle's."""

    id: int
    kind: str
    row: Row
    names: list[IndexedName]

    @property
    def name(self) -> str:
        return str(self.row.get("name") or self.row.get("title") or self.row.get("term"))


def write(content: Bundle, entries: list[IndexedEntry], cursor: Any, spoken: Iterable[PairSpoken]) -> None:
    """Creates and fills the index's tables in the open file. `spoken` holds the statements on each pair."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            cursor.execute(statement)
    for name, rows in _tables(content, entries, spoken).items():
        if rows:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608


def _tables(
    content: Bundle, entries: list[IndexedEntry], spoken: Iterable[PairSpoken]
) -> dict[str, list[tuple[Any, ...]]]:
    words, weights = _words(content, entries), _weights(content)
    by_word = [(entry, name) for entry in entries for name in entry.names if not (name.how in CODES or _is_short(name))]
    return {
        "search_entry": [_card(entry, weights[entry.kind, entry.row["slug"]]) for entry in entries],
        "search_name": [
            (codes.key(name.text) if name.how in CODES else squash(name.text), entry.id, name.text, name.how)
            for entry in entries
            for name in entry.names
        ],
        "search_ordinary": [(word,) for word in sorted(_ordinary(entries))],
        "search_spanish": [(word,) for word in sorted(spanish_words(entries))],
        "search_word": [(word, rank, uses) for word, (rank, uses) in sorted(words.items())],
        "search_stem": list(_stems(entries).items()),
        "search_helps": list(_helps(content, entries, spoken)),
        "search_line": [_line(entry, name) for entry, name in by_word],
        "search_text": [_text(entry) for entry in entries],
    }


# ── Entries and their names ──

CODES = {codes.MESH}  # the ICDs have ranges of their own: see serving/codes.py
BY_FIELD = (
    ("plain_name", "plain"),
    ("aliases", "alias"),
    ("lay_names", "lay"),
    ("abbreviations", "abbreviation"),
    ("mesh_id", codes.MESH),
    ("mesh_term", "title"),
    ("icd10cm_titles", "title"),
    ("icd11_titles", "title"),
)


def entries_of(content: Bundle) -> Iterator[IndexedEntry]:
    """Every entry that search can find, numbered from 1."""
    number = 0
    extra = _extra_names(content)
    look_alikes = {squash(text) for row in content["look_alikes"] for text in (row["name"], *row["aliases"])}
    for kind in (kind for kind in KINDS.values() if kind.found_as):
        for row in content[kind.slug]:
            number += 1
            names = _distinct([*_names(row), *extra.get((kind.found_as, row["slug"]), ())])
            yield IndexedEntry(number, kind.found_as, row, names)
    for row in content["search_synonyms"]:
        if row["kind"] == "not-therapy" and not row["look_alikes"]:
            if squash(row["term"]) in look_alikes:
                continue
            number += 1
            row = {**row, "name": row["term"], "aliases": row["means"]}
            yield IndexedEntry(number, "not-therapy", row, list(_names(row)))


def _names(row: Row) -> Iterator[IndexedName]:
    name = str(row.get("name") or row.get("title") or row.get("term"))
    yield IndexedName(name, "name")
    if row.get("abbreviation"):
        yield IndexedName(row["abbreviation"], "abbreviation")
    for field, how in BY_FIELD:
        if how == "lay" and row.get("is_delicate"):
            continue  # its page has them; search leads to it by the words that curators chose for search
        value = row.get(field) or []
        for text in [value] if isinstance(value, str) else value:
            yield IndexedName(text, how)
    for text in row.get("spanish") or []:
        yield IndexedName(text, "spanish")


def _extra_names(content: Bundle) -> dict[tuple[str, str], list[IndexedName]]:
    """Names by (kind, slug of the entry) from the curators' synonyms and the list of ambiguous terms."""
    names: defaultdict[tuple[str, str], list[IndexedName]] = defaultdict(list)
    for row in content["search_synonyms"]:
        if row["kind"] == "letter":
            continue
        how = {"shorthand": "short"}.get(row["kind"], "synonym" if row["language"] == "en" else "spanish")
        name = IndexedName(row["term"], how)
        for field, kind in (("therapies", "therapy"), ("conditions", "condition"), ("look_alikes", "look-alike")):
            for slug in row[field]:
                names[kind, slug].append(name)
    for row in content["ambiguous_terms"]:
        for field, kind in (("therapies", "therapy"), ("conditions", "condition")):
            for slug in row[field]:
                names[kind, slug].append(IndexedName(row["term"], "short"))
    return names


def _distinct(names: Iterable[IndexedName]) -> list[IndexedName]:
    """One name of those that search takes for the same; a code is never the same as another kind of name."""
    kept: dict[tuple[str, bool], IndexedName] = {}
    for name in names:
        key = squash(name.text), name.how in CODES
        before = kept.get(key)
        if key[0] and (before is None or name.how == "abbreviation"):
            kept[key] = name
        elif before and name.how == "short" and before.how in ("alias", "lay", "synonym"):
            kept[key] = IndexedName(before.text, "abbreviation")  # an own name that is a short form too
    return list(kept.values())


def _weights(content: Bundle) -> Counter[tuple[str, str]]:
    """How many recommendations there are on each entry: of equal matches the better known one comes first."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in content["recommendations"]:
        counts.update([("therapy", row["therapy"]), ("condition", row["condition"])])
    return counts


LINES = (  # the sentence about an entry, from the first field that has one
    "summary", "main_message", "what_the_person_does", "plain_facts", "why_it_is_not_psychotherapy", "meaning", "line",
    "note", "nearest_fact", "plain_name",
)  # fmt: skip


LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # of Markdown


def _card(entry: IndexedEntry, weight: int) -> tuple[Any, ...]:
    row = entry.row
    line = next((row[field] for field in LINES if row.get(field)), "")
    if row.get("status") == Status.DISCOURAGED.value:
        line = row.get("cautions") or line
    short, status, aliases = row.get("abbreviation") or "", row.get("status") or "", "\n".join(_also_called(entry))
    line = LINK.sub(r"\1", str(line))
    leads_to, is_delicate = row.get("leads_to") or "", bool(row.get("is_delicate"))
    is_danger = row.get("group") == DANGERS
    return (
        entry.id,
        entry.kind,
        row["slug"],
        entry.name,
        short,
        str(line),
        status,
        weight,
        leads_to,
        is_delicate,
        is_danger,
        aliases,
    )


def _also_called(entry: IndexedEntry) -> list[str]:
    """The entry's other names as its page lists them: each once, without those in the page's heading."""
    row = entry.row
    named = {name_key(text): text for field in ("aliases", "lay_names") for text in row.get(field) or ()}
    heading = {name_key(text) for text in (entry.name, row.get("plain_name") or "", row.get("abbreviation") or "")}
    return [text for key, text in named.items() if key not in heading]


def _is_short(name: IndexedName) -> bool:
    """Whether it names something as it stands or not at all."""
    return name.how in ("abbreviation", "short") and name.text.isupper()


def _line(entry: IndexedEntry, name: IndexedName) -> tuple[str, int, str, str]:
    """A name for full text: each stem once, without words such as “the” and “therapy” where two or more others are
    left: to share “end” with “end it all” says little."""
    words = dict.fromkeys(terms(name.text))
    telling = [word for word in words if word not in STOP and word not in ASKING]
    return " ".join(dict.fromkeys(map(stem, telling if len(telling) > 1 else words))), entry.id, name.how, name.text


# ── Text, words and meanings ──

BODY = (
    "summary", "what_it_is", "what_the_person_does", "what_you_do", "plain_facts", "nearest_fact",
    "main_message", "body", "meaning", "line", "example", "children", "note",
)  # fmt: skip


def body_fields() -> list[str]:
    """The fields whose words search reads."""
    return [*BODY, *questions.searched_fields()]


def _text(entry: IndexedEntry) -> tuple[str, int]:
    names = [name.text for name in entry.names if name.how not in CODES]
    return " ".join(stems(" ".join([*names, *(str(entry.row.get(field) or "") for field in body_fields())]))), entry.id


def _stems(entries: list[IndexedEntry]) -> Counter[str]:
    """In the names of how many entries each stem occurs: a rare one tells entries apart."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update({word for name in entry.names if name.how not in CODES for word in stems(name.text)})
    return counts


def _words(content: Bundle, entries: list[IndexedEntry]) -> dict[str, tuple[int, int]]:
    """Every word as it is written: (rank, uses). Rank 3 is in an entry's main names, 2 in other names or in what people
    ask, 1 only in a text."""
    ranks: dict[str, int] = {}
    uses: Counter[str] = Counter()
    for entry in entries:
        for name in entry.names:
            for word in () if name.how in CODES else split(name.text):
                uses[word] += 1
                rank = 3 if name.how in ("name", "abbreviation", "plain", "lay") else 2
                ranks[word] = max(ranks.get(word, 0), rank)
        for word in split(" ".join(entry.row.get("phrases") or ())):
            uses[word] += 1
            ranks[word] = max(ranks.get(word, 0), 2)
        for field in body_fields():
            for word in split(str(entry.row.get(field) or "")):
                ranks.setdefault(word, 1)
    for row in content["search_synonyms"]:
        for word in split(" ".join([row["term"], *row["means"]])):
            ranks[word] = max(ranks.get(word, 0), 2)
    return {word: (rank, uses[word]) for word, rank in ranks.items() if not word.isdigit()}


ADDRESSES = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]")  # in Markdown: where a link leads, and citations


def _ordinary(entries: list[IndexedEntry]) -> set[str]:
    """Words that stand in small letters in our texts: in a sentence, “act” and “sad” are no short forms."""
    texts = (str(entry.row.get(field) or "") for entry in entries for field in body_fields())
    return {word for text in texts for word in re.findall(r"\b[a-z]+\b", ADDRESSES.sub("", text))}


def spanish_words(entries: list[IndexedEntry]) -> set[str]:
    """Words that only Spanish names have: by them we know a text in Spanish."""
    words: dict[bool, set[str]] = {True: set(), False: _ordinary(entries)}
    for entry in entries:
        for name in entry.names:
            words[name.how == "spanish"].update(split(name.text))
    return words[True] - words[False]


# ── What helps with a condition ──


def _helps(
    content: Bundle, entries: list[IndexedEntry], spoken: Iterable[PairSpoken]
) -> Iterator[tuple[int, int, int, str]]:
    """(condition, therapy, place, label): the therapies of highest standing for each condition, all ages together."""
    ids = {(entry.kind, entry.row["slug"]): entry.id for entry in entries}
    by_pair: defaultdict[tuple[str, str], list[Spoken]] = defaultdict(list)
    for therapy, condition, statement in spoken:
        by_pair[condition, therapy].append(statement)
    therapies = {row["slug"]: row for row in content["therapies"]}
    rated_in_a_form = {
        (condition, parent)
        for condition, therapy in by_pair
        for parent in therapies[therapy]["parents"]
        if therapies[therapy]["is_form_of_parent"]
    }
    used = {(condition, row["slug"]) for row in content["therapies"] for condition in row["commonly_used_for"]}
    used -= rated_in_a_form
    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for condition, therapy in sorted({*by_pair, *used}):
        standing = derive(by_pair[condition, therapy], used=(condition, therapy) in used)
        status = therapies[therapy]["status"]
        if standing and not standing.is_warning and status != Status.DISCOURAGED.value:
            minor = status == Status.PROGRAM.value
            found[condition].append((standing.order, minor, therapy, standing.label))
    for condition, rated in sorted(found.items()):
        for place, (*_, therapy, label) in enumerate(sorted(rated)[:MOST_THERAPIES]):
            yield ids["condition", condition], ids["therapy", therapy], place, label.value
