"""Starts the servers that are compared, each with one worker on loopback, and stops them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_WITHIN = 60
DATASETTE = Path("var/rival/bin/datasette")  # as `make bench` installs it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, path: str, log: Path, env: dict[str, str] | None = None) -> Iterator[int]:
    """The process number of the server, once it answers at `path`."""
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **(env or {})})
        try:
            _wait(process, f"http://127.0.0.1:{port}{path}", log)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=20)


def site(port: int, file: Path, *, kept_bytes: int | None = None) -> tuple[list[str], dict[str, str]]:
    """The command and environment of the site, serving this catalogue file. `kept_bytes` limits the page cache."""
    env = {"CATALOGUE_PATH": str(file)}
    if kept_bytes is not None:
        env["PAGE_CACHE_BYTES"] = str(kept_bytes)
    return _gunicorn("explorer.wsgi", port), env


def bare(port: int) -> list[str]:
    return _gunicorn("benchmarks.bare", port)


def datasette(port: int, file: Path) -> list[str]:
    beside = DATASETTE if DATASETTE.exists() else Path(sys.executable).with_name("datasette")
    program = beside if beside.exists() else shutil.which("datasette")
    limits = [part for name in ("facet_time_limit_ms", "sql_time_limit_ms") for part in ("--setting", name, "60000")]
    return [str(program), "--immutable", str(file), "-p", str(port), *limits]


def _gunicorn(application: str, port: int) -> list[str]:
    program = str(Path(sys.executable).with_name("gunicorn"))
    return [program, application, "-c", "/dev/null", "-b", f"127.0.0.1:{port}", "-w", "1", "--no-control-socket"]


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=30).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"The server at {url} did not start:\n{log.read_text()[-2000:]}")
