"""What to know first of a concern: short things, one a line of its field, each a heading and then a few words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

COUNT, HEADING_WORDS, WORDS = 2, 6, 24
IN_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")  # figures from ten on
HELP = (
    f"Two lines: what it is, and how it goes with time or what else gives heart. The first sentence of a line is "
    f"its heading, of at most {HEADING_WORDS} words; then at most {WORDS} words, with a [^source] mark on a claim. "
    "From the texts below, no new facts. How many therapies guidelines recommend is added from what is on file."
)


@dataclass(frozen=True, slots=True)
class Thing:
    """`words` may have marks of sources."""

    heading: str
    words: str


def read(text: str) -> list[Thing]:
    """The things, none where they are not in order."""
    return [_thing(line) for line in text.splitlines() if line.strip()] if text and not faults(text) else []


def faults(text: str) -> list[str]:
    """What is wrong with the things of a concern that has some, in words."""
    things = [_thing(line) for line in text.splitlines() if line.strip()]
    found = [] if len(things) == COUNT else [f"{len(things)} lines instead of {COUNT}"]
    for thing in things:
        if not thing.words:
            found.append(f"“{thing.heading}” is not a heading and then words")
        if len(thing.heading.split()) > HEADING_WORDS:
            found.append(f"“{thing.heading}” has more than {HEADING_WORDS} words")
        if len(thing.words.split()) > WORDS:
            found.append(f"“{thing.words}” has more than {WORDS} words")
    return found


def of_therapies(recommended: Sequence[str], options: int, beside: int, differing: int, researched: int) -> Thing:
    """What is on file of therapies for it: the names of those recommended, and how many more there are."""
    listed = f"{_count(options, 'is', 'are')} listed as {'options' if options > 1 else 'an option'}."
    if len(recommended) > 1:
        return Thing(
            "More than one therapy can help",
            f"Guidelines recommend {_in_words(len(recommended))} of those on file."
            + (f" {listed.replace(' ', ' more ', 1)}" if options else " They work in different ways."),
        )
    if recommended:
        also = f" {listed.replace(' ', ' more ', 1)}" if options else ""
        return Thing("One therapy is recommended", f"A guideline recommends {recommended[0]}.{also}")
    if options:
        return Thing("There are options to try", f"Guidelines put none of them first. {listed}")
    if beside:
        return Thing(
            "It goes with other treatment", f"{_count(beside, 'is', 'are')} recommended beside other treatment."
        )
    if differing:
        return Thing("Guidelines differ", "Some are for a therapy and some against it. Each one's words are below.")
    if researched:
        return Thing("Research has looked at some", "What studies found is below, with who says so.")
    return Thing("Little is on file yet", "It does not mean that nothing helps. What is known is below.")


def _count(many: int, one: str, several: str) -> str:
    return f"{_in_words(many).capitalize()} {several if many > 1 else one}"


def _in_words(many: int) -> str:
    return IN_WORDS[many] if many < len(IN_WORDS) else str(many)


def _thing(line: str) -> Thing:
    heading, _, words = line.strip().partition(". ")
    return Thing(heading.rstrip("."), words.strip())
