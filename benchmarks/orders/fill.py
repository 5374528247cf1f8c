"""Fills the database of one folder: `python -m benchmarks.orders.fill FOLDER SIZE`."""

import sys
import time
from pathlib import Path

from benchmarks.records.database import ready


def main(folder: Path, size: int) -> int:
    begun = time.perf_counter()
    with ready(folder):
        from django.utils import timezone

        from benchmarks.orders.filling import fill
        from benchmarks.records.ground import lay
        from diancai.stages.tally.actions import mark_everything, rebuild_dirty

        programme_id, office = lay()
        fill(size, programme_id, office.pk, timezone.now(), is_open=False)
        mark_everything(programme_id)
        rebuild_dirty()
    print(f"{size:,} orders filled in {time.perf_counter() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
