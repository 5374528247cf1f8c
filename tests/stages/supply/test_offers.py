"""孙亮 writes what his bureau offers; the office sees, strangers do not; what is published stays."""

import json
import uuid
from datetime import date

import pytest
from cast import DENGKOU, LIANFENG, NOON, PREFECTURE, WUYUAN, YONGLIAN, Cast
from django.db import IntegrityError, transaction
from stages.making import COURSE, make_offer

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event, EventWords
from diancai.ground.ledger.queries import list_events
from diancai.ground.place.models import Department
from diancai.ground.privacy.sealing import open_sealed
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.search.queries import find
from diancai.stages.supply.actions import assure_offer, change_offer, withdraw_offer, write_offer
from diancai.stages.supply.errors import (
    CONSTRAINTS,
    CapacityIncomplete,
    ChangedMeanwhile,
    MustMissing,
    OfferWithdrawn,
    PlaceOutside,
    TooVague,
)
from diancai.stages.supply.models import Offer
from diancai.stages.supply.queries import get_offer, list_offers, list_offers_in_force
from diancai.words import CapacityPeriod, Strand


def test_contact_writes_an_offer_and_the_ledger_and_the_index_know_it(cast: Cast, programme: ProgrammeRow) -> None:
    row = write_offer(
        by=cast.department_contact, at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
    )
    assert (row.department, row.strand, row.capacity_text) == ("五原县农牧局", Strand.SCIENCE, "每月2场")
    assert row.places_text == "五原县"
    event = Event.objects.get(kind="offer.written")
    assert (event.subject_id, event.by, event.county_code) == (str(row.id), cast.department_contact, WUYUAN)
    assert [hit.object_id for hit in find("列当", codes=(WUYUAN,), kinds=("offer",)).rows] == [row.id]


def test_the_same_parcel_twice_is_one_offer(cast: Cast, programme: ProgrammeRow) -> None:
    parcel = uuid.uuid4()
    first, second = (
        write_offer(
            by=cast.department_contact,
            at=NOON,
            programme_id=programme.id,
            department_id=cast.department.pk,
            uuid=parcel,
            **COURSE,
        )
        for _ in range(2)
    )
    assert first.id == second.id
    assert Offer.objects.count() == Event.objects.filter(kind="offer.written").count() == 1


@pytest.mark.parametrize(
    "who",
    [
        "stranger",
        "other_department_contact",
        "other_county_office",
        "village_officer",
        "town_officer",
        "leader",
        "auditor",
    ],
)
def test_nobody_else_writes_for_the_department(cast: Cast, programme: ProgrammeRow, who: str) -> None:
    with pytest.raises(NotAllowed):
        write_offer(
            by=getattr(cast, who), at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
        )
    assert not Offer.objects.exists()


@pytest.mark.parametrize("who", ["department_leader", "county_office", "prefecture_office"])
def test_the_leader_and_the_offices_above_may_write_too(cast: Cast, programme: ProgrammeRow, who: str) -> None:
    write_offer(by=getattr(cast, who), at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE)
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("must", ["leader", "service", "service_form", "contact"])
def test_an_offer_without_a_must_is_refused_and_nothing_is_kept(cast: Cast, programme: ProgrammeRow, must: str) -> None:
    with pytest.raises(MustMissing):
        make_offer(cast, programme.id, **{must: ""})
    assert not Offer.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("leader", "", "offer_must_leader"),
        ("service", "", "offer_must_service"),
        ("service_form", "", "offer_must_service_form"),
        ("contact", "", "offer_must_contact"),
        ("capacity", None, "offer_capacity_told"),
        ("capacity_period", "unlimited", "offer_capacity_told"),
        ("valid_until", date(2000, 1, 1), "offer_dates_in_order"),
        ("assured_by", "赵某", "offer_assured_both"),
    ],
)
def test_the_database_is_the_last_judge_and_each_constraint_has_its_refusal(
    cast: Cast, programme: ProgrammeRow, column: str, value: object, constraint: str
) -> None:
    row = make_offer(cast, programme.id)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Offer.objects.filter(pk=row.id).update(**{column: value})
    assert constraint in CONSTRAINTS


