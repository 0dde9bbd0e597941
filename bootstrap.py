"""Sets up what `make` needs on a fresh machine (virtual environment, pinned libraries, Debian packages), then serves.

Runs before any library is installed, so it uses only the standard library. If there is something that it cannot mend,
it stops with one line that names the fix. The Makefile has already checked the Python version.
"""

import ctypes
import errno
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FONTS = Path("/usr/share/fonts")
LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"]


def stop(line: str) -> NoReturn:
    sys.exit(f"\n✗ {line}")


def say(line: str) -> None:
    print(f"· {line}", flush=True)


# ── The environment ──


def environment(requirements: str) -> None:
    """Makes the virtual environment with these pinned libraries. Does nothing if it is there and up to date."""
    wanted = wanted_libraries(requirements)
    stamp = VENV / f"{requirements}.installed"
    if works(VENV_PYTHON) and stamp.exists() and stamp.read_text() == wanted:
        return
    need_writable(ROOT, "Work in a copy of your own, or ask its owner.")
    if not works(VENV_PYTHON):
        make_venv()
    say(f"Installing the libraries of {requirements} (once; this takes a minute or so)")
    install(requirements)
    stamp.write_text(wanted)


def wanted_libraries(requirements: str) -> str:
    """The lines of the file and of those it includes, without comments: editing a comment installs nothing."""
    lines = [line.split("#")[0].strip() for line in (ROOT / requirements).read_text().splitlines()]
    return "".join(wanted_libraries(line[3:]) if line.startswith("-r ") else f"{line}\n" for line in lines if line)


def works(python: Path) -> bool:
    """Whether this interpreter starts: not so in a half-made environment, or if its Python has been removed."""
    try:
        return subprocess.run([python, "-c", "import sys"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    uv = shutil.which("uv")
    say("Making the virtual environment .venv")
    if uv and call(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)):
        return
    if find_spec("ensurepip") is None:
        debian_packages(["python3-venv"])
    if not call(sys.executable, "-m", "venv", "--clear", str(VENV)):
        stop("The virtual environment could not be made. On Debian: apt-get install python3-venv. Then run this again.")


def install(requirements: str) -> None:
    """Installs with uv if it is there (ten times faster), otherwise with pip."""
    uv = shutil.which("uv")
    if uv and call(uv, "pip", "install", "--quiet", "--python", str(VENV_PYTHON), "-r", requirements):
        return
    if uv:
        say("uv could not install them; trying pip.")
    call(VENV_PYTHON, "-m", "ensurepip", "--default-pip", quiet=True)  # an environment made by uv has no pip
    if not call(
        VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries=1", "-r", requirements
    ):
        stop("The libraries could not be installed; above is why (no network, a full disk?). Then run this again.")


def call(*command: str | Path, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, check=False, stdout=output, stderr=output).returncode == 0


# ── What the machine must have ──


def debian_packages(packages: list[str]) -> None:
    """Installs Debian packages as root; for anybody else, stops with the command that does it."""
    fix = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"Missing: {', '.join(packages)}. As root on Debian: {fix}. Then run this again.")
    say(f"Installing {', '.join(packages)} (Debian)")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-qq")
    if not call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, quiet=True):
        stop(f"Debian's packages could not be installed. Run “{fix}” by hand to see why, then run this again.")


def browser() -> None:
    """Installs what the browser tests need: Debian's Chromium, a common font, and a library for Playwright's driver."""
    missing = [] if shutil.which("chromium") else ["chromium"]
    if not any(FONTS.rglob("LiberationSans-Regular.*")):
        missing.append("fonts-liberation")
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        missing.append("libatomic1")
    if missing:
        debian_packages(missing)


def need_writable(folder: Path, fix: str) -> None:
    """Stops if the folder, or the nearest folder above it that exists, cannot be written to."""
    nearest = next(path for path in [folder, *folder.parents] if path.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        stop(f"No permission to write to {nearest}. {fix}")


def address() -> tuple[str, int]:
    """Host and port from the environment. Stops if nothing can listen there."""
    host, port_text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port_text.isdecimal() or not 0 < int(port_text) < 65536:
        stop(f"PORT={port_text} is not a port number. Choose one from 1024 to 65535, such as: make run PORT=8080")
    port = int(port_text)
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except socket.gaierror:
        stop(f"HOST={host} is not a name or address of this machine. Leave it out, or use 127.0.0.1.")
    except OSError as error:
        other = port + 1 if 1023 < port < 65535 else 8080
        stop(f"{reason(error, host, port)} Choose another port, such as: make run PORT={other}")
    return host, port


def reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is busy: something else is listening there."
    if error.errno == errno.EACCES:
        return f"Port {port} is for root only."
    return f"Cannot listen on {host} port {port}: {error.strerror}."


# ── Verbs ──


def run() -> None:
    """Serves the site as in production, but on plain HTTP, to look at on this machine."""
    serving(PRODUCTION="0", DEBUG="0")
    become("-m", "gunicorn", "explorer.wsgi")


def dev() -> None:
    """Serves the site with Django's own server, which restarts when a file changes."""
    host, port = serving(PRODUCTION="0", DEBUG="1")
    become("manage.py", "runserver", f"[{host}]:{port}" if ":" in host else f"{host}:{port}")


def serve() -> None:
    """Serves the site as it is deployed, behind a proxy that does TLS."""
    serving(PRODUCTION="1")
    become("-m", "gunicorn", "explorer.wsgi")


def serving(**settings: str) -> tuple[str, int]:
    """Gets everything ready that a server needs before it starts."""
    host, port = address()
    environment("requirements.txt")
    data = Path(os.environ.get("DATA_DIR") or ROOT / "var")
    need_writable(data, "Set DATA_DIR to a folder of your own, such as: make run DATA_DIR=$HOME/therapy-explorer")
    os.environ.update(settings, HOST=host, PORT=str(port))
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "131072")  # glibc's own start value; set, it no longer grows
    if settings["PRODUCTION"] == "0":
        os.environ.setdefault("ALLOWED_HOSTS", ",".join(names_of(host)))
    prepare()
    return host, port


def prepare() -> None:
    """Makes databases, release and static files ready, where they are not."""
    if not call(VENV_PYTHON, "manage.py", "prepare"):
        stop("The site is not ready to start; the lines above say why.")


def names_of(host: str) -> Iterable[str]:
    """The host names that a trial site answers to."""
    return dict.fromkeys([*LOCAL_NAMES, f"[{host}]" if ":" in host else host, socket.gethostname()])


def become(*arguments: str) -> NoReturn:
    """Replaces this process with the program, so that stopping `make` stops it."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *arguments])


def ready() -> None:
    """What a command needs that reads or writes the catalogue: the libraries, and a site that was prepared."""
    environment("requirements.txt")
    prepare()


def tools() -> None:
    """Installs the libraries of `make check` and `make test`."""
    environment("requirements-dev.txt")


def postgres() -> None:
    """Installs the libraries of `make test-postgres`."""
    environment("requirements-postgres.txt")


def calibrate() -> None:
    """Installs the libraries of `make search-calibrate`."""
    environment("requirements-calibrate.txt")


VERBS: dict[str, Callable[[], None]] = {
    verb.__name__: verb for verb in (run, dev, serve, ready, tools, browser, postgres, calibrate)
}

if __name__ == "__main__":
    try:
        for verb in sys.argv[1:]:
            VERBS[verb]()
    except KeyboardInterrupt:
        stop("Stopped.")
