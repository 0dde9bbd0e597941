"""The page of one therapy as data: its answers to the twenty questions, what bodies say, where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from therapies.domain import frames, pooled_words, questions
from therapies.domain.frames import Frame
from therapies.domain.questions import Question
from therapies.domain.standing import Standing
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.models import Condition, Outcome, PooledEffect, Source, Therapy
from therapies.serving import catalogue, describe, drawn_facts, markdown, pooled
from therapies.serving.drawn_facts import Course, Fact, FamilyStrip

PREFETCHED = (
    "participants",
    "delivery",
    "settings",
    "techniques",
    "commonly_used_for",
    "parents",
    "offspring",
    "text_sources",
    "look_alikes",
)
OPEN_AT_ONCE = 3  # with more conditions than this, each one's rows open on request
FOREMOST = 4  # concerns in sight, the rest on request
ANSWERS = "therapies/entries/answers"
AT_FIRST = 6  # of a longer list these stand open, the rest on request


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, what answers it, and the fragments that may show it: the first that exists does."""

    question: Question
    text: str
    facts: list[str]
    notes: list[str]
    templates: tuple[str, ...]
    is_written: bool

    @property
    def is_shown(self) -> bool:
        """Whether the page has a place for it: facts always, and what nobody owes says itself that it is not known."""
        unowed = self.question.shown == questions.OPEN and not self.question.is_owed
        return self.is_written or unowed or self.question.shown == questions.FACT


@dataclass(frozen=True, slots=True)
class TherapyBlock:
    """The conditions for which the therapy has one standing (or none yet); a long list opens the rest on request."""

    standing: Standing | None
    first: list[Verdict]
    rest: list[Verdict]

    @property
    def size(self) -> int:
        return len(self.first) + len(self.rest)


@dataclass(frozen=True, slots=True)
class TherapyPage:
    """Everything the page shows. `rated` has rows of its own, `in_forms` only those of a named form."""

    therapy: Therapy
    answers: dict[str, Answer]  # by the question's slug, with underscores
    rated: list[Verdict]
    in_forms: list[Verdict]
    only_used: list[Verdict]
    outcomes: list[Outcome]
    cited: dict[str, Source]
    text_sources: list[Source]
    other_sources: list[Source]
    offspring: list[Therapy]
    programs: list[Therapy]
    form_outcomes: list[Outcome]  # of its named forms, where there are none of its own
    effects: list[PooledEffect]  # its own; those of its named forms, where there are no figures of its own
    family: FamilyStrip | None

    @property
    def facts(self) -> list[Fact]:
        return drawn_facts.facts(self.therapy)

    @property
    def course(self) -> Course | None:
        return drawn_facts.course(self.therapy)

    @property
    def folds(self) -> list[Answer]:
        """What opens on request: all that has no section of its own, and the texts of facts."""
        asked = [answer for answer in self.answers.values() if answer.question.shown != questions.OPEN]
        return [
            answer
            for answer in asked
            if answer.text or (answer.is_written and answer.question.shown == questions.FOLDED)
        ]

    @property
    def unwritten(self) -> list[Answer]:
        """Questions that nobody answered yet: said in one line."""
        return [answer for answer in self.answers.values() if not answer.is_shown]

    @property
    def foremost(self) -> list[Verdict]:
        """The concerns it is best supported for, and every one that it is advised against for."""
        labeled = [own for own in self.rated if own.standing]
        return labeled[:FOREMOST] + [own for own in labeled[FOREMOST:] if own.is_against]

    @property
    def concerns(self) -> int:
        return len(self.rated) + len(self.in_forms) + len(self.only_used)

    @property
    def concerns_title(self) -> str:
        if self.concerns > len(self.foremost):
            return f"All {self.concerns} concerns, in the words of each guideline"
        return "In the words of each guideline"

    @property
    def drawn_effect(self) -> PooledEffect | None:
        """The pooled figure that is drawn: for the concern with most trials."""
        return pooled.drawn(self.effects)

    @property
    def of_form(self) -> str:
        """What has to be said if the pooled figure is of a form of it; else empty."""
        drawn = self.drawn_effect
        if not drawn or not drawn.therapy or drawn.therapy.pk == self.therapy.pk:
            return ""
        return pooled_words.of_form(drawn.therapy.name, self.therapy.name)

    @property
    def more_effects(self) -> list[PooledEffect]:
        return [row for row in self.effects if row is not self.drawn_effect]

    @property
    def drawn_outcome(self) -> Outcome | None:
        """The figure that is drawn without a pooled one: its own, else of a form, first what was read itself."""
        if self.drawn_effect:
            return None
        every = self.outcomes or self.form_outcomes
        return min(every, key=lambda outcome: not outcome.is_checked, default=None)

    @property
    def more_outcomes(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome is not self.drawn_outcome]

    @property
    def more_figures(self) -> int:
        return len(self.more_outcomes) + len(self.more_effects)

    @property
    def blocks(self) -> list[TherapyBlock]:
        """What has rows of its own by standing, the best first, what nobody checked last."""
        found = []
        for kind, group in groupby(self.rated, key=lambda own: own.standing and own.standing.of_kind):
            rows = list(group)
            open_rows = len(rows) if len(rows) <= AT_FIRST + 2 else AT_FIRST  # no line to open only one or two
            found.append(TherapyBlock(kind, rows[:open_rows], rows[open_rows:]))
        return found

    @property
    def used_for(self) -> list[Condition]:
        """What it is commonly used for: first what most bodies recommend it for."""
        usual = {condition.pk for condition in self.therapy.commonly_used_for.all()}
        every = [*self.rated, *self.in_forms, *self.only_used]
        return [own.condition for own in every if own.condition.pk in usual]

    @property
    def names_nearest(self) -> bool:
        """Whether a text says where to look instead without leading to the nearest entry."""
        text, nearest = self.therapy.look_instead, self.therapy.nearest
        return bool(text and nearest and nearest.get_absolute_url() not in text)

    @property
    def frames(self) -> list[Frame]:
        return frames.read(self.therapy.frames)

    @property
    def open_at_once(self) -> bool:
        return len(self.rated) <= OPEN_AT_ONCE


