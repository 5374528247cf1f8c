"""`diancai worker` and `diancai jobs`: do the background work, tell how it stands."""

import argparse
import signal
import time

from diancai.interfaces.console.command import Command

IDLE_SECONDS = 1.0
SEAL_EVERY_SECONDS = 5.0
CELLS_AT_ONCE = 50


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is ready, then stop")


def _worker(given: argparse.Namespace) -> int:
    from diancai.ground.work.actions import run_all

    if given.once:
        print(f"{run_all()} jobs done")
        return 0
    _work_until_stopped()
    return 0


def _work_until_stopped() -> None:
    """Jobs as they come; between them the ledger is sealed and counts rebuilt. A stop ends after the job in hand."""
    from django.db import close_old_connections

    from diancai.ground.work.actions import do_chores, run_one
    from diancai.stages.tally.actions import rebuild_dirty

    going = [True]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    signal.signal(signal.SIGINT, lambda *_: going.clear())
    sealed_at = 0.0
    while going:
        close_old_connections()
        job = run_one()
        if time.monotonic() - sealed_at > SEAL_EVERY_SECONDS:
            _seal()
            do_chores(time.monotonic())
            sealed_at = time.monotonic()
        if job is None and not rebuild_dirty(CELLS_AT_ONCE):
            time.sleep(IDLE_SECONDS)


def _seal() -> None:
    from django.utils import timezone

    from diancai.ground.ledger.actions import SealerCollision, head_is_due, seal_tail, write_head

    try:
        seal_tail(at=timezone.now())
    except SealerCollision:
        return
    if head_is_due(on=timezone.localdate()):
        write_head(at=timezone.now())


def _jobs(given: argparse.Namespace) -> int:
    from diancai.ground.work.queries import list_jobs

    for job in list_jobs():
        print(f"{job.id:>6} {job.state:<8} {job.done}/{job.total} {job.kind} {job.note} {job.problem[-200:]}")
    return 0


def _check_counts(given: argparse.Namespace) -> int:
    from diancai.ground.programme.queries import list_programmes
    from diancai.stages.tally.actions import rebuild_dirty
    from diancai.stages.tally.queries import check_cells

    rebuilt = rebuild_dirty()
    faults = [fault for programme in list_programmes() for fault in check_cells(programme.id)]
    print(f"重建 rebuilt {rebuilt}, 不符 differences {len(faults)}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


COMMANDS = (
    Command(
        "worker",
        "执行后台任务，直到停止",
        "do background jobs until stopped",
        "diancai worker",
        _worker,
        _arguments,
    ),
    Command("jobs", "列出后台任务和进度", "list background jobs", "diancai jobs", _jobs),
    Command(
        "counts check",
        "把统计数和记录逐一核对",
        "hold the counts against the records",
        "diancai counts check",
        _check_counts,
    ),
)
