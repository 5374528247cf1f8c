"""Server and worker as children, and the memory that is theirs alone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

WORKERS = 2
THREADS = 4


@contextmanager
def served(port: int) -> Iterator[list[int]]:
    """The page server as scripts/run starts it; gives the ids of its processes."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen([*command, "diancai.project.wsgi:application"], env=os.environ)
    try:
        _wait(port)
        head = psutil.Process(process.pid)
        yield [head.pid, *(child.pid for child in head.children(recursive=True))]
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def worker_peak(is_idle: Callable[[], bool]) -> float:
    """The most anonymous memory, in MB, of a worker from its start until nothing waits for it any more."""
    worker = subprocess.Popen([Path(sys.executable).with_name("diancai"), "worker"], env=os.environ)
    most = 0.0
    try:
        while not is_idle():
            if worker.poll() is not None:
                raise RuntimeError("the worker ended by itself")
            most = max(most, anonymous_megabytes([worker.pid]))
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(60)
    return most


def anonymous_megabytes(processes: list[int]) -> float:
    """Anonymous memory of all the processes together."""
    total = 0
    for pid in processes:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total += sum(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Anonymous:"))
    return total / 1024
