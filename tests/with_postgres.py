"""Runs a command beside a PostgreSQL server of its own: a folder that is thrown away, a socket that nobody else sees.

python tests/with_postgres.py COMMAND...   sets DATABASE_URL for the command and stops the server afterwards
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root


def programs() -> Path:
    """The folder of the newest server on this machine; Debian's is installed where there is none and we are root."""
    if not _newest():
        if os.geteuid() != 0:
            sys.exit("✗ Missing: postgresql. As root on Debian: apt-get install postgresql. Then run this again.")
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
        subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)
    found = _newest()
    if not found:
        sys.exit("✗ PostgreSQL could not be installed. Run “apt-get install postgresql” by hand to see why.")
    return found[-1]


def _newest() -> list[Path]:
    return sorted((path.parent for path in PROGRAMS.glob("*/bin/initdb")), key=lambda path: float(path.parent.name))


def as_owner(*command: str | Path) -> list[str]:
    words = [str(word) for word in command]
    return words if os.geteuid() != 0 else ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", *words]


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database, for DATABASE_URL."""
    tools, folder = programs(), Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER, OWNER)
    data, log = folder / "data", folder / "log"
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    control = as_owner(tools / "pg_ctl", "-D", data)
    try:
        subprocess.run(as_owner(tools / "initdb", "-D", data, "-U", "explorer", "-A", "trust", "-E", "UTF8"), **run)  # type: ignore[call-overload]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
        subprocess.run([*control, "-l", str(log), "-o", options, "-w", "-t", "600", "start"], **run)  # type: ignore[call-overload]
        yield f"postgres://explorer@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        code = subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    sys.exit(code)
