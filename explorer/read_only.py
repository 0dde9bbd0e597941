"""Tells SQLite to read a file and never to write it. Every reader opens the installed release this way."""

from pathlib import Path
from urllib.parse import quote


def address(path: Path) -> str:
    """The path as a file: address; folders may be called “c#” or “50%”. The file must not change while it is open."""
    return f"file:{quote(str(path))}?mode=ro&immutable=1"
