"""What a run of words in a letter can mean: the entries that it names, or the curators' line on it. Decides nothing."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from therapies.domain.stemming import ASKING, STOP, american, fold, split
from therapies.letters.grammar import classes, listed, sections
from therapies.search.danger import Phrases, detect
from therapies.search.hits import SearchCard
from therapies.search.lexicon import EntryName, Lexicon, of_release
from therapies.serving import catalogue
from therapies.serving.once import once_a_release

SHORT = 3  # letters; what is no longer is a short form, and counts only as the curators write it
PLAIN = frozenset(
    [word for line in sections()["plain"] for word in line.split()]
    + [fold(word) for name in ("units", "bounds") for words in classes(name).values() for word in words]
    + [fold(word) for name in ("but", "goes on", "if", "labels") for word in listed(name)]
)
MEDICINE = "medication"  # the entry that medicines lead to
LOOSE = ("condition", "technique")  # kinds that a single everyday word leads to: “veteran”, “induction”
KINDS = ("therapy", "format", "condition", "technique", "glossary", "look-alike")  # the first that a name has is meant


@dataclass(frozen=True, slots=True)
class Note:
    """The curators' line on a word of letters, and the entries that it stands for."""

    term: str
    line: str
    cards: tuple[SearchCard, ...] = ()

    @property
    def kind(self) -> str:
        return self.cards[0].kind if self.cards else ""

    @property
    def is_scale(self) -> bool:
        """A line that speaks of a score makes a number beside the word a score."""
        return "score" in self.line


@dataclass(slots=True)
class LetterWords:
    """The curators' words of letters, by their words run together; and those of them that name a scale."""

    notes: dict[str, list[Note]] = field(default_factory=dict)
    scales: tuple[str, ...] = ()
    phrases: Phrases = field(default_factory=Phrases)
    _signals: dict[str, bool] = field(default_factory=dict)  # by line; there are no more of them than notes

    def any_signals_danger(self, lines: Sequence[str]) -> bool:
        """Whether one of the curators' lines itself signals danger, as does that on suicidal ideation."""
        for line in lines:
            if line not in self._signals:
                self._signals[line] = bool(detect(line, self.phrases))
        return any(self._signals[line] for line in lines)


@once_a_release()
def words_of_letters() -> LetterWords:
    """Read once a release, in one query beside those of the lexicon."""
    lexicon = of_release()
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    rows = catalogue.search_synonyms().filter(kind="letter").order_by("slug").values_list("term", "note", "means")
    scales = []
    for term, line, means in rows:
        note = Note(term, line, tuple(card for name in means if (card := card_of(name, lexicon))))
        scales += [term] if note.is_scale else []
        notes[_key(split(term))].append(note)
    return LetterWords(dict(notes), tuple(scales), lexicon.phrases)


def card_of(name: str, lexicon: Lexicon) -> SearchCard | None:
    """The entry of this name, its own rather than another one's; a test sees to it that the shipped rows have one."""
    cards = [lexicon.cards[found.entry] for found in _named(split(name), lexicon)]
    return max(cards, key=lambda card: card.name == name, default=None)


@dataclass(slots=True)
class Explained:
    """Words of the letter and what they mean; several cards or notes where they could mean any of them.

    `aside` says that the letter does not offer it, by a key of ASIDE.
    """

    written: str
    cards: list[SearchCard] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    is_open: bool = False  # whether the letter leaves open which of several meanings it has
    aside: str = ""
    of_another: bool = False  # it only says what kind of a thing the next word is: “telephone assessment”

    def mean(self, notes: Sequence[Note]) -> None:
        """Takes these for all that the words can mean."""
        self.cards = list({card.id: card for note in notes for card in note.cards}.values())
        self.notes = [note.line for note in notes if note.line]
        self.is_open = len(notes) > 1 or (len(self.cards) > 1 and self.kind != "condition")

    @property
    def card(self) -> SearchCard | None:
        return self.cards[0] if len(self.cards) == 1 else None

    @property
    def kind(self) -> str:
        return self.cards[0].kind if self.cards else ""

    @property
    def is_medicine(self) -> bool:
        return any(card.slug == MEDICINE for card in self.cards)

    @property
    def meaning(self) -> str:
        return self.notes[0] if len(self.notes) == 1 else ""

    @property
    def aside_words(self) -> str:
        return ASIDE.get(self.aside, "")


ASIDE = {
    "no": "The letter says no to this.",
    "earlier": "The letter says that this was before.",
    "done": "The letter says that this is completed.",
    "unsure": "Possible: the letter is not sure of it.",
    "other": "The letter says this of somebody else.",
}


def explained(written: str, notes: Sequence[Note], start: int) -> Explained:
    """Words with all that they can mean."""
    found = Explained(written, start=start, end=start + len(written))
    found.mean(notes)
    return found


ALSO_THERAPY = ("counselling", "counseling", "psychotherapy", "treatment")


def key_of(word: str) -> str:
    """A word in the form in which words of letters and names are compared."""
    return _key(split(word))


