"""What a clinician's line says besides the concern: how old somebody is and how severe it is."""

from therapies.domain import age_words, severity
from therapies.domain.age_words import AskedAge
from therapies.domain.severity import Severity
from therapies.models import Condition
from therapies.search.engine import SearchAnswer, search


def read(text: str) -> tuple[SearchAnswer, Severity | None, AskedAge | None]:
    """What the line finds, the severity and the age. Words for the age are left out if they only hinder."""
    age = age_words.read(text)
    of_age = age_words.without(text, age) if age else ""
    found, asked = _search(of_age or text)
    if of_age and not any(hit.card.kind == "condition" for hit in found.hits):
        found, asked = _search(text)
    return found, asked, age


def _search(text: str) -> tuple[SearchAnswer, Severity | None]:
    """What a query finds, and how severe it says that it is; those words are left out only where they hinder."""
    found, asked = search(text), severity.read(text)
    if asked and not any(hit.card.kind == "condition" for hit in found.hits):
        return search(severity.without(text)), asked
    return found, asked


def is_in_a_name(asked: Severity, condition: Condition, text: str) -> bool:
    """Whether the words belong to a name in the query, such as “mild cognitive impairment”."""
    names = (condition.name, condition.plain_name, *condition.aliases, *condition.lay_names)
    typed = [name.casefold() for name in names if name and name.casefold() in text.casefold()]
    return any(asked.words in name for name in typed)
