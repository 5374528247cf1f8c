"""Doing several acts at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection

from diancai.ground.errors import Refusal

MOST_TRIES = 400


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts together; returns each one's result, or the refusal it met. Other errors are raised."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait(timeout=10)
        try:
            results[place] = _patiently(act)
        except Exception as error:  # (a thread's error is handed to the test)
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
    return results


def _patiently(act: Callable[[], Any]) -> Any:
    """SQLite in memory refuses at once where a file would wait for the lock; trying again is what the file does."""
    for _ in range(MOST_TRIES):
        try:
            return act()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            threading.Event().wait(0.01)
    raise AssertionError("the database stayed locked")
