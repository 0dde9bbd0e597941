"""One thing to mend in an entry: what rules say, queues list and publishers read."""

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]  # an entry of a bundle


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `blocks` says whether a release waits for it; `rule` names the kind of problem."""

    kind: str
    slug: str
    field: str
    message: str
    blocks: bool = True
    rule: str = "reference"

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}, {self.field}: {self.message}"
