"""王贵 combs, 李芳 reviews; 陈明 of the other county and the stranger may do neither; every step can be taken back."""

from datetime import date, timedelta

import pytest
from cast import NOON, PREFECTURE, TAERHU, WUYUAN
from stages.need.conftest import CANAL, CUCUMBER, MILDEW, SHOW, VILLAGES

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.stages.need import keeping
from diancai.stages.need.actions import (
    accept_certain,
    accept_need,
    change_need,
    comb_need,
    leave_out,
    set_progress,
    undo_last,
)
from diancai.stages.need.errors import (
    ChangedMeanwhile,
    HasOrders,
    NothingToUndo,
    OtherCounty,
    ReasonMissing,
    StateForbids,
    WindowBackwards,
)
from diancai.stages.need.models import Need
from diancai.stages.need.queries import count_review_queue, get_need, list_needs, list_review_queue
from diancai.stages.remark.models import Remark
from diancai.words import NeedProgress, NeedState, Route, Strand

pytestmark = pytest.mark.django_db


def test_the_town_combs_first_then_the_county_office_accepts(tell, cast, programme):
    (need,) = tell(CANAL)
    queue = {"programme_id": programme.id}
    assert [row.need.id for row in list_review_queue(cast.town_officer, level="town", **queue).rows] == [need.pk]
    assert not list_review_queue(cast.county_office, level="county", **queue).rows
    assert comb_need(by=cast.town_officer, at=NOON, need_id=need.pk).state == NeedState.COMBED
    assert [row.need.id for row in list_review_queue(cast.county_office, level="county", **queue).rows] == [need.pk]
    assert accept_need(by=cast.county_office, at=NOON, need_id=need.pk).state == NeedState.ACCEPTED
    assert count_review_queue(cast.county_office, level="county", **queue) == 0
    assert [event.kind for event in Event.objects.filter(subject_kind="need", subject_id=str(need.pk))] == [
        "need.combed",
        "need.accepted",
    ]
    assert Event.objects.get(kind="need.accepted").details["need_ids"] == [need.pk]


def test_a_county_does_not_wait_for_a_silent_town(tell, cast):
    (need,) = tell(CANAL)
    assert accept_need(by=cast.county_office, at=NOON, need_id=need.pk).state == NeedState.ACCEPTED


NOBODY = ["stranger", "other_county_office", "department_contact", "leader", "village_officer"]


@pytest.mark.parametrize("who", NOBODY)
def test_who_may_not_work_on_a_need_changes_nothing(tell, cast, who):
    (need,) = tell(CANAL)
    other = {"by": getattr(cast, who), "at": NOON, "need_id": need.pk}
    for act in (
        lambda: comb_need(**other),
        lambda: accept_need(**other),
        lambda: change_need(content="别的", **other),
        lambda: leave_out(reason="不要", **other),
    ):
        with pytest.raises(NotAllowed):
            act()
    need.refresh_from_db()
    assert (need.state, need.revision) == (NeedState.PROPOSED, 0)


def test_the_prefecture_does_not_review_a_county_s_need(tell, cast, programme):
    (need,) = tell(CANAL)
    with pytest.raises(NotAllowed):
        accept_need(by=cast.prefecture_office, at=NOON, need_id=need.pk)
    with pytest.raises(NotAllowed):
        accept_certain(by=cast.prefecture_office, at=NOON, programme_id=programme.id, place_code=WUYUAN)
    with pytest.raises(NotAllowed):
        accept_need(by=cast.town_officer, at=NOON, need_id=need.pk)


def test_after_combing_the_town_changes_nothing_any_more_but_takes_its_step_back(tell, cast):
    (need,) = tell(CANAL)
    comb_need(by=cast.town_officer, at=NOON, need_id=need.pk)
    with pytest.raises(NotAllowed):
        change_need(by=cast.town_officer, at=NOON, need_id=need.pk, content="别的")
    assert undo_last(by=cast.town_officer, at=NOON, need_id=need.pk).state == NeedState.PROPOSED
    assert change_need(by=cast.town_officer, at=NOON, need_id=need.pk, content="斗渠清淤").content == "斗渠清淤"


