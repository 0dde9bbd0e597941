"""What the entries of a bundle must satisfy to be published. Pure: a bundle and a day in, problems out."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import TextField

from therapies.domain import questions
from therapies.models import KINDS, STATEMENTS, Source, addresses
from therapies.models.base import name_key
from therapies.models.evidence import Basis
from therapies.models.kinds import Row
from therapies.models.therapy import Status
from therapies.rules import readability
from therapies.rules.problems import Problem
from therapies.rules.statements import ages_against_their_words, bodies_spelled_twice, remarks_as_their_words
from therapies.rules.texts import text_problems

CRISIS_LINE_MONTHS = 12
REVIEW_YEARS = 2

OWING = {Status.PROGRAM.value: questions.PROGRAM, Status.DISCOURAGED.value: questions.WARNING}
CONDITION_ANSWERS = ("plain_name", "summary", "what_it_is", "what_helps", "get_help", "phrases")


def all_problems(bundle: dict[str, Any], *, today: date) -> list[Problem]:
    """Every problem of the bundle, those that stop a release first."""
    return [*blocking_problems(bundle, today=today), *warnings(bundle)]


def blocking_problems(bundle: dict[str, Any], *, today: date) -> list[Problem]:
    """The problems that stop a release."""
    return [
        *dangling_references(bundle),
        *dangling_marks(bundle),
        *questions_without_answer(bundle),
        *stale_crisis_lines(bundle, today=today),
        *bodies_spelled_twice(bundle),
        *remarks_as_their_words(bundle),
        *superseded_by_nothing(bundle),
        *replaced_and_in_force(bundle),
    ]


def warnings(bundle: dict[str, Any]) -> list[Problem]:
    """Problems that a publisher should know about; they do not stop a release."""
    return [
        *unchecked_statements(bundle),
        *superseded_sources_relied_on(bundle),
        *ages_against_their_words(bundle),
        *missing_answers(bundle),
        *hard_words(bundle),
        *text_problems(bundle),
        *shared_names(bundle),
        *shared_answers(bundle),
    ]


# ── What blocks ──


def dangling_references(bundle: dict[str, Any]) -> Iterator[Problem]:
    """References to an entry that is not in the bundle."""
    slugs = {kind: {row["slug"] for row in bundle[kind]} for kind in KINDS}
    for kind, model in ((kind.slug, kind.model) for kind in KINDS.values()):
        relations: list[Any] = [f for f in [*model._meta.concrete_fields, *model._meta.many_to_many] if f.is_relation]
        for row, field in ((row, field) for row in bundle[kind] for field in relations):
            value = row[field.name]
            for slug in value if field.many_to_many else [value] if value else []:
                if slug not in slugs[field.related_model.of_kind.slug]:
                    yield Problem(kind, row["slug"], field.name, f"“{slug}” does not exist.")


def dangling_marks(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Citation marks in texts that name a source which is not in the bundle."""
    sources = {row["slug"] for row in bundle["sources"]}
    for kind, model in ((kind.slug, kind.model) for kind in KINDS.values()):
        names = [field.name for field in model._meta.fields if isinstance(field, TextField)]
        for row, name in ((row, name) for row in bundle[kind] for name in names if "[^" in row[name]):
            for slug in readability.CITATION.findall(row[name]):
                if slug not in sources:
                    message = f"The mark [^{slug}] names no source. Correct it, or add the source."
                    yield Problem(kind, row["slug"], name, message)


