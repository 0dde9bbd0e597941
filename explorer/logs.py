"""Keeps what readers type out of the logs: any address in a message is cut at its question mark."""

import logging
import re


class PathsOnly(logging.Filter):
    """Removes the query strings from a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = re.sub(r"\?\S+", "?…", record.getMessage()), ()
        return True
