"""Fills the disk for real, a small one of this process's own, and says what publishing and a backup then did.

Run by test_bad_days.py. Where no disk can be mounted, the system refuses files that are larger than a limit instead.
"""

import os
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402

from tests.own_site import CONTENT  # noqa: E402
from therapies.models import Therapy  # noqa: E402
from therapies.releases.build import read_stamp  # noqa: E402

FILLER = settings.DATA_DIR / "filler"
MOUNT = [
    "unshare",
    "--map-root-user",
    "--mount",
    "sh",
    "-c",
    'mount -t tmpfs -o size=24m none "$DATA_DIR" && exec "$@"',
]


def try_to(name: str, **options: Any) -> None:
    try:
        call_command(name, **options)
        print(f"{name}: done")
    except CommandError as error:
        print(f"{name}: refused: {' '.join(str(error).split())}")


def fill() -> None:
    """Writes until there is no room left at all."""
    handle = os.open(FILLER, os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while True:
            os.write(handle, bytes(4096))
    os.close(handle)


def backup() -> None:
    try:
        call_command("backup", settings.DATA_DIR / "kept.backup")
    except CommandError as error:
        print(f"backup: refused: {error}")


def state() -> None:
    stamp = read_stamp(settings.CATALOGUE_PATH)
    drafts = [path.name for path in settings.DATA_DIR.iterdir() if path.name.endswith(".draft")]
    print(f"state: {stamp and stamp.number} {drafts}")


def on_a_full_disk(is_mounted: bool) -> None:
    call_command("migrate", verbosity=0)
    exec(CONTENT)
    call_command("publish", notes="First.")
    Therapy.objects.update(summary="Two.")
    if is_mounted:
        fill()
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
    try_to("publish", notes="Second.")
    try_to("install_release", force=True)
    backup()
    state()
    if is_mounted:
        FILLER.unlink()
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    try_to("publish", notes="Second.")
    state()


if __name__ == "__main__":
    can_mount = shutil.which("unshare") and not subprocess.run([*MOUNT, "sh", "true"], check=False).returncode
    if len(sys.argv) > 1 or not can_mount:
        on_a_full_disk(is_mounted=len(sys.argv) > 1)
    else:
        subprocess.run([*MOUNT, "sh", sys.executable, "-m", "tests.full_disk", "mounted"], check=True)
