"""Facts of a therapy in words: meetings, ages, formats. Pure: a loaded therapy in, short texts out.

Every page that shows a fact takes its words from here, so that a card, an entry and a comparison never differ.
"""

from collections.abc import Sequence

from therapies.models import Therapy
from therapies.models.therapy import FOCUSES, HOMEWORK, LENGTHS, STANCES, STRUCTURES
from therapies.models.vocabulary import AGE_WORDS

NOT_KNOWN = "Not known"
ADULTS_MEANS = (
    "In most documents “adults” means everyone from 18, so this list has what speaks of adults and what speaks of "
    "older adults."
)
BASES = {
    "seen": "seen in a source",
    "partly seen": "partly seen in a source",
    "computed from weeks and frequency": "worked out from weeks and frequency",
    "by definition": "by definition",
}


def is_open_ended(therapy: Therapy) -> bool:
    """Its session numbers are an illustration, never a fact about length."""
    return therapy.sessions_basis.startswith("illustration")


def sessions(therapy: Therapy) -> str:
    """Such as “10 to 16 meetings”."""
    if is_open_ended(therapy):
        return "Open-ended"
    low, high = therapy.sessions_min, therapy.sessions_max
    if low is None and high is None:
        return NOT_KNOWN
    if low is None or high is None or low == high:
        count = low if low is not None else high
        return "1 meeting" if count == 1 else f"{count} meetings"
    return f"{low} to {high} meetings"


def dose(therapy: Therapy) -> str:
    """How many meetings, and who takes part: “6 to 12 meetings. Group and individual.”; without what is not known."""
    who = participants(therapy)
    return " ".join(f"{words}." for words in (sessions(therapy), who) if words != NOT_KNOWN)


def sessions_basis(therapy: Therapy) -> str:
    """How the number of meetings came about, in words a reader understands."""
    if is_open_ended(therapy):
        return "It goes on for as long as you and the therapist agree."
    if therapy.sessions_min is None and therapy.sessions_max is None:
        return ""
    basis = BASES.get(therapy.sessions_basis)
    return f"How we know: {basis}." if basis else "Not yet checked against a source."


def sessions_in_full(therapy: Therapy) -> str:
    """Number, length and frequency: “10 to 16 meetings, 50 to 60 minutes each, weekly”."""
    number, rest = sessions(therapy), length_and_frequency(therapy)
    if not rest:
        return number
    return f"Number of meetings not known; {rest}" if number == NOT_KNOWN else f"{number}, {rest}"


def length_and_frequency(therapy: Therapy) -> str:
    """Such as “50 to 60 minutes each, weekly”; empty if neither is known."""
    parts = []
    if therapy.session_minutes:
        minutes = therapy.session_minutes.replace("-", " to ")
        plain = minutes.replace(" to ", "").isdecimal()
        parts.append(f"{minutes} minutes each" if plain else f"minutes each: {minutes}")
    if therapy.frequency:
        parts.append(therapy.frequency)
    return ", ".join(parts)


def ages(therapy: Therapy) -> str:
    return age_names(therapy.ages) or NOT_KNOWN


def age_names(ages: Sequence[str]) -> str:
    """Such as “Children and teenagers”; empty for no ages."""
    return sentence([AGE_WORDS[age] for age in ages])


def participants(therapy: Therapy) -> str:
    return sentence([in_a_sentence(item.name) for item in therapy.participants.all()]) or NOT_KNOWN


def delivery(therapy: Therapy) -> str:
    return sentence([in_a_sentence(item.name) for item in therapy.delivery.all()]) or NOT_KNOWN


def settings(therapy: Therapy) -> str:
    return sentence([in_a_sentence(item.name) for item in therapy.settings.all()])


def places(therapy: Therapy) -> str:
    """Such as “Places: clinic, home”; empty if no place is known."""
    names = ", ".join(place.name for place in therapy.settings.all())
    return f"Places: {names}" if names else ""


def length(therapy: Therapy) -> str:
    return ", ".join(LENGTHS[band] for band in therapy.length) or NOT_KNOWN


def focus(therapy: Therapy) -> str:
    return FOCUSES.get(therapy.focus, NOT_KNOWN)


def structure(therapy: Therapy) -> str:
    return STRUCTURES.get(therapy.structure, NOT_KNOWN)


def stance(therapy: Therapy) -> str:
    return STANCES.get(therapy.stance, "")


def homework(therapy: Therapy) -> str:
    return HOMEWORK.get(therapy.homework, NOT_KNOWN)


TASKS = {"yes": "tasks most weeks", "some": "some tasks", "no": "no tasks"}


def in_short(therapy: Therapy) -> str:
    """What is known of how long it takes, who takes part and tasks: “8 meetings · individual · no tasks”."""
    words = [sessions(therapy), participants(therapy), TASKS.get(therapy.homework, NOT_KNOWN)]
    known = [in_a_sentence(word) for word in words if word != NOT_KNOWN]
    return sentence([" · ".join(known)]) if known else ""


def described(therapy: Therapy, facts: Sequence[str]) -> list[str]:
    """What these functions of this module say of the therapy, without those that say nothing."""
    return [words for name in facts if (words := globals()[name](therapy))]


def in_a_sentence(name: str) -> str:
    """A name as it stands within a sentence: without its capital, unless the first word is an abbreviation."""
    return name if name[1:2].isupper() or name.startswith("I ") else name[:1].lower() + name[1:]


def sentence(words: Sequence[str]) -> str:
    """“a, b and c”, with a capital; empty for no words."""
    if not words:
        return ""
    text = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return text[:1].upper() + text[1:]
