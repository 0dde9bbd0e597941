"""Emergency numbers and crisis lines by country (/help-now/). The country is in the address; nobody guesses it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from therapies.models import CrisisLine
from therapies.serving import catalogue
from therapies.serving.once import once_a_release
from therapies.serving.query import OneValue, QueryForm, Switch
from therapies.serving.render import page

MOST_AT_ONCE = 3  # lines of a country, before the others unfold
# The countries that the help panel and handouts name where the reader's own is not known; the second for Spanish words.
FEW = ("us", "gb", "ca", "au")
ENGLISH_SPOKEN = ("au", "ca", "ie", "nz", "gb", "us")  # first in the choice: most readers of English are there
FEW_IN_SPANISH = ("us", "mx", "es", "ar")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as written, and the digits to dial ("" where a phone cannot dial it from a page)."""

    label: str
    dial: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    line: CrisisLine
    phones: list[PhoneNumber]
    texts: list[PhoneNumber]

    @property
    def note(self) -> str:
        """Hours, languages, cost, and how far the number is checked."""
        languages = f"{self.line.languages.replace('; ', ', ')}." if self.line.languages else ""
        cost = {"yes": "Free.", "no": "Not free."}.get(self.line.free, "")
        return " ".join(filter(None, [self.hours, languages, cost, _how_checked(self.line)]))

    @property
    def hours(self) -> str:
        hours = self.line.hours or "hours not known"
        return f"{hours[0].upper()}{hours[1:]}."


