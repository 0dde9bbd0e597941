"""A clinician's line in parts: concerns, age, how severe, wishes; and every word of which nothing was made.

Each word belongs to something that was understood, only joins, or is named as not used: none is dropped in silence.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from therapies.domain import severity
from therapies.domain.codes import find
from therapies.domain.stemming import american, clean, split, squash
from therapies.quick import age_words, shorthand, wish_words
from therapies.quick.parsed import AGED, CaseLine, Chip, Concern
from therapies.quick.shorthand import DENYING, PART_OF_A_NAME, SHORTHAND, Found
from therapies.quick.wish_words import BY_SLUG
from therapies.search.engine import SearchAnswer, search
from therapies.search.hits import Hit
from therapies.search.lexicon import ORDER
from therapies.serving import codes

MOST_CONCERNS = 2
MOST_RUNS = 4  # of words between what was understood, each a search
MOST_WORDS = 5  # that are looked up one by one
MOST_OTHERS = 6
LEAST_BESIDE = 0.4  # how likely a concern has to be that only sounds like what stands beside another
LEAST_OF_A_WORD = 0.8  # and if it is a single word
TOKEN = re.compile(r"[^\W_]+(?:['’‘`´ʼ][^\W_]+)*")
WITH_A_NUMBER = re.compile(r"\b\w*\d\w*\b")
HARD_JOIN = re.compile(r"[+,;&/|]|\b(?:plus|comorbid|co-?morbid)\b", re.IGNORECASE)
EVERYDAY = ("lay", "synonym", "spanish")
OWN_NAMES = ("name", "plain", "alias", "lay", "abbreviation", "short")


def read(text: str) -> CaseLine:
    return _LineReader(text).line


def _likeliest(hit: Hit) -> tuple[int, float, int]:
    """Of what the same words name: by the kind of name, by what stands around it, then what is better known."""
    return ORDER.get(hit.how, len(ORDER)), -round(hit.score, 1), -hit.card.weight


class _LineReader:
    """Reads a line from what is surest, which is codes and names, to what is only likely."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        self.line = CaseLine(self.text, search(text), dropped=len(" ".join(text.split())) > len(self.text))
        self.tokens = [Found(squash(match[0]), match.start(), match.end()) for match in TOKEN.finditer(self.text)]
        self.claimed: list[Found] = []
        self.concerns: list[Concern] = []
        self.chips: list[tuple[str, str, list[Found]]] = []
        self.contrary: list[Found] = []  # ages beside the first one
        self._codes()
        self._ages_severity_and_wishes()
        self._names()
        self._guesses()
        self._ends_of_names()
        self._finish()

    # ── Codes ──

    def _codes(self) -> None:
        shaped = {code.written: Found(code.key, code.start, code.end) for code in reversed(find(self.text))}
        for meaning in codes.read(self.text).meanings:
            place = shaped[meaning.written]
            self.claimed.append(place)
            hits = [hit for hit in search(meaning.written).hits if hit.card.kind == "condition" and hit.how == "code"]
            if hits:
                others = [hit.card for hit in hits[1:]][:MOST_OTHERS]
                self._add(Concern(hits[0], [place], others))
            else:
                self.line.codes.append(meaning)

    # ── Age, severity, wishes: not where they are part of a name, such as “mild cognitive impairment” ──

    def _ages_severity_and_wishes(self) -> None:
        names = self._names_with_such_words()
        kept = [place for place, _ in names]
        of_ages = [place for place, how in names if how not in EVERYDAY]  # “adult ADHD” means the age
        of_severities = [place for place, how in names if how in OWN_NAMES]
        ages = [one for one in age_words.ages(self.text) if not one.overlaps([*self.claimed, *of_ages])]
        if ages:
            self.line.age = ages[0].value
            same = [one for one in ages if one.value == self.line.age]
            self.chips.append(("age", AGED[self.line.age], same))
            self.claimed += ages
            self.contrary = [one for one in ages if one.value != self.line.age]
        self.line.bare = shorthand.without(self.text, ages)
        asked = [Found(match[0], match.start(), match.end()) for match in severity.ASKED.finditer(self.text)]
        asked = [one for one in asked if not one.overlaps([*self.claimed, *of_severities])]
        if asked:
            self.line.severity = severity.read(asked[0].value)
            self.chips.append(("severity", self.line.severity.words if self.line.severity else "", asked[:1]))
            self.claimed += asked[:1]
        by_wish: dict[str, list[Found]] = {}
        for one in wish_words.wishes(self.text):
            if not one.overlaps([*self.claimed, *kept]):
                by_wish.setdefault(one.value, []).append(one)
        for slug, places in by_wish.items():
            self.line.wishes.append(BY_SLUG[slug])
            self.chips.append(("wish", BY_SLUG[slug].name, places))
            self.claimed += places

    def _names_with_such_words(self) -> list[tuple[Found, str]]:
        """The names in the line that hold more than a word of an age, a severity or a wish."""
        hits = [hit for hit in self.line.found.hits if hit.is_name or hit.is_named]
        hits = [hit for hit in hits if hit.card.kind in ("condition", "therapy")]
        found = []
        for hit in hits:
            place = self._place(hit.text, self.tokens) or (self._everything() if hit.is_name else None)
            if place and len(split(hit.text)) > 1:
                found.append((place, hit.how))
        return found

    def _everything(self) -> Found | None:
        return Found("", self.tokens[0].start, self.tokens[-1].end) if self.tokens else None

    # ── Names ──

    def _names(self) -> None:
        rest = self._rest()
        if not rest:
            return
        answer = search(rest)
        if not answer.hits and WITH_A_NUMBER.search(rest):  # such as “G2P1”, which no text of ours knows
            answer = search(WITH_A_NUMBER.sub(" ", rest))
        hits = [hit for hit in answer.hits if hit.is_name or hit.is_named]
        tokens = self._as_searched(answer)
        by_words: dict[str, list[Hit]] = {}
        for hit in hits:
            if hit.card.kind in ("condition", "therapy") and hit.how != "code":
                by_words.setdefault(squash(hit.text), []).append(hit)
        placed: list[tuple[Found, list[Hit]]] = []
        for alike in by_words.values():
            alike.sort(key=_likeliest)
            place = self._place(alike[0].text, tokens)
            if alike[0].is_name and not place:
                place = Found("", tokens[0].start, tokens[-1].end) if tokens else None
            if place is None or place.overlaps(self.claimed):
                continue
            self.claimed.append(place)
            placed.append((place, alike))
        for place, alike in self._meant_together(placed):
            conditions = [hit for hit in alike if hit.card.kind == "condition"]
            if conditions:
                others = [hit.card for hit in conditions[1:]][:MOST_OTHERS]
                self._add(Concern(conditions[0], [place], others))
            else:
                self.line.therapies.append(alike[0])
                self.chips.append(("therapy", alike[0].card.name, [place]))
        self._without_what_is_denied()
        if not self.concerns:
            return
        known = {one.slug for one in self.concerns}
        likely = [hit for hit in answer.hits if hit.card.kind == "condition" and hit.card.slug not in known]
        first = max(self.concerns, key=lambda one: one.hit.score)
        if not first.others and len(self.concerns) == 1:
            first.others = [hit.card for hit in likely if hit.score * 2 >= first.hit.score][:MOST_OTHERS]

    def _meant_together(self, placed: list[tuple[Found, list[Hit]]]) -> list[tuple[Found, list[Hit]]]:
        """Of names that stand for several concerns, the one that they share: “anxiety, postpartum” is one concern."""
        if not 1 < len(placed) <= MOST_RUNS:
            return placed
        by_place = []
        for place, _ in placed:
            hits = search(self.text[place.start : place.end]).hits
            wanted = squash(self.text[place.start : place.end])
            spelled = (hit for hit in hits if hit.card.kind == "condition" and (hit.is_name or hit.is_named))
            by_place.append({hit.card.slug: hit for hit in spelled if hit.is_name or squash(hit.text) == wanted})
        shared = set.intersection(*map(set, by_place))
        return [(place, [hits[slug] for slug in shared] if shared else alike)
                for (place, alike), hits in zip(placed, by_place, strict=True)]  # fmt: skip

    def _without_what_is_denied(self) -> None:
        """“Panic, no depression”: the depression does not count, and the page says so."""
        kept = [one for one in self.concerns if not self._is_denied(one)]
        if kept and len(kept) < len(self.concerns):
            for one in self.concerns:
                if one not in kept:
                    before = self._token_before(one.start)
                    start = before.start if before else one.start
                    place = Found("", start, max(place.end for place in one.places))
                    self.claimed.append(place)
                    self.line.denied.append(self.text[place.start : place.end])
            self.concerns = kept

    def _is_denied(self, concern: Concern) -> bool:
        before = self._token_before(concern.start)
        return bool(before) and before is not None and before.value in DENYING and not before.overlaps(self.claimed)

    def _token_before(self, start: int) -> Found | None:
        return next((token for token in reversed(self.tokens) if token.end <= start), None)

    # ── What is only likely ──

    def _guesses(self) -> None:
        """The likeliest concern of what is left: of all of it if nothing else is known, else of each run of words."""
        runs = self._runs()
        if not self.concerns and not self.line.codes and runs:
            whole = Found("", runs[0][0].start, runs[-1][-1].end)
            is_one = not HARD_JOIN.search(self._rest(whole))
            if is_one and self._guess(list(chain.from_iterable(runs)), 0.0):
                return
            if is_one:
                self._guess_words(list(chain.from_iterable(runs)))
                return
        for run in runs[:MOST_RUNS]:
            self._guess(run, LEAST_BESIDE if self.concerns or self.line.therapies or self.line.codes else 0.0)

    def _ends_of_names(self) -> None:
        """Words such as “dependence” right after the name of a concern belong to it."""
        for before, token in pairwise(self.tokens):
            is_beside = not self.text[before.end : token.start].strip() and not token.overlaps(self.claimed)
            word = "".join(split(self.text[token.start : token.end]))
            for one in self.concerns if is_beside and word in PART_OF_A_NAME else ():
                if before.overlaps(one.places):
                    one.places.append(token)
                    self.claimed.append(token)

    def _guess_words(self, run: Sequence[Found]) -> None:
        """Single words that are names, where all of them together find nothing."""
        telling = [token for token in run if not self._says_nothing(token)]
        for token in telling[:MOST_WORDS]:
            hit = next(iter(search(self.text[token.start : token.end]).hits), None)
            if hit and hit.is_name and hit.card.kind == "condition":
                self.claimed.append(token)
                self._add(Concern(hit, [token]))

    def _guess(self, run: Sequence[Found], least: float) -> bool:
        telling = [place for place, token in enumerate(run) if not self._says_nothing(token)]
        run = run[telling[0] : telling[-1] + 1]
        answer = search(self.text[run[0].start : run[-1].end])
        hits = [hit for hit in answer.hits if hit.card.kind == "condition"]
        top = max((hit.score for hit in answer.hits), default=0.0)
        least = max(least, LEAST_OF_A_WORD) if least and len(run) == 1 else least
        if not hits or hits[0].score < least or (least and hits[0].score * 2 < top):
            return False
        others = [hit.card for hit in hits[1:] if hit.score * 2 >= hits[0].score][:MOST_OTHERS]
        places = list(run)
        self.claimed += places
        self._add(Concern(hits[0], places, others))
        return True

    def _runs(self) -> list[list[Found]]:
        """The words that are left, cut where something was understood or where a sign divides."""
        runs: list[list[Found]] = [[]]
        before = 0
        for token in self.tokens:
            gap = Found("", before, token.start)
            if HARD_JOIN.search(self.text[gap.start : gap.end]) or gap.overlaps(self.claimed):
                runs.append([])
            before = token.end
            if token.overlaps(self.claimed) or HARD_JOIN.fullmatch(token.value):
                runs.append([])
            else:
                runs[-1].append(token)
        return [run for run in runs if any(not self._says_nothing(token) for token in run)]

    # ── Places in the line ──

    def _rest(self, within: Found | None = None) -> str:
        """What is left of the line, for a search."""
        start, end = (within.start, within.end) if within else (0, len(self.text))
        text = SHORTHAND.sub(lambda match: " " * len(match[0]), self.text)
        for place in self.claimed:
            text = f"{text[: place.start]}{' ' * (place.end - place.start)}{text[place.end :]}"
        return shorthand.without(text[start:end], [])

    def _as_searched(self, answer: SearchAnswer) -> list[Found]:
        """The words that are left, spelled as they were searched."""
        left = [token for token in self.tokens if not token.overlaps(self.claimed)]
        words = split(answer.searched)
        if not answer.is_respelled:
            return left
        meant = iter(words)
        typed = split(answer.query)
        if len(typed) != len(words):
            return left
        spelled = dict(zip(typed, meant, strict=True))
        return [
            Found("".join(american(spelled.get(word, word)) for word in split(self.text[token.start : token.end])),
                  token.start, token.end)
            for token in left
        ]  # fmt: skip

    @staticmethod
    def _place(name: str, tokens: Sequence[Found]) -> Found | None:
        """Where a name stands, however it is divided into words."""
        wanted = squash(name)
        for first, token in enumerate(tokens):
            spelled = ""
            for last in tokens[first:]:
                spelled += last.value
                if spelled == wanted:
                    return Found("", token.start, last.end)
                if not wanted.startswith(spelled):
                    break
        return None

    def _says_nothing(self, token: Found) -> bool:
        return shorthand.says_nothing(self.text[token.start : token.end])

    # ── The line as it was understood ──

    def _add(self, concern: Concern) -> None:
        same = next((one for one in self.concerns if one.slug == concern.slug), None)
        if same:
            same.places += concern.places
        else:
            self.concerns.append(concern)

    def _finish(self) -> None:
        line = self.line
        every = sorted(self.concerns, key=lambda one: one.start)
        line.concerns, line.left_out = every[:MOST_CONCERNS], every[MOST_CONCERNS:]
        kinds = [
            (kind, one.hit.card.name, one.places) for kind, one in zip(("concern", "also"), line.concerns, strict=False)
        ]
        line.chips = [
            Chip(kind, name, self._typed(places), line.bare if kind == "age" else shorthand.without(self.text, places))
            for kind, name, places in [*kinds, *self.chips]
        ]
        line.unknown = [self._typed([one]) for one in self.contrary]
        line.unknown += [self._typed(run) for run in self._unused()]

    def _typed(self, places: Iterable[Found]) -> str:
        ordered = sorted(places, key=lambda place: place.start)
        pieces: list[list[Found]] = []
        for place in ordered:
            if pieces and not self.text[pieces[-1][-1].end : place.start].strip(" -/"):
                pieces[-1].append(place)
            else:
                pieces.append([place])
        return " … ".join(self.text[piece[0].start : piece[-1].end] for piece in pieces)

    def _unused(self) -> list[list[Found]]:
        """Runs of words that nothing was made of, without those at their ends that only join."""
        found: list[list[Found]] = []
        for run in self._runs():
            telling = [place for place, token in enumerate(run) if not self._says_nothing(token)]
            run = run[telling[0] : telling[-1] + 1]
            if found and self.text[found[-1][-1].end : run[0].start] == "/":  # as in “6/52”
                found[-1] += run
            else:
                found.append(run)
        return found
