"""A bureau hands in its sheet: a dry run first, then mending, commit, undo; the same file twice is once."""

import json

import pytest
from cast import DENGKOU, NOON, PREFECTURE, WUYUAN, Cast

from diancai.formats.sheets import write_csv
from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.search.queries import find
from diancai.stages.remark.errors import FileRefused
from diancai.stages.remark.models import ImportRow
from diancai.stages.remark.rows import BatchCounts
from diancai.stages.supply.actions import (
    commit_offer_batch,
    mend_offer_row,
    read_offer_sheet,
    withdraw_offer,
    withdraw_offer_batch,
)
from diancai.stages.supply.errors import BatchNotFound, BatchNotOpen
from diancai.stages.supply.models import Offer
from diancai.stages.supply.queries import get_offer_batch, list_offer_batch_rows, list_offer_batches
from diancai.words import BatchState, CapacityPeriod, RowFate

HEADER = ("编号", "单位", "责任领导", "服务项目", "服务形式", "联络人", "服务范围", "有效期", "能力")
GOOD = (
    "O02",
    "五原县农牧局",
    "李某",
    "设施蔬菜专家入棚指导",
    "专家入棚",
    "赵某",
    "五原县",
    "2019-11-25～2020-04-30",
    "每月10次",
)
ALSO = (
    "O01",
    "市农牧局",
    "王某",
    "病虫草害防治培训",
    "集中培训",
    "钱某",
    "7个旗县区",
    "2019-12～2020-02",
    "每旗县每月4场",
)
NARROW = ("O06", "市农牧局", "王某", "畜牧双语服务", "小课堂", "钱某", "五原县、磴口县", "常年", "不限")


def sheet(*rows: tuple[str, ...]) -> bytes:
    return write_csv(HEADER, rows)


def read(
    cast: Cast, programme: ProgrammeRow, *rows: tuple[str, ...], by: str = "prefecture_office", **words: str
) -> int:
    return read_offer_sheet(
        by=getattr(cast, by),
        at=NOON,
        programme_id=programme.id,
        place_code=words.get("place_code", PREFECTURE),
        file_name="供给.csv",
        content=sheet(*rows),
    )


def fates(cast: Cast, batch_id: int) -> list[RowFate]:
    return [row.fate for row in list_offer_batch_rows(cast.prefecture_office, batch_id)]


def problems(cast: Cast, batch_id: int) -> list[tuple[str, str]]:
    rows = list_offer_batch_rows(cast.prefecture_office, batch_id)
    return [(problem.field, problem.code) for row in rows for problem in row.problems]


def commit(cast: Cast, batch_id: int) -> BatchCounts:
    return commit_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id)


def test_a_dry_run_makes_no_offer_and_tells_every_rows_fate(cast: Cast, programme: ProgrammeRow) -> None:
    batch_id = read(cast, programme, GOOD, ALSO, GOOD)
    assert fates(cast, batch_id) == [RowFate.NEW, RowFate.NEW, RowFate.ALREADY_HERE]
    batch = get_offer_batch(cast.prefecture_office, batch_id)
    assert (batch.state, batch.row_count, batch.counts.new) == (BatchState.DRY_RUN, 3, 2)
    assert not Offer.objects.exists()


def test_committing_makes_the_offers_as_they_were_written(cast: Cast, programme: ProgrammeRow) -> None:
    done: list[tuple[int, int, str]] = []
    batch_id = read(cast, programme, GOOD, ALSO, NARROW)
    commit_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id, progress=lambda *told: done.append(told))
    good, also, narrow = Offer.objects.order_by("id")
    assert (good.number, good.department, good.capacity_period) == ("O02", cast.department, CapacityPeriod.MONTH)
    assert (also.capacity, also.capacity_unit, also.capacity_period) == (4, "场", CapacityPeriod.COUNTY_MONTH)
    assert [place.place_id for place in narrow.places.order_by("place_id")] == [WUYUAN, DENGKOU]
    assert (also.places.count(), good.places.count(), narrow.valid_until) == (0, 0, None)
    assert done == [(3, 3, "")]
    event = Event.objects.get(kind="offer.imported")
    assert event.details["count"] == 3
    assert find("入棚", codes=(WUYUAN,), kinds=("offer",)).rows
    row = list_offer_batch_rows(cast.prefecture_office, batch_id)[0]
    assert row.object_id == good.pk


def test_the_same_file_again_brings_nothing_new(cast: Cast, programme: ProgrammeRow) -> None:
    commit(cast, read(cast, programme, GOOD, ALSO))
    again = read(cast, programme, GOOD, ALSO)
    assert fates(cast, again) == [RowFate.ALREADY_HERE] * 2
    commit(cast, again)
    assert Offer.objects.count() == 2


def test_committing_twice_is_committing_once(cast: Cast, programme: ProgrammeRow) -> None:
    batch_id = read(cast, programme, GOOD)
    assert commit(cast, batch_id) == commit(cast, batch_id) == BatchCounts(new=1, taken=1)
    assert Offer.objects.count() == Event.objects.filter(kind="offer.imported").count() == 1


