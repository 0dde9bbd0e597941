"""Whether a letter signals danger, without what a clinic says there is none of. In doubt it does."""

from therapies.letters.amounts import AmountKind
from therapies.letters.codes import dangers
from therapies.letters.terms import LetterWords
from therapies.letters.text import Letter
from therapies.search.danger import Danger
from therapies.search.danger import detect as detect_in
from therapies.search.lexicon import Lexicon

NAMED = "suicidal-thoughts"  # the concern whose name alone signals it, in whatever short form


def detect(letter: Letter, words: LetterWords, lexicon: Lexicon) -> Danger:
    """Danger in the letter without what it denies, without names of services such as “crisis team”, and without doses:

    “40 mg od” is once a day."""
    services = [
        (found.start, found.end)
        for found in letter.explained
        if found.notes and not found.cards and not words.any_signals_danger(found.notes)
    ]
    text = letter.text
    doses = [span for amount in letter.amounts if amount.kind is AmountKind.DOSE for span in amount.spans]
    for start, end in (*letter.taken_back, *services, *doses):
        text = text[:start] + "." * (end - start) + text[end:]
    named = {"suicide" for found in letter.explained if not found.aside and found.card and found.card.slug == NAMED}
    return detect_in(text, lexicon.phrases, lexicon.words).beside({*dangers(letter.diagnoses), *named})
