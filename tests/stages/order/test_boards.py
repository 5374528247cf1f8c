"""Boards by columns, paged by key; the day's work; orders dispatched together."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from cast import DENGKOU, NOON, WUYUAN, Cast
from django.utils import timezone
from stages.making import make_need
from stages.order.bringing import bring_part, bureau, placed

from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.order import actions
from diancai.stages.order.errors import DepartmentElsewhere, LeadStands, NobodyTicked, TooManyTicked
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.queries import board, day_of, get_order
from diancai.stages.order.queries import urgent as counting
from diancai.stages.order.rows import BoardColumn
from diancai.stages.tally.queries import totals
from diancai.words import AssignmentState, DayGroupKind


@pytest.fixture(autouse=True)
def _now_is_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def column(account: Account, state: str, **more: Any) -> BoardColumn:
    return next(each for each in board(account, **more) if each.state == state)


def dated(cast: Cast, programme_id: int, day: int | None, **more: Any) -> int:
    """Placed, its due day set by hand: the board sorts by it."""
    order = placed(cast, make_need(programme_id).pk, **more)
    Order.objects.filter(pk=order.id).update(due_on=date(2019, 12, day) if day else None)
    return order.id


def test_the_most_urgent_first_and_the_undated_last_page_by_page(cast: Cast, programme: ProgrammeRow) -> None:
    ids = [dated(cast, programme.id, day) for day in (20, None, 12, 20, None, 31)]
    wanted = [ids[2], ids[0], ids[3], ids[5], ids[1], ids[4]]
    words = {"programme_id": programme.id, "limit": 2}
    seen, after = [], ""
    for _ in range(4):
        part = column(cast.county_office, "placed", **words, column="placed", after=after)
        seen += [card.order.id for card in part.cards]
        assert part.count.number == 6
        after = part.next_after or ""
        if not after:
            break
    assert seen == wanted
    # A spoilt key begins at the beginning; an unknown column is none.
    for spoilt in ("~", "2019-13-40~3", "2019-12-12~²", "nonsense"):
        again = column(cast.county_office, "placed", **words, column="placed", after=spoilt)
        assert [card.order.id for card in again.cards] == wanted[:2], spoilt
    assert board(cast.county_office, programme_id=programme.id, column="nonsense") == ()


def test_counting_stops_in_time_and_says_so(
    cast: Cast, programme: ProgrammeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED", 2)
    monkeypatch.setattr(counting.tallied, "__defaults__", (2,))
    for _ in range(3):
        placed(cast, make_need(programme.id).pk)
    part = column(cast.county_office, "placed", programme_id=programme.id, limit=1)
    assert (part.count.number, part.count.at_least, len(part.cards)) == (2, True, 1)


def test_a_departments_board_is_its_own_and_whoever_sees_its_places(cast: Cast, programme: ProgrammeRow) -> None:
    order = bring_part(cast, make_need(programme.id).pk, AssignmentState.ACCEPTED)
    words = {"programme_id": programme.id, "department_id": cast.department.pk}
    for who in ("department_contact", "county_office", "prefecture_office", "leader", "town_officer"):
        part = column(getattr(cast, who), "accepted", **words)
        assert [card.order.id for card in part.cards] == [order.id], who
        assert part.cards[0].assignment is not None
        assert part.cards[0].clock_state == part.cards[0].assignment.clock_state
    assert not any(each.cards for each in board(cast.other_county_office, **words))
    assert not any(each.cards for each in board(cast.other_department_contact, **words))
    with pytest.raises(NotAllowed):
        board(cast.other_county_office, programme_id=programme.id, place_code=WUYUAN)
    assert not any(each.cards for each in board(cast.department_contact, **words, place_code=DENGKOU))
    for who in ("stranger", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            day_of(getattr(cast, who), programme_id=programme.id, at=NOON)


def clocked(order_id: int, due: datetime, **more: Any) -> None:
    """Set the clock of an order and of its parts by hand."""
    columns = {
        "clock_state": "running",
        "due_at": due,
        "due_on": timezone.localdate(due),
        "red_at": due - timedelta(days=1),
        "amber_at": due - timedelta(days=2),
        **more,
    }
    Order.objects.filter(pk=order_id).update(**columns)
    Assignment.objects.filter(order_id=order_id).update(**columns)


def test_a_day_by_its_clocks(cast: Cast, programme: ProgrammeRow) -> None:
    ways = {
        DayGroupKind.OVERDUE: NOON - timedelta(hours=30),
        DayGroupKind.TODAY: NOON + timedelta(hours=5),
        DayGroupKind.RED: NOON + timedelta(hours=20),
        DayGroupKind.AMBER: NOON + timedelta(hours=40),
    }
    wanted: dict[DayGroupKind, int] = {}
    for kind, due in ways.items():
        order = bring_part(cast, make_need(programme.id).pk, AssignmentState.ACCEPTED)
        clocked(order.id, due)
        wanted[kind] = order.id
    far = bring_part(cast, make_need(programme.id).pk, AssignmentState.ACCEPTED)
    clocked(far.id, NOON + timedelta(days=9))
    still = bring_part(cast, make_need(programme.id).pk, AssignmentState.ACCEPTED)
    clocked(still.id, NOON - timedelta(days=9), clock_state="paused")
    words = {"programme_id": programme.id, "at": NOON}
    for who, department in (("department_contact", cast.department.pk), ("county_office", None)):
        groups = day_of(getattr(cast, who), **words, department_id=department)
        assert {each.kind: [card.order.id for card in each.cards] for each in groups} == {
            kind: [order_id] for kind, order_id in wanted.items()
        }, who
        assert [each.cards[0].clock_state for each in groups] == ["overdue", "red", "red", "amber"]


def test_what_waits_for_whom(cast: Cast, programme: ProgrammeRow) -> None:
    mine = placed(cast, make_need(programme.id).pk)
    sent = placed(cast, make_need(programme.id).pk, department_id=cast.department.pk)
    back = bring_part(cast, make_need(programme.id).pk, AssignmentState.RETURNED)
    for order_id in (mine.id, sent.id, back.id):
        clocked(order_id, NOON + timedelta(days=30))
    actions.take_order(by=cast.county_office, at=NOON, order_id=mine.id)

    def day(who: str, **more: Any) -> dict[str, list[int]]:
        groups = day_of(getattr(cast, who), programme_id=programme.id, at=NOON, **more)
        return {each.kind.value: [card.order.id for card in each.cards] for each in groups}

    # What one is on stands there alone, however urgent.
    assert day("county_office") == {"mine": [mine.id], "returned": [back.id]}
    assert day("prefecture_office") == {"returned": [back.id], "to_dispatch": [mine.id]}
    assert day("department_contact", department_id=cast.department.pk) == {"to_answer": [sent.id]}
    assert day("leader") == {}
    assert day("other_county_office") == {}


def test_many_orders_to_one_department_in_one_act(cast: Cast, programme: ProgrammeRow) -> None:
    ids = [placed(cast, make_need(programme.id).pk).id for _ in range(3)]
    held = placed(cast, make_need(programme.id).pk, department_id=bureau("科技").pk).id
    before = Event.objects.count()
    office = {"by": cast.county_office, "at": NOON, "department_id": cast.department.pk}
    made = actions.dispatch_orders(**office, order_ids=[*ids, held, *ids])
    assert sorted(row.id for row in made.orders) == ids
    assert [(order_id, type(refusal)) for order_id, refusal in made.refused] == [(held, LeadStands)]
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("id")
    assert (event.kind, event.subject_kind, event.subject_id) == (
        "order.dispatched_together",
        "orders",
        str(programme.id),
    )
    assert (sorted(event.details["order_ids"]), event.details["count"], len(event.details["digest"])) == (ids, 3, 64)
    assert event.county_code == WUYUAN
    assert set(Order.objects.filter(pk__in=ids).values_list("state", flat=True)) == {"dispatched"}
    told = get_order(cast.town_officer, ids[0]).history
    assert [(row.kind, row.zh) for row in told][-1] == (
        "order.dispatched_together",
        f"派给{cast.department.name}（牵头），同批共3件",
    )
    # A counted cell knows at once what became of them.
    counted = totals("orders", programme.id, [WUYUAN])
    assert {state: number for (_place, _strand, state), number in counted.items()} == {"dispatched": 4}


def test_together_is_refused_as_one_by_one_and_leaves_nothing_half_done(cast: Cast, programme: ProgrammeRow) -> None:
    order_id = placed(cast, make_need(programme.id).pk).id
    words = {"at": NOON, "order_ids": [order_id], "department_id": cast.department.pk}
    for who in ("stranger", "department_contact", "town_officer", "leader", "other_county_office"):
        made = actions.dispatch_orders(by=getattr(cast, who), **words)
        assert [type(refusal) for _, refusal in made.refused] == [NotAllowed], who
        assert made.orders == ()
    elsewhere = actions.dispatch_orders(by=cast.county_office, **(words | {"department_id": cast.other_department.pk}))
    assert [type(refusal) for _, refusal in elsewhere.refused] == [DepartmentElsewhere]
    assert not Assignment.objects.exists()
    assert not Event.objects.filter(kind="order.dispatched_together").exists()
    with pytest.raises(NobodyTicked):
        actions.dispatch_orders(by=cast.county_office, **(words | {"order_ids": []}))
    with pytest.raises(TooManyTicked):
        actions.dispatch_orders(by=cast.county_office, **(words | {"order_ids": range(1, 500)}))


def test_two_pages_share_no_card(cast: Cast, programme: ProgrammeRow) -> None:
    ids = [dated(cast, programme.id, 15) for _ in range(5)]
    first = column(cast.county_office, "placed", programme_id=programme.id, column="placed", limit=3)
    rest = column(
        cast.county_office, "placed", programme_id=programme.id, column="placed", limit=3, after=first.next_after
    )
    shown = [card.order.id for card in (*first.cards, *rest.cards)]
    assert shown == ids
    assert all(a < b for a, b in pairwise(shown))