def test_a_change_made_on_an_old_page_is_refused(tell, cast):
    (need,) = tell(CANAL)
    change_need(by=cast.town_officer, at=NOON, need_id=need.pk, revision=0, content="斗渠清淤（300米）")
    with pytest.raises(ChangedMeanwhile):
        change_need(by=cast.county_office, at=NOON, need_id=need.pk, revision=0, content="渠道维修")
    with pytest.raises(ChangedMeanwhile):
        accept_need(by=cast.county_office, at=NOON, need_id=need.pk, revision=0)
    assert Need.objects.get(pk=need.pk).content == "斗渠清淤（300米）"


def test_changes_are_taken_back_one_by_one(tell, cast):
    (need,) = tell(CANAL)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    change_need(strand="科技", households=30, wanted_until="2020-03-01", **told)
    change_need(content="清淤", **told)
    leave_out(reason="不属于本行动", **told)
    assert undo_last(**told).state == NeedState.PROPOSED
    assert undo_last(**told).content == need.content
    back = undo_last(**told)
    assert (back.strand, back.households, back.wanted_until) == (Strand.SERVICE, 23, need.wanted_until)
    assert Need.objects.get(pk=need.pk).by_hand == []
    with pytest.raises(NothingToUndo):
        undo_last(**told)
    kinds = [(step.kind, step.is_undone) for step in get_need(cast.county_office, need.pk).history]
    assert kinds == [("proposed", False), ("changed", True), ("changed", True), ("left_out", True)]


def test_what_a_person_set_stays_when_another_remark_joins(tell, cast):
    (need,) = tell(CANAL)
    change_need(by=cast.county_office, at=NOON, need_id=need.pk, households=40)
    tell(CANAL, VILLAGES["永联"])
    need.refresh_from_db()
    assert (need.households, need.remark_count) == (40, 2)


def test_a_place_of_another_county_and_a_window_backwards_are_refused(tell, cast):
    (need,) = tell(CANAL)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    with pytest.raises(OtherCounty):
        change_need(place_code="150822103201", **told)
    assert change_need(place_code=VILLAGES["永联"], **told).place_code == VILLAGES["永联"]
    change_need(wanted_until=date(2020, 1, 1), **told)
    with pytest.raises(WindowBackwards):
        change_need(wanted_from=date(2020, 2, 1), **told)


def test_a_route_changed_to_diverted_takes_the_words_away(tell, cast, programme):
    (need,) = tell(CANAL)
    change_need(by=cast.county_office, at=NOON, need_id=need.pk, content="主任把渠占了")
    change_need(by=cast.county_office, at=NOON, need_id=need.pk, route="divert")
    need.refresh_from_db()
    assert (need.content, need.is_live, need.route) == ("转有权处理单位1件", True, Route.DIVERT)
    assert Remark.objects.get().is_diverted
    stored = str(Need.objects.values().get()) + str(list(need.steps.values())) + str(list(need.sources.values()))
    assert "主任" not in stored
    assert "渠" not in stored
    with pytest.raises(NotFound):
        get_need(cast.town_officer, need.pk)
    assert not list_needs(cast.town_officer, programme_id=programme.id, q="渠").rows


def test_a_need_is_left_out_with_a_reason_and_not_once_it_has_an_order(tell, cast, programme):
    (need,) = tell(CANAL)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    with pytest.raises(ReasonMissing):
        leave_out(reason="  ", **told)
    set_progress(need_id=need.pk, progress=NeedProgress.ORDERED, at=NOON)
    with pytest.raises(HasOrders):
        leave_out(reason="不要", **told)
    set_progress(need_id=need.pk, progress=NeedProgress.OPEN, at=NOON)
    leave_out(reason="不属于本行动", **told)
    assert not list_needs(cast.county_office, programme_id=programme.id).rows
    (left,) = list_needs(cast.county_office, programme_id=programme.id, state="dropped").rows
    assert left.left_out_reason == "不属于本行动"
    with pytest.raises(StateForbids):
        accept_need(**told)


