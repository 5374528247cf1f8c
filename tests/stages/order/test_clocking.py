"""The clocks of orders: projected with the act, right again after a changed calendar or rule, told once."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cast import Cast
from stages.making import make_need
from stages.order.bringing import MUSTS, answer, bureau, part_of
from stages.order.test_random_ways import Walk

from diancai.clocks import run_clock
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.clocking.promises import handling_acts, promises_of
from diancai.stages.order.clocking.proposing import propose_due
from diancai.stages.order.clocking.recomputing import advance, recompute
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.errors import AskedTooLate
from diancai.stages.order.models import Extension, Order
from diancai.stages.order.queries import clock_facts, count_orders, get_order, list_orders
from diancai.stages.order.rows import OrderRow
from diancai.words import ClockState, DueBound

BEIJING = ZoneInfo("Asia/Shanghai")
PAGE = Path(__file__).resolve().parents[3] / "docs/algorithms/clocks.md"
LIMITS = (
    "clock,county,strand,topic,source,kind,urgency,limit,amber,red,from,until,basis\n"
    "签收,,,,,,,1d,,,,,甲\n办理,,,,,,,{limit},,,,,乙\n回访,,,,,,,3d,,,,,丙\n"
)
ACT = re.compile(
    r"(?P<verb>pause|resume|stop|hand over|extend)( to \S+)?( (?P<days>\d+))? (?P<at>[\d-]+ [\d:]+)"
    r"( approved (?P<yes>.+))?"
)


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BEIJING)


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    """The county's own files, put where the house looks for them."""
    settings.CONFIG_OVERRIDES = tmp_path
    return tmp_path


@pytest.fixture
def plain(programme: ProgrammeRow) -> Need:
    """A need that nothing but the limits binds."""
    return make_need(programme.id, wanted_text="", topic="")


def ordered(cast: Cast, need: Need, at: datetime, **words: Any) -> OrderRow:
    return actions.place_order(by=cast.county_office, at=at, need_id=need.pk, department_id=cast.department.pk, **words)


def at_work(cast: Cast, need: Need, at: datetime) -> OrderRow:
    """Accepted and started at once."""
    part = part_of(ordered(cast, need, at))
    one: dict[str, Any] = {"by": cast.department_contact, "at": at, "assignment_id": part.pk}
    actions.accept_assignment(**one, **MUSTS)
    return actions.start_assignment(**one)


# the dispatch --------------------------------------------------------------------------------------------------------
def test_a_dispatch_promises_a_day_and_says_why(cast: Cast, plain: Need) -> None:
    begins = moment("2026-03-02 09:00")
    told = propose_due(cast.county_office, plain.pk, begins)
    order = ordered(cast, plain, begins)
    assert order.due_on == told.on == date(2026, 3, 19)
    assert order.due_at == moment("2026-03-19 18:00")
    assert (told.bound_by, told.is_provisional) == (DueBound.LIMIT, False)
    assert told.reason_zh == "一般事项十三个工作日，自派单次日起算"
    row = Order.objects.get()
    assert (row.amber_at, row.red_at) == (moment("2026-03-17 18:00"), moment("2026-03-18 18:00"))
    part = part_of(order)
    assert (part.limit, part.sign_limit, part.sign_due_at) == ("13d", "1d", moment("2026-03-03 18:00"))
    assert f"办理时限：{order.due_on}" in get_order(cast.county_office, order.id).text


def test_a_person_may_set_an_earlier_day(cast: Cast, plain: Need) -> None:
    order = ordered(cast, plain, moment("2026-03-02 09:00"), due_on=date(2026, 3, 10))
    assert (order.due_on, order.due_bound) == (date(2026, 3, 10), DueBound.AGREED)


def test_what_the_farm_year_wants_comes_first(cast: Cast, programme: ProgrammeRow) -> None:
    dredging = make_need(programme.id, wanted_text="", topic="农田水利/渠系清淤")
    order = ordered(cast, dredging, moment("2026-04-07 09:00"))
    assert order.due_bound == DueBound.SEASON
    assert order.due_season
    assert order.due_on is not None and order.due_on < date(2026, 4, 24)


# a year without a calendar -------------------------------------------------------------------------------------------
def test_an_order_of_december_is_reckoned_by_weeks_until_the_calendar_comes(
    cast: Cast, plain: Need, own_files: Path
) -> None:
    begins = moment("2026-12-21 09:00")
    order = ordered(cast, plain, begins)
    # Thirteen weekdays: 1 January counts as worked as long as no notice says otherwise.
    assert (order.due_on, order.is_provisional) == (date(2027, 1, 7), True)
    assert propose_due(cast.county_office, plain.pk, begins).is_provisional
    assert recompute(begins, check=True).differing == []
    (own_files / "calendars").mkdir()
    (own_files / "calendars/CN-2027.csv").write_text("date,kind,name\n2027-01-01,holiday,元旦\n", encoding="utf-8")
    assert recompute(begins, check=True).differing == [order.id]
    advance(begins)
    row = get_order(cast.county_office, order.id).order
    assert (row.due_on, row.is_provisional) == (date(2027, 1, 8), False)
    assert recompute(begins, check=True).differing == []


