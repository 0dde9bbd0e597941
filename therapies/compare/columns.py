"""One therapy's answers to the twenty questions, ready to stand beside another's. Made once a release, kept, bounded.

Loads and words; compares nothing. Which answers differ is for `comparison.py` to say.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from therapies.evidence import verdicts
from therapies.models import Outcome, Source, Therapy
from therapies.models.therapy import TEXTS
from therapies.serving import catalogue, describe, markdown
from therapies.serving.once import Kept

NOT_WRITTEN = "Not written yet"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one therapy answers to one question. `key` is what is compared; None where nothing is known."""

    key: Hashable = None
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    text: SafeString = field(default_factory=SafeString)
    links: tuple[Link, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many people in 100 got better, and how many of those they were compared with."""

    condition: int
    measure: str
    treated: int
    compared: int
    comparison: str
    source: str
    source_slug: str
    seen: bool
    secondary: bool
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """One therapy of a comparison, without what depends on the others or on the chosen condition."""

    pk: int
    slug: str
    name: str
    short: str
    family: str
    family_slug: str
    url: str
    nearest: Therapy | None
    nearest_fact: str
    answers: dict[str, Answer]  # by the row's slug
    ask: tuple[str, ...]
    sessions: tuple[int, int] | None  # fewest and most, where they are facts
    open_ended: bool
    record: verdicts.Record
    figures: tuple[Figure, ...]
    discouraged: bool
    cautions: str
    who_warns: SafeString
    look_instead: SafeString


Key = tuple[int, str]  # the release, and the slug of the therapy
KEPT = Kept[Key, Column](most=400)


def columns(release: int, slugs: Sequence[str]) -> list[Column]:
    """The columns of these therapies, in this order; at most sixteen queries for those that are not kept yet."""
    found = KEPT.get([(release, slug) for slug in slugs], _make)
    return [found[release, slug] for slug in slugs if (release, slug) in found]


def _make(keys: Sequence[Key]) -> dict[Key, Column]:
    release, slugs = keys[0][0], [slug for _, slug in keys]
    wanted = catalogue.therapies().filter(slug__in=slugs).select_related("family", "nearest")
    found = list(
        wanted.prefetch_related("participants", "delivery", "settings", "techniques", "commonly_used_for", "parents")
    )
    cited = markdown.cited(getattr(therapy, name) for therapy in found for name in TEXTS)
    used = {therapy.pk: [condition.pk for condition in therapy.commonly_used_for.all()] for therapy in found}
    records, figures = verdicts.records(found, used), _figures(list(used))
    return {(release, one.slug): _column(one, cited, records[one.pk], figures[one.pk]) for one in found}


def _figures(ids: Sequence[int]) -> defaultdict[int, list[Figure]]:
    figures: defaultdict[int, list[Figure]] = defaultdict(list)
    for row in catalogue.outcomes().filter(therapy__in=ids).select_related("source"):
        figures[row.therapy_id or 0].append(figure(row))
    return figures


def figures_of_any(condition: int) -> list[Figure]:
    """Figures for therapy of any kind for this condition; one query."""
    rows = catalogue.outcomes().filter(therapy=None, condition=condition).select_related("source")
    return [figure(row) for row in rows]


def figure(row: Outcome) -> Figure:
    return Figure(
        row.condition_id,
        row.measure,
        row.treated_per_100,
        row.comparison_per_100,
        row.comparison,
        row.source.label,
        row.source.slug,
        row.seen,
        row.secondary,
        row.note,
    )


def _column(therapy: Therapy, cited: dict[str, Source], record: verdicts.Record, figures: Sequence[Figure]) -> Column:
    low, high = therapy.sessions_min, therapy.sessions_max
    known = [number for number in (low, high) if number is not None] if not describe.is_open_ended(therapy) else []
    return Column(
        pk=therapy.pk,
        slug=therapy.slug,
        name=therapy.name,
        short=therapy.short_name,
        family=therapy.family.name,
        family_slug=therapy.family.slug,
        url=therapy.get_absolute_url(),
        nearest=therapy.nearest,
        nearest_fact=therapy.nearest_fact,
        answers=_answers(therapy, cited),
        ask=tuple(therapy.real_thing),
        sessions=(min(known), max(known)) if known else None,
        open_ended=describe.is_open_ended(therapy),
        record=record,
        figures=tuple(figures),
        discouraged=therapy.is_discouraged,
        cautions=therapy.cautions,
        who_warns=markdown.html(therapy.who_warns, cited),
        look_instead=markdown.html(therapy.look_instead, cited),
    )


def _answers(therapy: Therapy, cited: dict[str, Source]) -> dict[str, Answer]:
    def told(name: str, *given: str, notes: Iterable[str] = ()) -> Answer:
        return _answer(getattr(therapy, name) if name else "", cited, given, tuple(notes))

    conditions = (Link(_plain(c.name), c.get_absolute_url()) for c in therapy.commonly_used_for.all())
    techniques = (Link(technique.name, technique.get_absolute_url()) for technique in therapy.techniques.all())
    places = ", ".join(place.name for place in therapy.settings.all())
    return {
        "idea": told("idea"),
        "used-for": _linked(conditions),
        "ages": told("", describe.ages(therapy)),
        "session": told("session"),
        "between-sessions": told("between_sessions", describe.homework(therapy)),
        "length": told("", describe.sessions_in_full(therapy), notes=[describe.sessions_basis(therapy)]),
        "participants": told("", describe.participants(therapy)),
        "delivery": told("", describe.delivery(therapy), notes=[f"Places: {places}" if places else ""]),
        "focus": told("", describe.focus(therapy)),
        "structure": told("", describe.structure(therapy), describe.stance(therapy)),
        "techniques": _linked(techniques),
        "outcomes": told("outcomes", ""),
        "good-points": told("good_points"),
        "hard-parts": told("hard_parts"),
        "care": told("care"),
        "not-helping": told("not_helping"),
        "with-medication": told("with_medication"),
        "real-thing": told("provided_by"),
        "nearest": told("difference"),
        "cost-access": told("cost_access"),
    }


def _answer(text: str, cited: dict[str, Source], given: tuple[str, ...], notes: tuple[str, ...]) -> Answer:
    """Facts are what is compared where there are any; else the text is."""
    known = tuple(fact for fact in given if fact and fact != describe.NOT_KNOWN)
    missing = "" if known or text else (describe.NOT_KNOWN if given else NOT_WRITTEN)
    html = markdown.html(text, cited) if text else SafeString()
    return Answer(known or text or None, known, tuple(note for note in notes if note), html, missing=missing)


def _linked(links: Iterable[Link]) -> Answer:
    found = tuple(sorted(links, key=lambda link: link.name.casefold()))
    return Answer(frozenset(found) or None, links=found, missing="" if found else describe.NOT_KNOWN)


def _plain(name: str) -> str:
    return name.split(" (")[0]
