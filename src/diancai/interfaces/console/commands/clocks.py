"""`diancai clocks recompute`: every clock anew from its facts, or only which orders would differ."""

import argparse

from diancai.interfaces.console.command import Command

SHOWN = 20


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="只核对，不写入 / compare, write nothing")


def _recompute(given: argparse.Namespace) -> int:
    """0 when all agree or were written; 1 when `--check` found orders that differ."""
    from django.utils import timezone

    from diancai.stages.order.clocking.recomputing import recompute

    done = recompute(timezone.now(), check=given.check)
    found = len(done.differing)
    verb_zh, verb_en = ("与事实不符", "differ") if given.check else ("已改正", "corrected")
    print(f"核对 {done.seen} 件订单的时限，{found} 件{verb_zh}。")
    print(f"{done.seen} orders looked at, {found} {verb_en}.")
    if done.differing:
        shown = " ".join(str(each) for each in done.differing[:SHOWN])
        print(f"id: {shown}{' …' if found > SHOWN else ''}")
    for why, count in done.refused.items():
        print(f"{count} ×  {why}")
    return int(given.check and bool(found))


COMMANDS = (
    Command(
        "clocks recompute",
        "重算全部时限",
        "compute every clock anew",
        "diancai clocks recompute --check",
        _recompute,
        _arguments,
    ),
)