def test_vague_and_half_told_offers_are_refused(cast: Cast, programme: ProgrammeRow) -> None:
    nothing = {"capacity": None, "capacity_unit": "", "capacity_period": "", "valid_from": None, "valid_until": None}
    with pytest.raises(TooVague):
        make_offer(cast, programme.id, **nothing, note="常态化开展")
    with pytest.raises(CapacityIncomplete):
        make_offer(cast, programme.id, capacity=3, capacity_unit="")


def test_an_offer_serves_only_places_of_its_department(cast: Cast, programme: ProgrammeRow) -> None:
    with pytest.raises(PlaceOutside):
        make_offer(cast, programme.id, place_codes=(DENGKOU,))
    row = make_offer(cast, programme.id, place_codes=(LIANFENG, YONGLIAN))
    assert row.places_text == "联丰村、永联村"


def test_a_change_needs_the_revision_that_was_read(cast: Cast, programme: ProgrammeRow) -> None:
    row = make_offer(cast, programme.id, place_codes=(LIANFENG,))
    changed = change_offer(
        by=cast.department_contact, at=NOON, offer_id=row.id, revision=row.revision, capacity=5, place_codes=()
    )
    assert (changed.capacity, changed.place_codes, changed.revision) == (5, (), row.revision + 1)
    assert Event.objects.get(kind="offer.changed").details["changed"] == ["capacity", "place_codes"]
    told = list_events("offer", row.id)[-1].details
    assert told["changes"] == {"capacity": [2, 5], "place_codes": [[LIANFENG], []]}
    with pytest.raises(ChangedMeanwhile):
        change_offer(by=cast.county_office, at=NOON, offer_id=row.id, revision=row.revision, capacity=9)
    assert Offer.objects.get().capacity == 5


def test_whom_to_call_is_never_in_clear_in_the_ledger(cast: Cast, programme: ProgrammeRow) -> None:
    row = make_offer(cast, programme.id, contact="赵某", contact_phone="13800001111")
    told = {"by": cast.department_contact, "at": NOON, "offer_id": row.id, "revision": row.revision}
    change_offer(**told, contact="钱某", contact_phone="13900002222", capacity=5)
    changed = Event.objects.get(kind="offer.changed")
    assert changed.details["changed"] == ["capacity"]
    assert changed.details["changed_personal"] == ["contact", "contact_phone"]
    assert json.loads(open_sealed(changed.words.get().sealed)) == {
        "words": {"changes": {"capacity": [2, 5]}},
        "personal": {"contact": ["赵某", "钱某"], "contact_phone": ["13800001111", "13900002222"]},
    }
    withdraw_offer(by=cast.department_contact, at=NOON, offer_id=row.id, reason="无人授课，请打13900002222")
    kept = str([*Event.objects.values(), *EventWords.objects.values()])
    shown = str(list_events("offer", row.id))
    assert "无人授课" in shown
    assert "无人授课" not in kept
    assert not any(words in kept + shown for words in ("13800001111", "13900002222", "赵某", "钱某"))


def test_assuring_tells_who_and_when(cast: Cast, programme: ProgrammeRow) -> None:
    row = assure_offer(by=cast.department_contact, at=NOON, offer_id=make_offer(cast, programme.id).id)
    assert (row.assured_on, row.assured_by) == (date(2019, 12, 10), "孙亮")