def test_certain_needs_are_accepted_together_and_doubtful_or_paired_ones_wait(tell, cast, programme):
    for text, place in ((CANAL, "联丰"), (SHOW, "新胜"), (CUCUMBER, "联丰"), (MILDEW, "永联")):
        tell(text, VILLAGES[place])
    Need.objects.update(state=NeedState.COMBED, doubt=10)
    Need.objects.filter(content__startswith="斗渠").update(doubt=60)
    told = {"at": NOON, "programme_id": programme.id, "place_code": WUYUAN}
    with pytest.raises(NotAllowed):
        accept_certain(by=cast.other_county_office, **told)
    assert accept_certain(by=cast.county_office, **told) == 1
    (accepted,) = Need.objects.filter(state=NeedState.ACCEPTED)
    assert "二人台" in accepted.content
    (event,) = Event.objects.filter(kind="need.accepted")
    assert event.details["need_ids"] == [accepted.pk]
    assert undo_last(by=cast.county_office, at=NOON, need_id=accepted.pk).state == NeedState.COMBED


def test_the_queue_runs_from_the_most_doubtful_and_pages_by_key(tell, cast, programme):
    for n in range(5):
        tell(f"想给{n + 2}号井修一修水泵", at=NOON + timedelta(minutes=n))
    for doubt, need in zip((30, 90, 30, 10, 60), Need.objects.order_by("pk"), strict=True):
        Need.objects.filter(pk=need.pk).update(doubt=doubt)
    seen, after = [], ""
    while after is not None:
        page = list_review_queue(
            cast.town_officer, programme_id=programme.id, level="town", place_code=TAERHU, after=after, limit=2
        )
        seen += [(row.need.doubt, row.need.id) for row in page.rows]
        after = page.next_after
    assert seen == sorted(seen, key=lambda pair: (-pair[0], pair[1]))
    assert len(seen) == 5


def test_the_queue_shows_the_quotes_and_the_proposals_side_by_side(tell, cast, programme):
    tell(CUCUMBER)
    tell(MILDEW, VILLAGES["永联"])
    rows = list_review_queue(cast.county_office, programme_id=programme.id, level="town").rows
    assert len(rows) == 2
    assert all(row.quotes and row.proposals[0].other_quotes and row.proposals[0].why for row in rows)


def test_nothing_is_saved_when_the_event_of_an_act_fails(tell, cast, monkeypatch):
    (need,) = tell(CANAL)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(keeping, "record", fail)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    for act in (
        lambda: accept_need(**told),
        lambda: change_need(content="别的", **told),
        lambda: leave_out(reason="不要", **told),
        lambda: set_progress(need_id=need.pk, progress="ordered", at=NOON),
    ):
        with pytest.raises(RuntimeError):
            act()
    need.refresh_from_db()
    assert (need.state, need.revision, need.progress) == (NeedState.PROPOSED, 0, NeedProgress.OPEN)
    assert need.steps.count() == 1


def test_a_need_is_seen_by_whom_its_place_concerns(tell, cast, programme):
    (need,) = tell(CANAL)
    for who in (cast.village_officer, cast.town_officer, cast.county_office, cast.prefecture_office, cast.leader):
        assert get_need(who, need.pk).need.id == need.pk
        assert [row.id for row in list_needs(who, programme_id=programme.id).rows] == [need.pk]
    for who in (cast.stranger, cast.other_county_office, cast.department_contact, cast.auditor):
        with pytest.raises(NotFound):
            get_need(who, need.pk)
        assert not list_needs(who, programme_id=programme.id).rows


def test_a_phone_typed_into_a_need_or_a_reason_is_covered(tell, cast):
    (need,) = tell(CANAL)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    assert "13812345678" not in change_need(content="清淤，找王某13812345678", **told).content
    assert "13812345678" not in leave_out(reason="已电话13812345678说明", **told).left_out_reason
    assert not any("13812345678" in str(event.details) for event in Event.objects.all())


def test_the_prefecture_accepts_together_only_what_has_no_county(tell, cast, programme):
    (of_county,) = tell(CANAL)
    (of_prefecture,) = tell(SHOW, PREFECTURE, by=cast.prefecture_office)
    Need.objects.update(state=NeedState.COMBED, doubt=0)
    told = {"by": cast.prefecture_office, "at": NOON, "programme_id": programme.id, "place_code": PREFECTURE}
    assert accept_certain(**told) == 1
    assert Need.objects.get(pk=of_county.pk).state == NeedState.COMBED
    assert Need.objects.get(pk=of_prefecture.pk).state == NeedState.ACCEPTED