def questions_without_answer(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Questions that lead to no page, or to one that does not understand the whole address."""
    rows = {kind: {row["slug"]: row for row in bundle[kind]} for kind in KINDS}
    for row in bundle["search_intents"]:
        message = addresses.fault(row["leads_to"], row["slug"], lambda kind, slugs: rows[kind])
        if message:
            yield Problem("search_intents", row["slug"], "leads_to", message)


def stale_crisis_lines(bundle: dict[str, Any], *, today: date) -> Iterator[Problem]:
    """Checked lines whose check is a year old or has no date. A line never checked says so on its page instead."""
    for row in bundle["crisis_lines"]:
        message = check_date_message(row, today=today)
        if message:
            yield Problem("crisis_lines", row["slug"], "checked_on", message, rule="crisis")


def check_date_message(row: Row, *, today: date) -> str:
    """What is wrong with the date on which a crisis line was checked; empty if nothing is."""
    if not row["checked"]:
        return ""
    if not row["checked_on"]:
        return "It is marked as checked without a date. Open the official page, compare, and set the date."
    if months_between(date.fromisoformat(row["checked_on"]), today) >= CRISIS_LINE_MONTHS:
        return f"It was last checked on {row['checked_on']}, over a year ago. Open the official page and compare."
    return ""


def months_between(earlier: date, later: date) -> int:
    """Whole months from `earlier` to `later`; negative if the clock went back."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (1 if later.day < earlier.day else 0)


# ── What only warns ──


def unchecked_statements(bundle: dict[str, Any]) -> Iterator[Problem]:
    for kind in STATEMENTS:
        for row in bundle[kind]:
            if row["basis"] == Basis.RECALLED:
                message = "It is recalled: nobody has opened the document for it yet."
                yield Problem(kind, row["slug"], "basis", message, False, "unchecked")


def superseded_sources_relied_on(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Sources that a newer document has replaced while entries still rest on them."""
    resting: dict[str, int] = {}
    for kind in STATEMENTS:
        for row in bundle[kind]:
            resting[row["source"]] = resting.get(row["source"], 0) + 1
    for row in bundle["sources"]:
        count = resting.get(row["slug"], 0)
        if row["status"] == "superseded" and count:
            newer = f" The newer one is “{row['superseded_by']}”." if row["superseded_by"] else ""
            message = f"It is superseded, and {count} {'entry rests' if count == 1 else 'entries rest'} on it.{newer}"
            yield Problem("sources", row["slug"], "status", message, False, "superseded")


def superseded_by_nothing(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Sources that are said to be replaced, with nothing on file that says by what."""
    for row in bundle["sources"]:
        if row["status"] == "superseded" and not row["superseded_by"] and not row["note"]:
            message = (
                "It is superseded, and by what is not on file. Name its successor, or say in the note which document "
                "it is. If there is none and it is only old, it is withdrawn."
            )
            yield Problem("sources", row["slug"], "superseded_by", message, rule="superseded")


def replaced_and_in_force(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Sources that say what replaced them and still count: of two editions of a document only the newer may speak."""
    for row in bundle["sources"]:
        if row["superseded_by"] and row["status"] in Source.IN_FORCE:
            message = f"“{row['superseded_by']}” replaced it, so its status is superseded."
            yield Problem("sources", row["slug"], "status", message, rule="superseded")


def missing_answers(bundle: dict[str, Any]) -> Iterator[Problem]:
    """One problem per entry: the answers that readers still see as “Not written yet”."""
    lists = [
        ("therapies", row, questions.owed(OWING.get(row["status"], questions.LISTED))) for row in bundle["therapies"]
    ]
    lists += [("conditions", row, [*CONDITION_ANSWERS]) for row in bundle["conditions"]]
    lists += [("techniques", row, ["what_you_do", "example"]) for row in bundle["techniques"]]
    for kind, row, names in lists:
        empty = [name for name in names if not row[name]]
        if empty:
            labels = ", ".join(str(getattr(KINDS[kind].field(name), "verbose_name", name)) for name in empty)
            yield Problem(kind, row["slug"], empty[0], f"Not written yet: {labels}.", False, "missing")


def hard_words(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Texts that are harder to read than grade 8, or that use words readers should not meet."""
    names = names_of(bundle)
    for kind in KINDS.values():
        for row, name in ((row, name) for row in bundle[kind.slug] for name in kind.our_texts if row[name]):
            message = hard_text(row[name], names)
            if message:
                yield Problem(kind.slug, row["slug"], name, message, False, "words")


@lru_cache(maxsize=20_000)
def hard_text(text: str, names: readability.Names) -> str:
    """What to mend in a text; empty if it reads well. Cached: of thousands of texts a curator changes one at a time."""
    advice = readability.words_to_avoid(text)
    if advice:
        return f"{advice[0]}."
    if readability.too_hard(text, names):
        return f"Reading grade {readability.grade(text, names):.1f}; aim at {readability.MAX_GRADE:.0f} or less."
    return ""


def names_of(bundle: dict[str, Any]) -> readability.Names:
    """The names that are set aside when a text is graded; the same object as long as the names are the same."""
    rows = [*bundle["therapies"], *bundle["conditions"], *bundle["techniques"]]
    names = (name for row in rows for name in (row["name"], row.get("abbreviation", ""), *row["aliases"]) if name)
    return _names_once(frozenset(names))


@lru_cache(maxsize=2)
def _names_once(names: frozenset[str]) -> readability.Names:
    return readability.Names(names)


def shared_names(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Entries of one kind that have the same name: one may be a copy of the other."""
    named = [slug for slug, kind in KINDS.items() if (kind.noun or kind.found_as) and hasattr(kind.model, "name")]
    for kind in (*named, "sources"):
        owners: dict[str, str] = {}
        for row in bundle[kind]:
            key = name_key(row.get("name") or f"{row['body']} {row['year']} {row['title']}")
            if key in owners:
                message = f"“{owners[key]}” has the same name. Is one a copy of the other?"
                yield Problem(kind, row["slug"], "name" if "name" in row else "title", message, False, "name")
            owners.setdefault(key, row["slug"])


def shared_answers(bundle: dict[str, Any]) -> Iterator[Problem]:
    """Questions that lead to the same page, which search would then show twice."""
    owners: dict[str, str] = {}
    for row in bundle["search_intents"]:
        first = owners.setdefault(row["leads_to"], row["slug"])
        if first != row["slug"]:
            message = f"“{first}” leads to the same page. Make one question of the two."
            yield Problem("search_intents", row["slug"], "leads_to", message, False, "name")
