"""娜仁's village told of a canal, and in it of a person: once diverted, no page, list, order or search keeps a word."""

import pytest
from cast import DENGKOU, LIANFENG, NOON, WUYUAN
from stages.need.conftest import CANAL, CUCUMBER, MILDEW, SHOW, VILLAGES, needs_of
from stages.paper import sign_demand

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event, EventWords
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.search.models import SearchRow
from diancai.ground.work.actions import run_all
from diancai.stages.need.actions import (
    accept_need,
    answer_proposal,
    change_need,
    draft_edition,
    merge_needs,
    publish_edition,
)
from diancai.stages.need.errors import EditionNotSigned, NeedWordless
from diancai.stages.need.models import MergeProposal, Need, NeedSource, NeedStep
from diancai.stages.need.queries import get_edition, get_need, list_needs, list_needs_of_remark, list_review_queue
from diancai.stages.order.actions import place_order
from diancai.stages.order.models import Assignment, Order
from diancai.stages.remark.actions import divert_remark, return_diverted
from diancai.stages.remark.models import Remark
from diancai.words import EditionState, OrderState, Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def divert(cast):
    """娜仁 finds that the remark of a need names a person."""

    def diverted(need):
        remark = NeedSource.objects.filter(origin=need).first().remark_id
        divert_remark(by=cast.village_officer, at=NOON, remark_id=remark, reason="话里点了人名")
        return remark

    return diverted


def stored() -> str:
    tables = (Need, NeedSource, NeedStep, MergeProposal, Order, SearchRow)
    return "".join(str(list(table.objects.values())) for table in tables)


def test_a_diverted_remark_leaves_no_word_in_its_need_even_before_a_job_runs(tell, cast, programme, divert):
    (need,) = tell(CANAL)
    change_need(by=cast.county_office, at=NOON, need_id=need.pk, content="主任占了斗渠")
    remark = divert(need)
    for word in ("斗渠", "主任"):
        assert word not in stored(), word
    for who in (cast.village_officer, cast.town_officer, cast.leader):
        with pytest.raises(NotFound):
            get_need(who, need.pk)
        assert list_needs_of_remark(who, remark) == ()
    assert get_need(cast.county_office, need.pk).need.content == WITHHELD
    assert not list_needs(cast.county_office, programme_id=programme.id).rows


def test_the_address_of_a_house_goes_with_the_words(tell, cast, divert):
    (need,) = tell(CANAL, sub_place="主任家东头")
    accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    assert "主任" in stored()
    assert "主任" not in str([*Event.objects.values(), *EventWords.objects.values()])
    divert(need)
    run_all()
    assert "主任" not in stored()
    assert Need.objects.get(pk=need.pk).places == []


def test_the_event_of_a_divert_tells_no_place_below_the_county(tell, divert):
    (need,) = tell(CANAL)
    divert(need)
    for event in Event.objects.filter(kind__in=("remark.diverted", "need.diverted")):
        assert (event.county_code, event.town_code, event.village_code) == (WUYUAN, "", "")
        assert LIANFENG not in str(event.details)


def test_a_need_that_another_remark_stands_for_speaks_in_its_words(tell, cast, divert):
    (into,), (other,) = tell(CUCUMBER, VILLAGES["永联"]), tell(MILDEW)
    accept_need(by=cast.county_office, at=NOON, need_id=other.pk)
    change_need(by=cast.county_office, at=NOON, need_id=into.pk, content="主任的大棚")
    merge_needs(by=cast.county_office, at=NOON, into_id=into.pk, need_id=other.pk, reason="同一种病")
    divert_remark(by=cast.county_office, at=NOON, remark_id=into.own_sources.get().remark_id, reason="话里点了人名")
    shown = get_need(cast.village_officer, into.pk).need
    assert (shown.content, shown.remark_count, shown.households) == (other.content, 1, 7)
    assert "主任" not in stored()