def test_an_extension_reaches_into_a_year_without_a_calendar(cast: Cast, plain: Need) -> None:
    order = at_work(cast, plain, moment("2026-12-07 09:00"))
    asked = {"by": cast.department_contact, "assignment_id": part_of(order).pk, "reason": "大雪封路", "days": 10}
    actions.ask_extension(**asked, at=moment("2026-12-21 09:00"))
    row = actions.decide_extension(
        by=cast.county_office,
        at=moment("2026-12-21 10:00"),
        extension_id=Extension.objects.get().pk,
        granted=True,
    )
    assert (row.due_on, row.is_provisional) == (date(2027, 1, 7), True)


def test_a_time_before_the_first_calendar_is_told_once_and_stops_nobody(cast: Cast, plain: Need) -> None:
    orders = [ordered(cast, need, moment("2018-05-02 09:00")) for need in (plain, make_need(plain.programme_id))]
    assert [order.due_on for order in orders] == [None, None]
    done = recompute(moment("2026-03-02 09:00"), check=True)
    assert [(count, "2018" in why) for why, count in done.refused.items()] == [(2, True)]


# the run -------------------------------------------------------------------------------------------------------------
def test_lights_turn_and_are_told_once(cast: Cast, plain: Need) -> None:
    order = at_work(cast, plain, moment("2026-03-02 09:00"))
    told: list[str] = []
    for when in ("2026-03-02 10:00", "2026-03-17 18:30", "2026-03-17 19:30", "2026-03-19 08:30", "2026-03-20 08:30"):
        advance(moment(when))
        told.append(Order.objects.get().clock_state)
    assert told == ["running", "amber", "amber", "red", "overdue"]
    advance(moment("2026-03-21 08:30"))
    kinds = Event.objects.filter(kind__startswith="order.clock_").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["order.clock_amber", "order.clock_red", "order.clock_overdue"]
    history = [line.zh for line in get_order(cast.county_office, order.id).history]
    assert "办理逾期，已过2026-03-19 18:00（五原县农牧局）" in history
    words: dict[str, Any] = {"programme_id": plain.programme_id}
    assert count_orders(cast.county_office, **words).late == 1
    assert [row.late for row in list_orders(cast.county_office, **words, late=True).rows] == [True]
    assert list_orders(cast.other_county_office, **words, late=True).rows == ()


def test_what_nobody_signed_for_is_told_once(cast: Cast, plain: Need) -> None:
    ordered(cast, plain, moment("2026-03-02 09:00"))
    for hour in (1, 2, 3):
        advance(moment("2026-03-04 09:00") + timedelta(hours=hour))
    assert Event.objects.filter(kind="order.sign_overdue").count() == 1
    assert part_of(Order.objects.get()).sign_state == ClockState.OVERDUE


def test_a_hidden_order_tells_nothing(cast: Cast, plain: Need) -> None:
    order = ordered(cast, plain, moment("2026-03-02 09:00"))
    Order.objects.filter(pk=order.id).update(hidden_at=moment("2026-03-02 10:00"))
    advance(moment("2026-04-02 09:00"))
    assert not Event.objects.filter(kind__in=["order.clock_overdue", "order.sign_overdue"]).exists()


def test_a_changed_rule_leaves_the_promise_and_a_spoilt_column_is_mended(
    cast: Cast, plain: Need, own_files: Path
) -> None:
    begins = moment("2026-03-02 09:00")
    order = ordered(cast, plain, begins)
    (own_files / "limits.csv").write_text(LIMITS.format(limit="5d"), encoding="utf-8")
    later = ordered(cast, make_need(plain.programme_id, wanted_text="", topic=""), begins)
    assert (later.due_on, Order.objects.get(pk=order.id).due_on) == (date(2026, 3, 9), date(2026, 3, 19))
    assert recompute(begins, check=True).differing == []
    Order.objects.filter(pk=order.id).update(due_at=begins)
    assert recompute(begins, check=True).differing == [order.id]
    assert recompute(begins).differing == [order.id]
    assert Order.objects.get(pk=order.id).due_at == moment("2026-03-19 18:00")


