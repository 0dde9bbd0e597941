"""Locks, damages and empties a working database for real, and says what a note and a start then did.

Run by test_bad_days.py.
"""

import secrets
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core import signing  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.template.backends.django import Template  # noqa: E402
from django.test import Client  # noqa: E402

from tests.own_site import CONTENT  # noqa: E402
from therapies.models import Correction  # noqa: E402
from therapies.releases.build import read_stamp  # noqa: E402
from therapies.releases.publish import publish  # noqa: E402
from therapies.site import corrections  # noqa: E402

FILE = settings.DATA_DIR / "working.sqlite3"
NOISE = b"\xa5" * 300_000


def send_note(page: str = "/") -> int:
    ticket = signing.dumps([int(time.time()) - 60, secrets.token_hex(8)], salt=corrections.SALT)
    form = {"page": page, "text": "The guideline says 16 meetings, not 20.", "ticket": ticket}
    return Client().post("/correct/", form).status_code


def while_locked() -> None:
    writer = sqlite3.connect(FILE, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    status = send_note()
    waited = time.monotonic() - begun
    writer.execute("ROLLBACK")
    print(f"note while locked: {status}, after {'two seconds' if 1.5 < waited < 15 else waited}; then {send_note()}")


def many_at_once() -> None:
    with ThreadPoolExecutor(12) as readers:
        statuses = list(readers.map(send_note, ["/help-now/"] * 30))
    kept = Correction.objects.filter(path="/help-now/").count()
    print(f"many notes at once: {kept} of {corrections.MOST_A_PAGE} kept, {statuses.count(302)} thanked")


def start_with(name: str, content: bytes) -> None:
    connections.close_all()
    for file in FILE.parent.glob("working.sqlite3*"):
        file.unlink()
    FILE.write_bytes(content)
    try:
        call_command("prepare")
        stamp = read_stamp(settings.CATALOGUE_PATH)
        print(f"start with {name}: serves {stamp and stamp.number}, {Client().get('/healthz').status_code}")
    except CommandError as error:
        print(f"start with {name}: refused: {error}")


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = True  # no static files are collected
    Template.render = lambda *args: ""  # type: ignore[method-assign]  # nor is what a page looks like a part of this
    call_command("migrate", verbosity=0)
    exec(CONTENT)
    publish(notes="First.")
    publish(notes="Second.")
    while_locked()
    many_at_once()
    start_with("damage", NOISE)
    start_with("nothing", b"")
    settings.CATALOGUE_PATH.write_bytes(b"")
    start_with("damage and no catalogue", NOISE)
