"""The commands that wire other rooms of the engine to files: figures, digest, plan."""

import argparse
import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO

from diancai.words import Route

from . import refusals
from .pairing import day_of
from .reading import Rows, decoded, name_of, read_bytes, read_rows, read_text
from .writing import bar, write_line

# From this score on a pair of short lines of one county is one need; below it is only proposed.
SAME_NEED = 0.8


def figures(given: argparse.Namespace, out: TextIO) -> None:
    """One line a figure; for a .jsonl of clauses each figure carries the clause's id."""
    from diancai.engine.figures import read_figures  # noqa: PLC0415

    if given.report.lower().endswith((".jsonl", ".ndjson")):
        for number, row in enumerate(read_rows(given.report, ("clause",)), 1):
            for figure in read_figures(row["clause"]):
                write_line(out, {"id": name_of(row, number), **figure.to_json()})
        return
    for figure in read_figures(read_text(given.report).removeprefix("\ufeff")):
        write_line(out, figure.to_json())


class _Places:
    """Names of places from the .csv tables of a folder, or from the engine's own package data."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def known_names(self) -> frozenset[str]:
        """All names, with and without their suffix."""
        return self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for text in self._tables() for name in _names_in(text))

    def _tables(self) -> Iterator[str]:
        if self._folder is None:
            own = files("diancai").joinpath("config", "places", "places.csv")
            yield from [own.read_text("utf-8-sig")] if own.is_file() else []
            return
        folder = Path(self._folder)
        if not folder.is_dir():
            raise refusals.no_file(self._folder)
        for path in sorted(folder.glob("*.csv")):
            yield decoded(read_bytes(str(path)), str(path))


def _names_in(text: str) -> Iterator[str]:
    for row in csv.DictReader(io.StringIO(text)):
        for column in ("name", "official_name", "short_name", "aliases"):
            for name in (row.get(column) or "").split("|"):
                if len(name.strip()) > 1:
                    yield name.strip()
                    yield _bare(name.strip())


def _bare(name: str) -> str:
    """A name without its suffix: 永联村 is also told 永联."""
    for suffix in ("社区", "嘎查", "苏木", "街道", "分场", "村", "镇", "乡"):
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def digest(given: argparse.Namespace, out: TextIO) -> None:
    """One line a remark: its wants with the group of each, and the masked text."""
    from diancai.engine.digest import Digester, Remark, load_topics  # noqa: PLC0415
    from diancai.engine.said.farm_calendar import load_farm_calendar  # noqa: PLC0415
    from diancai.engine.tokens import know_places  # noqa: PLC0415

    rows = read_rows(given.remarks, ("text",))
    places = _Places(given.places)
    know_places(places.known_names())
    config = files("diancai").joinpath("config")
    topics = load_topics(
        read_rows(given.topics) if given.topics else config.joinpath("topics.csv").read_text("utf-8-sig")
    )
    calendar = load_farm_calendar(config.joinpath("farm_calendar.json").read_text("utf-8"))
    digester, draw = Digester(topics, calendar, places), bar("梳理")
    told: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        said_at, place = _instant(row.get("said_at", "")), row.get("place_code", "").strip()
        remark = Remark(name_of(row, number), row["text"], row.get("subject", ""), said_at, place)
        found = digester.digest(remark)
        told.append({"id": remark.id, "wants": [_want(want) for want in found.wants], "masked": found.masked})
        if draw:
            draw(number, len(rows))
    _name_groups(told, rows)
    for line in told:
        write_line(out, line)


def _want(want: Any) -> dict[str, Any]:
    """A want in the fields of the office's examples: Chinese labels, English routes; a diverted one tells nothing."""
    diverted = want.route is Route.DIVERT
    return {
        "n": want.n,
        "route": want.route.value,
        "kind": want.kind.zh,
        "content": None if diverted else want.content,
        "wanted_text": want.wanted_text,
        "wanted_from": _iso(want.wanted_from),
        "wanted_until": _iso(want.wanted_until),
        "service_form": want.service_form,
        "topic": want.topic,
        "strand": want.strand.zh if want.strand else None,
        "quantity": want.quantity,
        "households": want.households,
        "persons": want.persons,
        "urgency": "按规定" if diverted else want.urgency.zh,
        "group": None,
        "why": list(want.why),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _instant(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell.strip())
    except ValueError:
        day = day_of(cell)
        return datetime(day.year, day.month, day.day) if day else None


def _name_groups(told: list[dict[str, Any]], rows: Rows) -> None:
    """Give wants of the list that tell one need the same group; any other want keeps a group of its own."""
    by_county: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for line, row in zip(told, rows, strict=True):
        for want in line["wants"]:
            want["group"] = name = f"{line['id']}-{want['n']}"
            if want["route"] == Route.LIST.value and want["content"]:
                by_county[row.get("place_code", "").strip()[:6]].append((name, want))
    # A county's line stays its own: needs are merged within a county only.
    for wants in by_county.values():
        _group_county(wants)


def _group_county(wants: list[tuple[str, dict[str, Any]]]) -> None:
    from diancai.engine.dedupe import Item, group, propose  # noqa: PLC0415

    items = [
        Item(str(at), want["content"], "", "", want["topic"], want["content"]) for at, (_, want) in enumerate(wants)
    ]
    head = list(range(len(items)))

    def first(at: int) -> int:
        while head[at] != at:
            at = head[at]
        return at

    pairs = [(one.id, one.group) for one in group(items)]
    pairs += [(one.first, one.second) for one in propose(items, bar=SAME_NEED)]
    for one, other in pairs:
        low, high = sorted((first(int(one)), first(int(other))))
        head[high] = low
    for at, (_, want) in enumerate(wants):
        want["group"] = wants[first(at)][0]


def plan(given: argparse.Namespace, out: TextIO) -> None:
    """One line: the plan of an instance, found within `--seconds` from `--seed`."""
    from diancai.engine.plan import PlanRefusal, solve  # noqa: PLC0415

    try:
        instance = json.loads(read_text(given.instance))
    except ValueError:
        raise refusals.not_readable(given.instance, "不是 JSON") from None
    try:
        write_line(out, solve(instance, seconds=given.seconds, seed=given.seed))
    except PlanRefusal as refused:
        raise refusals.Unusable(refused.code, refused.zh, refused.en) from None
