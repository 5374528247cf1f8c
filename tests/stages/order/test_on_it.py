"""“张 is on it”: who may say so of which order, and the filter by it."""

import pytest
from cast import NOON, Cast
from stages.making import make_need
from stages.order.bringing import bring_order, go_up, placed, twin_of

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account, Post
from diancai.ground.presence.errors import SomebodyIsOnIt
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import ActNotNow
from diancai.stages.order.queries import board, list_orders, on_orders, presence_on
from diancai.words import OrderState


@pytest.fixture
def colleague(cast: Cast) -> Account:
    """何静 sits beside 李芳."""
    account = Account.objects.create(username="hejing2", display_name="何静")
    post = Post.objects.filter(account=cast.county_office).get()
    Post.objects.create(account=account, role=post.role, place_id=post.place_id, valid_from=post.valid_from)
    return account


def take(who: Account, order_id: int) -> None:
    actions.take_order(by=who, at=NOON, order_id=order_id)


def test_two_clerks_of_an_office_and_a_department(cast: Cast, colleague: Account, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    take(cast.county_office, order.id)
    with pytest.raises(SomebodyIsOnIt):
        take(colleague, order.id)
    take(cast.department_contact, order.id)
    with pytest.raises(SomebodyIsOnIt):
        take(cast.department_leader, order.id)
    told = on_orders(cast.town_officer, [order.id], NOON)[order.id]
    assert [(each.who, each.is_me) for each in told] == [("李芳", False), ("孙亮", False)]
    assert presence_on(cast.county_office, order.id, NOON)[0] is True
    assert actions.stay_on_order(by=cast.county_office, at=NOON, order_id=order.id)
    actions.leave_order(by=cast.county_office, at=NOON, order_id=order.id)
    take(colleague, order.id)
    assert not Event.objects.filter(kind__contains="presence").exists()


def test_readers_and_strangers_are_on_nothing(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    for who in ("leader", "village_officer", "town_officer"):
        with pytest.raises(NotAllowed):
            take(getattr(cast, who), order.id)
        assert presence_on(getattr(cast, who), order.id, NOON) == (False, ())
    for who in ("stranger", "auditor", "other_county_office", "other_department_contact"):
        for act in (actions.take_order, actions.stay_on_order, actions.leave_order):
            with pytest.raises(NotFound):
                act(by=getattr(cast, who), at=NOON, order_id=order.id)
        assert on_orders(getattr(cast, who), [order.id], NOON) == {}
        with pytest.raises(NotFound):
            presence_on(getattr(cast, who), order.id, NOON)


def test_nobody_takes_up_what_is_over_or_hidden(cast: Cast, need: Need) -> None:
    order = bring_order(cast, need.pk, OrderState.CLOSED)
    with pytest.raises(ActNotNow):
        take(cast.county_office, order.id)
    with pytest.raises(NotFound):
        take(cast.county_office, 9_999_999)


def test_above_it_is_the_prefecture_that_is_on_it(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    go_up(cast, order.id)
    twin = twin_of(order.id)
    with pytest.raises((NotAllowed, NotFound)):
        take(cast.county_office, twin.pk)
    take(cast.prefecture_office, twin.pk)


def test_the_filter_by_who_is_on_it(
    cast: Cast, colleague: Account, programme: ProgrammeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    mine, others, free = (placed(cast, make_need(programme.id).pk).id for _ in range(3))
    take(cast.county_office, mine)
    take(colleague, others)
    words = {"programme_id": programme.id}

    def shown(presence: str) -> tuple[list[int], list[int]]:
        columns = board(cast.county_office, **words, presence=presence)
        listed = list_orders(cast.county_office, **words, presence=presence)
        return [card.order.id for each in columns for card in each.cards], [row.id for row in listed.rows]

    assert shown("mine") == ([mine], [mine])
    assert shown("others") == ([others], [others])
    assert shown("free") == ([free], [free])
    assert shown("nonsense") == shown("")
    # Whoever only reads has no side, and the filter narrows nothing.
    assert len(list_orders(cast.leader, **words, presence="mine").rows) == 3
    card = next(c for each in board(cast.leader, **words) for c in each.cards if c.order.id == others)
    assert [each.who for each in card.on_it] == ["何静"]
