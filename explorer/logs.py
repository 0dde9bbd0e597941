"""Keeps what readers type, and where they are, out of the logs."""

import logging
import re
import traceback
from typing import Any

from django.db import OperationalError

# What a server or a framework says of a request that it refuses quotes the request and names the address it came from.
REFUSALS = {
    "Invalid request": "A request that is no proper HTTP was refused.",
    "Invalid HTTP_HOST header": "A request for another host name was refused.",
}
OF_THE_MACHINE = (OSError, OperationalError)  # errors whose words tell of a disk or a database, not of a request


class PathsOnly(logging.Filter):
    """Removes query strings, shows a path by its pattern (/therapies/<str:slug>/), and says a refusal in few words."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = re.sub(r"\?\S+", "?…", record.getMessage())
        for start, words in REFUSALS.items():
            if message.startswith(start):
                message, record.exc_info, record.exc_text = words, None, None
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if request is not None and match:
            message = message.replace(request.path, f"/{match.route}")
        record.msg, record.args = message, ()
        return True


class WithoutValues(logging.Formatter):
    """Shows where an error happened and of what kind it is, without its words, which may quote what somebody typed."""

    def formatException(self, ei: Any) -> str:
        kind, error, frames = ei
        words = f": {error}" if isinstance(error, OF_THE_MACHINE) else ""
        return "".join(traceback.format_tb(frames)) + f"{kind.__name__}{words}"
