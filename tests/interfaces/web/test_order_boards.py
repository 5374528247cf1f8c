"""The board, the day's work, who is on it, and acts on ticked orders, as pages without a script."""

import re
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.urls import reverse
from django.utils import timezone
from stages.making import make_need

from diancai.ground.programme.queries import ProgrammeRow
from diancai.interfaces.web.templatetags.clock_words import due_told
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.words import ClockState


def place(cast: Cast, programme: ProgrammeRow, **more: Any) -> int:
    """An order of today."""
    need = make_need(programme.id, content=more.pop("content", "向日葵列当防治技术培训"))
    return actions.place_order(by=cast.county_office, at=timezone.now(), need_id=need.pk, **more).id


def page(client: Any, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_long_column_goes_on_by_key_with_and_without_a_script(browser, cast: Cast, programme: ProgrammeRow) -> None:
    ids = [place(cast, programme) for _ in range(21)]
    office = browser("county_office")
    shown = page(office, "board")
    assert shown.count('class="board-card') == 20
    more = re.search(r'href="(\?column=placed&amp;after=[^"]+)" hx-get', shown)
    assert more is not None
    address = reverse("board") + more[1].replace("&amp;", "&")
    alone = office.get(address).content.decode()
    assert f"/orders/{ids[-1]}/" in alone
    assert alone.count('class="board-card') == 1
    assert "回到看板" in alone
    cards = office.get(address, headers={"HX-Request": "true", "HX-Target": "more-placed"}).content.decode()
    assert cards.count('class="board-card') == 1
    assert "<html" not in cards
    assert office.get(reverse("board"), {"column": "nonsense"}).status_code == 404


def test_ticks_and_the_bar_stand_only_where_something_can_be_done(browser, cast: Cast, programme: ProgrammeRow) -> None:
    place(cast, programme, department_id=cast.department.pk)
    for name in ("board", "orders"):
        assert "data-tick" in page(browser("county_office"), name)
        assert reverse("dispatch_ticked") in page(browser("county_office"), name)
        town = page(browser("town_officer"), name)
        assert reverse("dispatch_ticked") not in town
        assert reverse("urge_ticked") in town
        for who in ("leader", "village_officer", "department_contact"):
            assert "data-tick" not in page(browser(who), name), who


def test_ticked_orders_go_out_together_and_what_refuses_is_told(browser, cast: Cast, programme: ProgrammeRow) -> None:
    ids = [place(cast, programme) for _ in range(2)]
    held = place(cast, programme, department_id=cast.department.pk)
    office, address = browser("county_office"), reverse("dispatch_ticked")
    told = {"ticked": [*ids, held, "²"], "bulk_department": cast.department.pk, "next": reverse("board")}
    shown = office.post(address, told, follow=True).content.decode()
    assert "已派出 2 件。" in shown
    assert "有 1 件没有办成：" in shown
    assert set(Order.objects.values_list("state", flat=True)) == {"dispatched"}
    assert "请填写这一项" in office.post(address, {"ticked": ids}, follow=True).content.decode()
    assert "一件订单也没有勾选" in office.post(address, {"bulk_department": 1}, follow=True).content.decode()
    late = told | {"bulk_due_on": "2019-13-40"}
    assert "日期请写成" in office.post(address, late, follow=True).content.decode()
    assert browser("department_contact").post(address, told).status_code == 403


def test_who_is_on_it_is_seen_by_the_other_browser(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = place(cast, programme, department_id=cast.department.pk)
    contact, chief, office = browser("department_contact"), browser("department_leader"), browser("county_office")
    address = reverse("presence", args=[order_id])
    assert "我来办" in page(chief, "order", order_id)
    shown = contact.post(address, {"step": "take"}, follow=True).content.decode()
    assert "您在办这一件" in shown
    assert "不办了" in shown
    assert "孙亮在办这一件" in flat(page(chief, "order", order_id))
    assert "孙亮正在办这一件" in chief.post(address, {"step": "take"}, follow=True).content.decode()
    assert "孙亮在办" in flat(page(office, "board"))
    assert "我在办" in flat(page(contact, "board"))
    assert f'id="on-{order_id}"' in page(office, "presences", ids=f"{order_id}.999999.")
    part = chief.get(address, headers={"HX-Request": "true", "HX-Target": f"presence-{order_id}"}).content.decode()
    assert "孙亮在办这一件" in part
    assert "<html" not in part
    assert f"/orders/{order_id}/" in page(contact, "board", on="mine")
    assert f"/orders/{order_id}/" not in page(chief, "board", on="free")
    assert f"/orders/{order_id}/" in page(chief, "board", on="others")
    contact.post(address, {"step": "leave"})
    assert "我来办" in chief.post(address, {"step": "stay"}, follow=True).content.decode()
    assert "您在办这一件" in chief.post(address, {"step": "take"}, follow=True).content.decode()
    assert chief.post(address, {"step": "explode"}).status_code == 404


def test_readers_see_who_is_on_it_and_take_nothing(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = place(cast, programme, department_id=cast.department.pk)
    address = reverse("presence", args=[order_id])
    browser("department_contact").post(address, {"step": "take"})
    for who in ("leader", "village_officer", "town_officer"):
        shown = page(browser(who), "order", order_id)
        assert "孙亮在办这一件" in flat(shown), who
        assert "我来办" not in shown
        assert "您的岗位不能" in browser(who).post(address, {"step": "take"}, follow=True).content.decode()
    for who in ("other_county_office", "other_department_contact"):
        assert "没有找到这条记录" in browser(who).post(address, {"step": "take"}, follow=True).content.decode()
        assert "孙亮" not in page(browser(who), "presences", ids=str(order_id))
        assert browser(who).get(address).status_code == 404


def test_the_day_names_what_runs_out_in_words(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = place(cast, programme, content="清理三支渠", department_id=cast.department.pk)
    over = timezone.now() - timedelta(days=3)
    Order.objects.filter(pk=order_id).update(
        clock_state="overdue", due_at=over, due_on=timezone.localdate(over), red_at=over, amber_at=over
    )
    shown = page(browser("county_office"), "day")
    assert 'id="day-overdue"' in shown
    assert "清理三支渠" in shown
    assert "逾期 3 天" in shown
    assert "今天没有到期的，也没有等您的" in page(browser("other_county_office"), "day")
    assert 'id="day-to_answer"' in page(browser("department_contact"), "day")


@pytest.mark.parametrize(
    ("hours", "state", "told"),
    [
        (None, None, ""),
        (-48, ClockState.OVERDUE, "逾期 2 天"),
        (-1, ClockState.OVERDUE, "今天 11:00 已到期"),
        (3, ClockState.RED, "今天 15:00 到期"),
        (24, ClockState.AMBER, "明天 12:00 到期"),
        (72, ClockState.RUNNING, "2019年12月13日到期"),
        (-48, ClockState.PAUSED, "时限 2019年12月8日"),
        (-48, ClockState.MET_LATE, "时限 2019年12月8日"),
    ],
)
def test_how_a_clock_reads(
    monkeypatch: pytest.MonkeyPatch, hours: int | None, state: ClockState | None, told: str
) -> None:
    from cast import NOON

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    due = None if hours is None else NOON + timedelta(hours=hours)
    assert due_told(due, state) == told
