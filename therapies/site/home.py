"""The first page: three doors, what is often looked for, and how we know."""

from django.http import HttpRequest, HttpResponse

from therapies.domain.standing import Label
from therapies.evidence import verdicts
from therapies.evidence.verdicts import Verdict
from therapies.serving import catalogue
from therapies.serving.concerns import OFTEN_LOOKED_FOR
from therapies.serving.once import once_a_release
from therapies.serving.render import page

EXAMPLE = "cognitive-behavioral-therapy", "depression"
LEGEND = (Label.RECOMMENDED, Label.OPTION, Label.HELPS, Label.DIFFER, Label.AGAINST, Label.USED)


def home(request: HttpRequest) -> HttpResponse:
    found = {condition.slug: condition for condition in catalogue.conditions().filter(slug__in=OFTEN_LOOKED_FOR)}
    concerns = [(found[slug], drawing) for slug, drawing in OFTEN_LOOKED_FOR.items() if slug in found]
    counts = {
        "therapies": catalogue.therapies().count(),
        "conditions": catalogue.conditions().count(),
        "sources": catalogue.sources().count(),
    }
    topics = set(catalogue.topics().filter(slug__in=["for-teenagers", "for-carers"]).values_list("slug", flat=True))
    context = {"concerns": concerns, "counts": counts, "topics": topics, "legend": LEGEND, "example": example()}
    return page(request, "therapies/site/home.html", context)


@once_a_release()
def example() -> Verdict | None:
    """What guidelines say of one therapy for one concern, where a guideline speaks."""
    therapy = catalogue.therapies().filter(slug=EXAMPLE[0]).first()
    condition = catalogue.conditions().filter(slug=EXAMPLE[1]).first()
    verdict = verdicts.of_pair(therapy, condition) if therapy and condition else None
    return verdict if verdict and verdict.standing and verdict.marks else None
