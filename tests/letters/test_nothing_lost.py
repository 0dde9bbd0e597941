"""Letters made of phrases: no word that bears meaning vanishes, and no number is shown that was not said."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Site
from therapies.letters import marked
from therapies.letters.grammar import listed
from therapies.letters.reading import read
from therapies.letters.terms import explains_itself
from therapies.search.lexicon import of_release

UNITS = ("session", "minute", "week", "month", "hour")
SAID = """
CBT|group|we are unable to offer you therapy|no further therapy offered|not suitable for|declined|blorp|for depression
discharged without|individual|not eligible|weekly|on the waiting list|with a PWP|adolescent|at school|XQZ|never seen
has not been|if you cannot come|no need for that|previous EMDR|in Reading|PHQ-9|and|then|by phone|He refused|two terms
"""
SHAPES = """
up to {} {}s|no more than {} {}s|at least {} {}s|{} {}s|a further {} {}s|extended by {} {}s|after {} {}s|for {} {}s
{}-{} course|{} more {}s|every {} {}s|a wait of {} {}s|reduced to {} {}s|missed {} {}s|{} {}s maximum
"""
PHRASES = st.sampled_from(SAID.strip().replace("\n", "|").split("|"))
AMOUNTS = st.tuples(
    st.sampled_from(SHAPES.strip().replace("\n", "|").split("|")), st.integers(2, 60), st.sampled_from(UNITS)
)
PAUSES = st.sampled_from([" ", ", ", ". ", "; ", " (", ") ", "\n"])


def made(parts: list[tuple[str | tuple[str, int, str], str]]) -> str:
    return "".join((part if isinstance(part, str) else part[0].format(*part[1:])) + pause for part, pause in parts)


@given(st.lists(st.tuples(PHRASES | AMOUNTS, PAUSES), min_size=1, max_size=9))
def test_every_word_is_marked_or_listed_and_every_number_is_said(
    site: Site, parts: list[tuple[str | tuple[str, int, str], str]]
) -> None:
    letter = made(parts)
    offer = read(letter)
    paper = "".join(piece.text if piece.number else "\n" for piece in marked.of(offer).pieces)
    shown = "\n".join([paper, *offer.unknown])
    words = re.findall(r"[^\W\d_]+(?:['’-]\w+)*", letter)
    lost = [word for word in words if not explains_itself(word, of_release()) or word.lower() in listed("no")]
    assert [word for word in lost if word not in shown] == []
    stated = {(str(part[1]), part[2]) for part, _ in parts if not isinstance(part, str)}
    said = " | ".join(meaning for _, meaning in offer.said)
    assert {*re.findall(rf"(\d+) (?:more )?({'|'.join(UNITS)})", said)} <= stated


@given(st.integers(2, 60), st.integers(2, 60), st.sampled_from(UNITS))
def test_a_change_states_what_there_is_now(site: Site, low: int, high: int, unit: str) -> None:
    (amount,) = read(f"changed from {low} to {high} {unit}s").amounts
    assert amount.amount
    assert (amount.amount.low, amount.amount.high) == (high, high)
