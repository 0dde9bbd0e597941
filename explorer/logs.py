"""Keeps what a reader typed out of the logs: any address in a message is cut at its question mark."""

import logging
import re


class PathsOnly(logging.Filter):
    """Rewrites a message so that no query string is in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"\?\S+", "?…", record.getMessage()), ()
        return True
