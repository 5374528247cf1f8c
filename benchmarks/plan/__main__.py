"""`scripts/bench plan`: gap to the bound, gain over greedy, feasibility, seed by seed.

Sizes are towns × departments × weeks. `--seconds` is what the planner may take; loading its libraries is timed apart.
"""

import argparse
import sys
import time

from diancai.engine.plan import check, generate, solve

SIZES = ((114, 58, 8), (90, 60, 12))
HEADINGS = ("size", "seed", "seconds", "value", "bound", "gap %", "over greedy %", "breaches")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    begun = time.perf_counter()
    solve(generate(3, 3, 2, 0), seconds=0.5)
    print(f"first plan, libraries loaded: {time.perf_counter() - begun:.1f} s\n")
    print("{:<14}{:>5}{:>9}{:>10}{:>10}{:>8}{:>15}{:>10}".format(*HEADINGS))
    for size in SIZES:
        for seed in range(1, given.seeds + 1):
            _one(size, seed, given.seconds)
    return 0


def _one(size: tuple[int, int, int], seed: int, seconds: float) -> None:
    instance = generate(*size, seed)
    begun = time.perf_counter()
    plan = solve(instance, seconds=seconds, seed=seed)
    taken = time.perf_counter() - begun
    value, bound, greedy = plan["value"], plan["bound"], plan["greedy_value"]
    gap, gain = 100 * (bound - value) / bound, 100 * (value - greedy) / greedy
    name = "×".join(map(str, size))
    print(
        f"{name:<14}{seed:>5}{taken:>9.1f}{value:>10.1f}{bound:>10.1f}{gap:>8.2f}{gain:>15.2f}"
        f"{len(check(instance, plan)):>10}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
