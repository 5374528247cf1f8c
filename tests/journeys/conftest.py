"""A whole installation in a folder of its own: database, server, worker, and a browser to walk through it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from interfaces.console.door import Shell, shell_of

TOP = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """Where the installation answers, and the environment of programs that lay something in it."""

    address: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    """A site for the journeys of a file: set up, laid, served, worked on; everything is gone afterwards."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here; scripts/test installs it")
    port = _free_port()
    environment = os.environ | {
        "DIANCAI_DATA": str(tmp_path_factory.mktemp("journey")),
        "DJANGO_SETTINGS_MODULE": "diancai.project.settings",
        "DIANCAI_LOG": "WARNING",
    }
    environment.pop("DATABASE_URL", None)
    python = [sys.executable, "-m"]
    door = [sys.executable, "-c", "import sys; from diancai.interfaces.console.main import main; sys.exit(main())"]
    subprocess.run([*door, "setup"], env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, str(Path(__file__).with_name("lay.py"))], env=environment, check=True)
    serve = [*python, "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--log-level", "warning"]
    running = [
        subprocess.Popen([*serve, "--blocking-threads", "4", "diancai.project.wsgi:application"], env=environment),
        subprocess.Popen([*door, "worker"], env=environment),
    ]
    try:
        _wait(port)
        yield Site(f"http://127.0.0.1:{port}", dict(environment))
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


@pytest.fixture(scope="module")
def chromium(site):
    """One browser for the journeys of a file: its loop must be gone before other files touch the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run a command of the console in this process."""
    return shell_of(capsys)


@pytest.fixture
def put(tmp_path):
    """Write a file where the shell can find it."""

    def write(name, content):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not come up")
