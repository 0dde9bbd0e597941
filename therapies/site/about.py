"""Who makes this, how evidence is rated and pooled, what is kept, how it is made accessible (/about/ and below)."""

from django.http import HttpRequest, HttpResponse

from therapies.domain.standing import MEANINGS, Standing
from therapies.models.evidence import Basis
from therapies.models.pooled import PooledEffect
from therapies.serving import catalogue, markdown
from therapies.serving.render import page


def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "therapies/site/about.html", "editorial-policy", "disclaimer")


def evidence(request: HttpRequest) -> HttpResponse:
    return _page(request, "therapies/site/about_evidence.html", "evidence-and-standings")


def numbers(request: HttpRequest) -> HttpResponse:
    """How trials are pooled, and what the numbers cannot tell; with the data behind them. One query."""
    effects = list(catalogue.pooled_effects().select_related("source"))
    searched = {effect.source: effect.last_search for effect in effects}
    context = {
        "least": PooledEffect.LEAST_TRIALS,
        "count": len(effects),
        "pairs": len({(effect.therapy_id, effect.condition_id) for effect in effects if not effect.is_in_general}),
        "concerns": len({effect.condition_id for effect in effects}),
        "databases": sorted(searched.items(), key=lambda item: item[0].title),
    }
    return page(request, "therapies/site/about_numbers.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/about_privacy.html", {})


def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/about_accessibility.html", {})


def _page(request: HttpRequest, template: str, *slugs: str) -> HttpResponse:
    topics = {topic.slug: topic for topic in catalogue.topics().filter(slug__in=slugs)}
    texts = [text for topic in topics.values() for text in (topic.main_message, topic.body)]
    context = {
        "topics": [topics[slug] for slug in slugs if slug in topics],
        "standings": [Standing(label) for label in MEANINGS],
        "cited": markdown.cited(texts),
        "counts": _counts(),
    }
    return page(request, template, context)


def _counts() -> dict[str, int]:
    """How much there is and how much of it was checked."""
    rows = catalogue.recommendations()
    return {
        "therapies": catalogue.therapies().count(),
        "reviewed": catalogue.therapies().filter(reviewed_on__isnull=False).count(),
        "recommendations": rows.count(),
        "checked": rows.exclude(basis=Basis.RECALLED).count(),
        "sources": catalogue.sources().count(),
    }
