"""`scripts/bench clocks`: the hourly run over the clocks of many open orders, in one process and in two.

Every order has its own acts (pauses, hand-overs, extensions in the mix that `_acts` makes from a seed). Goal: 500,000
in less than 60 s on 2 cores, each clock at most 1.5 times as dear as among 10,000. Reading the acts is not in it.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from random import Random

from diancai.clocks import (
    Event,
    Extended,
    HandedOver,
    Paused,
    Resumed,
    Span,
    Started,
    WorkingTime,
    glance,
    load_calendar,
    load_hours,
    run_clock,
)
from diancai.clocks.axis import BEIJING
from diancai.config import read_text

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=BEIJING)
LIMITS = (Span(13), Span(5), Span(3), Span.parse("4h"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 500_000])
    given = parser.parse_args()
    begun = time.perf_counter()
    _office_time()
    print(f"calendar and office hours loaded: {1000 * (time.perf_counter() - begun):.0f} ms")
    print(f"a whole face, as a page shows it: {_seconds_of_faces(2_000) / 2_000 * 1e6:.0f} µs\n")
    print(f"{'clocks':>10}{'processes':>11}{'seconds':>9}{'µs a clock':>12}{'ratio':>7}  faces")
    for processes in (1, 2):
        base = 0.0
        for size in given.sizes:
            seconds, faces = _run(size, processes)
            each = 1e6 * seconds / size
            base = base or each
            told = ", ".join(f"{name} {count:,}" for name, count in sorted(faces.items()))
            print(f"{size:>10,}{processes:>11}{seconds:>9.2f}{each:>12.1f}{each / base:>7.2f}  {told}", flush=True)
    return 0


def _run(size: int, processes: int) -> tuple[float, Counter[str]]:
    """Seconds that the clocks themselves took (the slowest process), and how many show what."""
    if processes == 1:
        return _share(0, size)
    shares = [(size * part // processes, size * (part + 1) // processes) for part in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        answers = list(pool.map(_share, *zip(*shares, strict=True)))
    return max(seconds for seconds, _ in answers), sum((faces for _, faces in answers), Counter[str]())


def _share(first: int, last: int) -> tuple[float, Counter[str]]:
    office_time, faces, seconds = _office_time(), Counter[str](), 0.0
    for acts in _batches(first, last):
        begun = time.perf_counter()
        faces.update(glance(each, office_time, until=NOW).state.value for each in acts)
        seconds += time.perf_counter() - begun
    return seconds, faces


def _seconds_of_faces(size: int) -> float:
    office_time, (acts,) = _office_time(), _batches(0, size)
    begun = time.perf_counter()
    for each in acts:
        run_clock(each, office_time, until=NOW)
    return time.perf_counter() - begun


def _batches(first: int, last: int) -> Iterator[list[list[Event]]]:
    """Acts in batches, made outside the time that is taken."""
    for begin in range(first, last, 5_000):
        numbers = range(begin, min(begin + 5_000, last))
        yield [_acts(Random(number)) for number in numbers]  # noqa: S311


def _acts(chance: Random) -> list[Event]:
    """One open order's acts: four in ten were handed over, three paused, one in ten extended; most began lately."""
    at = NOW - timedelta(minutes=chance.randrange(60, 60 * 24 * 30))
    acts: list[Event] = [Started(at, chance.choice(LIMITS), "水利局")]
    later = sorted(at + (NOW - at) * chance.random() for _ in range(4))
    if chance.random() < 0.4:
        acts.append(HandedOver(later[0], "农牧局"))
    if chance.random() < 0.3:
        acts += [Paused(later[1], "等群众补充情况"), Resumed(later[2])]
    if chance.random() < 0.1:
        acts.append(Extended(later[3], 5, NOW))
    return acts


def _office_time() -> WorkingTime:
    return WorkingTime(load_calendar(read_text), load_hours(read_text))


if __name__ == "__main__":
    sys.exit(main())
