"""Shares the run over very many clocks out among processes, for two cores do in half the time what one does.

Each process opens the database for itself and takes a batch at a time; one that dies ends the run with an error, and
the next run does what was left. Called by `recomputing`.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial

from django.db import connection

from diancai.stages.order.clocking.batch import Recomputed, run_batch
from diancai.stages.order.clocking.beginning import begin
from diancai.stages.order.clocking.rulebook import rulebook

WORTH_IT = 20_000  # orders; below, starting processes takes longer than they save
PROCESSES = 2


def may_share(orders: int) -> bool:
    """Whether processes may and should do it: not within a transaction, whose rows they would not see, and not from a
    process that may have no children."""
    return (
        orders > WORTH_IT
        and (os.cpu_count() or 1) > 1
        and not connection.in_atomic_block
        and not multiprocessing.current_process().daemon
    )


def in_processes(batches: list[list[int]], at: datetime, *, check: bool) -> Iterator[Recomputed]:
    """What each batch found, in order."""
    # A fresh interpreter, not a fork: a fork would share this process's connection and its locks.
    fresh = multiprocessing.get_context("spawn")
    database = connection.settings_dict["NAME"]
    with ProcessPoolExecutor(PROCESSES, mp_context=fresh, initializer=begin, initargs=(str(database),)) as pool:
        yield from pool.map(partial(_do, at, check), batches)


def _do(at: datetime, check: bool, ids: list[int]) -> Recomputed:
    return run_batch(ids, rulebook(at), at, check=check)
