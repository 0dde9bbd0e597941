"""The first page: what this is, the search box, common concerns in plain words, and the ways in."""

from django.http import HttpRequest, HttpResponse

from therapies.domain import questions
from therapies.serving import catalogue
from therapies.serving.render import page

COMMON_CONCERNS = (
    "generalized-anxiety",
    "depression",
    "panic-attacks-and-panic-disorder",
    "ptsd",
    "ocd",
    "insomnia",
    "social-anxiety",
    "grief-and-bereavement",
    "relationship-problems",
    "eating-disorders",
    "alcohol-problems",
    "borderline-personality-disorder",
    "adhd",
    "chronic-pain",
    "self-harm",
)


def home(request: HttpRequest) -> HttpResponse:
    found = {condition.slug: condition for condition in catalogue.conditions().filter(slug__in=COMMON_CONCERNS)}
    concerns = [found[slug] for slug in COMMON_CONCERNS if slug in found]
    counts = {"therapies": catalogue.therapies().count(), "conditions": catalogue.conditions().count()}
    counts |= {"sources": catalogue.sources().count(), "questions": len(questions.questions())}
    return page(request, "therapies/site/home.html", {"concerns": concerns, "counts": counts})
