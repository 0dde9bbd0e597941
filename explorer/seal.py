"""A checksum in the catalogue file itself, so that damage anywhere in it is known and not only where a page stumbles.

It stands in the four bytes of SQLite's header that are free for a program's own number ("user version").
"""

import zlib
from pathlib import Path

PLACE, LENGTH = 60, 4
PART = 1 << 20


def write(path: Path) -> None:
    """Seals a finished file."""
    seal = _checksum(path)
    with path.open("r+b") as file:
        file.seek(PLACE)
        file.write(seal)


def is_whole(path: Path) -> bool:
    """Whether the file is as it was sealed; takes some milliseconds."""
    try:
        with path.open("rb") as file:
            file.seek(PLACE)
            return file.read(LENGTH) == _checksum(path)
    except OSError:
        return False


def _checksum(path: Path) -> bytes:
    with path.open("rb") as file:
        value = zlib.crc32(file.read(PLACE))
        file.seek(PLACE + LENGTH)
        while part := file.read(PART):
            value = zlib.crc32(part, value)
    return value.to_bytes(LENGTH, "big")
