"""One or two sheets to take along, as data: a therapy or a condition in plain words. Reads the installed release only.

A sheet says less than the page and never something else: what is left out is counted, and the QR code leads to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from therapies.domain import pooled_words, questions
from therapies.domain.questions import words_on_paper
from therapies.domain.standing import Label, Standing
from therapies.domain.statements import Voice, voice
from therapies.entries.therapy import TherapyPage, therapy_page
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, PooledEffect, Recommendation, Source, Therapy
from therapies.serving import describe, markdown, pooled
from therapies.serving.describe import ADULTS_MEANS, AGE_WORDS
from therapies.site import help_now

WIDE = ("idea", "session")  # questions that have the width of the sheet
PAIRED = ("good-points", "hard-parts", "between-sessions", "care", "not-helping", "with-medication")
RATED = "evidence"  # the question that the lines of a therapy's sheet answer
TO_BE_CHECKED = "to be checked"
ADULTS = AGE_WORDS["adult"]
YOUNG = ("child", "adolescent")
ADULTS_UNLESS = "For all ages. Where no age is named, it is about adults."
MOST_LINES = 7
MOST_FORMS = 3
MOST_ALSO = 8
MOST_SOURCES = 10
MOST_BODIES = 3
MOST_FIGURES = 2
VERBS = {
    Voice.FOR: "recommended by",
    Voice.OPTION: "listed by",
    Voice.SECOND: "named second by",
    Voice.AGAINST: "advised against by",
}
ASK_ABOUT_A_CONDITION = (
    "Which of these can I get here, and how long is the wait?",
    "Can I choose between one-to-one, a group or online?",
    "What are the good and the hard points of each, for somebody like me?",
    "What may happen if I wait, or have no therapy for now?",
    "How will we see if it helps, and what do we do if it does not?",
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A question and the text that answers it; `wide` takes the whole width of the sheet."""

    title: str
    text: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What is known of one therapy for one condition, in a line. `form` names the form of the therapy that is rated."""

    name: str
    standing: Standing | None
    bodies: str
    sessions: str = ""
    form: str = ""
    ages: str = ""  # whom all of it is about, unless that is adults; where it differs, `bodies` says it

    @property
    def is_checked(self) -> bool:
        return (self.standing is None or self.standing.is_checked) and TO_BE_CHECKED not in self.bodies


@dataclass(frozen=True, slots=True)
class SheetReview:
    """The day on which a clinician reviewed what the sheet is about, or none; `of` names it where there are several."""

    reviewed_on: date | None
    of: str = ""


@dataclass(slots=True)
class Handout:
    """Everything a sheet shows but the date, the release and the QR code."""

    kind: str
    title: str
    summary: str
    path: str  # of the page that the QR code leads to
    facts: list[tuple[str, str]] = field(default_factory=list)
    parts: list[SheetPart] = field(default_factory=list)
    rated_title: str = ""
    rated_note: str = ""
    line_of: str = "Therapy"  # what a line is named by
    lines: list[SheetLine] = field(default_factory=list)
    more_lines: int = 0
    also: list[str] = field(default_factory=list)
    quotes: list[Recommendation] = field(default_factory=list)
    figures: Sequence[Outcome] = ()
    effect: PooledEffect | None = None  # pooled people of 100, of which one line is told
    effect_note: str = ""  # what has to be said of it first
    silent: str = ""
    ask: Sequence[str] = ()
    cited: dict[str, Source] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    more_sources: int = 0
    reviews: Sequence[SheetReview] = ()
    warning: str = ""
    emergency: Sequence[help_now.InShort] = ()

    @property
    def is_checked(self) -> bool:
        """Whether everything that a body is said to hold was read; else the foot explains “to be checked”."""
        said = all(line.is_checked for line in self.lines) and all(row.is_checked for row in self.quotes)
        return said and all(row.is_checked for row in self.figures)

    @property
    def part_rows(self) -> list[list[SheetPart]]:
        """Wide parts alone, the others two and two."""
        rows: list[list[SheetPart]] = []
        for part in self.parts:
            if rows and not part.wide and len(rows[-1]) == 1 and not rows[-1][0].wide:
                rows[-1].append(part)
            else:
                rows.append([part])
        return rows


def of_therapy(slug: str, concern: Condition | None = None) -> Handout | None:
    """The sheet of the therapy with exactly this slug; with a concern, what each document says for it."""
    page = therapy_page(slug)
    if page is None:
        return None
    therapy = page.therapy
    sheet = Handout(
        "Therapy",
        f"{therapy.name} ({therapy.abbreviation})" if therapy.abbreviation else therapy.name,
        therapy.summary or therapy.nearest_fact,
        therapy.get_absolute_url(),
        parts=_warning_parts(therapy) if therapy.is_discouraged else _therapy_parts(therapy),
        facts=[] if therapy.is_discouraged else facts_of(therapy),
        ask=therapy.real_thing,
        cited=page.cited,
        reviews=[SheetReview(therapy.reviewed_on)],
        warning=therapy.cautions if therapy.is_discouraged else "",
        emergency=help_now.few(),
    )
    if concern:
        _quote(sheet, page, concern)
    else:
        _rate(sheet, page)
    of_concern = [row for row in page.effects if concern is None or row.condition_id == concern.pk]
    sheet.effect = pooled.drawn(of_concern)
    if sheet.effect and sheet.effect.therapy and sheet.effect.therapy.pk != therapy.pk:
        sheet.effect_note = pooled_words.of_form(sheet.effect.therapy.name, therapy.name)
    figures = [row for row in page.outcomes if concern is None or row.condition.pk == concern.pk]
    sheet.figures = [] if sheet.effect else figures[:MOST_FIGURES]
    _name_sources(sheet, [part.text for part in sheet.parts], page.text_sources)
    return sheet


def of_condition(condition: Condition, age: str = "") -> Handout:
    """The sheet of the condition; an age narrows the therapies to what is said of it, as on the page."""
    plain, name = condition.everyday_name, condition.name
    young = SheetPart("In children and teenagers", condition.children, wide=age in YOUNG)
    parts = [
        SheetPart("What is it like?", condition.what_it_is, wide=True),
        *([young] if age in YOUNG else []),
        SheetPart("What usually helps, and how sure are we?", condition.what_helps, wide=True),
        SheetPart("What may happen without treatment?", condition.untreated),
        *([] if age else [young]),
        SheetPart("When to get help now", condition.get_help, wide=True),
    ]
    rated = verdicts.of_condition(condition, ages=[age] if age else [])
    effect = pooled.drawn([row for row in pooled.of_condition(condition) if row.is_in_general], age)
    room = MOST_LINES - 1 if effect else MOST_LINES  # its words take the place of a line
    shown, rest = _choose([own for own in rated if own.rows], room)
    also = [own.therapy.name for own in rated if not own.rows and own.standing]
    title = plain if plain.casefold() == name.casefold() else f"{plain} ({name})"
    sheet = Handout(
        "Concern",
        f"{title}, {AGE_WORDS[age]}" if age else title,
        condition.summary,
        reverse("condition", args=[condition.slug], query={"age": age} if age else None),
        parts=[part for part in parts if part.text],
        rated_title=f"Which therapies do guidelines and research speak of{f' for {AGE_WORDS[age]}' if age else ''}?",
        rated_note=ADULTS_UNLESS if not age else ADULTS_MEANS if age == "older" else "",
        lines=[_line(own.therapy.name, own, sessions=_known_length(own.therapy), names_ages=not age) for own in shown],
        more_lines=len(rest),
        also=also[:MOST_ALSO],
        silent="" if shown else "Nothing on file answers this.",
        ask=ASK_ABOUT_A_CONDITION,
        cited=markdown.cited(part.text for part in parts),
        reviews=[SheetReview(condition.reviewed_on)],
        emergency=help_now.few(),
        effect=effect,
    )
    _name_sources(sheet, [part.text for part in sheet.parts], condition.text_sources.all())
    return sheet


def _line(name: str, own: Verdict, *, sessions: str = "", form: str = "", names_ages: bool = True) -> SheetLine:
    bodies, ages = bodies_of(own.rows, names_ages=names_ages)
    return SheetLine(name, own.standing, bodies, sessions, form, ages)


def _known_length(therapy: Therapy) -> str:
    length = describe.sessions(therapy)
    return "" if length == describe.NOT_KNOWN else length


def facts_of(therapy: Therapy) -> list[tuple[str, str]]:
    """The facts that a reader plans with, where they are known."""
    facts = [
        ("How long", describe.sessions_in_full(therapy)),
        ("Who takes part", describe.participants(therapy)),
        ("How it is given", describe.delivery(therapy)),
        ("Tasks between meetings", describe.homework(therapy)),
        ("Looks at", describe.focus(therapy)),
        ("For", describe.ages(therapy)),
    ]
    return [(name, fact) for name, fact in facts if fact != describe.NOT_KNOWN]


def _therapy_parts(therapy: Therapy) -> list[SheetPart]:
    words, texts = words_on_paper(), questions.texts_by_row()
    return [SheetPart(words[slug], getattr(therapy, texts[slug].field), wide=slug in WIDE) for slug in (*WIDE, *PAIRED)]


def _warning_parts(therapy: Therapy) -> list[SheetPart]:
    return [
        SheetPart("Who warns, and why?", therapy.who_warns, wide=True),
        SheetPart("What to look at instead", therapy.look_instead, wide=True),
    ]


# ── What bodies say ──


def _rate(sheet: Handout, page: TherapyPage) -> None:
    """A line a concern: the therapy's own, and those of its named forms, never mixed."""
    rated = [own for own in page.rated if own.rows]
    shown, rest = _choose(rated, MOST_LINES)
    sheet.rated_title = words_on_paper()[RATED]
    sheet.rated_note = ADULTS_UNLESS
    sheet.line_of = "Concern"
    sheet.lines = [_line(own.condition.everyday_name, own) for own in shown]
    forms = [(own, form) for own in page.in_forms for form in own.forms]
    room = MOST_LINES - len(shown)
    sheet.lines += [_line(own.condition.everyday_name, form, form=form.therapy.name) for own, form in forms[:room]]
    sheet.more_lines = len(rest) + max(0, len(forms) - room)
    sheet.also = [own.condition.everyday_name for own in page.only_used][:MOST_ALSO]
    sheet.silent = "" if sheet.lines else "Nothing on file makes a label for it."


