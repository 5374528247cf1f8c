"""What an order or an edition stands on does not move: it is not undone, rerouted, merged away or left out."""

from datetime import date

import pytest
from cast import NOON, WUYUAN, Cast
from stages.need.conftest import CANAL, CUCUMBER, MILDEW, VILLAGES
from stages.paper import sign_demand

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.match.actions import make_match
from diancai.stages.match.models import Match
from diancai.stages.need.actions import (
    accept_need,
    change_need,
    draft_edition,
    leave_out,
    merge_needs,
    publish_edition,
    set_progress,
    split_need,
    undo_last,
    undo_merge,
    unsign_edition,
)
from diancai.stages.need.errors import EditionHolds, HasOrders
from diancai.stages.need.models import Need
from diancai.stages.order.actions import place_order, withdraw_order
from diancai.stages.order.models import Order
from diancai.stages.supply.actions import write_offer
from diancai.words import NeedProgress, NeedState, OrderState, Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast):
    return {"by": cast.county_office, "at": NOON}


@pytest.fixture
def accepted(tell, office):
    """A need on the list of 联丰村 that may be ordered."""
    (need,) = tell(CANAL)
    accept_need(need_id=need.pk, **office)
    return need


def standing(need: Need) -> tuple[str, str, str]:
    return Need.objects.values_list("state", "progress", "route").get(pk=need.pk)


def edition_with(need: Need, office, programme: ProgrammeRow) -> int:
    edition = draft_edition(programme_id=programme.id, county_code=WUYUAN, period="2019-12", **office)
    sign_demand(edition, on=date(2019, 12, 10), **office)
    return edition


def test_an_acceptance_is_not_taken_back_under_an_order(accepted, office):
    order = place_order(need_id=accepted.pk, **office)
    with pytest.raises(HasOrders):
        undo_last(need_id=accepted.pk, **office)
    assert standing(accepted) == (NeedState.ACCEPTED, NeedProgress.ORDERED, Route.LIST)
    assert not accepted.steps.filter(is_undone=True).exists()
    withdraw_order(order_id=order.id, reason="重复点单", **office)
    assert undo_last(need_id=accepted.pk, **office).state == NeedState.PROPOSED


@pytest.mark.parametrize("route", ["case", "none"])
def test_the_route_is_not_changed_under_an_order(accepted, office, route):
    place_order(need_id=accepted.pk, **office)
    with pytest.raises(HasOrders):
        change_need(need_id=accepted.pk, route=route, **office)
    assert standing(accepted) == (NeedState.ACCEPTED, NeedProgress.ORDERED, Route.LIST)
    assert change_need(need_id=accepted.pk, content="斗渠清淤", **office).content == "斗渠清淤"


def test_a_report_about_persons_does_not_wait_for_an_order(accepted, office):
    order = place_order(need_id=accepted.pk, **office)
    change_need(need_id=accepted.pk, route="divert", **office)
    assert standing(accepted)[2] == Route.DIVERT
    assert Order.objects.get(pk=order.id).state == OrderState.WITHDRAWN


def test_a_split_is_not_undone_over_a_part_that_has_an_order(accepted, office):
    _first, second = split_need(need_id=accepted.pk, parts=[{"content": "清淤"}, {"content": "修闸"}], **office)
    accept_need(need_id=second.id, **office)
    place_order(need_id=second.id, **office)
    with pytest.raises(HasOrders):
        undo_last(need_id=accepted.pk, **office)
    part = Need.objects.get(pk=second.id)
    assert (part.state, part.progress, part.sources.count()) == (NeedState.ACCEPTED, NeedProgress.ORDERED, 1)
    assert Need.objects.get(pk=accepted.pk).content == "清淤"


@pytest.mark.parametrize("progress", [p for p in NeedProgress if p not in (NeedProgress.OPEN, NeedProgress.MATCHED)])
def test_whatever_came_of_an_order_the_need_stays(accepted, tell, office, progress):
    (other,) = tell(CUCUMBER, VILLAGES["永联"])
    set_progress(need_id=accepted.pk, progress=progress, at=NOON)
    told = {"need_id": accepted.pk, **office}
    for act in (
        lambda: undo_last(**told),
        lambda: change_need(route="case", **told),
        lambda: leave_out(reason="不要", **told),
        lambda: merge_needs(into_id=other.pk, reason="同一件事", **told),
    ):
        with pytest.raises(HasOrders):
            act()


def test_a_merge_is_undone_also_under_an_order(tell, office):
    first, second = tell(CUCUMBER, VILLAGES["永联"])[0], tell(MILDEW, VILLAGES["联丰"])[0]
    merge_needs(into_id=first.pk, need_id=second.pk, reason="同一件事", **office)
    accept_need(need_id=first.pk, **office)
    place_order(need_id=first.pk, **office)
    assert undo_merge(need_id=second.pk, **office).remark_count == 1
    assert standing(first)[:2] == (NeedState.ACCEPTED, NeedProgress.ORDERED)


def test_what_a_signed_edition_holds_is_not_undone_until_it_is_unsigned(accepted, office, programme):
    edition = edition_with(accepted, office, programme)
    with pytest.raises(EditionHolds) as refused:
        undo_last(need_id=accepted.pk, **office)
    assert "2019-12第1版" in refused.value.text("zh")
    unsign_edition(edition_id=edition, **office)
    assert undo_last(need_id=accepted.pk, **office).state == NeedState.PROPOSED


def test_what_was_published_is_not_undone_but_what_came_later_is(accepted, office, programme):
    publish_edition(edition_id=edition_with(accepted, office, programme), **office)
    with pytest.raises(EditionHolds):
        undo_last(need_id=accepted.pk, **office)
    change_need(need_id=accepted.pk, content="斗渠清淤", **office)
    assert undo_last(need_id=accepted.pk, **office).content == accepted.content
    assert standing(accepted)[0] == NeedState.LISTED


@pytest.mark.parametrize("way", ["merged", "left_out", "rerouted", "undone"])
def test_a_need_that_leaves_the_list_gives_back_what_its_pair_booked(accepted, tell, cast, office, programme, way):
    offer = write_offer(
        by=cast.department_contact,
        at=NOON,
        programme_id=programme.id,
        department_id=cast.department.pk,
        leader="李某",
        contact="赵某",
        service="斗渠清淤机械作业",
        service_form="上门服务",
        capacity=1,
        capacity_unit="次",
        capacity_period="term",
    )
    make_match(need_id=accepted.pk, offer_id=offer.id, **office)
    (other,) = tell(CUCUMBER, VILLAGES["永联"])
    told = {"need_id": accepted.pk, **office}
    if way == "merged":
        merge_needs(into_id=other.pk, reason="同一件事", **told)
    elif way == "left_out":
        leave_out(reason="不属于本行动", **told)
    elif way == "rerouted":
        change_need(route="case", **told)
    else:
        undo_last(**told)
    run_all()
    pair = Match.objects.get(need=accepted, offer_id=offer.id)
    assert (pair.booked, pair.is_current) == (0, False)
    assert standing(accepted)[1] == NeedProgress.OPEN
    accept_need(need_id=other.pk, **office)
    assert make_match(need_id=other.pk, offer_id=offer.id, **office).state == "confirmed"
