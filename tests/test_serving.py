"""The site as `make run` serves it: two gunicorn workers on loopback, hashed static files, releases coming in."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import builders
from therapies.releases import bundle

ROOT = Path(__file__).resolve().parent.parent
PUBLISHES = 20
READERS = 3
PATIENCE = 120  # seconds; a busy machine is no failed answer
PAGES = ["/therapies/therapy-0/", "/therapies/?condition=worry", "/catalogue.json"]
THERAPIES = [builders.therapy(f"therapy-{n}", commonly_used_for=["worry"]) for n in range(20)]
ADVICE = [builders.recommendation(f"row-{n}", therapy=f"therapy-{n}") for n in range(20)]
LOADER = """
from pathlib import Path
from therapies.releases import bundle
bundle.load(bundle.parse(Path("{path}").read_text()))
"""
PUBLISHER = f"""
from therapies.models import Therapy
from therapies.releases.publish import publish
for number in range(1, {PUBLISHES + 1}):
    Therapy.objects.filter(slug="therapy-0").update(summary=f"State {{number}}.")
    assert publish(notes=f"State {{number}}.").number == number
"""
pytestmark = pytest.mark.xdist_group("serving")  # one server for all of these


@dataclass(slots=True)
class Served:
    port: int
    environment: dict[str, str]
    log: Path
    pid: int = 0

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self.connect()
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--command", code)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("served")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"DATA_DIR": str(data), "HOST": "127.0.0.1", "PORT": str(port), "DEBUG": "0", "PRODUCTION": "0"}
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CATALOGUE_PATH")}
    site = Served(port, {**inherited, **settings, "PYTHONUNBUFFERED": "1"}, data / "log")
    (data / "small.json").write_text(bundle.to_text(builders.catalogue(therapies=THERAPIES, recommendations=ADVICE)))
    site.manage("migrate", "--verbosity", "0")
    site.shell(LOADER.format(path=data / "small.json"))  # a small catalogue is published twenty times in seconds
    site.manage("prepare")
    with site.log.open("w") as log:
        command = [sys.executable, "-m", "gunicorn", "explorer.wsgi"]
        server = subprocess.Popen(
            command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        site.pid = server.pid
        assert server.stdout
        assert any("is ready at" in line for line in server.stdout), site.log.read_text()
        yield site
        server.terminate()
        server.wait(PATIENCE)
        server.stdout.close()


def test_the_workers_share_the_memory_of_what_is_loaded_before_them(served: Served) -> None:
    """As the system counts it: less than half of a worker that has answered is its own."""
    for _ in range(2 * len(PAGES)):
        assert served.get(PAGES[0])[0].status == 200
    workers = workers_of(served.pid)
    for worker in workers:
        rollup = Path(f"/proc/{worker}/smaps_rollup").read_text()
        held = {name: int(size) for name, size in re.findall(r"^(\w+): +(\d+) kB", rollup, re.MULTILINE)}
        assert held["Private_Dirty"] < held["Rss"] / 2
    assert len(workers) == 2


@dataclass(slots=True)
class Readings:
    """What the readers saw. `wrong` holds everything that should not have been."""

    begun: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)
    seen: Counter[tuple[str, int]] = field(default_factory=Counter)


def read(served: Served, readings: Readings, over: threading.Event, first: int) -> None:
    """Reads one page after the other, every second time by an address that no cache can know; once more at the end."""
    connection, tag, turn, last = served.connect(), "", first, False
    while not last:
        turn, last = turn + 1, over.is_set()
        page = PAGES[turn % len(PAGES)]
        path = page if turn % 2 else f"{page}{'&' if '?' in page else '?'}unused={first}-{turn}"
        try:
            connection.request("GET", path, headers={"If-None-Match": tag} if turn % 5 == 0 else {})
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            readings.wrong.append(f"{path}: {error!r}")
            connection.close()
            connection = served.connect()
            continue
        tag = answer.headers["ETag"] or ""
        if answer.status == 200:
            check(page, tag, body, readings)
        elif answer.status != 304:
            readings.wrong.append(f"{path}: status {answer.status}")
    connection.close()


def check(page: str, tag: str, body: str, readings: Readings) -> None:
    """The tag, the footer and the data of a page must all be of one release."""
    tagged = int(tag.rstrip('"').rpartition("-")[2])
    states = {int(number) for number in re.findall(r"State (\d+)\.", body)} or {0}
    footers = {int(number) for number in re.findall(r"Catalogue release (\d+)<", body)} or {tagged}
    if page == "/catalogue.json":
        json.loads(body)
    if states != {tagged} or footers != {tagged}:
        readings.wrong.append(f"{page}: tag {tagged}, footer {footers}, data {states}")
    readings.seen[page, tagged] += 1
    readings.begun.set()


def test_twenty_publishes_in_a_row_fail_no_reader_and_mix_no_page(served: Served) -> None:
    readings, over = Readings(), threading.Event()
    readers = [threading.Thread(target=read, args=(served, readings, over, 1000 * n)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        assert readings.begun.wait(PATIENCE)
        served.shell(PUBLISHER)
    finally:
        over.set()
        for reader in readers:
            reader.join(PATIENCE)
    assert readings.wrong == []
    seen = {number for _, number in readings.seen}  # how many of those in between is the machine's business
    assert {min(seen), max(seen)} == {0, PUBLISHES}, "readers saw releases come in"
    for page in PAGES:
        tag = served.get(page)[0].headers["ETag"] or ""
        assert tag.endswith(f'-{PUBLISHES}"')
    assert b"State 20." in served.get(PAGES[0])[1]


def test_starting_again_loses_nothing(served: Served) -> None:
    before = served.get("/catalogue.json")[1]
    said = served.manage("prepare")
    assert "nothing was loaded" in said
    assert served.get("/catalogue.json")[1] == before


def test_public_pages_answer_while_the_working_database_is_gone(served: Served) -> None:
    data = Path(served.environment["DATA_DIR"])
    away = data / "away"
    away.mkdir()
    files = list(data.glob("working.sqlite3*"))
    assert files
    for file in files:
        file.rename(away / file.name)
    (data / "working.sqlite3").mkdir()  # nothing can open it, or make it anew
    try:
        for page in [*PAGES, "/", "/conditions/worry/", "/help-now/", "/healthz"]:
            assert served.get(page)[0].status == 200
            assert served.get(f"{page}{'&' if '?' in page else '?'}never-asked-before=1")[0].status == 200
    finally:
        (data / "working.sqlite3").rmdir()
        for file in files:
            (away / file.name).rename(file)


def test_a_catalogue_that_is_gone_is_gone_for_every_thread_until_it_is_back(served: Served) -> None:
    """No reader gets a page that the next one does not get."""
    catalogue = Path(served.environment["DATA_DIR"]) / "catalogue.sqlite3"

    def statuses() -> set[int]:
        paths = [f"/{page}?never-asked-before={turn}" for turn in range(8) for page in ("therapies/", "healthz", "")]
        with ThreadPoolExecutor(8) as readers:
            return {answer.status for answer, _ in readers.map(served.get, paths)}

    assert statuses() == {200}
    away = catalogue.rename(catalogue.with_name("away.sqlite3"))
    try:
        assert statuses() == {503}
    finally:
        away.rename(catalogue)
    assert statuses() == {200}


def test_head_has_the_headers_and_no_body(served: Served) -> None:
    head, body = served.get("/therapies/", "HEAD")
    assert (head.status, body) == (200, b"")
    assert head.headers["Content-Length"] == served.get("/therapies/")[0].headers["Content-Length"]


def test_static_files_are_hashed_and_kept_for_good(served: Served) -> None:
    page = served.get("/therapies/")[1].decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert files
    for path in files:
        assert re.search(r"\.[0-9a-f]{12}\.", path), path
        answer, _ = served.get(path)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        for header in ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy"):
            assert header in answer.headers, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def sign_in(served: Served, name: str) -> int:
    """A try with a wrong password, as the form sends it."""
    answer, form = served.get("/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token
    fields = {"csrfmiddlewaretoken": token[1].decode(), "username": name, "password": "wrong", "next": "/admin/"}
    cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]
    connection = served.connect()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", "/admin/login/", urlencode(fields), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_what_a_reader_typed_is_in_no_log(served: Served) -> None:
    for path in ("/therapies/?condition=my-secret", "/no-such-page/?q=my-secret", "/search/?q=my-secret"):
        assert served.get(path)[0].status < 500
    for first in (b"GET /search/?q=my-secret HTTP/9.9\r\nno header", b"GET /search/?q=for my-secret words HTTP/1.1"):
        with socket.create_connection(("127.0.0.1", served.port)) as broken:
            broken.sendall(first + b"\r\n\r\n")
            assert b" 400 " in broken.recv(1000)
    for path in ("/my-secret/", "/therapies/my-secret/", f"/{'my-secret' * 1000}"):
        assert 400 <= served.get(path)[0].status < 500
    for _ in range(20):
        assert served.get("/", Host="my-secret.example")[0].status == 400
    assert sign_in(served, "my-secret") == 200
    log = served.log.read_text()
    assert "my-secret" not in log
    assert "gunicorn" in log, "the log is the right one"
    assert "127.0.0.1" not in re.sub(r".*Listening at.*", "", log)
    assert log.count("for another host name") == 20
    assert "Traceback" not in log


def test_the_data_folder_has_no_socket_and_is_for_its_owner_alone(served: Served) -> None:
    data = Path(served.environment["DATA_DIR"])
    for path in (data, data / "secret-key", *data.glob("*.sqlite3*")):
        assert path.stat().st_mode & 0o077 == 0, path
    assert not [path for path in data.rglob("*") if path.is_socket()]


def test_another_host_name_is_refused(served: Served) -> None:
    assert served.get("/", Host="evil.example")[0].status == 400
    assert served.get("/healthz", Host="10.1.2.3:8000")[0].status == 200, "a balancer asks by address"


def workers_of(master: int) -> list[int]:
    done = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in done.stdout.split()]


def within_patience(is_so: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(is_so())


def test_a_worker_that_is_killed_is_replaced(served: Served) -> None:
    before = workers_of(served.pid)
    os.kill(before[0], signal.SIGKILL)
    assert within_patience(lambda: len(set(workers_of(served.pid)) - {before[0]}) == 2)
    assert served.get("/")[0].status == 200


def test_after_the_master_was_killed_its_workers_leave_and_a_new_one_can_start(served: Served) -> None:
    """The last of these tests. systemd does the starting, as docs/operating.md has it."""
    workers = workers_of(served.pid)
    os.kill(served.pid, signal.SIGKILL)
    assert within_patience(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers))
    command = [sys.executable, "-m", "gunicorn", "explorer.wsgi"]
    with subprocess.Popen(
        command, cwd=ROOT, env=served.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as again:
        assert again.stdout
        assert any("is ready at" in line for line in again.stdout)
        assert served.get("/")[0].status == 200
        again.terminate()
    unit = (ROOT / "docs" / "operating.md").read_text()
    assert "Restart=always" in unit
