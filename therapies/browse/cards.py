"""The card of a therapy in a list: a fragment that is made once a release, filled in with what changes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from therapies.domain.standing import Standing
from therapies.evidence import verdicts
from therapies.evidence.pairs import every_pair
from therapies.models import Therapy
from therapies.serving import catalogue
from therapies.serving.once import Kept, once_a_release
from therapies.serving.outlines import Outline, outline
from therapies.serving.render import fragment


@dataclass(frozen=True, slots=True)
class TherapyCard:
    slug: str
    name: str  # as HTML
    outline: Outline
    summary: str  # the standing line where no condition is chosen

    def html(self, *, tick: Outline, standing: str) -> str:
        return self.outline % {
            "standing": standing or self.summary,
            "tick": tick % {"slug": self.slug, "name": self.name},
        }


KEPT = Kept[int, TherapyCard](most=4_000)  # by row number of the therapy


def cards(ids: Sequence[int]) -> list[TherapyCard]:
    """The cards of these therapies, in this order; makes those it does not have with a bounded number of queries."""
    kept = KEPT.get(ids, _make)
    return [kept[pk] for pk in ids if pk in kept]


def render(ids: Sequence[int], *, chosen: Sequence[str], standing: Mapping[int, str]) -> SafeString:
    """The HTML of the cards; `chosen` are slugs ticked for comparison, `standing` the line of each therapy."""
    ticks = _tick(False), _tick(True)
    made = zip(ids, cards(ids), strict=True)
    return mark_safe("".join([c.html(tick=ticks[c.slug in chosen], standing=standing.get(pk, "")) for pk, c in made]))


def _make(ids: Sequence[int]) -> dict[int, TherapyCard]:
    wanted = catalogue.therapies().filter(pk__in=ids).select_related("family").prefetch_related("participants")
    standings = verdicts.standings(ids, every_pair().by_condition)
    labels: defaultdict[int, Counter[Standing]] = defaultdict(Counter)
    for (therapy, _), standing in standings.items():
        labels[therapy][standing.briefly] += 1
    return {therapy.pk: _card(therapy, labels[therapy.pk]) for therapy in wanted}


def _card(therapy: Therapy, best: Counter[Standing]) -> TherapyCard:
    made = outline("therapies/components/_card.html", {"therapy": therapy}, "standing", "tick")
    return TherapyCard(therapy.slug, str(escape(therapy.name)), made, _summary(best))


@once_a_release(most=4)
def _tick(chosen: bool) -> Outline:
    return outline("therapies/components/_tick.html", {"chosen": chosen}, "slug", "name")


def _summary(best: Counter[Standing]) -> str:
    """The highest standing and for how many concerns it holds."""
    for standing in sorted(best, key=lambda standing: standing.order)[:1]:
        concerns = "1 concern" if best[standing] == 1 else f"{best[standing]} concerns"
        return badge(standing, f"for {concerns}")
    return badge(None)


@once_a_release(most=2_000)
def badge(standing: Standing | None, note: str = "", before: str = "", follows: bool = False) -> SafeString:
    """A line of a card: shape and words of a standing, never color alone. `follows` where it is not the first line."""
    context = {"standing": standing, "note": note, "before": before, "follows": follows}
    return fragment("therapies/components/_card_standing.html", context)
