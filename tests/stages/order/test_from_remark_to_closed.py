"""One sentence of 联丰村 goes the whole way: said, digested, reviewed, matched, ordered, done, closed, counted."""

from cast import LIANFENG, NOON, PREFECTURE, Cast
from stages.making import make_offer

from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.stages.match.actions import confirm_match
from diancai.stages.match.queries import list_proposals
from diancai.stages.need.actions import accept_need, comb_need
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment
from diancai.stages.order.queries import get_order
from diancai.stages.remark.actions import record_remark
from diancai.stages.tally.queries import check_cells, totals
from diancai.words import NeedProgress, OrderState, Route, Source

SAID = "葵花地里的列当一年比一年多，想叫农牧局的技术员下来给我们二十三户讲一讲列当咋防治。"


def test_one_sentence_goes_the_whole_way(cast: Cast, programme: ProgrammeRow) -> None:
    office = {"by": cast.county_office, "at": NOON}
    offer = make_offer(cast, programme.id)
    said = record_remark(
        by=cast.village_officer,
        at=NOON,
        programme_id=programme.id,
        text=SAID,
        place_code=LIANFENG,
        source=Source.HOME_VISIT,
    )
    run_all()
    need = Need.objects.get(sources__remark_id=said.id, route=Route.LIST)
    comb_need(by=cast.town_officer, at=NOON, need_id=need.pk)
    accept_need(**office, need_id=need.pk)
    run_all()
    proposal = list_proposals(cast.county_office, programme_id=programme.id, need_id=need.pk).rows[0]
    assert proposal.offer_id == offer.id
    confirm_match(**office, match_id=proposal.id)
    order = actions.place_order(**office, need_id=need.pk, match_id=proposal.id, unit="场")
    part = {"by": cast.department_contact, "at": NOON, "assignment_id": Assignment.objects.get().pk}
    actions.accept_assignment(**part)
    actions.start_assignment(**part)
    actions.complete_assignment(**part, words="12月20日在联丰村讲课1场，到场46人")
    row = actions.close_order(**office, order_id=order.id, reason="solved")
    run_all()
    assert row.state == OrderState.CLOSED
    assert Need.objects.get(pk=need.pk).progress == NeedProgress.CLOSED
    chain = get_order(cast.leader, order.id).chain
    assert [(link.remark_id, link.shown) for link in chain.remarks] == [(said.id, SAID)]
    assert chain.match_why == proposal.why
    assert sum(totals("remarks", programme.id, [PREFECTURE]).values()) == 1
    assert sum(number for key, number in totals("needs", programme.id, [PREFECTURE]).items() if "closed" in key) == 1
    assert sum(totals("orders", programme.id, [PREFECTURE]).values()) == 1
    assert check_cells(programme.id) == []
    assert not Job.objects.exclude(state="done").exists()
    assert Event.objects.filter(subject_kind="order", subject_id=str(order.id)).count() == 5
