"""Starts the page server and one worker, says where to look, and stops both on Ctrl-C; called by scripts/run.

A worker that dies is started again while the pages stay; only one that dies again and again stops the whole.

Standard library only: `--check-only HOST PORT` runs before the virtual environment exists; `--accounts` lists the
demo accounts.
"""

import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from types import FrameType

READY_WITHIN = 60  # seconds
STOP_WITHIN = 10  # seconds, then the process is killed
RESTARTS_A_MINUTE = 3  # of the worker; one that dies more often will not be mended by starting it again
PAUSE = 1  # seconds before a dead worker is started again


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with one line in both languages when nothing can listen on `host:port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        other = port + 1 if port < 65535 else 8000
        sys.exit(
            f"{host} 的端口 {port} 不能使用（{error.strerror}）。请换一个端口：scripts/run --port {other}\n"
            f"Port {port} of {host} cannot be used ({error.strerror}). Choose another: scripts/run --port {other}"
        )


def start(*command: str) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches this process alone and it stops them in order."""
    return subprocess.Popen(command, start_new_session=True)


def page_server(host: str, port: int) -> subprocess.Popen[bytes]:
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    return start("granian", *options, "--no-ws", "--log-level", "warning", "diancai.project.wsgi:application")


def first_status(host: str, port: int) -> int:
    """The status of the first page, 0 while nothing listens; which page it is does not matter."""
    connection = HTTPConnection(host, port, timeout=READY_WITHIN)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def wait_until_ready(host: str, port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not (status := first_status(host, port)):
        if server.poll() is not None or time.monotonic() > deadline:
            break
        time.sleep(0.1)
    if not 200 <= status < 500:
        raise SystemExit("服务没有启动，原因见上。\nThe server did not start; the reason stands above.")


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to finish what they hold, then make sure that they are gone."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()


def on_signal(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def demo_accounts() -> str:
    """Who may sign in to the demo; asked while the server starts, told when it is ready."""
    asked = subprocess.run(["diancai", "demo", "accounts"], stdout=subprocess.PIPE, check=False)
    return asked.stdout.decode("utf-8")


def keep_going(children: list[subprocess.Popen[bytes]]) -> None:
    """Watch `children` (page server, worker) and replace a dead worker; returns when that no longer helps."""
    restarted: list[float] = []
    while children[0].poll() is None:
        if children[1].poll() is not None:
            restarted = [moment for moment in restarted if time.monotonic() - moment < 60]
            if len(restarted) == RESTARTS_A_MINUTE:
                return
            sys.stderr.write("后台任务意外停止，正在重新启动。\nThe worker ended by itself and is started again.\n")
            time.sleep(PAUSE)
            restarted.append(time.monotonic())
            children[1] = start("diancai", "worker")
        time.sleep(0.5)


def serve(host: str, port: int, *, with_accounts: bool) -> int:
    """0 after Ctrl-C; 1 when the server ended by itself, or the worker too often."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    children = [page_server(host, port)]
    try:
        children.append(start("diancai", "worker"))
        accounts = demo_accounts() if with_accounts else ""
        wait_until_ready(host, port, children[0])
        sys.stdout.write(f"{accounts}\n打开 / Open   http://{host}:{port}/\n停止 / Stop   Ctrl-C\n")
        sys.stdout.flush()
        keep_going(children)
        sys.stderr.write("服务或后台任务意外停止，原因见上。\nThe server or the worker ended by itself; see above.\n")
    except KeyboardInterrupt:
        return 0
    finally:
        stop(children)
    return 1


def main(arguments: list[str]) -> int:
    host, port = arguments[-2:]
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"端口应为 1–65535 的数字：{port}\nA port is a number from 1 to 65535: {port}")
    refuse_taken_port(host, int(port))
    if "--check-only" in arguments:
        return 0
    return serve(host, int(port), with_accounts="--accounts" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
