"""How SQLite is told to read a file and never to write it: the installed release is opened so, everywhere."""

from pathlib import Path
from urllib.parse import quote


def address(path: Path) -> str:
    """A file: address; a folder may be called “c#” or “50%”. The file is taken to stay as it is while it is open."""
    return f"file:{quote(str(path))}?mode=ro&immutable=1"
