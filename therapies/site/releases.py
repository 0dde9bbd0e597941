"""What changed, release by release and for one condition, as pages (/releases/) and as feeds.

The change log is read from the installed release, where publishing wrote it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from therapies.domain.diff import Piece, word_difference
from therapies.models import KINDS
from therapies.serving import catalogue
from therapies.serving.render import mark, page, site_address

MOST_CHANGES = 200
VERBS = {"added": "New", "changed": "Changed", "removed": "Taken out"}
MOST_IN_FEED = 30
LARGEST = 2**63 - 1  # number that SQLite can be asked for


def releases(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/releases.html", {"releases": catalogue.past_releases()})


def one_release(request: HttpRequest, number: int) -> HttpResponse:
    found = catalogue.past_releases(number=number) if number <= LARGEST else []
    if not found:
        raise Http404(f"There is no release {number}.")
    changes = changes_of(number)
    context = {"past": found[0], "changes": changes, "left_off": found[0].count - len(changes)}
    return page(request, "therapies/site/release.html", context)


# ── Changes, in words ──


@dataclass(frozen=True, slots=True)
class Rewording:
    """One field, as pieces that are the same, gone or new."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that a release added, changed or took out. `url` is its page, where it has one."""

    what: str
    kind: str
    name: str
    url: str
    words: list[Rewording] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{VERBS[self.what]}: {self.name} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Dated:
    """A change in a condition's feed."""

    number: int
    published_on: str
    change: Change


def changes_of(number: int) -> list[Change]:
    return [_change(data) for data in catalogue.past_changes(number, limit=MOST_CHANGES)]


def changes_for(condition: str) -> list[Dated]:
    found = catalogue.past_changes_for(condition, limit=MOST_CHANGES)
    return [Dated(number, day, _change(data)) for number, day, data in found]


def _change(data: dict[str, Any]) -> Change:
    kind = KINDS.get(data["kind"])
    words = [Rewording(row["label"], word_difference(row["before"], row["after"])) for row in data["fields"]]
    has_page = kind and kind.route and data["what"] != "removed"
    address = kind.address(data["slug"]) if kind and has_page else ""
    return Change(data["what"], kind.name if kind else data["kind"], data["name"], address, words)


# ── Feeds ──


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed; addresses are whole, as feeds ask."""

    title: str
    summary: str
    link: str
    guid: str
    day: str


@dataclass(frozen=True, slots=True)
class Newsfeed:
    title: str
    link: str
    address: str
    guid: str
    news: Sequence[News]
    day: str  # of the release, so that the same release always gives the same feed


class DatedAtom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        day: datetime = self.feed["day"]
        return day


class AtomFeed(Feed):
    """Django's Atom feed of a Newsfeed, which `get_object` hands through."""

    feed_type = DatedAtom
    author_name = "Therapy Explorer"

    def get_object(self, request: HttpRequest, feed: Newsfeed) -> Newsfeed:
        return feed

    def title(self, feed: Newsfeed) -> str:
        return feed.title

    def link(self, feed: Newsfeed) -> str:
        return feed.link

    def feed_url(self, feed: Newsfeed) -> str:
        return feed.address

    def feed_guid(self, feed: Newsfeed) -> str:
        return feed.guid

    def feed_extra_kwargs(self, feed: Newsfeed) -> dict[str, datetime]:
        return {"day": _start_of(feed.day)}

    def items(self, feed: Newsfeed) -> Sequence[News]:
        return feed.news

    def item_title(self, item: News) -> str:
        return item.title

    def item_description(self, item: News) -> str:
        """As HTML, which a feed reader takes it for."""
        return escape(item.summary)

    def item_link(self, item: News) -> str:
        return item.link

    def item_guid(self, item: News) -> str:
        return item.guid

    def item_updateddate(self, item: News) -> datetime:
        return _start_of(item.day)


def _start_of(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def feed(request: HttpRequest) -> HttpResponse:
    site = site_address(request)
    news = []
    for past in catalogue.past_releases(limit=MOST_IN_FEED):
        link = site + reverse("release", args=[past.number])
        changed = f" {past.count} {'entry' if past.count == 1 else 'entries'} changed." if past.count else ""
        news.append(News(f"Release {past.number}", past.notes + changed, link, link, past.published_on))
    log, day = site + reverse("releases"), catalogue.release().published_on
    return _atom(request, Newsfeed("Therapy Explorer: what changed", log, site + request.path, log, news, day))


def condition_feed(request: HttpRequest, slug: str) -> HttpResponse:
    condition = catalogue.conditions().filter(slug=slug).first()
    if condition is None:
        raise Http404(f"There is no condition “{slug}”.")
    site, dated = site_address(request), changes_for(slug)
    news = []
    for place, row in zip(range(len(dated), 0, -1), dated, strict=True):
        summary = " ".join(f"{words.label}." for words in row.change.words) or row.change.title
        link = site + (row.change.url or reverse("releases"))
        guid = f"{site}{reverse('release', args=[row.number])}#{place}"
        news.append(News(row.change.title, summary, link, guid, row.published_on))
    title = f"Therapy Explorer: what changed for {condition.plain_name or condition.name}"
    guid = f"{site}{condition.get_absolute_url()}changes"
    link, day = site + condition.get_absolute_url(), catalogue.release().published_on
    return _atom(request, Newsfeed(title, link, site + request.path, guid, news, day))


def _atom(request: HttpRequest, newsfeed: Newsfeed) -> HttpResponse:
    response: HttpResponse = AtomFeed()(request, newsfeed)
    mark(response, catalogue.release())
    return response