def therapy_page(slug: str) -> TherapyPage | None:
    """The page of the therapy with exactly this slug; None where there is none."""
    wanted = catalogue.therapies().filter(slug=slug).select_related("family", "nearest")
    therapy = wanted.prefetch_related(*PREFETCHED).first()
    if therapy is None:
        return None
    offspring = sorted(therapy.offspring.all(), key=lambda child: child.name)
    forms = [child for child in offspring if child.is_form_of_parent]
    rated = verdicts.of_therapy(therapy, used=list(therapy.commonly_used_for.all()), forms=forms)
    cited = markdown.cited(getattr(therapy, field) for field in questions.marked_fields())
    outcomes = list(catalogue.outcomes().filter(therapy=therapy).select_related("condition", "source"))
    text_sources = {source.slug: source for source in therapy.text_sources.all()} | cited
    spoken = {row.source.slug: row.source for own in rated for row in own.all_rows}
    own_effects = pooled.of_therapies([therapy])
    spoken |= {outcome.source.slug: outcome.source for outcome in outcomes}
    spoken |= {effect.source.slug: effect.source for effect in own_effects}
    return TherapyPage(
        therapy=therapy,
        answers={question.slug.replace("-", "_"): _answer(therapy, question) for question in questions.questions()},
        rated=[own for own in rated if own.all_rows],
        in_forms=[own for own in rated if own.forms and not own.all_rows],
        only_used=[own for own in rated if not own.forms and not own.all_rows],
        outcomes=outcomes,
        cited=cited,
        text_sources=by_body(text_sources.values()),
        other_sources=by_body(source for slug, source in spoken.items() if slug not in text_sources),
        offspring=[child for child in offspring if not child.is_program],
        programs=[child for child in offspring if child.is_program],
        form_outcomes=[] if outcomes or not forms else _outcomes_of(forms),
        effects=own_effects or ([] if outcomes else pooled.of_therapies(forms)),
        family=drawn_facts.family(therapy, offspring, _spoken_of(offspring)),
    )


def _outcomes_of(forms: list[Therapy]) -> list[Outcome]:
    found = catalogue.outcomes().filter(therapy__in=forms)
    return list(found.select_related("therapy", "condition", "source"))


def _spoken_of(therapies: list[Therapy]) -> dict[int, int]:
    """How many statements are on file about each of them, by row number: how well it is known."""
    rows = catalogue.recommendations().filter(therapy__in=therapies).order_by()
    return dict(rows.values_list("therapy_id").annotate(count=Count("pk"))) if therapies else {}


def by_body(sources: Iterable[Source]) -> list[Source]:
    """In order of body, the newest of each first."""
    newest_first = sorted(sources, key=lambda source: source.year or "", reverse=True)
    return sorted(newest_first, key=lambda source: source.short_body.casefold())


def fragment_of(question: Question) -> str:
    """The template that shows the answer where it looks different from others; few questions have one."""
    return f"{ANSWERS}/_{question.slug.replace('-', '_')}.html"


def _answer(therapy: Therapy, question: Question) -> Answer:
    text = getattr(therapy, question.texts[0].field) if question.texts else ""
    shared = f"{ANSWERS}/_facts.html" if question.facts else f"{ANSWERS}/_text.html"
    facts, notes = (describe.described(therapy, names) for names in (question.facts, question.notes))
    return Answer(question, text, facts, notes, (fragment_of(question), shared), _is_written(therapy, question, facts))


def _is_written(therapy: Therapy, question: Question, facts: list[str]) -> bool:
    """Whether a fact is known, or any field of the question has a value."""
    values = [getattr(therapy, name) for name in [*question.every_field, question.links] if name]
    known = [fact for fact in facts if fact != describe.NOT_KNOWN]
    return bool(known) or any(value.all() if hasattr(value, "all") else value for value in values)
