"""Every worked case of docs/algorithms/clocks.md, read from the page itself."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from office_time import SEASONS, TIME, at, day, reading

from diancai.clocks import (
    Event,
    Extended,
    HandedOver,
    Paused,
    Resumed,
    Span,
    Started,
    Stopped,
    due_on,
    load_limits,
    run_clock,
)
from diancai.words import ClockKind

PAGE = Path(__file__).resolve().parents[2] / "docs/algorithms/clocks.md"
ACT = re.compile(
    r"(pause|resume|stop|hand over to (?P<unit>\S+)|extend (?P<days>\d+)) (?P<at>[\d-]+ [\d:]+)( approved (?P<yes>.+))?"
)
CHANGED = (
    "clock,county,strand,topic,source,kind,urgency,limit,amber,red,from,until,basis\n"
    "办理,,,,,,,15d,,,,2026-06-30,旧办法\n办理,,,,,,,10d,,,2026-07-01,,新办法\n"
)


def _rows(first_heading: str, count: int) -> Iterator[dict[str, str]]:
    """The rows of the page's tables that begin with this heading and have that many columns."""
    heads: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not heads and cells and cells[0] == first_heading and len(cells) == count:
            heads = cells
        elif not cells:
            heads = []
        elif heads and not cells[0].startswith("---"):
            yield dict(zip(heads, cells, strict=True))


CASES = list(_rows("case", 9))
ACCOUNTS = list(_rows("begins", 9))
RULES = list(_rows("dispatched", 3))
DUE_DAYS = list(_rows("dispatched", 6))


def test_the_page_has_the_cases_that_must_be_shown() -> None:
    told = " ".join(case["case"] for case in CASES)
    for wanted in ("Spring Festival", "调休 Saturday", "pause over two holidays", "handed over"):
        assert wanted in told
    assert [len(table) for table in (CASES, ACCOUNTS, RULES, DUE_DAYS)] == [14, 3, 3, 9]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"][:40])
def test_a_worked_case(case: dict[str, str]) -> None:
    face = run_clock(_events(case), TIME, until=at(case["looked at"]))
    assert face.due_at == at(case["due"])
    assert face.state == case["state"]
    assert (face.worked, face.paused) == (_length(case["worked"]), _length(case["paused"]))
    assert [each.last_hour for each in face.extensions] == ["last hour" in case["case"] or "the same" in case["case"]][
        : len(face.extensions)
    ]


@pytest.mark.parametrize("case", ACCOUNTS, ids=lambda case: f"{case['acts'][:20]} {case['unit']}")
def test_an_account(case: dict[str, str]) -> None:
    account = run_clock(_events(case), TIME, until=at(case["looked at"])).by_unit()[case["unit"]]
    told = (account.in_time, account.late, account.paused, account.closed)
    assert told == tuple(_length(case[name]) for name in ("in time", "late", "paused", "closed"))


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["dispatched"])
def test_a_changed_rule(case: dict[str, str]) -> None:
    begins = at(case["dispatched"])
    limit = load_limits(reading(limits=CHANGED)).find(ClockKind.HANDLING, on=begins.date())
    assert limit.span.text == case["limit"]
    assert due_on(TIME, begins, limit.span).on == day(case["due"])
    face = run_clock([Started(begins, limit.span)], TIME, until=begins + timedelta(days=60))
    assert face.due_on == day(case["due"]), "the order keeps its span"
    corrected = run_clock([Started(begins, limit.span)], TIME, until=begins, limit=Span(1))
    assert corrected.due_at == TIME.after(begins, Span(1)), "unless a corrected one is asked for"


@pytest.mark.parametrize("case", DUE_DAYS, ids=lambda case: case["dispatched"] + case["topic"] + case["words"])
def test_a_due_day(case: dict[str, str]) -> None:
    begins = at(case["dispatched"])
    wanted = SEASONS.wanted(begins.date(), case["county"], topic=case["topic"], words=case["words"])
    due = due_on(TIME, begins, Span(13), wanted)
    assert (due.on, due.bound_by) == (day(case["due"]), case["set by"])
    assert run_clock([Started(begins, Span(13), wanted=wanted)], TIME, until=begins).due_at == due.at


def _events(case: dict[str, str]) -> list[Event]:
    acts = [_act(written) for written in case["acts"].split("; ") if written]
    return [Started(at(case["begins"]), Span.parse(case["limit"]), "水利局"), *acts]


def _act(written: str) -> Event:
    match = ACT.fullmatch(written)
    assert match, written
    when, verb = at(match["at"]), written.split(maxsplit=1)[0]
    approved: datetime | None = at(match["yes"]) if match["yes"] else None
    if verb == "extend":
        return Extended(when, int(match["days"]), approved)
    if verb == "hand":
        return HandedOver(when, match["unit"])
    simple: dict[str, Event] = {"pause": Paused(when, "等群众"), "resume": Resumed(when), "stop": Stopped(when)}
    return simple[verb]


def _length(written: str) -> timedelta:
    return timedelta(hours=float(written.removesuffix(" h")))