def _how_checked(line: CrisisLine) -> str:
    if line.checked:
        return f"Checked on {line.checked_on}." if line.checked_on else "Checked."
    dated = line.source_date if line.source_date != "not dated" else ""
    when = f"dated {dated.replace('; ', ', ')}" if dated else "without a date"
    return f"Seen in a source {when}; not yet checked by us."


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a country that are for the same thing. Those for anybody in a crisis are open from the start."""

    title: str
    lines: list[HelpLine]
    open: bool

    @property
    def first(self) -> list[HelpLine]:
        """As many as can be read in a crisis; all, where one more is left."""
        return self.lines if len(self.lines) <= MOST_AT_ONCE + 1 else self.lines[:MOST_AT_ONCE]

    @property
    def rest(self) -> list[HelpLine]:
        return self.lines[len(self.first) :]


@dataclass(slots=True)
class Country:
    name: str
    slug: str
    emergency: list[HelpLine] = field(default_factory=list)
    lines: list[HelpLine] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("help_now", query={"country": self.slug})

    @property
    def numbers(self) -> list[PhoneNumber]:
        """The emergency numbers."""
        return [number for item in self.emergency for number in item.phones]

    @property
    def emergency_notes(self) -> list[str]:
        """What is known of the emergency numbers: once where it is the same for all."""
        notes = {item.note for item in self.emergency}
        if len(notes) == 1:
            return list(notes)
        return [f"{', '.join(number.label for number in item.phones)}: {item.note}" for item in self.emergency]

    @property
    def only_service(self) -> str:
        """“police” where the only number on show reaches the police alone, as in “117 (police)”."""
        found = re.search(r"\((.+)\)", self.numbers[0].label) if len(self.numbers) == 1 else None
        return found[1] if found else ""

    @property
    def has_line_for_suicide(self) -> bool:
        return any(item.line.about in FOR_ANYBODY for item in self.lines)

    @property
    def groups(self) -> list[Group]:
        by_use = [(use, [item for item in self.lines if item.line.about == use]) for use in CrisisLine.ABOUT]
        by_use = [(use, lines) for use, lines in by_use if lines]
        has_some = any(use in FOR_ANYBODY for use, _ in by_use)
        return [
            Group(CrisisLine.ABOUT[use], lines, use in FOR_ANYBODY or (not has_some and index == 0))
            for index, (use, lines) in enumerate(by_use)
        ]


# ── The page ──


class OneCountry(OneValue):
    """A country by its code or its name; None where none is written or we have no lines for it."""

    message = "We have no lines for “{}”. Look for your country in the list."

    def read(self, written: str) -> Country | None:
        found = _by_name().get(written.casefold()) if written else None
        self.unknown = [written] if written and found is None else []
        return found


class HelpForm(QueryForm):
    """`every` asks for all countries on one page, to print or to keep."""

    country = OneCountry()
    every = Switch()


def help_now(request: HttpRequest) -> HttpResponse:
    form = HelpForm(request.GET)
    context = {
        "country": form.value("country"),
        "every": form.value("every"),
        "countries": countries(),
        "choice": choice(),
        "directories": directories(),
        "messages": form.messages(),
    }
    return page(request, "therapies/site/help_now.html", context, status=form.status)


@once_a_release()
def countries() -> list[Country]:
    """Every country with its emergency numbers and lines, by name; one query."""
    found: dict[str, Country] = {}
    for line in catalogue.crisis_lines().exclude(kind="directory").order_by("country", "order", "line_name"):
        country = found.setdefault(line.country, Country(line.country, line.iso2.lower() or "other"))
        if line.kind == "emergency" and line.emergency_number:
            country.emergency.append(HelpLine(line, numbers(line.emergency_number), []))
        else:
            country.lines.append(HelpLine(line, numbers(line.phone), numbers(line.text)))
    return list(found.values())


def choice() -> list[list[Country]]:
    """The countries in two lists to choose from, each by name: where English is spoken, and the others."""
    near = [country for country in countries() if country.slug in ENGLISH_SPOKEN]
    return [near, [country for country in countries() if country not in near]]


@once_a_release()
def _by_name() -> dict[str, Country]:
    return {key.casefold(): country for country in countries() for key in (country.name, country.slug)}


def directories() -> list[CrisisLine]:
    return list(catalogue.crisis_lines().filter(kind="directory"))


# ── Numbers ──

BETWEEN = re.compile(r"(?:\s+or\s+|;\s*)(?![^(]*\))")  # not within brackets


def numbers(written: str) -> list[PhoneNumber]:
    """“116 123 or 988; TTY 1-800-1” as separate numbers; the digits are those of the number itself."""
    return [PhoneNumber(part.strip(), _dial(part)) for part in BETWEEN.split(written) if part.strip()]


def _dial(part: str) -> str:
    """The digits: after “to” in “HELP to 4357”, before “then” in “988 then press 1”.

    There are none for a WhatsApp number, which is no number for texts, and for “*4141”: phones refuse to dial a star
    from a page.
    """
    number = re.split(r"\bto\b", re.split(r"\bthen\b|\(", part)[0])[-1]
    if "whatsapp" in part.casefold() or re.search(r"[*#]", number):
        return ""
    return "".join(re.findall(r"[\d+]", number))


# ── In short: above search results, and on paper ──

FOR_ANYBODY = ("", "suicide")
POISON = "poison"  # a danger beside those that a search tells apart
TAKEN = r"\b(?:t[oa]ok|taken?|taking|swallow\w*|dr[aiu]nk\w*|ate|eaten|eating|licked|inhaled)\b(?:\s+\S+){0,4}?\s+"
HARMFUL = r"(?:bleach|antifreeze|pesticides?|cleaner|detergent|chemicals?|batter(?:y|ies)|mushrooms?|berries)\b"
MANY = r"(?:too (?:much|many)|all (?:of )?(?:my|his|her|the|their)|bottle|pack|box|lots?|bunch|handful|\d\d+)\b"
OF_POISON = re.compile(rf"\bpoison|\boverdos|\bod(?:ed|ing)?\b|{TAKEN}(?:{HARMFUL}|{MANY})", re.IGNORECASE)
FOR_DANGER = {  # by the kind of danger in a search; a line for poisoning only where the words speak of it
    "abuse": ("abuse", "sexual-violence"),
    "eating-emergency": ("eating",),
    POISON: ("poison",),
}


@dataclass(frozen=True, slots=True)
class InShort:
    """A country's emergency numbers and the one line that fits best."""

    country: Country
    line: HelpLine | None


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands above search results: lines of the country of the address, else a few countries in short."""

    country: Country | None
    lines: list[HelpLine]
    few: list[InShort]
    countries: list[Country]

    @property
    def has_unchecked(self) -> bool:
        """Is there one of the few that nobody has checked?"""
        shown = (item for short in self.few for item in [*short.country.emergency, short.line] if item)
        return any(not item.line.checked for item in shown)


def poisoning(text: str) -> tuple[str, ...]:
    """The kind POISON, where the words speak of poisoning or an overdose."""
    return (POISON,) if OF_POISON.search(text) else ()


def panel(country: Country | None, kinds: Iterable[str], *, spanish: bool = False) -> Panel:
    """For the kinds of danger that a search signals."""
    if country:
        return Panel(country, first_lines(country, kinds, spanish=spanish), [], countries())
    return Panel(None, [], few(kinds, spanish=spanish), countries())


def few(kinds: Iterable[str] = (), *, spanish: bool = False) -> list[InShort]:
    """The countries that are named where the reader's is not known."""
    known = (_by_name().get(slug) for slug in (FEW_IN_SPANISH if spanish else FEW))
    return [
        InShort(country, next(iter(first_lines(country, kinds, spanish=spanish)), None)) for country in known if country
    ]


def first_lines(country: Country, kinds: Iterable[str], *, spanish: bool = False, most: int = 3) -> list[HelpLine]:
    """The lines of a country that fit a search best: for abuse those for abuse, then those for anybody."""
    uses = [use for kind in kinds for use in FOR_DANGER.get(kind, ())]
    fitting = [item for use in uses for item in _as_far_as_the_whole_country(country.lines, use)]
    general = sorted(
        (item for item in country.lines if item.line.about in FOR_ANYBODY),
        key=lambda item: (not (spanish and item.line.languages.startswith("Spanish")), bool(item.line.region)),
    )
    return list(islice((item for item in [*fitting, *general] if item.phones or item.texts), most))


def _as_far_as_the_whole_country(lines: list[HelpLine], use: str) -> list[HelpLine]:
    """The first line for this use; where it serves a part of the country, also the next ones, up to one for all."""
    chosen: list[HelpLine] = []
    for item in (item for item in lines if item.line.about == use):
        chosen.append(item)
        if not item.line.region:
            break
    return chosen
