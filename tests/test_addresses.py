"""Addresses as people, programs and mischief write them: every page that reads a query answers all of them."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Site

CBT = "/therapies/cognitive-behavioral-therapy/"
READ = {  # what each page reads
    "/therapies/": ("condition", "for", "standing", "participants", "age", "technique", "family", "sort", "page", "t"),
    "/compare/": ("t", "for", "condition", "age", "matters", "differ", "view"),
    "/evidence/": ("family", "group", "age", "body", "view", "therapy", "condition", "for"),
    "/guide/": ("safe", "step", "for", "condition", "age", "with", "tasks", "everything", "page"),
    "/sources/": ("q", "kind", "status", "page"),
    "/conditions/depression/": ("age",),
    "/search/": ("q", "as"),
    "/search/suggest.json": ("q",),
    "/offered/": ("q",),
    "/quick/": ("q",),
    f"{CBT}handout/": ("for", "condition", "size", "ink", "paper"),
    "/conditions/depression/handout/": ("age", "size"),
    "/compare/handout/": ("t", "for", "size", "ink"),
    "/correct/": ("page",),
}
ANSWERS = {200, 300, 301, 302, 400, 404}
VALUES = st.sampled_from(
    ["", "1", "cbt", "EFT", "GAD", "ptsd", "adult", "nonsense", "-1", "\x00", "²", "{}", "“", "a" * 300]
)


def queries(name: str) -> dict[str, str]:
    return {
        "long": f"{name}={'x' * 3_000}",
        "many": "&".join(f"{name}=nonsense-{number}" for number in range(120)),
        "blank": f"{name}=&{name}=+&{name}",
        "brackets": f"{name}[]=ptsd&{name}[0]=ptsd",
        "no text": f"{name}=%ff%fe&%ff={name}",
        "null": f"{name}=%00a",
        "braces": f"{name}={{}}{{0}}%25s",
        "markup": f"{name}=%3Cscript%3Ealert(1)%3C/script%3E",
    }


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in READ.items() for name in names])
def test_a_monstrous_value_gets_an_answer_and_runs_nothing(site: Site, client: Client, path: str, name: str) -> None:
    for kind, query in queries(name).items():
        answer = client.get(f"{path}?{query}")
        assert answer.status_code in ANSWERS, kind
        assert b"<script>alert" not in answer.content, kind


@pytest.mark.parametrize("path", READ)
def test_values_in_any_mixture_get_an_answer(site: Site, path: str) -> None:
    client: Any = Client()

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
    @given(st.lists(st.tuples(st.sampled_from(READ[path]), VALUES), max_size=8))
    def check(pairs: list[tuple[str, str]]) -> None:
        assert client.get(f"{path}?{urlencode(pairs)}").status_code in ANSWERS

    check()


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), "9" * 400])
def test_a_release_that_cannot_be_is_not_found(site: Site, client: Client, number: str) -> None:
    assert client.get(f"/releases/{number}/").status_code in {200, 404}


@pytest.mark.parametrize("path", ["/", "/therapies/", "/search/", "/guide/", "/conditions/depression/"])
def test_what_is_only_read_answers_no_other_method(site: Site, client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.delete(path).status_code == 405
    assert client.head(path).status_code == 200
