import logging
import sys
from types import SimpleNamespace

import pytest

from explorer.logs import PathsOnly, WithoutValues


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        ("Not Found: %s", ("/search/?q=secret",), "Not Found: /search/?…"),
        ('"%s" %s', ("GET /search/?q=secret&x=1 HTTP/1.1", "200"), '"GET /search/?… HTTP/1.1" 200'),
        ("Nothing to hide", (), "Nothing to hide"),
        (
            "Invalid request from ip=%s: Invalid HTTP Version: '%s'",
            ("203.0.113.9", "secret words"),
            "A request that is no proper HTTP was refused.",
        ),
        (
            "Invalid HTTP_HOST header: %r. You may need to add %r to ALLOWED_HOSTS.",
            ("secret.example", "secret.example"),
            "A request for another host name was refused.",
        ),
    ],
)
def test_a_message_loses_what_stands_behind_a_question_mark(message: str, arguments: tuple, kept: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, message, arguments, None)
    assert PathsOnly().filter(record)
    assert record.getMessage() == kept


def test_a_path_is_shown_by_its_pattern() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "f", 1, "%s: %s", ("Error", "/therapies/secret/"), None)
    record.request = SimpleNamespace(
        path="/therapies/secret/", resolver_match=SimpleNamespace(route="therapies/<str:slug>/")
    )
    assert PathsOnly().filter(record)
    assert record.getMessage() == "Error: /therapies/<str:slug>/"


@pytest.mark.parametrize(
    ("error", "last"), [(ValueError("secret"), "ValueError"), (OSError(28, "full"), "OSError: [Errno 28] full")]
)
def test_an_error_is_shown_by_place_and_kind(error: Exception, last: str) -> None:
    try:
        raise error
    except Exception:
        shown = WithoutValues().formatException(sys.exc_info())
    assert "test_logs.py" in shown
    assert shown.split("\n")[-1] == last
