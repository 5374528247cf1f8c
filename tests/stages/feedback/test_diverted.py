"""A report about persons is asked about by nobody: no follow-up waits, no slip answers, no word of an answer stays."""

import pytest
from cast import NOON, Cast
from stages.feedback.conftest import LATER

from diancai.ground.errors import NotFound
from diancai.ground.ledger.models import EventWords
from diancai.stages.feedback.actions import issue_slip, record_answer, record_try
from diancai.stages.feedback.errors import SlipUnknown
from diancai.stages.feedback.models import FollowUp, Rating, Try
from diancai.stages.feedback.queries import get_follow_up, get_slip_page, get_village_reply, list_follow_ups
from diancai.stages.order.models import Order
from diancai.stages.remark.actions import divert_remark

MARK = "贪污粮补"


def test_a_late_divert_takes_everything_away(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "at": LATER, "follow_up_id": follow_up.pk, "way": "phone"}
    code = issue_slip(by=cast.village_officer, at=NOON, order_id=follow_up.order_id).code
    record_try(**say, fate="later", words=f"他说村长{MARK}")
    record_answer(**say, solved="partly", satisfaction="dissatisfied", words=f"村长{MARK}")
    remark = follow_up.need.sources.get().remark
    divert_remark(by=cast.county_office, at=LATER, remark_id=remark.pk, reason="反映村干部问题")
    assert Order.objects.get().hidden_at is not None
    assert MARK not in str([*Rating.objects.values("shown"), *Try.objects.values("words")])
    assert not EventWords.objects.filter(about_kind="follow_up").exists()
    for who in (cast.village_officer, cast.town_officer, cast.county_office, cast.department_contact):
        with pytest.raises(NotFound):
            get_follow_up(who, follow_up.pk)
        assert list_follow_ups(who, programme_id=follow_up.programme_id, state="").rows == ()
    with pytest.raises(SlipUnknown):
        get_slip_page(code, LATER)
    with pytest.raises(NotFound):
        record_answer(**say, solved="yes")
    with pytest.raises(NotFound):
        issue_slip(by=cast.village_officer, at=LATER, order_id=follow_up.order_id)
    reply = get_village_reply(
        cast.village_officer,
        programme_id=follow_up.programme_id,
        place_code=follow_up.village_code,
        month="2019-12",
        told_on=LATER.date(),
    )
    assert (reply.lines, reply.answers.asked) == ((), 0)
