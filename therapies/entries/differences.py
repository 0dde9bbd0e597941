"""How big the difference is that therapies make for a concern: a forest plot for each comparison and age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapies.domain.pooled_words import NO_CLEAR_DIFFERENCE
from therapies.models import PooledEffect
from therapies.serving import forest
from therapies.serving.describe import age_names
from therapies.serving.forest import Span
from therapies.serving.pooled import ADULT

TAKEN_TOGETHER = "Talking therapies taken together"


@dataclass(frozen=True, slots=True)
class ForestLine:
    effect: PooledEffect
    span: Span
    weakens: list[str]  # without what holds for all lines of the picture

    @property
    def name(self) -> str:
        return self.effect.therapy.name if self.effect.therapy else TAKEN_TOGETHER

    @property
    def url(self) -> str:
        return self.effect.therapy.get_absolute_url() if self.effect.therapy else ""

    @property
    def base(self) -> str:
        return f"{self.effect.trials} trials, {self.effect.people:,} people"


@dataclass(frozen=True, slots=True)
class ForestPlot:
    """The therapies that were held against the same thing, in people of the same ages; most trials first."""

    ages: tuple[str, ...]
    comparison: str
    compared_with: str
    lines: list[ForestLine]
    weakens: list[str]  # all of them
    zero: float = forest.ZERO

    @property
    def who(self) -> str:
        return age_names(self.ages)

    @property
    def title(self) -> str:
        return f"{self.who}, compared with {self.compared_with}".capitalize()

    @property
    def slug(self) -> str:
        return "-".join([self.comparison, *self.ages])

    @property
    def trials(self) -> int:
        return max(line.effect.trials for line in self.lines)

    @property
    def summary(self) -> str:
        """What the picture shows, for who does not see it; the table has the numbers."""
        unclear = sum(line.effect.difference.startswith(NO_CLEAR_DIFFERENCE) for line in self.lines)
        worse = sum(line.effect.g_high < 0 for line in self.lines)
        better = len(self.lines) - unclear - worse
        count = len(self.lines)
        said = [f"{better} of {count} did clearly better than {self.compared_with}"]
        said += [f"{worse} did clearly worse"] if worse else []
        said += [f"for {unclear} there is no clear difference"] if unclear else []
        return f"Forest plot, {self.who.lower()}. {', '.join(said)}. The table below it has the numbers."


def forest_plots(effects: Iterable[PooledEffect], age: str = "") -> list[ForestPlot]:
    """Of the age asked for first, then adults; then the comparison with most trials. `effects` keep their order."""
    groups: dict[tuple[tuple[str, ...], str], list[PooledEffect]] = {}
    for row in effects:
        if row.g is not None:
            groups.setdefault((tuple(row.ages), row.comparison), []).append(row)
    plots = [_plot(ages, comparison, rows) for (ages, comparison), rows in groups.items()]
    return sorted(plots, key=lambda plot: ((age or ADULT) not in plot.ages, ADULT not in plot.ages, -plot.trials))


def _plot(ages: tuple[str, ...], comparison: str, rows: Sequence[PooledEffect]) -> ForestPlot:
    said = [row.weakens for row in rows]
    of_all = [words for words in said[0] if len(rows) > 1 and all(words in others for others in said)]
    lines = [
        ForestLine(row, forest.span(row.g, row.g_low, row.g_high), [one for one in words if one not in of_all])
        for row, words in zip(rows, said, strict=True)
    ]
    return ForestPlot(ages, comparison, rows[0].compared_with, lines, of_all)
