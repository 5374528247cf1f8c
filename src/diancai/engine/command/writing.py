"""JSON lines out, and a progress bar on stderr when it is a terminal."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

# A bar is redrawn at most this often, in seconds.
_REDRAWN = 0.2
_WIDTH = 24


def write_line(out: TextIO, told: dict[str, Any]) -> None:
    """One object as one line of UTF-8 JSON."""
    out.write(json.dumps(told, ensure_ascii=False) + "\n")


def bar(label: str, screen: TextIO | None = None) -> Callable[[int, int], None] | None:
    """A progress bar to call with (done, total); None when stderr is no terminal."""
    screen = screen or sys.stderr
    if not screen.isatty():
        return None
    drawn = 0.0

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        now = time.monotonic()
        if done < total and now - drawn < _REDRAWN:
            return
        drawn = now
        full = _WIDTH * done // max(total, 1)
        screen.write(
            f"\r{label} [{'█' * full}{'·' * (_WIDTH - full)}] {done}/{total}" + ("\n" if done >= total else "")
        )
        screen.flush()

    return draw
