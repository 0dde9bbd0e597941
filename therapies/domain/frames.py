"""A session in four frames: a scene that is drawn, a title and a line, as they stand in a therapy's field. Pure.

The facts are those of the therapy's own texts on a session and between sessions, in fewer words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SCENES = {
    "agenda": "Two people and a list",
    "map": "A map of four parts",
    "piece": "A thought on the scales",
    "week": "A week with two days ticked",
    "listen": "One speaks, one listens",
    "timeline": "A line through life",
    "eyes": "Eyes follow a hand",
    "breathe": "Slow breath",
    "body": "Notice the body",
    "paint": "Paint and paper",
    "play": "Toys and sand",
    "circle": "A circle of people",
    "tree": "A family tree",
    "chairs": "Two chairs",
    "fear": "Steps toward a fear",
    "log": "A log in writing",
    "book": "A workbook",
}
COUNT, TITLE_WORDS, LINE_WORDS = 4, 4, 14
HELP = (
    f"Four frames of a session, one a line: scene | title of at most {TITLE_WORDS} words | what happens, in at most "
    f"{LINE_WORDS} words. From the two texts on sessions, no new facts. Scenes: {', '.join(SCENES)}. Leave it empty if "
    "no scene fits."
)


@dataclass(frozen=True, slots=True)
class Frame:
    scene: str
    title: str
    line: str

    @property
    def symbol(self) -> str:
        return f"f-{self.scene}"


def read(lines: Sequence[str]) -> list[Frame]:
    """The frames; none where they are not in order, since a wrong picture is worse than no picture."""
    return [Frame(*_parts(line)) for line in lines] if lines and not faults(lines) else []


def faults(lines: Sequence[str]) -> list[str]:
    """What is wrong with the frames of a therapy that has some, in words."""
    found = [] if len(lines) == COUNT else [f"{len(lines)} frames instead of {COUNT}"]
    for line in lines:
        parts = _parts(line)
        if len(parts) != 3 or not all(parts):
            found.append(f"“{line}” is not “scene | title | what happens”")
            continue
        scene, title, words = parts
        if scene not in SCENES:
            found.append(f"“{scene}” is not a scene")
        if len(title.split()) > TITLE_WORDS:
            found.append(f"“{title}” has more than {TITLE_WORDS} words")
        if len(words.split()) > LINE_WORDS:
            found.append(f"“{words}” has more than {LINE_WORDS} words")
    return found


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]
