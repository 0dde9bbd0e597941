"""Short pages on how therapy works and how to get it, and the words that professionals use (/learn/)."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from therapies.models import GlossaryTerm, Topic
from therapies.serving import catalogue, markdown
from therapies.serving.render import mark, page
from therapies.site.errors import not_found

# Topics about this site itself stand on the pages about it, here by route.
HOW_WE_WORK = {
    "evidence-and-standings": "about_evidence",
    "editorial-policy": "about",
    "disclaimer": "about",
}
GLOSSARY = "words-decoded"
TEENAGERS = "for-teenagers"  # answers whether parents find out, which is asked before anything else


def learn(request: HttpRequest) -> HttpResponse:
    topics = list(catalogue.topics())
    shown = [topic for topic in topics if topic.slug not in HOW_WE_WORK]
    context = {
        "topics": [(topic, markdown.first_sentence(topic.main_message)) for topic in shown],
        "how_we_work": [(topic.title, reverse(HOW_WE_WORK[topic.slug])) for topic in topics if topic not in shown],
    }
    return page(request, "therapies/site/learn.html", context)


def for_teenagers() -> Topic | None:
    return catalogue.topics().filter(slug=TEENAGERS).first()


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    if slug in HOW_WE_WORK:
        answer = HttpResponsePermanentRedirect(reverse(HOW_WE_WORK[slug]))
        mark(answer, catalogue.release())
        return answer
    found = catalogue.topics().filter(slug=slug).prefetch_related("sources", "related").first()
    if found is None:
        return not_found(request)
    return page(request, "therapies/site/topic.html", _context(found))


def _context(found: Topic) -> dict[str, object]:
    cited = markdown.cited([found.main_message, found.body, found.what_you_can_do])
    sources = {source.slug: source for source in [*found.sources.all(), *cited.values()]}
    terms = list(catalogue.glossary().order_by("term")) if found.slug == GLOSSARY else []
    return {
        "topic": found,
        "cited": cited,
        "sources": sorted(sources.values(), key=lambda source: source.label),
        "letters": by_letter(terms),
    }


def by_letter(terms: list[GlossaryTerm]) -> list[tuple[str, list[GlossaryTerm]]]:
    ordered = sorted(terms, key=lambda term: term.term.casefold())
    return [(letter, list(group)) for letter, group in groupby(ordered, key=lambda term: term.term[:1].upper())]
