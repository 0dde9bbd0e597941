"""Names this build of the code: pages are a function of (build, release, address)."""

import hashlib
from pathlib import Path

PARTS = ("therapies", "templates", "explorer")
KINDS = {".py", ".html", ".css", ".js", ".txt", ".json", ".svg", ".xml"}


def build_id(base: Path) -> str:
    """Twelve hex digits that change when any code, template, style or script changes."""
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((base / part).rglob("*")):
            if path.suffix in KINDS and path.is_file():
                digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
