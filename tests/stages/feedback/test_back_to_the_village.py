"""What a village is told of its own matters: allowed fields only, in a sheet, a script and a chat text."""

from datetime import date

import pytest
from cast import NOON, YONGLIAN, Cast
from stages.feedback.conftest import LATER
from stages.making import make_need
from stages.order.bringing import part_of, placed

from diancai.ground.errors import NotAllowed
from diancai.stages.feedback.actions import record_answer
from diancai.stages.feedback.models import FollowUp
from diancai.stages.feedback.queries import get_village_reply, list_villages
from diancai.stages.feedback.rules import (
    VillageAnswers,
    VillageLine,
    VillageReply,
    chat_text,
    outcome_of,
    script,
    told_answers,
)
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.words import ClosingReason, OrderState

TOLD_ON = date(2019, 12, 31)


def _reply(account, follow_up: FollowUp, place_code: str = "") -> VillageReply:
    return get_village_reply(
        account,
        programme_id=follow_up.programme_id,
        place_code=place_code or follow_up.village_code,
        month="2019-12",
        told_on=TOLD_ON,
    )


def test_neither_a_name_nor_a_phone_is_told(cast: Cast, follow_up: FollowUp) -> None:
    part = part_of(Order.objects.get())
    part.completion_words = "1月3日到刘翠兰家讲课1场，联系13847801234，到场46人"
    part.save()
    record_answer(
        by=cast.village_officer,
        at=LATER,
        follow_up_id=follow_up.pk,
        way="phone",
        solved="yes",
        satisfaction="very",
        words="我是刘翠兰，13847801234，谢谢",
    )
    reply = _reply(cast.village_officer, follow_up)
    everything = "\n".join([str(reply), *script(reply), chat_text(reply)])
    assert "讲课1场" in everything
    for mark in ("刘翠兰", "13847801234", "谢谢"):
        assert mark not in everything.replace("广播完了，谢谢大家", "")


def test_a_village_reads_its_own_matters_of_the_month(cast: Cast, follow_up: FollowUp, programme) -> None:
    planned = placed(cast, make_need(programme.id, content="村组道路铺砂").pk)
    office = {"by": cast.county_office, "at": NOON}
    actions.plan_order(**office, order_id=planned.id, year=2020, money="县财政", answerer="交通运输局")
    refused = placed(cast, make_need(programme.id, content="新打机电井").pk)
    actions.close_order(
        **office, order_id=refused.id, reason="not_allowed", rule="《水法》第三十六条", words="已书面说明"
    )
    placed(cast, make_need(programme.id, content="还在办的").pk)
    placed(cast, make_need(programme.id, YONGLIAN, content="别村的").pk)
    reply = _reply(cast.village_officer, follow_up)
    assert [(line.content, line.outcome) for line in reply.lines] == [
        ("向日葵列当防治技术培训", "部门已办结"),
        ("村组道路铺砂", "列入2020年计划"),
        ("新打机电井", "政策不允许，已说明依据"),
    ]
    assert reply.lines[2].words == "《水法》第三十六条；已书面说明"
    assert reply.place == "五原县塔尔湖镇联丰村"
    villages = list_villages(cast.town_officer, programme_id=programme.id, place_code="150821101000", month="2019-12")
    assert [(name, number) for _code, name, number in villages] == [("五原县塔尔湖镇联丰村", 3)]
    assert list_villages(cast.town_officer, programme_id=programme.id, place_code="150821101000", month="2020-01") == ()


def test_another_village_a_department_and_a_stranger_get_none(cast: Cast, follow_up: FollowUp) -> None:
    for who in (cast.stranger, cast.other_county_office, cast.department_contact, cast.leader):
        with pytest.raises(NotAllowed):
            _reply(who, follow_up)
    with pytest.raises(NotAllowed):
        _reply(cast.village_officer, follow_up, YONGLIAN)


def test_few_answers_are_not_told_for_they_name_who_gave_them() -> None:
    assert told_answers(VillageAnswers(0, 0, 0, 0, 0)) == ""
    assert "没有解决" not in told_answers(VillageAnswers(6, 4, 3, 0, 1))
    assert "没有解决的1件" in told_answers(VillageAnswers(6, 5, 3, 1, 1))


@pytest.mark.parametrize("reason", list(ClosingReason))
def test_closed_is_told_by_its_reason_and_only_solved_as_solved(reason: ClosingReason) -> None:
    told = outcome_of(OrderState.CLOSED, reason, round=1, plan_year=None)
    assert ("解决" in told) == (reason in {"solved", "partly_solved", "elsewhere"})


def test_the_loudspeaker_speaks_in_short_sentences() -> None:
    line = VillageLine("渠道清淤", "五原县水利局", "已解决", TOLD_ON, "清了3公里；验收过了")
    reply = VillageReply("联丰村", "2019年12月", TOLD_ON, (line,), VillageAnswers(1, 1, 1, 0, 0), "0478-1234567")
    told = script(reply)
    assert "第1件，渠道清淤。" in told
    assert "清了3公里。" in told
    assert max(len(sentence) for sentence in told) <= 40
    assert chat_text(reply).splitlines()[1] == "1. 渠道清淤：已解决，清了3公里；验收过了（五原县水利局）"
