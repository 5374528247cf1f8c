"""Letters of real citizens get sensible routes; skipped where the real data is absent."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from diancai.engine.digest import Digester, Remark

REAL = os.environ.get("DIANCAI_REAL_DATA", "")


@pytest.mark.real_data
@pytest.mark.skipif(not REAL, reason="DIANCAI_REAL_DATA names no folder")
def test_letters_are_mostly_for_the_list_and_few_are_diverted(digester: Digester) -> None:
    csv.field_size_limit(10**7)
    with (Path(REAL) / "messages" / "hot.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))[::10]
    found = [digester.digest(Remark(row["id"], row["text"], subject=row["subject"])) for row in rows]
    routes = Counter(digest.route.value for digest in found)
    assert routes["list"] > 0.8 * len(rows)
    assert routes["divert"] < 0.04 * len(rows)
    assert routes["emergency"] + routes["none"] < 0.01 * len(rows)
    assert sum(1 for digest in found for want in digest.wants if want.topic) > 0.95 * len(rows)
    assert all(0 < len(want.content) <= 30 for digest in found for want in digest.wants)