def may_mean(key: str, last: str, words: LetterWords, lexicon: Lexicon) -> bool:
    """Whether `meant` can find anything for words whose keys are these, run together: it is quick to say no."""
    known = (key in held or key[:-1] in held for held in (words.notes, lexicon.names))
    return any(known) or last.lower() in ALSO_THERAPY


def meant(run: Sequence[str], words: LetterWords, lexicon: Lexicon) -> list[Note]:
    """What a run of words can mean: one note, several where it is open which, none where nothing is known."""
    parts = [part for word in run for part in split(word)]
    notes = [note for note in words.notes.get(_key(parts), []) if _is_written_so(run, note.term)]
    if not notes and _is_plural(parts):
        one = [*run[:-1], run[-1][:-1]]
        notes = [note for note in words.notes.get(_key(parts)[:-1], []) if _is_written_so(one, note.term)]
    return list({note.line: note for note in notes}.values()) or _entries(run, parts, lexicon)


def _entries(run: Sequence[str], parts: list[str], lexicon: Lexicon) -> list[Note]:
    names = [name for name in _named(parts, lexicon) if _may_be_meant(name, run, lexicon)]
    for kind in KINDS:
        of_kind = [name for name in names if lexicon.cards[name.entry].kind == kind]
        if kind == "condition" and of_kind:  # “sleep problems” is a concern of its own before it is a word for insomnia
            nearest = min(map(_how_near, of_kind))
            of_kind = [name for name in of_kind if _how_near(name) == nearest]
        cards = {name.entry: lexicon.cards[name.entry] for name in of_kind}
        if cards:
            return [Note(" ".join(run), "", tuple(cards.values()))]
    return []


def _how_near(name: EntryName) -> int:
    return OWN_NAMES.index(name.how) if name.how in OWN_NAMES else len(OWN_NAMES)


OWN_NAMES = ("name", "plain", "abbreviation", "lay")  # ways in which a word is an entry's own, the nearest first


def names_of(written: str, lexicon: Lexicon) -> list[EntryName]:
    """The names of entries that are exactly these words."""
    return lexicon.names.get(_key(split(written)), [])


def _named(parts: Sequence[str], lexicon: Lexicon) -> list[EntryName]:
    """The names that these words are; if none, as a plural, or with “counseling” where a name says “therapy”."""
    names = lexicon.names.get(_key(parts), [])
    if not names and _is_plural(parts):
        names = lexicon.names.get(_key(parts)[:-1], [])
    if not names and len(parts) > 1 and parts[-1] in ALSO_THERAPY:
        names = lexicon.names.get(_key([*parts[:-1], "therapy"]), [])
    return names


def _key(parts: Sequence[str]) -> str:
    return "".join(american(part) for part in parts)


def _is_plural(parts: Sequence[str]) -> bool:
    return bool(parts) and len(parts[-1]) > SHORT and parts[-1].endswith("s")


def _is_written_so(run: Sequence[str], term: str) -> bool:
    """“HI” in capitals is high intensity, and “hi” a greeting; “pt” is the patient, and “PT” physical therapy."""
    written = "".join(run)
    if written.isdigit() or term.endswith("/"):
        return written == term
    if "/" in term or ("/" in written and len(_key(split(term))) <= SHORT):
        return written.lower() == term.lower()
    is_mixed = not term.isupper() and term[1:] != term[1:].lower()  # “MEd”, and not “meds”
    is_alike = term.isupper() == written.isupper() and not is_mixed
    return len(_key(split(term))) > SHORT or is_alike or term == written


def _may_be_meant(name: EntryName, run: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the writer of a letter is likely to use these words as a name of the entry."""
    word = fold(run[0]) if len(run) == 1 else ""
    if word.isdigit() and name.text != word:
        return False
    card = lexicon.cards[name.entry]
    kind = card.kind
    if word and kind in LOOSE and name.how in ("synonym", "alias", "lay") and word not in split(card.name):
        return False
    asks = word in ASKING and kind != "format" and name.how != "name"
    if (name.how in ("phrase", "title") and word not in split(card.name)) or (
        word and (word in STOP or asks or word in PLAIN)
    ):
        return bool(word and word.upper() == run[0] and len(word) > 1 and name.how == "abbreviation")
    is_short = name.how in ("abbreviation", "short")
    if word and (len(word) < SHORT or (is_short and word in lexicon.ordinary)):
        return run[0].isupper()
    return not (name.how == "synonym" and kind == "condition" and len(run) > 4)


def explains_itself(word: str, lexicon: Lexicon) -> bool:
    """Whether a word needs no explanation: the catalogue's own texts use it, and it is no short form or number."""
    folded = fold(word)
    if folded in PLAIN or (len(folded) < 2 and not folded.isdigit()):
        return True
    if ORDINAL.fullmatch(folded):
        return True
    is_short_form = sum(letter.isupper() for letter in word) > 1 or any(letter.isdigit() for letter in word)
    return not is_short_form and (folded in STOP or folded in lexicon.ordinary or _singular(folded) in lexicon.ordinary)


ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def _singular(word: str) -> str:
    return re.sub(r"(?:['’]s|s|ed|d|ing)$", "", word)
