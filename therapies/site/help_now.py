"""Emergency numbers and crisis lines by country (/help-now/), United States first, numbers ready to tap."""

import re
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from therapies.models import CrisisLine
from therapies.serving import catalogue
from therapies.serving.render import page

FIRST_COUNTRY = "United States"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number as written, and the digits to dial ("" where there is nothing to dial)."""

    label: str
    dial: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    line: CrisisLine
    phones: list[PhoneNumber]
    texts: list[PhoneNumber]


@dataclass(slots=True)
class Country:
    name: str
    slug: str
    emergency: list[PhoneNumber] = field(default_factory=list)
    lines: list[HelpLine] = field(default_factory=list)

    @property
    def source_dates(self) -> str:
        return "; ".join(dict.fromkeys(item.line.source_date for item in self.lines if item.line.source_date))


def help_now(request: HttpRequest) -> HttpResponse:
    context = {"countries": countries(), "directories": directories()}
    return page(request, "therapies/site/help_now.html", context)


def countries() -> list[Country]:
    """Every country with its emergency number and lines; one query."""
    found: dict[str, Country] = {}
    for line in catalogue.crisis_lines().exclude(kind="directory").order_by("country", "line_name"):
        country = found.setdefault(line.country, Country(line.country, line.iso2.lower() or "other"))
        country.emergency = country.emergency or numbers(line.emergency_number)
        if line.kind != "emergency":
            country.lines.append(HelpLine(line, numbers(line.phone), numbers(line.text)))
    return sorted(found.values(), key=lambda country: (country.name != FIRST_COUNTRY, country.name))


def directories() -> list[CrisisLine]:
    return list(catalogue.crisis_lines().filter(kind="directory"))


def numbers(written: str) -> list[PhoneNumber]:
    """“116 123 or 988; TTY 1-800-1” as separate numbers; the digits are those of the number itself."""
    parts = re.split(r"\s+or\s+|;\s*", written) if written else []
    return [PhoneNumber(part.strip(), _dial(part)) for part in parts if part.strip()]


def _dial(part: str) -> str:
    """The digits: after “to” in “HELP to 4357”, before “then” in “988 then press 1”."""
    part = re.split(r"\bthen\b|\(", part)[0]
    part = re.split(r"\bto\b", part)[-1]
    return "".join(re.findall(r"[\d+]", part))


def first_country() -> Country | None:
    """The country whose numbers stand first, for the panel above search results; one query."""
    return next(iter(countries()), None)


# Words in the name of a line that say what it is for, by the kind of danger that a search signals.
FOR_KINDS = {
    "abuse": re.compile("violence|assault|abuse", re.IGNORECASE),
    "emergency": re.compile("poison", re.IGNORECASE),
}
FOR_SOME = re.compile("veteran|spanish|trevor|poison|violence|assault", re.IGNORECASE)


def first_lines(country: Country, kinds: tuple[str, ...], *, spanish: bool = False, most: int = 3) -> list[HelpLine]:
    """The lines of a country that fit a search best: for abuse those for abuse, then those for everybody."""
    wanted = [pattern for kind, pattern in FOR_KINDS.items() if kind in kinds]

    def order(item: HelpLine) -> tuple[bool, bool, bool, bool]:
        name = item.line.line_name
        fits = any(pattern.search(name) for pattern in wanted) or (spanish and "Spanish" in name)
        information = item.line.kind == "information"
        return not fits, information, bool(FOR_SOME.search(name)), not item.phones

    return sorted(country.lines, key=order)[:most]
