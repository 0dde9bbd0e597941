"""The forms in which search compares words: folded, American, stemmed, by sound. Pure; reads no database.

The index and the query go through the same functions, so a rule may be rough as long as both follow it.
"""

import re
import unicodedata

MOST_CHARACTERS = 200
WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = re.compile(r"['’‘`´ʼ]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")

# From British to American spelling, for every word of more than four letters.
AMERICAN = [
    (re.compile(r"is(e|ed|es|ing|ation|ations|er|ers)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|al|ally|ful|ite|ites|ism|less)?$"), r"or\1"),
    (re.compile(r"gramme(s?)$"), r"gram\1"),
    (re.compile(r"ll(ing|ed|or|ors|er|ers)$"), r"l\1"),
    (re.compile(r"tre(d|s?)$"), r"ter\1"),
    (re.compile(r"enc(e|es)$"), r"ens\1"),
    (re.compile(r"^focuss"), "focus"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"oe(?=[a-z]{3})"), "e"),
]
NOT_AMERICAN = {"four", "hour", "hours", "your", "yours"}

STOP = frozenset(
    """a about after all also am an and any are as at be been being but by can could did do does doing dont for from
    get gets getting got had has have having he her hers him his how i id if im in into is it its ive just know like lot
    make makes me more most much my myself no not now of off on one or our out over own really s she should so some
    someone something such t than that thats the their them themselves then there these they theyre thing things this
    those to too up us very was way we were what when where which while who whom why will with would you your yours
    de la el los las un una unos unas y o que en con por para mi me se lo le les al del es soy estoy esta muy mas no si
    su sus tu te ya""".split()  # noqa: SIM905
)
# Words that only mean that somebody looks for help; they narrow nothing down.
ASKING = frozenset(
    """therapy therapies therapist therapists treatment treatments treat treating help helps helping best good kind
    kinds type types find looking look look need want cure cures deal dealing cope coping manage managing stop stopping
    advice support counseling counselor counsellor psychotherapy psychotherapist psychologist psychiatrist shrink
    works work option options symptoms symptom recommended effective near online feel feeling feels keep keeps always
    people person please terapia tratamiento ayuda psicologo psicologa problem problems issue issues disorder""".split()  # noqa: SIM905
)


def clean(text: str) -> str:
    """What somebody typed, on one line, without control characters, cut to 200 characters."""
    return " ".join(CONTROL.sub(" ", text[: MOST_CHARACTERS * 4]).split())[:MOST_CHARACTERS]


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def split(text: str) -> list[str]:
    """The words of a text, folded: “Can’t sleep!” gives cant and sleep."""
    return WORD.findall(fold(text))


def american(word: str) -> str:
    """A folded word in American spelling, by rough rules."""
    if len(word) <= 4 or word in NOT_AMERICAN:
        return word
    for pattern, spelling in AMERICAN:
        word = pattern.sub(spelling, word)
    return word


def terms(text: str) -> list[str]:
    """The words of a text, folded and in American spelling."""
    return [american(word) for word in split(text)]


def squash(text: str) -> str:
    """The form in which whole names are compared: the same for “CBT-I”, “cbt i” and “CBTI”."""
    return "".join(terms(text))


def stem(term: str) -> str:
    """A term without its ending: the same for worry, worries, worried and worrying."""
    if len(term) <= 3 or term.isdigit():
        return term
    word = _without_ending(_singular(term))
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The words of a text, each as its stem, in order."""
    return [stem(term) for term in terms(text)]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


ENDINGS = ("ingly", "edly", "fully", "ness", "ing", "ied", "ed", "ly", "ful", "ion", "ive")


def _without_ending(word: str) -> str:
    for ending in ENDINGS:
        rest = word[: -len(ending)]
        if not word.endswith(ending) or len(rest) < 3 or not re.search("[aeiouy]", rest):
            continue
        if ending in ("ion", "ive") and (not rest.endswith(("s", "t")) or len(rest) < 4):
            continue
        if ending == "ied":
            return rest + "y"
        if ending in ("ing", "ed") and len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz":
            return rest[:-1]
        return rest
    return word


# ── Sounds ──

SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(ps|sch|sc(?=[eiy]))", "s"),
        (r"^(s)k", "s"),
        ("t[sz]", "s"),
        ("ph", "f"),
        ("ght", "t"),
        (r"[cs]h(?=[aeiouy])", "x"),
        ("[ck]+|q+u?", "k"),
        ("[sz]+", "s"),
        ("sion|tion|shun", "xn"),
        ("(?<=.)[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
]


def sounding(word: str) -> str:
    """Roughly how a word sounds: the same for skizofrenia and schizophrenia."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word
