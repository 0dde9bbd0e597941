"""/about/freshness/: the public ledger of what was reviewed and checked, as of the day of the release."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from therapies.serving import catalogue
from therapies.serving.render import page
from therapies.site import freshness


def ledger(request: HttpRequest) -> HttpResponse:
    day = date.fromisoformat(catalogue.release().published_on)
    context = {
        "reviews": freshness.reviews(day),
        "checks": freshness.checks(),
        "sources": freshness.sources(),
        "one_person": settings.ONE_PERSON_SITE,
    }
    return page(request, "therapies/site/about_freshness.html", context)