def test_a_withdrawn_offer_leaves_lists_and_search_and_cannot_change(cast: Cast, programme: ProgrammeRow) -> None:
    row = make_offer(cast, programme.id)
    withdraw_offer(by=cast.department_leader, at=NOON, offer_id=row.id, reason="无人授课")
    assert list_offers(cast.county_office, programme_id=programme.id).rows == ()
    assert len(list_offers(cast.county_office, programme_id=programme.id, state="").rows) == 1
    assert find("列当", codes=(PREFECTURE,), kinds=("offer",)).rows == ()
    with pytest.raises(OfferWithdrawn):
        change_offer(by=cast.department_contact, at=NOON, offer_id=row.id, revision=1, capacity=9)
    with pytest.raises(OfferWithdrawn):
        withdraw_offer(by=cast.department_contact, at=NOON, offer_id=row.id)


def test_wrong_county_and_stranger_change_nothing(cast: Cast, programme: ProgrammeRow) -> None:
    row = make_offer(cast, programme.id)
    for who in (cast.stranger, cast.other_county_office, cast.other_department_contact, cast.leader):
        for act in (
            lambda by: change_offer(by=by, at=NOON, offer_id=row.id, revision=0, capacity=9),
            lambda by: withdraw_offer(by=by, at=NOON, offer_id=row.id),
            lambda by: assure_offer(by=by, at=NOON, offer_id=row.id),
        ):
            with pytest.raises(NotAllowed):
                act(who)
    assert Offer.objects.get().revision == 0
    with pytest.raises(NotFound):
        withdraw_offer(by=cast.county_office, at=NOON, offer_id=0)


def test_lists_filter_and_page_without_losing_a_row(cast: Cast, programme: ProgrammeRow) -> None:
    bureau = Department.objects.get(place_id=PREFECTURE, line="农牧")
    mine = [make_offer(cast, programme.id, service=f"培训{number}", topics=("种植业",)).id for number in range(5)]
    theirs = make_offer(cast, programme.id, department=cast.other_department, strand=Strand.HEALTH).id
    above = make_offer(cast, programme.id, department=bureau, topics=("种植业/玉米",), place_codes=(DENGKOU,)).id
    everywhere = make_offer(cast, programme.id, department=bureau, service="科技热线").id

    def ids(**words: object) -> set[int]:
        return {row.id for row in list_offers(cast.town_officer, programme_id=programme.id, **words).rows}  # type: ignore[arg-type]

    assert ids() == {*mine, theirs, above, everywhere}
    assert ids(place_code=WUYUAN) == set(mine)
    assert ids(department_id=bureau.pk) == {above, everywhere}
    assert ids(strand="health") == {theirs}
    assert ids(topic="种植业") == set(mine)
    assert ids(serves=LIANFENG) == {*mine, everywhere}
    assert ids(serves=DENGKOU) == {theirs, above, everywhere}
    assert ids(q="科技热线") == {everywhere}
    seen, after = [], ""
    while True:
        page = list_offers(cast.leader, programme_id=programme.id, after=after, limit=3)
        seen += [row.id for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == sorted({*mine, theirs, above, everywhere}, reverse=True)


def test_a_stranger_reads_no_offer(cast: Cast, programme: ProgrammeRow) -> None:
    row = make_offer(cast, programme.id)
    for who in (cast.stranger, cast.auditor, cast.administrator):
        with pytest.raises(NotAllowed):
            list_offers(who, programme_id=programme.id)
        with pytest.raises(NotAllowed):
            get_offer(who, row.id)


def test_only_offers_in_force_are_matched(cast: Cast, programme: ProgrammeRow) -> None:
    held = make_offer(cast, programme.id, capacity_period=CapacityPeriod.TERM)
    over = make_offer(cast, programme.id, service="旧项目", valid_until=date(2019, 12, 9))
    gone = make_offer(cast, programme.id, service="撤下的")
    withdraw_offer(by=cast.county_office, at=NOON, offer_id=gone.id)
    assert [row.id for row in list_offers_in_force(programme.id, date(2019, 12, 10))] == [held.id]
    assert [row.id for row in list_offers_in_force(programme.id, date(2019, 12, 9))] == [held.id, over.id]
