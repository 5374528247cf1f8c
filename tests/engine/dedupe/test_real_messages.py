"""Grouping of real messages, where the data folder is at hand."""

import csv
import os
from pathlib import Path

import pytest

from diancai.engine.dedupe import Item, group

FOLDER = Path(os.environ.get("DIANCAI_REAL_DATA", "")) / "messages"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not os.environ.get("DIANCAI_REAL_DATA"), reason="DIANCAI_REAL_DATA names no folder"),
]


def _table(name: str) -> list[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def groups() -> dict[str, str]:
    found = group([Item(row["id"], row["text"], row["subject"]) for row in _table("hot.csv")])
    return {joined.id: joined.group for joined in found}


def test_identical_texts_are_together(groups: dict[str, str]) -> None:
    same: dict[str, set[str]] = {}
    for row in _table("hot_same_text.csv"):
        same.setdefault(row["group"], set()).add(groups[row["id"]])
    assert all(len(found) == 1 for found in same.values())


def test_hot_issues_are_whole_and_nothing_else_is_in_them(groups: dict[str, str]) -> None:
    issues: dict[str, list[dict[str, str]]] = {}
    for row in _table("hot_issues_silver.csv"):
        issues.setdefault(row["issue"], []).append(row)
    for rows in issues.values():
        core = {row["id"] for row in rows if int(row["teams_listing"]) >= 2}
        told = [groups[one] for one in core]
        best = max(set(told), key=told.count)
        members = {one for one, name in groups.items() if name == best}
        precision = len(members & {row["id"] for row in rows}) / len(members)
        recall = len(members & core) / len(core)
        assert 2 * precision * recall / (precision + recall) >= 0.98
