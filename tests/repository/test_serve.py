"""scripts/run keeps the page server and the worker alive together and leaves neither behind."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from repository.house import TOP

# Stand-ins for the two programs; each writes its process number beside itself.
PAGE_SERVER = """
import http.server, os, pathlib, sys
pathlib.Path(__file__).with_suffix(".pid").write_text(str(os.getpid()))
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(int(os.environ.get("FIRST_STATUS", "302"))); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Page).serve_forever()
"""
CONSOLE = """
import os, pathlib, sys, time
if sys.argv[1:] == ["demo", "accounts"]: print("demo / demo-password"); sys.exit()
pathlib.Path(__file__).with_suffix(".pid").write_text(str(os.getpid()))
time.sleep(float(os.environ.get("WORKER_LIVES", "60")))
"""


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def started(tmp_path):
    """Starts serve.py with the stand-ins; gives the process and a way to read their numbers."""
    for name, program in (("granian", PAGE_SERVER), ("diancai", CONSOLE)):
        (tmp_path / name).write_text(f"#!{sys.executable}\n{program}")
        (tmp_path / name).chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = []

    def start(**environment):
        path = f"{tmp_path}:{os.environ['PATH']}"
        command = [sys.executable, str(TOP / "scripts/parts/serve.py"), "--accounts", "127.0.0.1", str(port)]
        env = os.environ | {"PATH": path, "PYTHONUTF8": "1"} | environment
        running.append(subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return running[0], lambda: [int((tmp_path / f"{name}.pid").read_text()) for name in ("granian", "diancai")]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_to_look_and_stops_both_when_asked(started, number):
    process, numbers = started()
    lines = iter(process.stdout.readline, "")
    shown = ""
    for line in lines:
        shown += line
        if "Ctrl-C" in line:
            break
    assert "demo / demo-password" in shown
    assert "http://127.0.0.1:" in shown
    assert all(map(is_alive, numbers()))
    process.send_signal(number)
    assert process.wait(10) == 0
    until(lambda: not any(map(is_alive, numbers())))


def test_a_killed_worker_is_started_again_while_the_pages_stay(started):
    process, numbers = started()
    for line in iter(process.stdout.readline, ""):
        if "Ctrl-C" in line:
            break
    server, worker = numbers()
    os.kill(worker, signal.SIGKILL)
    until(lambda: numbers()[1] != worker)
    assert numbers()[0] == server
    assert all(map(is_alive, numbers()))
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_when_the_worker_dies_again_and_again_the_server_does_not_stay_behind_alone(started):
    process, numbers = started(WORKER_LIVES="0.3")
    _, complaint = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "ended by itself" in complaint
    until(lambda: not any(map(is_alive, numbers())))


def test_a_server_that_fails_on_its_first_page_is_not_called_started(started):
    process, numbers = started(FIRST_STATUS="500")
    shown, complaint = process.communicate(timeout=15)
    assert process.returncode == 1
    assert "did not start" in complaint
    assert "Ctrl-C" not in shown
    until(lambda: not any(map(is_alive, numbers())))