# the worked cases, by people -----------------------------------------------------------------------------------------
def cases() -> list[dict[str, str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    first = next(place for place, row in enumerate(rows) if row[0] == "case")
    return [
        dict(zip(rows[first], row, strict=True)) for row in rows[first + 2 :] if len(row) == 9 and row[1][:3] == "202"
    ][:14]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"][:40])
def test_a_worked_case_by_the_acts_of_people(
    cast: Cast, programme: ProgrammeRow, own_files: Path, case: dict[str, str]
) -> None:
    (own_files / "limits.csv").write_text(LIMITS.format(limit=case["limit"]), encoding="utf-8")
    order = at_work(cast, make_need(programme.id, wanted_text="", topic=""), moment(case["begins"]))
    for written in case["acts"].split("; "):
        if written:
            _do(cast, order.id, written, is_refused="after the due does not count" in case["case"])
    looked = moment(case["looked at"])
    recompute(looked)
    found = Order.objects.get()
    assert (found.due_at, found.clock_state) == (moment(case["due"]), case["state"])
    (promise,) = promises_of(clock_facts([order.id])[0])
    face = run_clock(handling_acts(clock_facts([order.id])[0], promise, None), rulebook().time("150821"), until=looked)
    hours = [f"{length.total_seconds() / 3600:g} h" for length in (face.worked, face.paused)]
    assert hours == [case["worked"], case["paused"]]


def _do(cast: Cast, order_id: int, written: str, *, is_refused: bool) -> None:
    told = ACT.fullmatch(written)
    assert told, written
    at, part = moment(told["at"]), part_of(Order.objects.get())
    office: dict[str, Any] = {"by": cast.county_office, "at": at, "order_id": order_id}
    held: dict[str, Any] = answer(cast, part) | {"at": at}
    if told["verb"] == "pause":
        actions.pause_order(**office, reason="resident")
    elif told["verb"] == "resume":
        actions.resume_order(**office)
    elif told["verb"] == "stop":
        if part.state == "dispatched":
            actions.accept_assignment(**held, **MUSTS)
        if part.state != "in_hand":
            actions.start_assignment(**held)
        actions.complete_assignment(**held, words="3月9日讲课1场，到场46人")
    elif told["verb"] == "hand over":
        actions.hand_over_assignment(
            **held, to_department_id=bureau("科技").pk, reason="属科技特派员服务", basis="“三定”规定"
        )
    elif is_refused:
        with pytest.raises(AskedTooLate):
            actions.ask_extension(**held, reason="大雪封路", days=int(told["days"]))
    else:
        actions.ask_extension(**held, reason="大雪封路", days=int(told["days"]))
        if told["yes"]:
            extension = Extension.objects.get()
            actions.decide_extension(
                by=cast.county_office, at=moment(told["yes"]), extension_id=extension.pk, granted=True
            )


# no time is lost -----------------------------------------------------------------------------------------------------
class ClockedWalk(Walk):
    """After every act: columns are what the facts say, and each clock's stretches fill its whole length."""

    def check(self) -> None:
        assert recompute(self.at, check=True).differing == [], self.done
        for order in Order.objects.order_by("pk"):
            facts = clock_facts([order.pk])[0]
            held = [part for part in facts.parts if part.is_lead]
            for promise in promises_of(facts):
                self._check_promise(facts, promise)
            assert sum(len(promise.parts) for promise in promises_of(facts)) == len(facts.parts)
            assert bool(order.clock_state) == any(part.round == order.round for part in facts.parts), self.done
            assert not held or order.due_at is not None or order.round > held[-1].round

    def _check_promise(self, facts: Any, promise: Any) -> None:
        acts = handling_acts(facts, promise, None)
        until = max(self.at, acts[-1].at)
        face = run_clock(acts, rulebook().time(facts.county_code[:6]), until=until)
        ends = promise.over_at or until
        edges = [each.begins for each in face.stretches] + [face.stretches[-1].ends] if face.stretches else []
        assert not edges or (edges[0], edges[-1]) == (promise.root.dispatched_at, ends), self.done
        assert all(one.ends == two.begins for one, two in zip(face.stretches, face.stretches[1:], strict=False))
        whole = sum((each.open + each.closed for each in face.stretches), timedelta())
        assert whole == max(ends - promise.root.dispatched_at, timedelta()), self.done
        accounts = face.by_unit().values()
        assert sum((a.in_time + a.late + a.paused + a.closed for a in accounts), timedelta()) == whole


@pytest.mark.parametrize("seed", range(5))
def test_no_sequence_of_acts_loses_or_counts_time_twice(cast: Cast, programme: ProgrammeRow, seed: int) -> None:
    need = make_need(programme.id)
    walk = ClockedWalk(cast, need, 100 + seed)
    actions.place_order(
        by=cast.county_office, at=walk.at, need_id=need.pk, department_id=cast.department.pk, asked=3, unit="场"
    )
    for _ in range(40):
        if walk.step():
            walk.check()
    assert len(set(walk.done)) >= 3, walk.done
