"""System checks: what would otherwise fail in silence is refused by name, with the fix."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, TextField, URLField
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from therapies.compare import lines, table
from therapies.domain import questions
from therapies.domain.questions import Question
from therapies.entries.therapy import ANSWERS, fragment_of
from therapies.handout import comparison, sheets
from therapies.models import CATALOGUE_MODELS, KINDS, Therapy
from therapies.models.base import Entry
from therapies.serving import describe

PAGE = "therapies/entries/therapy.html"
SHARED_FRAGMENTS = ("text", "facts")
RENAMED = "Was it renamed? The slugs are in therapies/domain/questions.py: of a question, or of a text with a title."
ADDRESS = re.compile(r"(?:^|_)(?:url|link|website|homepage)$")


@register("catalogue", deploy=False)
def catalogue_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    if settings.TESTING or settings.CATALOGUE_PATH.exists():
        return []
    return [
        CheckWarning(
            f"No release is installed: {settings.CATALOGUE_PATH} does not exist.",
            hint="Run “manage.py install_release” (or “manage.py publish --notes …” if nothing was published yet).",
            id="therapies.W001",
        )
    ]


@register("questions")
def questions_can_be_answered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every question names fields and facts that there are, and every text for readers belongs to a question."""
    return [Error(message, hint="See therapies/domain/questions.py.", id="therapies.E001") for message in _faults()]


@register("questions")
def every_answer_is_shown(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A question shows its facts and its first text; a fragment of its own names whatever else answers it."""
    return [
        Error(
            f"The question “{question.slug}” {fault}.",
            hint=f"Show what answers it in a fragment of its own: templates/{fragment_of(question)}.",
            id="therapies.E003",
        )
        for question in questions.questions()
        if (fault := _not_shown(question))
    ]


def _not_shown(question: Question) -> str:
    fragment = _source(fragment_of(question))
    if question.shown == questions.OPEN:
        if fragment is None:
            return "is to stand open and has no fragment"
        if f"page.answers.{question.slug.replace('-', '_')}.templates " not in str(_source(PAGE)):
            return f"is to stand open, and templates/{PAGE} does not include page.answers of its slug"
    if question.shown == questions.FACT and not question.facts:
        return "is to stand among the facts and names none"
    if fragment is not None:
        missing = [text.field for place, text in enumerate(question.texts) if not _shows(fragment, text.field, place)]
        if question.shown != questions.FACT:  # a fact and its notes stand beside its picture
            missing += [name for name in question.facts if not _tells(fragment, "facts", name)]
            missing += [name for name in question.notes if not _tells(fragment, "notes", name)]
        missing += [question.links] if question.links and f"therapy.{question.links}" not in fragment else []
        return f"has a fragment that does not show “{missing[0]}”" if missing else ""
    if len(question.texts) > 1:
        return f"has several texts; its page would only show “{question.texts[0].field}”"
    if question.links:
        return f"is answered by links (“{question.links}”), which its page would not show"
    if question.notes and not question.facts:
        return f"has a note (“{question.notes[0]}”) and no fact; its page would not show it"
    return "" if question.texts or question.facts else "is answered by no text, fact or link"


def _shows(fragment: str, field: str, place: int) -> bool:
    """Whether it prints or goes through the text; the first one is the answer's text too."""
    names = rf"therapy\.{field}\b" + (r"|answer\.text\b" if place == 0 else "")
    return bool(re.search(rf"(?:\{{\{{ |\{{% for \w+ in )(?:{names})", fragment))


def _tells(fragment: str, together: str, name: str) -> bool:
    """Whether it prints the facts, or the notes, all together or this one by its name."""
    return f"answer.{together}" in fragment or f'therapy|fact:"{name}"' in fragment


@register("questions")
def what_names_a_question_names_one_that_there_is(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Sheets, comparisons and fragments choose questions by their slugs: a renamed one would be left out or fail."""
    rows, with_text = set(questions.rows()), set(questions.texts_by_row())
    slugs = {question.slug for question in questions.questions()}
    named = {
        "therapies/handout/sheets.py": (with_text, (*sheets.WIDE, *sheets.PAIRED)),
        "therapies/handout/sheets.py (RATED)": (slugs, (sheets.RATED,)),
        "therapies/handout/comparison.py": (rows, (*comparison.ROWS, *comparison.FACTS_ALONE, comparison.SESSION)),
        "therapies/compare/table.py": (slugs, (table.EVIDENCE, table.OUTCOMES)),
        "therapies/compare/lines.py": (slugs | with_text, (*lines.ASKED, *lines.TEXTS)),
        f"templates/{ANSWERS}/": (slugs, _own_fragments()),
    }
    return [
        Error(f"{where} names the question “{slug}”, which there is not.", hint=RENAMED, id="therapies.E005")
        for where, (known, names) in named.items()
        for slug in names
        if slug not in known
    ]


def _own_fragments() -> list[str]:
    """The slugs of the questions that fragments are named by."""
    folder = settings.BASE_DIR / "templates" / ANSWERS
    stems = (path.stem.removeprefix("_").replace("_", "-") for path in sorted(folder.glob("_*.html")))
    return [stem for stem in stems if stem not in SHARED_FRAGMENTS]


@register("kinds")
def every_entry_is_of_a_kind(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No model of entries is left out of the list of kinds: it would be in no bundle, no search and no address."""
    missing = [model for model in apps.get_models() if issubclass(model, Entry) and model not in CATALOGUE_MODELS]
    return [
        Error(
            f"“{model._meta.verbose_name}” is no kind of entry.",
            hint="See therapies/models/kinds.py.",
            id="therapies.E002",
        )
        for model in missing
    ]


@register("kinds")
def every_address_is_known_as_one(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The links to pages elsewhere are told by their fields; a text that only looks like one would never be checked."""
    return [
        Error(
            f"“{field.name}” of a {kind.name} is called like an address, and its links would never be checked.",
            hint="Make it a WebAddress (therapies/models/fields.py), or a CuratorsNote where it is for curators.",
            id="therapies.E004",
        )
        for kind in KINDS.values()
        for field in kind.model._meta.fields
        if ADDRESS.search(field.name) and type(field) in (TextField, CharField, URLField)
    ]


def _faults() -> Iterator[str]:
    slugs = [question.slug for question in questions.questions()]
    for slug in {slug for slug in slugs if slugs.count(slug) > 1}:
        yield f"Two questions are called “{slug}”."
    for question in questions.questions():
        for name in (*question.every_field, *([question.links] if question.links else [])):
            if not _is_field(name):
                yield f"The question “{question.slug}” names the field “{name}”, which a therapy does not have."
        for name in (*question.facts, *question.notes):
            if not callable(getattr(describe, name, None)):
                yield f"The question “{question.slug}” names the fact “{name}”, which describe.py does not have."
    claimed = {name for question in questions.questions() for name in question.every_field}
    claimed |= {text.field for text in questions.OTHER_TEXTS} | set(Therapy.NOT_ANSWERS)
    for field in Therapy._meta.fields:
        if isinstance(field, TextField) and field.name not in claimed:
            yield f"The text “{field.name}” of a therapy belongs to no question, so no reader would ever see it."


def _source(name: str) -> str | None:
    """The text of a template; None where there is none of that name."""
    try:
        return str(get_template(name).template.source)  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None


def _is_field(name: str) -> bool:
    try:
        Therapy._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
