"""A problem in an entry. Rules find them; the queue and the publish screen list them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in an entry. `blocks` says whether it stops a release; `rule` names the kind of problem."""

    kind: str
    slug: str
    field: str
    message: str
    blocks: bool = True
    rule: str = "reference"

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}, {self.field}: {self.message}"
