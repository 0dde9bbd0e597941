"""Debian's own Chromium drives the browser tests; where it is missing, they fail and say what to install."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

PATIENCE = 120_000  # milliseconds; a busy machine is no fault, and only what hangs waits that long
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing. On Debian: apt-get install chromium libatomic1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*FLAGS, *sandbox], "timeout": PATIENCE}


@pytest.fixture(scope="session")
def launch_browser(launch_browser: Callable[..., Browser]) -> Callable[..., Browser]:
    """Its pages wait as patiently as `expect` does."""

    def patient(**options: Any) -> Browser:
        browser = launch_browser(**options)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        return browser

    return patient