def _quote(sheet: Handout, page: TherapyPage, concern: Condition) -> None:
    sheet.rated_note = ADULTS_UNLESS
    own = next((own for own in [*page.rated, *page.in_forms] if own.condition.pk == concern.pk), None)
    asked = words_on_paper()[RATED].removesuffix("?")
    sheet.rated_title = f"{asked} for {describe.in_a_sentence(concern.everyday_name)}?"
    if own:
        rated = [own, *own.forms] if own.rows else own.forms
        sheet.lines = [_line(one.therapy.name, one) for one in rated[:MOST_FORMS]]
    rows = _each_source_first(own.rows) if own else []
    sheet.quotes = rows[: MOST_LINES - len(sheet.lines)]
    sheet.more_lines = len(rows) - len(sheet.quotes)
    sheet.silent = "" if rows or sheet.lines else "Nothing on file speaks of it for this concern."


def _each_source_first(rows: Sequence[Recommendation]) -> list[Recommendation]:
    """So that a document with many statements leaves room for the others."""
    first = {row.source.slug: row for row in reversed(rows)}
    return [*first.values()][::-1] + [row for row in rows if first[row.source.slug] is not row]


def _choose(rated: Sequence[Verdict], most: int) -> tuple[list[Verdict], list[Verdict]]:
    """What a sheet has room for: what is advised against or disputed always has a place beside the best rated."""
    doubtful = [own for own in rated if own.is_against or (own.standing and own.standing.label is Label.DIFFER)]
    kept = {id(own) for own in doubtful[: most // 2]}
    for own in rated:
        if len(kept) < most:
            kept.add(id(own))
    return [own for own in rated if id(own) in kept], [own for own in rated if id(own) not in kept]


def bodies_of(rows: Iterable[Recommendation], *, names_ages: bool = True) -> tuple[str, str]:
    """Who says what, and of which ages if all of it is about the same; else each that is not on adults says so.

    Such as “Recommended by NICE 2022 and APA 2017 (to be checked); listed by AACAP 2022 (children); research: 3
    documents”. What was read comes before what is recalled.
    """
    heard: defaultdict[Voice, defaultdict[str, list[Recommendation]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        says = voice(row.stance, row.source.kind)
        if says:
            heard[says][row.source.label].append(row)
    ages = {_ages(said) for of_voice in heard.values() for said in of_voice.values()}
    apart = names_ages and len(ages) > 1
    told = [f"{by} {_some(_named(heard[says], apart))}" for says, by in VERBS.items() if heard[says]]
    studies = heard[Voice.RESEARCH]
    if studies and told:
        recalled = not any(row.is_checked for said in studies.values() for row in said)
        note = f" ({TO_BE_CHECKED})" if recalled else ""
        told.append(f"research: {len(studies)} document{'' if len(studies) == 1 else 's'}{note}")
    elif studies:
        told.append(f"studied by {_some(_named(studies, apart))}")
    text = describe.sentence(["; ".join(told)] if told else [])
    return text, min(ages - {ADULTS}, default="") if names_ages and len(ages) == 1 else ""


def _named(said: Mapping[str, Sequence[Recommendation]], apart: bool) -> list[str]:
    """The documents, each with its ages where they stand apart, and with a mark if nobody has opened it yet."""
    names: list[tuple[bool, str]] = []
    for label, rows in said.items():
        recalled = not any(row.is_checked for row in rows)
        ages = _ages(rows) if apart else ADULTS
        notes = [note for note in ("" if ages == ADULTS else ages, TO_BE_CHECKED if recalled else "") if note]
        names.append((recalled, f"{label} ({', '.join(notes)})" if notes else label))
    return [name for _, name in sorted(names, key=lambda name: name[0])]


def _ages(rows: Iterable[Recommendation]) -> str:
    """In short, such as “children and teenagers”; “adults” are everyone from 18 up."""
    spoken = {age for row in rows for age in row.ages}
    if spoken >= set(AGE_WORDS) - {"older"}:
        return "all ages"
    words = [word for age, word in AGE_WORDS.items() if age in spoken - ({"older"} if "adult" in spoken else set())]
    return describe.in_a_sentence(describe.sentence(words))


def _some(names: Sequence[str]) -> str:
    if len(names) > MOST_BODIES:
        return f"{', '.join(names[: MOST_BODIES - 1])} and {len(names) - MOST_BODIES + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _name_sources(sheet: Handout, texts: Iterable[str], text_sources: Iterable[Source]) -> None:
    """Those that the words rest on first, then those that are quoted; the rest are counted."""
    effects = [sheet.effect.source] if sheet.effect else []
    quoted = [*effects, *(row.source for row in sheet.figures), *(row.source for row in sheet.quotes)]
    named = markdown.cited(texts) | {source.slug: source for source in quoted}
    every = list((named | {source.slug: source for source in text_sources}).values())
    sheet.sources = every[:MOST_SOURCES]
    sheet.more_sources = len(every) - len(sheet.sources)
