import logging

import pytest

from explorer.logs import PathsOnly


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        ("Not Found: %s", ("/search/?q=secret",), "Not Found: /search/?…"),
        ('"%s" %s', ("GET /search/?q=secret&x=1 HTTP/1.1", "200"), '"GET /search/?… HTTP/1.1" 200'),
        ("Nothing to hide", (), "Nothing to hide"),
    ],
)
def test_a_message_loses_what_stands_behind_a_question_mark(message: str, arguments: tuple, kept: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, message, arguments, None)
    assert PathsOnly().filter(record)
    assert record.getMessage() == kept
