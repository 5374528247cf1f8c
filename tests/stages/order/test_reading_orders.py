"""Who sees an order, its chain back to 联丰村, lists, boards and the record of acts."""

from datetime import timedelta

import pytest
from cast import DENGKOU, NOON, TAERHU, WUYUAN, Cast
from django.utils import timezone
from stages.making import make_need, make_offer, make_source
from stages.order.bringing import bring_part, placed, progress

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import make_match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.stages.order.queries import board, count_orders, get_order, list_orders
from diancai.words import (
    AssignmentState,
    NeedProgress,
    OrderState,
)


def test_the_chain_leads_back_to_every_remark(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    withdrawn = make_source(need, cast, "算了不要了")
    withdrawn.remark.withdrawn_at = NOON
    withdrawn.remark.save()
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=make_offer(cast, programme.id).id)
    order = placed(cast, need.pk, match_id=match.id)
    chain = get_order(cast.town_officer, order.id).chain
    assert (chain.need_id, chain.offer_service) == (need.pk, "向日葵列当防治技术培训")
    assert [link.shown for link in chain.remarks] == ["想叫农牧局的下来讲讲列当咋治。"]
    assert (chain.remarks[0].place, chain.remarks[0].households) == ("五原县塔尔湖镇联丰村", 23)
    assert chain.remarks[0].remark_id is not None
    assert (chain.hidden_remarks, chain.match_why) == (1, ("人工对接",))
    # The department reads the masked words, and opens no remark.
    theirs = get_order(cast.department_contact, order.id).chain
    assert (theirs.remarks[0].shown, theirs.remarks[0].remark_id) == (chain.remarks[0].shown, None)


def test_who_sees_an_order_and_who_does_not(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    words = {"programme_id": need.programme_id}
    for who in (
        "village_officer",
        "town_officer",
        "county_office",
        "prefecture_office",
        "department_contact",
        "leader",
    ):
        assert get_order(getattr(cast, who), order.id).order.id == order.id
        assert [row.id for row in list_orders(getattr(cast, who), **words).rows] == [order.id], who
    for who in ("other_county_office", "other_department_contact"):
        with pytest.raises(NotFound):
            get_order(getattr(cast, who), order.id)
        assert list_orders(getattr(cast, who), **words).rows == ()
    assert list_orders(cast.other_department_contact, **words, place_code=WUYUAN).rows == ()
    with pytest.raises(NotAllowed):
        list_orders(cast.other_county_office, **words, place_code=WUYUAN)
    for who in ("stranger", "auditor", "administrator"):
        with pytest.raises(NotFound):
            get_order(getattr(cast, who), order.id)
        with pytest.raises(NotAllowed):
            list_orders(getattr(cast, who), **words)
        with pytest.raises(NotAllowed):
            board(getattr(cast, who), **words)


def test_lists_filter_and_page(cast: Cast, programme: ProgrammeRow) -> None:
    orders = []
    for number in range(5):
        found = make_need(programme.id, strand="health" if number == 4 else "science")
        due = timezone.localdate(NOON) + timedelta(days=number)
        orders.append(placed(cast, found.pk, department_id=cast.department.pk, due_on=due).id)
    elsewhere = make_need(programme.id, DENGKOU)
    other = actions.place_order(by=cast.other_county_office, at=NOON, need_id=elsewhere.pk).id
    words = {"programme_id": programme.id}

    def ids(**more: object) -> list[int]:
        return [row.id for row in list_orders(cast.prefecture_office, **words, **more).rows]  # type: ignore[arg-type]

    assert ids() == [other, *reversed(orders)]
    assert ids(place_code=DENGKOU) == [other]
    assert ids(place_code=TAERHU) == ids(department_id=cast.department.pk) == [*reversed(orders)]
    assert ids(state="placed") == [other]
    assert ids(strand="health") == [orders[4]]
    # The due dates of 2019 are long past; what was withdrawn is not late.
    actions.withdraw_order(by=cast.county_office, at=NOON, order_id=orders[0], reason="需求有变")
    assert ids(late=True) == [*reversed(orders[1:])]
    seen, after = [], ""
    while True:
        page = list_orders(cast.prefecture_office, **words, after=after, limit=2)  # type: ignore[arg-type]
        seen += [row.id for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == ids()


def test_boards_and_counts_of_office_and_department(cast: Cast, programme: ProgrammeRow) -> None:
    words = {"programme_id": programme.id}
    for state in (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED, AssignmentState.RETURNED):
        bring_part(cast, make_need(programme.id).pk, state)
    placed(cast, make_need(programme.id).pk)
    office = {column.state: column.count.number for column in board(cast.county_office, **words)}
    assert [office[state] for state in ("placed", "dispatched", "accepted", "returned", "in_hand")] == [1, 1, 1, 1, 0]
    own = board(cast.department_contact, **words, department_id=cast.department.pk)
    assert [(column.state, column.count.number) for column in own] == [
        (OrderState.DISPATCHED, 1),
        (OrderState.ACCEPTED, 1),
        (OrderState.IN_HAND, 0),
        (OrderState.COMPLETED, 0),
        (OrderState.RETURNED, 1),
    ]
    card = own[0].cards[0]
    assert card.assignment is not None
    assert card.assignment.acts == {"accept", "hand_over"}  # dispatched in 2019: the window for a return is long over
    counts = count_orders(cast.county_office, **words)
    # The clocks of 2019 are long over; what was only placed has none.
    assert (counts.waiting, counts.returned, counts.late) == (3, 1, 3)
    assert count_orders(cast.department_contact, **words, department_id=cast.department.pk).waiting == 1
    other = board(cast.other_department_contact, **words, department_id=cast.department.pk)
    assert all(column.count.number == 0 for column in other)


def test_each_act_leaves_one_event_on_the_order(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    actions.close_order(by=cast.county_office, at=NOON, order_id=order.id, reason="solved")
    kinds = list(Event.objects.filter(subject_kind="order").order_by("id").values_list("kind", flat=True))
    assert kinds == ["order.placed", "order.accepted", "order.started", "order.completed", "order.closed"]
    event = Event.objects.get(kind="order.closed")
    assert (event.county_code, event.details["need_id"], event.details["state"]) == (WUYUAN, need.pk, "closed")
    history = get_order(cast.county_office, order.id).history
    assert all(row.zh and row.en and "{" not in row.zh + row.en for row in history)


def test_nothing_is_kept_when_the_event_fails(cast: Cast, need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("diancai.stages.order.actions.settling.record", fail)
    with pytest.raises(RuntimeError):
        placed(cast, need.pk, department_id=cast.department.pk)
    assert not Order.objects.exists()
    assert progress(need) == NeedProgress.OPEN
