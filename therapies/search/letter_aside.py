"""What a letter says there is not, or was before; and whether the rest signals danger. In doubt it does."""

import re

from therapies.domain.stemming import fold
from therapies.search import letter_codes
from therapies.search.danger import Danger, detect
from therapies.search.letter_grammar import either, listed
from therapies.search.letter_terms import LetterWords
from therapies.search.letter_text import COMMA, JOINING, SENTENCE, Letter
from therapies.search.lexicon import Lexicon

MOST_REACH = 8  # words that one “no” is said of, where no comma and no “but” ends it


def set_aside(letter: Letter) -> None:
    """Marks what the letter denies and what it says was earlier, so that the reading leaves it out."""
    covered = {place for place, token in enumerate(letter.tokens) if letter.at(token)}
    for aside, section in (("no", "no"), ("earlier", "earlier")):
        cue = re.compile(rf"{either(listed(section))}(?!\w)", re.IGNORECASE)
        for place, token in enumerate(letter.tokens):
            if place not in covered and cue.fullmatch(token.text):
                _mark(letter, place, aside)
    _mark_done(letter)
    _mark_unsure(letter)
    none = re.compile(rf"\s*[:-]?\s*{either(listed('none'))}(?=\s*(?:[,.;¶]|$))", re.IGNORECASE)
    for explained in letter.explained:
        if explained.kind not in ("therapy", "format") and none.match(letter.text, explained.end):
            explained.aside = "no"
            letter.taken_back.append((explained.start, explained.end))


DONE = re.compile(rf"[\s,:-]*{either(listed('done'))}(?!\w)", re.IGNORECASE)


def _mark_done(letter: Letter) -> None:
    """A therapy is over where “completed” follows it in the same breath: “CBT x6 completed”."""
    for place, token in enumerate(letter.tokens):
        before = [fold(earlier.text) for earlier in letter.tokens[max(0, place - 2) : place]]
        if not DONE.fullmatch(token.text) or any(word in listed("unfinished") for word in before):
            continue
        near = [found for found in letter.explained if found.kind == "therapy" and not found.aside]
        last = max((found for found in near if found.end <= token.start), key=lambda found: found.end, default=None)
        between = letter.text[last.end : token.start] if last else ""
        if last and len(between) <= MOST_BETWEEN and not STOP.search(between):
            last.aside = "done"


MOST_BETWEEN = 24  # characters between a therapy and “completed”, such as an amount
STOP = re.compile(r"[.;,¶]")
QUESTION = re.compile(r"(?:^|[\s,(])\?\s?$")


def _mark_unsure(letter: Letter) -> None:
    """A question mark before a concern says that nobody is sure of it: “?CPTSD”."""
    for found in letter.explained:
        if found.kind == "condition" and not found.aside and QUESTION.search(letter.text[: found.start]):
            found.aside = "unsure"


def _mark(letter: Letter, cue: int, aside: str) -> None:
    """Marks what stands in the reach of a word such as “no”, over commas too as long as concerns follow one another."""
    end, concerns_only = cue, False
    while end + 1 < len(letter.tokens):
        token = letter.tokens[end + 1]
        concerns_only = concerns_only or token.pause == COMMA
        found = letter.at(token)
        is_joined = token.text in JOINING or fold(token.text) in ("or", "and", "nor")
        if token.pause == SENTENCE or (not found and fold(token.text) in listed("but")):
            break
        if concerns_only and not is_joined and not (found and found.kind == "condition"):
            break
        if end - cue >= MOST_REACH and not found:
            break
        end += 1
    for token in letter.tokens[cue + 1 : end + 1]:
        found = letter.at(token)
        if found and not found.aside:
            found.aside = aside
    if aside == "no" and end > cue:
        first = cue
        while first and not letter.tokens[first].pause and fold(letter.tokens[first - 1].text) in listed("before a no"):
            first -= 1
        letter.denied.append((letter.tokens[first].start, letter.tokens[end].end))
    if aside == "no" and _takes_back_danger(letter, cue, end):
        letter.taken_back.append((letter.tokens[cue].start, letter.tokens[end].end))


def _takes_back_danger(letter: Letter, cue: int, end: int) -> bool:
    """Whether a clinic denies a danger here: “denies SI”, “no thoughts of”. “No one cares” takes nothing back."""
    words = [fold(token.text) for token in letter.tokens[cue : end + 1]]
    sentence = letter.sentence(cue)
    if end == cue or any(fold(token.text) in listed("somebody's own words") for token in sentence):
        return False
    return words[0].startswith("den") or (words[0] in ("no", "nil", "without") and words[1] in listed("no danger"))


def danger(letter: Letter, words: LetterWords, lexicon: Lexicon) -> Danger:
    """Danger in the letter without what it denies, and without names of services such as “crisis team”."""
    services = [
        (found.start, found.end)
        for found in letter.explained
        if found.notes and not found.cards and not words.any_signals_danger(found.notes)
    ]
    text = letter.text
    for start, end in (*letter.taken_back, *services):
        text = text[:start] + "." * (end - start) + text[end:]
    return detect(text, lexicon.phrases, lexicon.words).beside(letter_codes.dangers(letter.diagnoses))
