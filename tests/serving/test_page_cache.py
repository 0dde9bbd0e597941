import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests import builders
from tests.conftest import Site
from therapies.serving import catalogue, page_cache
from therapies.serving.page_cache import PageCacheMiddleware
from therapies.serving.render import mark

PAGE = "/therapies/?condition=ptsd"


def test_a_page_carries_a_tag_of_build_and_release(site: Site, client: Client, settings: Any) -> None:
    assert client.get(PAGE)["ETag"] == page_cache.etag(catalogue.installed())


@pytest.mark.parametrize("sent", ["{tag}", 'W/"other", {tag}', "{strong}"])
def test_a_reader_who_has_the_page_gets_a_304_without_body_or_query(
    site: Site, client: Client, most_queries: Callable[[int], Any], sent: str
) -> None:
    first = client.get(PAGE)
    tag = first["ETag"]
    sent = sent.format(tag=tag, strong=tag.removeprefix("W/"))
    with most_queries(0):
        second = client.get(PAGE, headers={"if-none-match": sent})
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == tag
    assert second["Cache-Control"] == first["Cache-Control"] == "public, no-cache"


def test_an_old_tag_gets_the_new_page(serve: Callable[..., Site], client: Client) -> None:
    serve(builders.catalogue(therapies=[builders.therapy("one")]))
    old = client.get("/therapies/?page=1")
    serve(builders.catalogue(therapies=[builders.therapy("two")]))
    new = client.get("/therapies/?page=1", headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200
    assert b'href="/therapies/two/"' in new.content
    assert new["ETag"] != old["ETag"]


def test_a_known_page_is_answered_without_a_query_and_word_for_word(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    first = client.get(PAGE)
    with most_queries(0):
        second = client.get(PAGE)
    assert second.content == first.content
    assert second.headers == first.headers


def test_the_same_choices_in_another_spelling_are_the_same_page(
    site: Site, client: Client, most_queries: Callable[[int], Any]
) -> None:
    first = client.get("/therapies/?condition=ptsd&age=adult&sort=")
    with most_queries(0):
        assert client.get("/therapies/?age=adult&page=&condition=ptsd").content == first.content


def test_another_host_or_scheme_is_another_page(site: Site, client: Client) -> None:
    addresses = {
        page_cache.key_of(RequestFactory().get("/", headers={"host": host}, secure=secure), catalogue.release())
        for host in ("localhost", "127.0.0.1")
        for secure in (True, False)
    }
    assert len(addresses) == 4


def test_pages_are_compressed_for_those_who_can_read_it(site: Site, client: Client) -> None:
    plain = client.get(PAGE)
    packed = client.get(PAGE, headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
    assert int(packed["Content-Length"]) == len(packed.content)


def test_head_gives_the_headers_of_get(site: Site, client: Client) -> None:
    head, get = client.head(PAGE), client.get(PAGE)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers


def test_an_unknown_page_or_a_broken_request_is_not_kept(site: Site, client: Client) -> None:
    for address, status in (("/no-such-page/", 404), ("/therapies/?condition=nonsense", 400)):
        for _ in range(2):
            response = client.get(address)
            assert response.status_code == status
            assert "ETag" not in response
    assert client.get("/no-such-page/", headers={"if-none-match": client.get(PAGE)["ETag"]}).status_code == 404


# ── The middleware alone ──


def cache_over(view: Callable[[HttpRequest], HttpResponse]) -> PageCacheMiddleware:
    return PageCacheMiddleware(view)


def marked(content: bytes, **headers: str) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(content, headers=headers)
        mark(response, catalogue.release())
        return response

    return view


def test_a_private_answer_is_never_kept(site: Site) -> None:
    middleware = cache_over(marked(b"what somebody typed", **{"Cache-Control": "private, no-store"}))
    response = middleware(RequestFactory().get("/search/?q=secret"))
    assert "ETag" not in response
    assert not middleware.pages


def test_an_answer_with_a_cookie_is_never_kept(site: Site) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = marked(b"hello")(request)
        response.set_cookie("name", "value")
        return response

    middleware = cache_over(view)
    middleware(RequestFactory().get("/"))
    assert not middleware.pages


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_reading_is_cached(site: Site, method: str) -> None:
    middleware = cache_over(marked(b"hello"))
    getattr(RequestFactory(), method)("/")
    middleware(getattr(RequestFactory(), method)("/"))
    assert not middleware.pages


def test_what_is_kept_is_bounded_and_the_oldest_goes_first(site: Site, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 4_000
    middleware = cache_over(marked(b"x" * 300))
    for number in range(10):
        middleware(RequestFactory().get(f"/page-{number}/"))
    assert [key[2] for key in middleware.pages] == ["/page-7/", "/page-8/", "/page-9/"]
    assert middleware.bytes == sum(page_cache.size_of(*item) for item in middleware.pages.items()) <= 4_000


def test_keeping_the_same_page_again_counts_it_once(site: Site) -> None:
    middleware = cache_over(marked(b"x" * 300))
    request = RequestFactory().get("/")
    middleware._keep(request, marked(b"x" * 300)(request))
    middleware._keep(request, marked(b"x" * 200)(request))
    assert middleware.bytes == sum(page_cache.size_of(*item) for item in middleware.pages.items())
    assert [len(kept.body) for kept in middleware.pages.values()] == [200]


def test_a_page_made_while_a_release_arrives_is_kept_under_the_release_it_was_made_from(
    serve: Callable[..., Site],
) -> None:
    serve(builders.catalogue())
    made_from = catalogue.release()

    def view(request: HttpRequest) -> HttpResponse:
        response = marked(b"made from the old release")(request)
        serve(builders.catalogue(therapies=[builders.therapy()]))
        return response

    middleware = cache_over(view)
    response = middleware(RequestFactory().get("/"))
    assert response["ETag"] == page_cache.etag(made_from)
    assert [key[0] for key in middleware.pages] == [made_from]
    assert (installed := catalogue.installed())
    assert installed.number == made_from.number + 1


def test_without_a_release_a_page_says_so_and_nothing_is_kept(client: Client, site: Site, settings: Any) -> None:
    settings.CATALOGUE_PATH = site.path.with_name("missing.sqlite3")
    assert catalogue.installed() is None


def test_an_empty_value_makes_no_other_page(site: Site, client: Client) -> None:
    child = client.get("/conditions/ptsd/?age=&age=child").content
    assert client.get("/conditions/ptsd/?age=child&age=").content == child
    assert client.get("/conditions/ptsd/?age=").content != child


def test_the_names_of_an_address_are_read_as_the_page_reads_them(site: Site, client: Client) -> None:
    child = client.get("/conditions/ptsd/?%61ge=adult&age=child").content
    assert client.get("/conditions/ptsd/?age=child&%61ge=adult").content != child


def test_answers_without_a_body_count_too(site: Site, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 100_000

    def view(request: HttpRequest) -> HttpResponse:
        response = marked(b"", Location="/")(request)
        response.status_code = 301
        return response

    middleware = cache_over(view)
    for number in range(200):
        middleware(RequestFactory().get(f"/{number}{'x' * 4000}"))
    assert 0 < len(middleware.pages) < 25


def test_an_address_with_more_values_than_are_read_is_refused_and_not_kept(site: Site, client: Client) -> None:
    query = "&".join(f"condition=none-{number}" for number in range(1_500))
    assert client.get(f"/therapies/?{query}").status_code == 400
    middleware = cache_over(marked(b"reads no query"))
    assert middleware(RequestFactory().get(f"/?{query}")).status_code == 200
    assert not middleware.pages


def test_a_number_that_is_given_again_to_other_content_shows_that(serve: Callable[..., Site], client: Client) -> None:
    """As after a backup was restored."""
    serve(builders.catalogue(), number=7)
    first = client.get("/therapies/?page=1")
    serve(builders.catalogue(therapies=[builders.therapy("new-therapy", name="Brand new therapy")]), number=7)
    second = client.get("/therapies/?page=1", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert "Brand new therapy" in second.content.decode()


def test_a_redirect_that_repeats_a_query_is_no_other_readers(site: Site, client: Client) -> None:
    there = "/therapies/acceptance-and-commitment-therapy/"
    assert client.get("/therapies/ACT/?nonsense=")["Location"] == f"{there}?nonsense="
    assert client.get("/therapies/ACT/")["Location"] == there


def test_the_name_of_the_host_counts_too(site: Site, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 100_000
    middleware = cache_over(marked(b"hello"))
    for number in range(200):
        middleware(RequestFactory().get("/", headers={"host": f"localhost:{'0' * 8000}{number}"}))
    assert 0 < len(middleware.pages) < 15


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("br, gzip ; q=0.0", False),
        ("", False),
    ],
)
def test_who_does_not_take_gzip_does_not_get_it(site: Site, client: Client, accepted: str, packed: bool) -> None:
    assert ("Content-Encoding" in client.get(PAGE, headers={"accept-encoding": accepted})) is packed


def test_a_reader_who_has_any_page_there_is_gets_a_304(site: Site, client: Client) -> None:
    assert client.get(PAGE, headers={"if-none-match": "*"}).status_code == 304


def test_a_page_that_is_not_there_may_be_kept_for_a_minute(site: Site, client: Client) -> None:
    assert client.get("/no-such-page/")["Cache-Control"] == "public, max-age=60"


def test_the_head_of_an_answer_that_is_not_kept_has_no_body(site: Site, client: Client) -> None:
    middleware = cache_over(marked(b"what somebody typed", **{"Cache-Control": "no-store"}))
    assert middleware(RequestFactory().head("/search/")).content == b""  # type: ignore[attr-defined]
