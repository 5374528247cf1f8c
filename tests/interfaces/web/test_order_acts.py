"""An order's longer ways in the pages: up to the prefecture, extended, handed over, met about, closed by two."""

import re
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.urls import reverse
from django.utils import timezone
from stages.making import make_need
from stages.order import ready
from stages.order.bringing import bureau, part_of, twin_of

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.order import actions
from diancai.stages.order.models import Escalation, Extension, Order, ProblemOrder, Settlement
from diancai.words import AssignmentState

UP = {"kind": "takes_over", "tried": "县里已打井1眼，水量不够", "asked_for": "解决取水指标"}


def page(client: Any, order_id: int) -> str:
    return client.get(reverse("order", args=[order_id])).content.decode()


def do(client: Any, order_id: int, act: str, about: int = 0, **told: object) -> str:
    """Post one small form and return the page that it leads to."""
    name, args = ("order_act_on", [order_id, act, about]) if about else ("order_act", [order_id, act])
    return client.post(reverse(name, args=args), told, follow=True).content.decode()


@pytest.fixture
def order_id(cast: Cast, programme: ProgrammeRow) -> int:
    """Dispatched now, due in thirty days."""
    now = timezone.now()
    row = actions.place_order(
        by=cast.county_office,
        at=now,
        need_id=make_need(programme.id).pk,
        department_id=cast.department.pk,
        due_on=timezone.localdate() + timedelta(days=5),
    )
    return row.id


def test_the_county_asks_and_the_prefecture_answers(browser, order_id: int) -> None:
    county, prefecture = browser("county_office"), browser("prefecture_office")
    assert f'action="/orders/{order_id}/acts/escalate/"' in page(county, order_id)
    shown = do(county, order_id, "escalate", **UP)
    assert "已提请上级。" in shown
    twin = twin_of(order_id)
    assert f'href="/orders/{twin.pk}/"' in shown
    assert "acts/answer/" not in page(county, twin.pk)
    assert "acts/answer/" in page(prefecture, twin.pk)
    shown = do(prefecture, twin.pk, "answer", answer="returned", words="旗县可办", basis="")
    assert "请写明“退回依据”" in shown
    do(prefecture, twin.pk, "answer", answer="returned", words="旗县可办", basis="《取水许可管理办法》第九条")
    shown = page(browser("village_officer"), order_id)
    assert "上级退回：旗县可办（《取水许可管理办法》第九条）" in re.sub(r"\s+", "", shown)
    need_page = browser("village_officer").get(reverse("need", args=[twin.need_id])).content.decode()
    assert "办到哪一步" in need_page
    assert "提请市农牧局：解决取水指标" in need_page


def test_a_need_for_the_prefecture_goes_up_as_it_is_ordered(browser, cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id, handling_level="prefecture")
    office = browser("county_office")
    address = reverse("place_order", args=[need.pk])
    assert "同时提请上级" in office.get(address).content.decode()
    told = {
        "department": cast.department.pk,
        "asked": "1",
        "unit": "项",
        "tried": UP["tried"],
        "asked_for": UP["asked_for"],
    }
    assert office.post(address, told).status_code == 302
    assert (Escalation.objects.get().kind, Escalation.objects.get().is_planned) == ("takes_over", True)
    plain = make_need(programme.id)
    assert "同时提请上级" not in office.get(reverse("place_order", args=[plain.pk])).content.decode()


def test_a_department_asks_for_longer_and_hands_over(browser, cast: Cast, order_id: int) -> None:
    contact, office = browser("department_contact"), browser("county_office")
    part = part_of(Order.objects.get(pk=order_id))
    contact.post(
        reverse("accept_part", args=[order_id, part.pk]), {"committed": "1", "leader": "李某", "contact": "赵某"}
    )
    assert "再要几个工作日" in page(contact, order_id)
    shown = do(contact, order_id, "ask_extension", part.pk, days="", reason="大雪封路")
    assert "请填写这一项" in shown
    do(contact, order_id, "ask_extension", part.pk, days="3", reason="大雪封路")
    extension = Extension.objects.get()
    assert "acts/decide_extension" not in page(contact, order_id)
    do(office, order_id, "decide_extension", extension.pk, granted="0", words="路已通")
    assert "不同意：路已通" in page(contact, order_id)
    do(contact, order_id, "hand_over", part.pk, department=bureau("科技").pk, reason="属科技服务", basis="“三定”规定")
    assert Order.objects.get(pk=order_id).times_transferred == 1
    assert "acts/hand_over" not in page(contact, order_id)


def test_only_possible_acts_have_a_form(browser, cast: Cast, programme: ProgrammeRow, order_id: int) -> None:
    shown = page(browser("county_office"), order_id)
    for act in ("resume", "meet", "confirm", "redo", "review_plan", "answer", "record_outside", "call_back"):
        assert f"/acts/{act}/" not in shown, act
    for who in ("village_officer", "town_officer", "leader"):
        assert "/acts/" not in page(browser(who), order_id)
    do(browser("county_office"), order_id, "pause", reason="season", words="等开春化冻")
    shown = page(browser("county_office"), order_id)
    assert "/acts/resume/" in shown
    assert "等农时。等开春化冻" in shown


def test_the_office_records_its_meeting(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = ready.in_trouble(cast, make_need(programme.id).pk)
    office = browser("county_office")
    assert "问题工单" in page(office, order_id)
    told = {"attended": "农牧局、科技局", "decision": "由农牧局牵头", "department": cast.department.pk}
    assert "请填写这一项" in do(office, order_id, "meet", **told, meeting_on="")
    do(office, order_id, "meet", **told, meeting_on=timezone.localdate().isoformat())
    assert ProblemOrder.objects.get().resolved_at is not None
    found = office.get(reverse("orders"), {"late": "problem"}).content.decode()
    assert "没有符合条件的订单" in found


def test_a_dissatisfied_order_is_closed_by_two_people(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = ready.dissatisfied(cast, make_need(programme.id).pk)
    office = browser("county_office")
    assert "销号方式" in page(office, order_id)
    told = {"reason": "explained", "way": "judged", "evidence": "研判记录第3号"}
    office.post(reverse("close_order", args=[order_id]), told)
    assert "等第二人确认" in page(office, order_id)
    assert "不能自己确认" in do(office, order_id, "confirm")
    do(browser("leader"), order_id, "confirm")
    assert (Order.objects.get(pk=order_id).state, Settlement.objects.get().second) == ("closed", cast.leader)


def test_an_act_nobody_knows_and_words_nobody_offers_are_refused(browser, cast: Cast, order_id: int) -> None:
    office = browser("county_office")
    assert office.post(reverse("order_act", args=[order_id, "explode"])).status_code == 404
    assert "kind: maybe" in do(office, order_id, "escalate", **{**UP, "kind": "maybe"})
    assert not Escalation.objects.exists()
    assert part_of(Order.objects.get(pk=order_id)).state == AssignmentState.DISPATCHED
