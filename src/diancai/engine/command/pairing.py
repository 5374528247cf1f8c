"""The commands that pair: match (needs with offers) and route (cases with units)."""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TextIO

from diancai.engine.match.need_and_offer import Need, Offer
from diancai.engine.match.router import Router, UnitChoice

from . import refusals
from .reading import Rows, name_of, read_rows
from .writing import bar, write_line

_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_LISTED = re.compile(r"[\s,，、;；|]+")


def match(given: argparse.Namespace, out: TextIO) -> None:
    """One line a need with its best offers.

    Offers with a column `service` are lines of a supply list: place, time, language and topic are respected and only
    fitting ones are told. Offers with a column `text` are plain texts: the `--top` nearest are told.
    """
    needs = read_rows(given.needs, ("text",))
    offers = read_rows(given.offers)
    if offers and "service" in offers[0] and "text" not in offers[0]:
        _match_lists(needs, offers, given.top, out)
    elif offers and "text" not in offers[0]:
        raise refusals.no_column(given.offers, "text", list(offers[0]))
    else:
        _match_texts(needs, offers, given.top, out)


def _match_texts(needs: Rows, offers: Rows, top: int, out: TextIO) -> None:
    from diancai.engine.match.ranking import Ranking  # noqa: PLC0415

    names = [name_of(row, number) for number, row in enumerate(offers, 1)]
    ranking, draw = Ranking([row["text"] for row in offers]), bar("对接")
    for number, row in enumerate(needs, 1):
        best = ranking.best(f"{row.get('subject', '')} {row['text']}", top)
        told = [{"id": names[one.place], "score": one.score, "why": list(one.why)} for one in best]
        write_line(out, {"id": name_of(row, number), "offers": told})
        if draw:
            draw(number, len(needs))


def _match_lists(needs: Rows, offers: Rows, top: int, out: TextIO) -> None:
    from diancai.engine.match.matcher import Matcher  # noqa: PLC0415

    matcher = Matcher([_offer(name_of(row, number), row) for number, row in enumerate(offers, 1)])
    for number, row in enumerate(needs, 1):
        name = name_of(row, number)
        pairs = matcher.best(_need(name, row), top)
        told = [{"id": one.offer_id, "score": one.score, "why": [*one.why, *one.against]} for one in pairs]
        write_line(out, {"id": name, "offers": told})


def _need(name: str, row: dict[str, str]) -> Need:
    return Need(
        name,
        row["text"],
        row.get("topic") or None,
        row.get("strand") or None,
        row.get("place_code") or None,
        day_of(row.get("wanted_from", "")),
        day_of(row.get("wanted_until", "")),
        row.get("service_form", ""),
        row.get("language", ""),
    )


def _offer(name: str, row: dict[str, str]) -> Offer:
    capacity = row.get("capacity_left", "").strip()
    return Offer(
        name,
        row["service"],
        row.get("service_form", ""),
        _several(row.get("topics", "")),
        row.get("strand") or None,
        _several(row.get("place_codes", "")),
        day_of(row.get("valid_from", "")),
        day_of(row.get("valid_until", "")),
        int(capacity) if capacity.isdigit() else None,
        _several(row.get("languages", "")),
        row.get("department", ""),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _LISTED.split(cell) if part)


def day_of(cell: str) -> date | None:
    """The day that a cell tells (2019-12-05, 2019/2/28 11:25, 2019年2月28日), or None."""
    found = _DAY.search(cell)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def route(given: argparse.Namespace, out: TextIO) -> None:
    """One line a new row, in the order of the file, with the units that most likely take it.

    With `--time` the days are answered in order, and the units of a day are learned once its last row is answered;
    without it nothing is learned from the new rows.
    """
    history = read_rows(given.history, (given.target, *([given.time] if given.time else [])))
    new = read_rows(given.new, (given.time,) if given.time else ())
    usable = [row for row in history if row[given.target].strip()]
    if not usable:
        raise refusals.nothing_to_learn(given.history)
    columns, texts = _columns(history, new, {given.target, given.time or "", "id"})
    router = Router([(row, row[given.target].strip()) for row in usable], columns, texts)
    for _, places in _by_day(usable, given.time):
        _learn(router, [usable[at] for at in places], given.target)
    for number, choices in enumerate(_answers(router, new, given), 1):
        units = [
            {"unit": one.unit, "unit_group": one.unit_group, "score": one.score, "why": list(one.why)}
            for one in choices
        ]
        write_line(out, {"id": name_of(new[number - 1], number), "units": units})


def _answers(router: Router, new: Rows, given: argparse.Namespace) -> list[list[UnitChoice]]:
    answers: list[list[UnitChoice]] = [[] for _ in new]
    draw, done = bar("派单"), 0
    for day, places in _by_day(new, given.time):
        for at in places:
            row = {column: value for column, value in new[at].items() if column != given.target}
            answers[at] = router.rank(row, given.top)
        if day:
            _learn(router, [new[at] for at in places if new[at].get(given.target, "").strip()], given.target)
        done += len(places)
        if draw:
            draw(done, len(new))
    return answers


def _learn(router: Router, rows: Rows, target: str) -> None:
    for row in rows:
        router.learn({column: value for column, value in row.items() if column != target}, row[target].strip())
    router.end_day()


def _by_day(rows: Rows, time: str | None) -> Iterator[tuple[date | None, list[int]]]:
    """Days in order with the places of their rows; rows without a readable day come last, as no day."""
    days: dict[date | None, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        days[day_of(row[time]) if time else None].append(at)
    for day in sorted(one for one in days if one is not None):
        yield day, days[day]
    if None in days:
        yield None, days[None]


def _columns(history: Rows, new: Rows, apart: set[str]) -> tuple[list[str], list[str]]:
    """The category columns and the text columns that both files have; numbers of records are neither."""
    shared = [column for column in history[0] if column and column not in apart and (not new or column in new[0])]
    categories, texts = [], []
    for column in shared:
        values = [row[column].strip() for row in history]
        told = [value for value in values if value]
        if not told:
            continue
        distinct, length = len(set(told)) / len(told), sum(map(len, told)) / len(told)
        if length >= 10 and distinct > 0.2:
            texts.append(column)
        elif distinct <= 0.5 or len(set(told)) <= 20:
            categories.append(column)
        elif re.search(r"[\u4e00-\u9fff]", "".join(told[:50])):
            texts.append(column)
    return categories, texts
