"""Fills the database of one folder: `python -m benchmarks.records.fill FOLDER SIZE`."""

import sys
import time
from pathlib import Path

from benchmarks.records.database import ready


def main(folder: Path, size: int) -> int:
    begun = time.perf_counter()
    with ready(folder):
        from benchmarks.records.filling import fill
        from benchmarks.records.ground import lay
        from diancai.stages.tally.actions import mark_everything, rebuild_dirty

        programme_id, office = lay()
        filled = fill(size, programme_id, office.pk)
        mark_everything(programme_id)
        rebuild_dirty()
    taken = time.perf_counter() - begun
    print(f"{filled.needs:,} needs, {filled.remarks:,} remarks filled in {taken:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
