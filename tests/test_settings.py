"""Settings are read in a process of their own: they refuse what cannot be right, and say what to do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"PRODUCTION": "1", "SECRET_KEY": "a1b2c3d4e5" * 7, "ALLOWED_HOSTS": "therapies.example"}
SET_BY_TESTS = "DJANGO_ALLOW_ASYNC_UNSAFE"
READ = ("PRODUCTION", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CATALOGUE_PATH")


def manage(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in (*READ, SET_BY_TESTS)}
    environment = {**inherited, "DATA_DIR": str(tmp_path), **settings}
    command = [sys.executable, "-W", "error::DeprecationWarning:explorer", "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_the_deployment_check_finds_nothing_under_the_production_settings(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite3").touch()
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (without("SECRET_KEY"), "Set SECRET_KEY"),
        ({**GOOD, "SECRET_KEY": "short"}, "Set SECRET_KEY"),
        (without("ALLOWED_HOSTS"), "Set ALLOWED_HOSTS"),
        ({**GOOD, "ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS"),
        ({**GOOD, "DEBUG": "1"}, "DEBUG is on in production"),
        ({**GOOD, "PRODUCTION": "perhaps"}, "PRODUCTION"),
        ({"DEBUG": "yep"}, "DEBUG"),
    ],
)
def test_a_setting_that_cannot_be_right_stops_the_start_in_one_line(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    done = manage(tmp_path, "check", **settings)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_set_is_a_trial_site_with_a_secret_of_its_own(tmp_path: Path) -> None:
    shown = "s.DEBUG, s.PRODUCTION, s.ALLOWED_HOSTS, len(s.SECRET_KEY) > 50"
    show = f"from django.conf import settings as s; print({shown})"
    first = manage(tmp_path, "shell", "-v", "0", "-c", show)
    assert first.stdout.strip() == "False False ['localhost', '127.0.0.1', '[::1]'] True", first.stderr
    secret = (tmp_path / "secret-key").read_text()
    manage(tmp_path, "shell", "-v", "0", "-c", "pass")
    assert (tmp_path / "secret-key").read_text() == secret, "sessions survive a restart"
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_names_of_hosts_may_be_written_with_blanks(tmp_path: Path) -> None:
    show = "from django.conf import settings as s; print(s.ALLOWED_HOSTS)"
    done = manage(tmp_path, "shell", "-v", "0", "-c", show, **{**GOOD, "ALLOWED_HOSTS": "a.example, b.example ,"})
    assert done.stdout.strip() == "['a.example', 'b.example']"


def test_a_missing_release_is_said_with_the_command_that_makes_it(tmp_path: Path) -> None:
    done = manage(tmp_path, "check")
    assert "install_release" in done.stderr


def test_no_migration_is_missing(tmp_path: Path) -> None:
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


def test_every_direct_library_is_pinned_and_has_its_reason() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        direct, pulled_in = (ROOT / name).read_text().split("# pulled in by the above")
        lines = [line for line in direct.splitlines() if line and not line.startswith(("#", "-r "))]
        assert lines
        for line in lines:
            assert re.match(r"[A-Za-z0-9-]+==[0-9.]+", line), line
        assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line) for line in pulled_in.split())


def test_the_data_may_be_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "c# 50%20 a+b?"
    done = manage(folder, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert (folder / "working.sqlite3").stat().st_size > 0