def test_a_merged_need_loses_its_words_and_the_history_of_the_other_too(tell, cast, divert):
    (into,), (other,) = tell(CUCUMBER, VILLAGES["永联"]), tell(MILDEW)
    change_need(by=cast.county_office, at=NOON, need_id=other.pk, content="主任的大棚")
    merge_needs(by=cast.county_office, at=NOON, into_id=into.pk, need_id=other.pk, reason="都是主任家")
    divert(other)
    assert "主任" not in stored()
    assert get_need(cast.county_office, into.pk).need.content == into.content
    assert get_need(cast.county_office, into.pk).merged == ()
    with pytest.raises(NotFound):
        get_need(cast.village_officer, other.pk)


def test_a_draft_loses_the_line_and_a_signed_list_is_a_draft_again(tell, cast, programme, divert):
    told = {"by": cast.county_office, "at": NOON}
    (canal,), (show,) = tell(CANAL), tell(SHOW, VILLAGES["新胜"])
    for need in (canal, show):
        accept_need(need_id=need.pk, **told)
    edition = draft_edition(programme_id=programme.id, county_code=WUYUAN, period="2019-12", **told)
    sign_demand(edition, on=NOON.date(), **told)
    divert(canal)
    found = get_edition(cast.county_office, edition)
    assert found.edition.state == EditionState.DRAFT
    assert [(line.need_id, line.position, line.cells["number"]) for line in found.lines] == [(show.pk, 1, "1")]
    with pytest.raises(EditionNotSigned):
        publish_edition(edition_id=edition, **told)


def test_a_review_that_diverts_a_need_takes_its_line_from_the_draft(tell, cast, programme):
    told = {"by": cast.county_office, "at": NOON}
    (canal,) = tell(CANAL)
    accept_need(need_id=canal.pk, **told)
    edition = draft_edition(programme_id=programme.id, county_code=WUYUAN, period="2019-12", **told)
    assert len(get_edition(cast.county_office, edition).lines) == 1
    change_need(need_id=canal.pk, route="divert", **told)
    assert get_edition(cast.county_office, edition).edition.is_zero


def test_an_order_on_it_is_withdrawn_and_keeps_no_word(tell, cast, divert):
    (need,) = tell(CANAL)
    accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    place_order(by=cast.county_office, at=NOON, need_id=need.pk, department_id=cast.department.pk)
    assert "斗渠" in Order.objects.get().text
    divert(need)
    order = Order.objects.get()
    assert (order.state, order.content, order.text) == (OrderState.WITHDRAWN, WITHHELD, WITHHELD)
    assert Assignment.objects.get().ended_at == NOON
    assert "斗渠" not in stored()
    assert not SearchRow.objects.filter(kind="order").exists()


def test_what_comes_back_is_digested_anew_and_the_empty_need_stays_away(tell, cast, programme, divert):
    (need,) = tell(CANAL)
    remark = divert(need)
    run_all()
    return_diverted(by=cast.county_office, at=NOON, remark_id=remark, reason="不是举报")
    run_all()
    (shown,) = list_needs(cast.village_officer, programme_id=programme.id).rows
    assert (shown.id != need.pk, shown.content) == (True, need.content)
    assert [n.route for n in needs_of(remark) if n.is_live] == [Route.LIST]


def test_nothing_beside_the_words_stays_plain_and_all_of_it_comes_back(tell, cast, divert):
    (need,) = tell(CANAL, sub_place="主任家东头", translated_by="主任的外甥", outside_id="主任-7")
    beside = ("sub_place", "translated_by", "outside_id", "told")
    before = Remark.objects.values(*beside).get()
    remark = divert(need)
    assert Remark.objects.values(*beside).get() == {"sub_place": "", "translated_by": "", "outside_id": "", "told": {}}
    return_diverted(by=cast.county_office, at=NOON, remark_id=remark, reason="不是举报")
    assert Remark.objects.values(*beside).get() == before
    assert Remark.objects.get().withheld == {}


