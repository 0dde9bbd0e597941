"""Does a text signal danger to somebody? Pure: text and the curators' phrases in, kinds of danger out.

It decides only whether the help panel stands above the results; it never hides or changes them, and keeps nothing.
When in doubt it says yes: a panel too many costs a glance.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import OSA

from therapies.danger_grammar import CLASSES, FIGURATIVE, PATTERNS
from therapies.wordforms import fold

MASK = "·"  # stands where figurative words were; no pattern reaches over it
SPOKEN = {
    "im": "i am", "ive": "i have", "ill": "i will", "id": "i would", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "cant": "can not", "cannot": "can not", "couldnt": "could not", "wont": "will not", "wouldnt": "would not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "aint": "is not", "hasnt": "has not", "havent": "have not",
    "hadnt": "had not", "shouldnt": "should not", "wanna": "want to", "gonna": "going to", "gunna": "going to", "gotta": "got to",
    "hes": "he is", "shes": "she is", "theyre": "they are", "youre": "you are", "thats": "that is", "whats": "what is",
    "theres": "there is", "everyones": "everyone is", "everybodys": "everybody is", "lifes": "life is", "u": "you", "ur": "your",
    "r": "are", "n": "and", "ya": "you", "abt": "about", "bout": "about", "rn": "now", "tn": "tonight", "2nite": "tonight",
    "2night": "tonight", "tmrw": "tomorrow", "2": "to", "4ever": "forever", "bc": "because", "cuz": "because", "cos": "because",
    "myslf": "myself", "mself": "myself", "meself": "myself", "mysef": "myself", "mysefl": "myself", "myselfs": "myself",
    "hisself": "himself", "ppl": "people", "sum1": "someone", "som1": "someone", "sb": "someone", "every1": "everyone",
    "kil": "kill", "kll": "kill", "klil": "kill", "kiil": "kill", "kiling": "killing", "killin": "killing", "dieing": "dying",
    "dye": "die", "dieded": "died", "wrld": "world", "nomore": "no more", "alot": "a lot", "gf": "girlfriend", "bf": "boyfriend",
    "hubby": "husband", "hurtin": "hurting", "cuttin": "cutting", "cuting": "cutting", "wan": "want to", "wnt": "want",
    "wnna": "want to", "wana": "want to", "dnt": "do not", "doe": "do", "dosent": "does not", "dosnt": "does not", "wat": "what",
    "sh1": "sh", "oding": "oding", "ltr": "later", "q": "que", "xq": "porque", "nolonger": "no longer", "anylonger": "any longer",
    "endit": "end it", "enditall": "end it all", "killmyself": "kill myself", "hurtmyself": "hurt myself", "cutmyself": "cut myself",
    "wanttodie": "want to die", "iwanttodie": "i want to die", "harmmyself": "harm myself", "self-harm": "self harm", "whos": "who is",
    "whose": "who is", "itd": "it would", "hed": "he would", "ud": "you would", "somebodys": "somebody is", "nobodys": "nobody is",
    "wanting2": "want to", "want2": "want to", "need2": "need to", "going2": "going to", "suey": "suicide", "sewerslidal": "suicidal",
    "sui": "suicide", "suisidal": "suicidal", "suacidal": "suicidal", "sueside": "suicide", "sooicide": "suicide", "siucide": "suicide",
}  # fmt: skip
FILLERS = frozenset(
    """really just so very fucking fuckin freaking frickin effing fuck honestly literally actually kinda sorta even ever still
    sometimes simply totally completely fully badly truly seriously maybe perhaps basically legit lowkey highkey lol lmao omg ugh
    tbh ngl idk pls plz bro man dude guys dear god oh hey hi um uh well please quite pretty sooo always constantly often
    absolutely definitely probably desperately already damn bloody""".split()  # noqa: SIM905
)
# Words of danger that are long and strange enough to be recognized when misspelled.
DISTINCT = (
    "suicide suicidal suicides myself himself herself themselves overdose overdosed overdosing strangle strangled hurting "
    "harming killing cutting abused abusive abusing violent violence murder anymore tomorrow living unalive poison jumping "
    "hanging molested molest assaulted assault threatened threatening swallowed tablets goodbye forever disappear worthless "
    "suicidio suicidarme matarme autolesion emergency burden breathe beating punched strangling bleeding"
).split()
NOT_MISSPELLED = frozenset(
    """filling billing willing milling drilling skilling killings hunting curing putting cuffing culling bumping pumping hinging
    banging hailing ranging amused amusive passive livings loving giving driving diving having reason person prison poising
    emergence bearing heating seating eating meeting bleeding bleating breath breather breathes breathed burdens violet
    violin talents tablet tables stable gargle struggle struggled forget mother moldy assumed assured assign morbid smurfed
    farming warming arming hearing herding cooking calling asking lying trying himself assail tenders""".split()  # noqa: SIM905
)
LEET = str.maketrans("013457@$!|", "oieastasii")


@dataclass(frozen=True, slots=True)
class Danger:
    """What a text signals. Empty kinds: nothing."""

    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The curators' rows, ready to be looked for: (kind, pattern) of danger, and patterns of what only sounds so."""

    danger: tuple[tuple[str, re.Pattern[str]], ...] = ()
    figurative: tuple[re.Pattern[str], ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)


def phrases(rows: Iterable[tuple[str, str, bool]]) -> Phrases:
    """Rows (phrase, kind, figurative) in the form that `detect` takes."""
    danger, figurative, words = [], [], set()
    for phrase, kind, is_figurative in rows:
        said = normal(phrase)
        words.update(said)
        pattern = re.compile(r"(?<!\S)" + "".join(re.escape(word) + " " for word in said))
        if is_figurative:
            figurative.append(pattern)
        elif said:
            danger.append((kind, pattern))
    return Phrases(tuple(danger), tuple(figurative), frozenset(words))


