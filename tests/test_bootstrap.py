import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the environment, with two lists of libraries."""
    (tmp_path / "requirements.txt").write_text("Django==5.2.19  # the framework\n")
    (tmp_path / "requirements-dev.txt").write_text("# tools\n-r requirements.txt\npytest==9.2.0\n")
    for name, place in (("ROOT", ""), ("VENV", ".venv"), ("VENV_PYTHON", ".venv/bin/python")):
        monkeypatch.setattr(bootstrap, name, tmp_path / place)
    return tmp_path


@pytest.fixture
def steps(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been made and installed, in order."""
    done: list[str] = []

    def make_venv() -> None:
        done.append("venv")
        bootstrap.VENV.mkdir()

    monkeypatch.setattr(bootstrap, "make_venv", make_venv)
    monkeypatch.setattr(bootstrap, "works", lambda python: bootstrap.VENV.exists())
    monkeypatch.setattr(bootstrap, "install", done.append)
    return done


def refusal(stopped: pytest.ExceptionInfo[SystemExit]) -> str:
    said = str(stopped.value.code).strip()
    assert "\n" not in said, "one line"
    return said


def test_libraries_are_installed_once_and_again_when_their_list_changes(steps: list[str], elsewhere: Path) -> None:
    bootstrap.environment("requirements.txt")
    bootstrap.environment("requirements.txt")
    assert steps == ["venv", "requirements.txt"]
    (elsewhere / "requirements.txt").write_text("Django==5.2.20\n")
    bootstrap.environment("requirements.txt")
    assert steps == ["venv", "requirements.txt", "requirements.txt"]


def test_another_reason_beside_a_library_installs_nothing(steps: list[str], elsewhere: Path) -> None:
    bootstrap.environment("requirements-dev.txt")
    (elsewhere / "requirements.txt").write_text("# new words\nDjango==5.2.19   # because\n")
    bootstrap.environment("requirements-dev.txt")
    assert steps == ["venv", "requirements-dev.txt"]


def test_the_tools_follow_the_list_that_they_build_on(steps: list[str], elsewhere: Path) -> None:
    bootstrap.environment("requirements-dev.txt")
    (elsewhere / "requirements.txt").write_text("Django==5.2.20\n")
    bootstrap.environment("requirements-dev.txt")
    assert steps.count("requirements-dev.txt") == 2


def test_an_interrupted_install_is_done_again(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(requirements: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(bootstrap, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.environment("requirements.txt")
    bootstrap.environment("requirements.txt")
    assert steps == ["venv", "requirements.txt"]


def test_an_interpreter_that_is_missing_or_broken_does_not_work(tmp_path: Path) -> None:
    assert bootstrap.works(Path(sys.executable))
    assert not bootstrap.works(tmp_path / "python")
    (tmp_path / "python").write_text("#!/no/such/interpreter\n")
    (tmp_path / "python").chmod(0o755)
    assert not bootstrap.works(tmp_path / "python")


# ── Refusals: one line, with the fix ──


def test_a_busy_port_is_said_with_another_that_may_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit) as stopped:
            bootstrap.address()
    assert f"Port {port} is busy" in refusal(stopped)
    assert "make run PORT=" in refusal(stopped)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "80x"), ("PORT", "0"), ("PORT", "99999"), ("PORT", "-1"), ("HOST", "no.invalid")],
)
def test_an_address_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.address()
    assert f"{variable}={value}" in refusal(stopped)


def test_the_address_is_loopback_and_port_8000_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    from unittest.mock import MagicMock

    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(bootstrap.socket, "socket", MagicMock())
    assert bootstrap.address() == ("127.0.0.1", 8000)


def test_a_folder_that_cannot_be_written_to_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.need_writable(tmp_path / "not" / "there" / "yet", "Set DATA_DIR to a folder of your own.")
    assert refusal(stopped) == f"✗ No permission to write to {tmp_path}. Set DATA_DIR to a folder of your own."


def test_a_missing_package_is_installed_by_root_and_named_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []

    def call(*command: Any, quiet: bool = False) -> bool:
        calls.append(command)
        return True

    monkeypatch.setattr(bootstrap, "call", call)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    bootstrap.debian_packages(["python3-venv"])
    assert calls[-1][:3] == ("apt-get", "install", "-y")
    assert calls[-1][-1] == "python3-venv"
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.debian_packages(["chromium", "libatomic1"])
    assert "apt-get install chromium libatomic1" in refusal(stopped)


def test_the_browser_comes_with_a_common_font_and_what_is_there_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "debian_packages", asked.append)
    monkeypatch.setattr(bootstrap, "FONTS", tmp_path)
    monkeypatch.setattr(bootstrap.ctypes, "CDLL", lambda name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    bootstrap.browser()
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    (tmp_path / "liberation").mkdir()
    (tmp_path / "liberation" / "LiberationSans-Regular.ttf").touch()
    bootstrap.browser()
    assert asked == [["chromium", "fonts-liberation"]]


def test_without_uv_or_where_uv_fails_pip_installs(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for uv in (None, "/usr/bin/uv"):
        calls: list[str] = []

        def call(*command: Any, quiet: bool = False, calls: list[str] = calls) -> bool:
            calls.append(" ".join(str(part) for part in command))
            return command[0] != "/usr/bin/uv"

        monkeypatch.setattr(bootstrap, "call", call)
        monkeypatch.setattr(bootstrap.shutil, "which", lambda name, uv=uv: uv)
        bootstrap.install("requirements.txt")
        assert "-m pip install" in calls[-1]
        assert ("/usr/bin/uv pip install" in calls[0]) == bool(uv)


# ── The Makefile ──


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_python_that_is_too_old_gets_one_clear_line(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = make("run", f"PYTHON={old}")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert "PYTHON=" in done.stderr


def test_the_list_of_verbs_has_every_verb() -> None:
    listed = make("help").stdout
    for verb in ("run", "dev", "serve", "test", "check", "fix", "publish", "bench"):
        assert f"make {verb} " in listed


def test_a_command_without_the_libraries_says_how_to_run_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "manage.py", "install_release"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert refused_in_one_line(done) == (
        "The libraries are missing. Run “make run” once; then: .venv/bin/python manage.py …"
    )


def test_a_command_whose_database_is_damaged_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "working.sqlite3").write_bytes(b"\xa5" * 300_000)
    own = {"DATA_DIR": str(tmp_path), "PRODUCTION": "0"}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "releases"],
        cwd=ROOT,
        env={**inherited, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "The working database cannot be used: file is not a database" in refused_in_one_line(done)


def refused_in_one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_each_verb_that_reads_the_catalogue_makes_it_ready_first() -> None:
    lines = (ROOT / "Makefile").read_text()
    for verb in ("publish", "content-report", "bench"):
        recipe = lines.split(f"\n{verb}: ")[1].split("\n\n")[0]
        assert "$(BOOTSTRAP) ready" in recipe, verb


def test_the_continuous_integration_runs_the_two_test_commands_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().split("\n")
    assert lines == ["#!/usr/bin/env bash", "set -eu", 'cd "$(dirname "$0")/.."', "make test", "make test-postgres", ""]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
