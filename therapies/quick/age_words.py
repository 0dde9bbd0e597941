"""Of what age somebody is, in the words of a clinician's line: “8 year old”, “58F”, “in her 70s”, “teen”. Pure."""

import re
from collections.abc import Iterator

from therapies.quick.shorthand import Found

LEAST_YEARS = (("child", 0), ("adolescent", 12), ("adult", 18), ("older", 65))
OLDEST = 120
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
WRITTEN_NUMBERS = {word: number for number, word in enumerate(NUMBERS.split())}
YEARS = r"(?:years?|yrs?|a[nñ]os)"
UP_TO = r"(?:\d{1,2} ?(?:-|–|to) ?)?"  # of “12-17 years old” the last number counts
SEX = r"(?:[ -]?(?:males?|females?|boys?|girls?|man|woman|lady|gentleman|[mf])\b)?"
AGED = re.compile(
    rf"\b{UP_TO}(?P<old>\d{{1,3}}|{NUMBERS.replace(' ', '|')})[ -]*(?:{YEARS}|y)[ -]*olds?\b{SEX}"
    rf"|\b{UP_TO}(?P<yo>\d{{1,3}}) ?-?(?:y\.?[ /]?o\b\.?|y\b){SEX}"
    rf"|\b(?:aged?|age of)\b:? ?(?P<aged>\d{{1,3}})\b{SEX}"
    r"|(?<!of )(?<!=)(?<!score )\b(?P<sexed>\d{1,3}) ?(?:males?|females?|boy|girl|man|woman|lady|gentleman|[mf])\b"
    r"|\b(?:males?|females?|man|woman|boy|girl|lady|gentleman),? (?P<after>\d{1,3})\b(?! ?(?:/|weeks|months|days))"
    r"|\b(?:in (?:her|his|their|my) )?(?:(?:early|mid|late)[ -])?(?P<decade>[1-9]0)['’]?s\b"
    rf"|\b(?:over|above|older than)[ -]?(?P<over>\d{{1,2}})s?\b(?! *(?:sessions|meetings|weeks|months|days|{YEARS} of))"
    r"|\b(?P<plus>\d{2})\+(?=[\s,]|$)"
    r"|\b(?:under|below|younger than)[ -]?(?P<under>\d{1,2})s?\b"
    rf"|\b{UP_TO}(?P<years>\d{{1,3}})[ -]*{YEARS}\b{SEX}",
    re.IGNORECASE,
)
LASTED = re.compile(
    r"\b(?:for|over|past|last|x|since|after|of|sober|clean|abstinent|married|about|around|~)\s*$", re.IGNORECASE
)
LASTING = re.compile(
    r"\s*(?:of\b|history|hx\b|ago|sober|clean|abstinent|married|duration|course|since|now\b|into)", re.IGNORECASE
)
SMALL = re.compile(
    r"\b\d{1,2}[ -]*(?:months?|mths?|weeks?|wks?|days?)[ -]*olds?\b|\bnewborns?\b|\binfants?\b", re.IGNORECASE
)
NAMED = {
    "older": r"older (?:adults?|people|person|man|woman|men|women|lady|gentleman)|old age|elderly|seniors?|geriatric"
    r"|pensioners?|oap",
    "adolescent": r"adolescentes?|adolescen(?:ts?|ce)|teen(?:s|aged?|agers?|age (?:girl|boy)s?)?|cyp|youths?"
    r"|young (?:person|people)",
    "child": r"child(?:ren)?|niñ[oa]s?|kids?|toddlers?|preschoolers?|(?:primary|elementary) school|boys?|girls?"
    r"|pa?ediatric",
    "adult": r"adults?|working age",
}
AGE_WORDS = re.compile("|".join(rf"\b(?P<{age}>{words})\b" for age, words in NAMED.items()), re.IGNORECASE)
SOMEBODYS = re.compile(
    r"\b(?:her|his|their|my|of|has|have|with|no|\d+|two|three|four) (?:young |small )?$", re.IGNORECASE
)
PLURAL = ("kids", "children", "boys", "girls", "teens", "teenagers")  # “with two kids” tells no age


def age_of(years: int) -> str:
    return [age for age, least in LEAST_YEARS if years >= least][-1]


def ages(text: str) -> list[Found]:
    """Every age that a line names, years before words: a girl of 15 is a teenager."""
    found = [*_in_years(text), *(Found("child", match.start(), match.end()) for match in SMALL.finditer(text))]
    found.sort(key=lambda one: one.start)
    for match in AGE_WORDS.finditer(text):
        named = Found(match.lastgroup or "", match.start(), match.end())
        is_somebodys = match[0].lower() in PLURAL and SOMEBODYS.search(text[: match.start()])
        if not is_somebodys and not named.overlaps(found):
            found.append(named)
    return found


def _in_years(text: str) -> Iterator[Found]:
    for match in AGED.finditer(text):
        how = match.lastgroup or ""
        written = match[how].lower()
        years = WRITTEN_NUMBERS[written] if written in WRITTEN_NUMBERS else int(written)
        if how == "years" and (LASTED.search(text[: match.start()]) or LASTING.match(text[match.end() :])):
            continue  # how long it has lasted
        if years <= OLDEST:
            yield Found(age_of(max(0, years - 1) if how == "under" else years), match.start(), match.end())