def test_a_need_that_keeps_its_words_leaves_the_place_of_the_diverted_remark(tell, cast, divert):
    (into,), (other,) = tell(CUCUMBER, sub_place="主任家东头"), tell(MILDEW, VILLAGES["永联"])
    merge_needs(by=cast.county_office, at=NOON, into_id=into.pk, need_id=other.pk, reason="同一种病")
    divert(into)
    now = Need.objects.get(pk=into.pk)
    assert (now.content, now.town_code, now.village_code, now.sub_place) == (other.content, into.town_code, "", "")
    assert now.places == [VILLAGES["永联"]]


def test_an_order_loses_the_house_with_its_words(tell, cast, divert):
    (need,) = tell(CANAL, sub_place="主任家东头")
    accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    place_order(by=cast.county_office, at=NOON, need_id=need.pk, department_id=cast.department.pk)
    assert Order.objects.get().sub_place == "主任家东头"
    divert(need)
    assert (Order.objects.get().sub_place, Order.objects.get().village_code) == ("", need.village_code)


def test_a_need_without_words_is_changed_and_merged_by_nobody(tell, cast, divert):
    (stays,), (gone,) = tell(CUCUMBER, VILLAGES["永联"]), tell(MILDEW)
    office = {"by": cast.county_office, "at": NOON}
    divert_remark(**office, remark_id=gone.own_sources.get().remark_id, reason="话里点了人名")
    with pytest.raises(NeedWordless):
        change_need(**office, need_id=gone.pk, content="主任的大棚")
    with pytest.raises(NeedWordless):
        accept_need(**office, need_id=gone.pk)
    for into, need in ((gone, stays), (stays, gone)):
        with pytest.raises(NeedWordless):
            merge_needs(**office, into_id=into.pk, need_id=need.pk, reason="同一种病")
    with pytest.raises(NotFound):
        change_need(by=cast.town_officer, at=NOON, need_id=gone.pk, content="主任的大棚")
    assert (Need.objects.get(pk=gone.pk).content, Need.objects.get(pk=stays.pk).content) == (WITHHELD, stays.content)


@pytest.fixture
def pair(tell, cast):
    """The same canal in 五原县 and in 磴口县."""
    (here,) = tell(CANAL)
    (there,) = tell(CANAL, DENGKOU, by=cast.other_county_office)
    return here, there, MergeProposal.objects.get()


def test_another_county_s_need_is_told_without_its_words(pair, cast, programme):
    here, there, _ = pair
    (told,) = get_need(cast.county_office, here.pk).proposals
    assert (told.other.content, told.other.place_name, told.other_quotes, told.why) == (
        "磴口县有一条同类需求",
        "磴口县",
        (),
        (),
    )
    assert "渠" not in str(told)
    (row,) = list_review_queue(cast.other_county_office, programme_id=programme.id).rows
    assert "渠" not in str(row.proposals)
    (whole,) = get_need(cast.prefecture_office, here.pk).proposals
    assert (whole.other.content, bool(whole.other_quotes)) == (there.content, True)


def test_answering_across_counties_leaves_the_other_county_s_history_alone(pair, cast):
    here, there, proposal = pair
    with pytest.raises(NotAllowed):
        answer_proposal(by=cast.town_officer, at=NOON, proposal_id=proposal.pk, join=True)
    before = (there.revision, there.steps.count())
    row = answer_proposal(by=cast.other_county_office, at=NOON, proposal_id=proposal.pk, join=True)
    assert row.id == there.pk
    here_now = Need.objects.get(pk=here.pk)
    assert (here_now.is_common, here_now.revision, here_now.steps.count()) == (True, here.revision, 1)
    there_now = Need.objects.get(pk=there.pk)
    assert (there_now.is_common, there_now.revision, there_now.steps.count()) == (True, before[0] + 1, before[1] + 1)
