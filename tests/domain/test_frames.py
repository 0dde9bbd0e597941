"""A session in four frames: only what is in order is drawn, and every scene has its drawing."""

import json

import pytest
from django.conf import settings

from therapies.domain import frames
from therapies.serving import symbols

GOOD = ["agenda | Set the agenda | You agree what today is for."] * frames.COUNT
SHIPPED = json.loads((settings.BASE_DIR / "fixtures" / "therapies.json").read_text())


def test_every_scene_is_drawn() -> None:
    assert {f"f-{scene}" for scene in frames.SCENES} <= symbols.every().keys()


def test_frames_in_order_are_read() -> None:
    assert [frame.symbol for frame in frames.read(GOOD)] == ["f-agenda"] * frames.COUNT
    assert frames.read([]) == []


@pytest.mark.parametrize(
    "line",
    ["agenda | No line", "couch | Lie down | You talk.", "map | A title of five words | x", f"map | T | {'w ' * 15}"],
)
def test_one_frame_out_of_order_and_none_is_drawn(line: str) -> None:
    assert frames.faults([*GOOD[1:], line])
    assert frames.read([*GOOD[1:], line]) == []


def test_the_frames_of_the_catalogue_are_in_order() -> None:
    assert {row["slug"]: faults for row in SHIPPED if row["frames"] and (faults := frames.faults(row["frames"]))} == {}
    assert sum(bool(row["frames"]) for row in SHIPPED) == 25