def detect(text: str, known: Phrases = Phrases(), real_words: Collection[str] = ()) -> Danger:  # noqa: B008
    """The kinds of danger that a text signals, in a fixed order.

    `real_words` are words that are never taken for a misspelling of something else.
    """
    said = "".join(word + " " for word in normal(text, real_words, known.words))
    if not said:
        return Danger()
    for figure in (*known.figurative, *_figurative()):
        said = figure.sub(MASK + " ", said)
    kinds = {kind for kind, pattern in (*_patterns(), *known.danger) if pattern.search(said)}
    order = dict.fromkeys([kind for kind, _ in PATTERNS])
    return Danger(tuple(kind for kind in order if kind in kinds))


# ── The form in which a text is read ──


def normal(text: str, real_words: Collection[str] = (), more: Collection[str] = ()) -> list[str]:
    """Folded words with short forms written out, fillers and disguises gone, and words of danger spelled right."""
    words: list[str] = []
    for token in _spelled_out(fold(text)[:400]).split():
        word = _undisguised(token)
        for part in SPOKEN.get(word, word).split():
            if part not in FILLERS:
                words.append(_corrected(part, real_words, more))
    return words


def _spelled_out(text: str) -> str:
    """Single letters with dots, dashes or spaces between them make a word: “k.m.s”, “d i e”."""
    text = re.sub(r"(?<!\w)(\w)(?:[.\-_ ](\w)(?!\w)){2,}", lambda found: re.sub(r"[.\-_ ]", "", found.group()), text)
    return re.sub(r"[^\w*@$!|]+|_", " ", text)


def _undisguised(token: str) -> str:
    if "*" in token:
        token = _starred(token)
    if re.search(r"[a-z]", token):
        token = token.rstrip("!|$@")
        token = token.translate(LEET) if re.search(r"[a-z][0-9@$!|]|[0-9@$!|][a-z]", token) and token not in SPOKEN else token
    token = re.sub(r"[^a-z0-9]", "", token)
    return re.sub(r"(\w)\1{2,}", r"\1" if not token.endswith("lll") else r"\1\1", token)


def _starred(token: str) -> str:
    shape = re.compile("".join(r"\w{0,2}" if letter == "*" else re.escape(letter) for letter in token))
    hidden = ("suicide", "suicidal", "kill", "die", "rape", "raped", "killing", "cutting", "cut", "overdose", "death", "dead")
    return next((word for word in hidden if len(word) >= len(token) and shape.fullmatch(word)), token.replace("*", ""))


def _corrected(word: str, real_words: Collection[str], more: Collection[str]) -> str:
    if len(word) < 5 or word in _known() or word in more or word in real_words or word in NOT_MISSPELLED:
        return word
    if re.match(r"s[uo]i?[cs]i?[dcs]", word) or re.match(r"su+[iye]c[iye]?d", word):
        return "suicide"
    for target in DISTINCT:
        allowed = 2 if len(target) >= 8 and len(word) >= 7 else 1
        if word[0] == target[0] and OSA.distance(word, target, score_cutoff=allowed) <= allowed:
            return target
    return word


@cache
def _known() -> frozenset[str]:
    """Every word that the tables name is spelled right."""
    text = " ".join([*CLASSES.values(), *(pattern for _, pattern in PATTERNS), *FIGURATIVE])
    return frozenset(re.findall(r"[a-z]+", text))


# ── The tables as regular expressions ──


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, compiled(pattern)) for kind, pattern in PATTERNS)


@cache
def _figurative() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(pattern) for pattern in FIGURATIVE)


GAPS = {"_": r"(?:\w+ ){0,2}?", "__": r"(?:\w+ ){0,5}?"}


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the tables as a regular expression over words that are each followed by a space."""
    return re.compile(r"(?<!\S)" + _sequence(pattern))


def _sequence(pattern: str) -> str:
    return "".join(_item(item) for item in _items(pattern))


def _items(pattern: str) -> Iterator[str]:
    """The parts of a sequence: words, gaps, (groups), [optional words] and {classes}, each with its “?”."""
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == " ":
            place += 1
            continue
        end = _end(pattern, place)
        yield pattern[place:end]
        place = end


def _end(pattern: str, start: int) -> int:
    if pattern[start] in "^$":
        return start + 1
    if pattern[start] in "([{":
        closing, depth = start, 0
        while True:
            depth += (pattern[closing] in "([{") - (pattern[closing] in ")]}")
            closing += 1
            if depth == 0:
                return closing + 1 if pattern[closing : closing + 1] == "?" else closing
    place, depth = start, 0
    while place < len(pattern) and (depth or pattern[place] not in " $"):
        depth += (pattern[place] in "([") - (pattern[place] in ")]")
        place += 1
    return place


def _item(item: str) -> str:
    if item in GAPS:
        return GAPS[item]
    if item == "$":
        return "$"
    if item == "^":
        return "^"
    missing = "?" if item.endswith("?") and item[0] in "([{" else ""
    inside = item.removesuffix("?")[1:-1] if item[0] in "([{" else ""
    match item[0]:
        case "(":
            return "(?:" + "|".join(_sequence(part) for part in _alternatives(inside)) + ")" + missing
        case "[":
            return "(?:" + _sequence(inside) + ")?"
        case "{":
            return "(?:" + "|".join(_sequence(part) for part in CLASSES[inside].split("|")) + ")" + missing
    return "(?:" + item.replace("(", "(?:") + ") "


def _alternatives(inside: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(inside):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "|" and depth == 0:
            parts.append(inside[start:place])
            start = place + 1
    return [*parts, inside[start:]]