def test_undo_withdraws_and_the_same_file_revives(cast: Cast, programme: ProgrammeRow) -> None:
    batch_id = read(cast, programme, GOOD, ALSO)
    commit(cast, batch_id)
    by_hand = Offer.objects.get(number="O01")
    withdraw_offer(by=cast.prefecture_office, at=NOON, offer_id=by_hand.pk)
    assert withdraw_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id) == 1
    assert set(Offer.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not find("入棚", codes=(WUYUAN,), kinds=("offer",)).rows
    assert ImportRow.objects.filter(batch=batch_id).count() == 2
    with pytest.raises(BatchNotOpen):
        withdraw_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    again = read(cast, programme, GOOD, ALSO)
    assert fates(cast, again) == [RowFate.REVIVED, RowFate.REVIVED]
    commit(cast, again)
    commit(cast, again)
    assert Offer.objects.filter(state="in_force").count() == Offer.objects.count() == 2
    assert find("入棚", codes=(WUYUAN,), kinds=("offer",)).rows


def bad(**changed: str) -> tuple[str, ...]:
    return tuple(changed.get(name, value) for name, value in zip(HEADER, GOOD, strict=True))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (bad(责任领导=""), [("leader", "must_missing")]),
        (bad(服务形式="", 联络人=""), [("service_form", "must_missing"), ("contact", "must_missing")]),
        (bad(单位="某某局"), [("department", "unknown_department")]),
        (bad(服务范围="红柳县"), [("places", "unknown_place")]),
        (bad(服务范围="磴口县"), [("places", "place_outside")]),
        (bad(有效期="2020-02-30～2020-03-01"), [("valid", "no_such_day")]),
        (bad(有效期="2020-05-01～2020-03-01"), [("valid", "span_backwards")]),
        (bad(能力="看情况"), [("capacity", "capacity_not_told")]),
        (bad(服务项目="宣讲常态化开展", 能力="不限", 有效期="常年"), [("service", "too_vague")]),
        (bad(服务项目="长" * 201), [("service", "too_long")]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_field(
    cast: Cast, programme: ProgrammeRow, row: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    batch_id = read(cast, programme, row)
    assert fates(cast, batch_id) == [RowFate.NEEDS_MENDING]
    assert problems(cast, batch_id) == expected
    commit(cast, batch_id)
    assert not Offer.objects.exists()


def test_a_mended_row_is_taken_with_the_next_commit(cast: Cast, programme: ProgrammeRow) -> None:
    batch_id = read(cast, programme, GOOD, bad(编号="O03", 责任领导=""))
    commit(cast, batch_id)
    assert Offer.objects.count() == 1
    number = list_offer_batch_rows(cast.prefecture_office, batch_id)[1].number
    line = mend_offer_row(
        by=cast.prefecture_office, at=NOON, batch_id=batch_id, number=number, cells={"leader": "李某", "nonsense": "x"}
    )
    assert (line.fate, line.problems, line.cells["leader"]) == (RowFate.NEW, (), "李某")
    assert "nonsense" not in line.cells
    commit(cast, batch_id)
    assert Offer.objects.count() == 2
    with pytest.raises(BatchNotOpen):
        mend_offer_row(by=cast.prefecture_office, at=NOON, batch_id=batch_id, number=number, cells={"leader": "别人"})


def test_cells_are_sealed_at_rest(cast: Cast, programme: ProgrammeRow) -> None:
    from django.db import connection

    read(cast, programme, GOOD)
    with connection.cursor() as cursor:
        cursor.execute("select cells from remark_importrow")
        raw = bytes(cursor.fetchone()[0])
    assert "赵某".encode() not in raw
    assert json.loads(ImportRow.objects.get().cells)["contact"] == "赵某"


def test_a_contact_hands_in_for_his_own_department_only(cast: Cast, programme: ProgrammeRow) -> None:
    empty = bad(单位="", 编号="O07")
    batch_id = read(cast, programme, empty, ALSO, by="department_contact", place_code=WUYUAN)
    rows = list_offer_batch_rows(cast.department_contact, batch_id)
    assert [row.fate for row in rows] == [RowFate.NEW, RowFate.NEEDS_MENDING]
    assert [(problem.field, problem.code) for problem in rows[1].problems] == [("department", "not_allowed")]
    commit_offer_batch(by=cast.department_contact, at=NOON, batch_id=batch_id)
    assert Offer.objects.get().department == cast.department


def test_an_import_is_its_makers_and_his_offices(cast: Cast, programme: ProgrammeRow) -> None:
    batch_id = read(cast, programme, GOOD, by="county_office", place_code=WUYUAN)
    assert [row.id for row in list_offer_batches(cast.prefecture_office).rows] == [batch_id]
    for who in (cast.other_county_office, cast.other_department_contact):
        assert list_offer_batches(who).rows == ()
        with pytest.raises(BatchNotFound):
            get_offer_batch(who, batch_id)
        for act in (commit_offer_batch, withdraw_offer_batch):
            with pytest.raises(BatchNotFound):
                act(by=who, at=NOON, batch_id=batch_id)
    for who in (cast.stranger, cast.leader, cast.town_officer):
        with pytest.raises(NotAllowed):
            list_offer_batches(who)
    assert not Offer.objects.exists()


def test_a_stranger_reads_no_sheet_and_a_bad_file_is_refused(cast: Cast, programme: ProgrammeRow) -> None:
    for who in ("stranger", "village_officer", "leader"):
        with pytest.raises(NotAllowed):
            read(cast, programme, GOOD, by=who)
    words = {"by": cast.county_office, "at": NOON, "programme_id": programme.id, "place_code": WUYUAN}
    with pytest.raises(FileRefused):
        read_offer_sheet(**words, file_name="空.csv", content=b"")
    with pytest.raises(FileRefused):
        read_offer_sheet(**words, file_name="通知.xlsx", content=b"PK\x03\x04 not a workbook")
