"""The card of a therapy in a list. Its HTML is made once a release, in parts around what changes from list to list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Label, Standing
from therapies.evidence import statements
from therapies.models import Therapy
from therapies.serving import catalogue
from therapies.serving.once import Kept

CHECKED, STANDING = "\x01", "\x02"  # places in the template where the changing parts go


@dataclass(frozen=True, slots=True)
class Card:
    slug: str
    name: str
    before: str
    between: str
    after: str
    summary: str  # the standing line where no condition is chosen

    def html(self, *, chosen: bool, standing: str) -> str:
        return f"{self.before}{standing or self.summary}{self.between}{' checked' if chosen else ''}{self.after}"


Key = tuple[int, int]  # the release, and the row number of the therapy
KEPT = Kept[Key, Card](most=4_000)


def cards(release: int, ids: Sequence[int]) -> list[Card]:
    """The cards of these therapies, in this order; makes those it does not have with a bounded number of queries."""
    found = KEPT.get([(release, pk) for pk in ids], _make)
    return [found[release, pk] for pk in ids if (release, pk) in found]


def render(release: int, ids: Sequence[int], *, chosen: Sequence[str], standing: Mapping[int, str]) -> SafeString:
    """The HTML of the cards; `chosen` are slugs ticked for comparison, `standing` the line of each therapy."""
    made = zip(ids, cards(release, ids), strict=True)
    return mark_safe("".join(card.html(chosen=card.slug in chosen, standing=standing.get(pk, "")) for pk, card in made))


def _make(keys: Sequence[Key]) -> dict[Key, Card]:
    release, ids = keys[0][0], [pk for _, pk in keys]
    wanted = catalogue.therapies().filter(pk__in=ids).select_related("family")
    found = wanted.prefetch_related("participants", "delivery", "commonly_used_for")
    rows = statements.recommendations(therapies=ids)
    return {(release, therapy.pk): _card(therapy, _best(therapy, rows)) for therapy in found}


def _best(therapy: Therapy, rows: Mapping[statements.Pair, Sequence[object]]) -> Counter[Label]:
    """For how many conditions the therapy has each standing."""
    used = {condition.pk for condition in therapy.commonly_used_for.all()}
    pairs = used | {condition for pk, condition in rows if pk == therapy.pk}
    given = (statements.derive(rows.get((therapy.pk, pk), ()), used=pk in used) for pk in pairs)
    return Counter(standing.label for standing in given if standing)


def _card(therapy: Therapy, best: Counter[Label]) -> Card:
    html = render_to_string(
        "therapies/components/_card.html", {"therapy": therapy, "checked": CHECKED, "standing": STANDING}
    )
    before, rest = html.split(STANDING)
    between, after = rest.split(CHECKED)
    return Card(therapy.slug, therapy.name, before, between, after, _summary(best))


def _summary(best: Counter[Label]) -> str:
    """The highest standing and for how many concerns it holds."""
    for label in Label:
        if best[label]:
            concerns = "1 concern" if best[label] == 1 else f"{best[label]} concerns"
            return badge(Standing(label), f"for {concerns}")
    return '<span class="soft">Nothing rated yet</span>'


def badge(standing: Standing, note: str = "", before: str = "") -> str:
    """Shape and words of a standing, never colour alone."""
    extra = f' <span class="soft">{escape(note)}</span>' if note else ""
    lead = f'<span class="soft">{escape(before)}</span> ' if before else ""
    return (
        f'<span class="standing" data-standing="{standing.slug}">{lead}<span class="shape" aria-hidden="true"></span>'
        f"{escape(standing.name)}{extra}</span>"
    )
