"""王贵 imports what others collected: every row has a fate, nothing is guessed or taken twice, all can be undone."""

import csv
import io
import random

import pytest
from cast import DENGKOU, LIANFENG, NOON, PREFECTURE, TAERHU, WUYUAN, Cast
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.stages.remark.actions import (
    ask_commit,
    ask_withdraw,
    commit_batch,
    committing,
    divert_remark,
    mend_row,
    read_sheet,
    skip_row,
    withdraw_batch,
)
from diancai.stages.remark.errors import (
    BatchNotCommitted,
    BatchWithdrawn,
    FileRefused,
    RowNotFound,
    RowTaken,
)
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.queries import get_batch, list_batch_rows, list_batches, list_remarks
from diancai.stages.remark.rows import BatchRow
from diancai.words import BatchState, JobState, RowFate, Source

pytestmark = pytest.mark.django_db
HEADER = ["需求内容", "反映时间", "苏木乡镇", "嘎查村", "组（社）", "户数", "姓名", "联系电话", "七送"]
CANAL = ["渠淤住了给清一清", "2019-12-05", "塔尔湖镇", "联丰村", "五社", "约10户", "王某", "13812345678", "送服务"]
BARE = ["想看二人台", "", "", "", "", "", "", "", ""]
NOWHERE = ["路坏了", "2019-12-06", "塔尔湖镇", "没影村", "", "", "", "", ""]
NO_DAY = ["井坏了", "2019-02-30", "", "", "", "", "", "", ""]
WORDLESS = ["", "2019-12-06", "塔尔湖镇", "联丰村", "", "3", "", "", ""]


def sheet(*rows: list[str], header: list[str] = HEADER, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode(encoding)


def read(cast: Cast, programme: ProgrammeRow, content: bytes, **more: object) -> int:
    told = {"by": cast.town_officer, "at": NOON, "place_code": TAERHU, "file_name": "需求表.csv"} | more
    return read_sheet(programme_id=programme.id, content=content, source=Source.NEED_SHEET, **told)


def batch_of(cast: Cast, batch: int) -> BatchRow:
    return get_batch(cast.town_officer, batch)


def test_the_dry_run_gives_every_row_its_fate_and_keeps_nothing(cast, programme):
    batch = read(cast, programme, sheet(CANAL, BARE, NOWHERE, NO_DAY, WORDLESS))
    rows = list_batch_rows(cast.town_officer, batch)
    assert [row.fate for row in rows] == [RowFate.NEW, RowFate.NEW] + [RowFate.NEEDS_MENDING] * 3
    assert [[p.code for p in row.problems] for row in rows[2:]] == [["unknown_place"], ["no_such_day"], ["no_words"]]
    assert all(p.zh and p.en for row in rows for p in row.problems)
    assert batch_of(cast, batch).counts.rows == 5
    assert not Remark.objects.exists()


def test_a_commit_makes_remarks_of_what_is_clean(cast, programme):
    batch = read(cast, programme, sheet(CANAL, BARE, NO_DAY))
    counts = commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    assert (counts.new, counts.needs_mending, counts.taken) == (2, 1, 2)
    bare, canal = list_remarks(cast.town_officer).rows
    assert (canal.place_code, canal.sub_place, canal.households, canal.households_approx) == (
        LIANFENG,
        "五社",
        10,
        True,
    )
    assert (canal.speaker, canal.phone) == ("王*", "138****5678")
    assert (bare.place_code, bare.said_at) == (TAERHU, None)
    assert Remark.objects.get(pk=canal.id).told == {"strand": "service"}
    assert batch_of(cast, batch).state == BatchState.COMMITTED


def test_the_same_file_again_is_here_already(cast, programme):
    content = sheet(CANAL, BARE, BARE)
    commit_batch(by=cast.town_officer, at=NOON, batch_id=read(cast, programme, content))
    again = read(cast, programme, content)
    assert batch_of(cast, again).counts.already_here == 3
    commit_batch(by=cast.town_officer, at=NOON, batch_id=again)
    assert Remark.objects.count() == 3, "two households that say the same are two, and stay two"


def test_a_mended_row_is_judged_anew_and_can_be_committed_later(cast, programme):
    batch = read(cast, programme, sheet(CANAL, NOWHERE, NO_DAY))
    commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    with pytest.raises(RowTaken):
        mend_row(by=cast.town_officer, at=NOON, batch_id=batch, number=2, cells={"text": "改原话"})
    mended = mend_row(by=cast.town_officer, at=NOON, batch_id=batch, number=3, cells={"place_code": LIANFENG})
    assert (mended.fate, mended.problems) == (RowFate.NEW, ())
    assert skip_row(by=cast.town_officer, at=NOON, batch_id=batch, number=4).fate == RowFate.SKIPPED
    counts = commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    assert (counts.new, counts.skipped, counts.taken) == (2, 1, 2)
    assert {row.text for row in list_remarks(cast.town_officer).rows} == {CANAL[0], NOWHERE[0]}
    with pytest.raises(RowNotFound):
        mend_row(by=cast.town_officer, at=NOON, batch_id=batch, number=99, cells={})


def test_an_ambiguous_place_is_asked_with_candidates(cast, programme):
    content = sheet(["想看戏", "联丰村"], header=["需求内容", "嘎查村"])
    batch = read(cast, programme, content, by=cast.county_office, place_code=WUYUAN)
    (row,) = list_batch_rows(cast.county_office, batch)
    (problem,) = row.problems
    assert problem.code == "ambiguous_place"
    assert len(problem.candidates) == 3
    assert LIANFENG in {code for code, _ in problem.candidates}
    chosen = mend_row(by=cast.county_office, at=NOON, batch_id=batch, number=2, cells={"place_code": LIANFENG})
    assert chosen.fate == RowFate.NEW


def test_a_place_outside_the_post_is_not_taken(cast, programme):
    content = sheet(["想看戏", DENGKOU], header=["需求内容", "地点代码"])
    (row,) = list_batch_rows(cast.town_officer, read(cast, programme, content))
    assert [p.code for p in row.problems] == ["outside_post"]


@pytest.mark.parametrize("who", ["stranger", "other_county_office", "department_contact", "leader"])
def test_who_may_not_import_here_reads_and_commits_nothing(cast, programme, who):
    other = getattr(cast, who)
    with pytest.raises(NotAllowed):
        read(cast, programme, sheet(CANAL), by=other)
    batch = read(cast, programme, sheet(CANAL))
    with pytest.raises(NotAllowed):
        commit_batch(by=other, at=NOON, batch_id=batch)
    with pytest.raises(NotFound):
        get_batch(other, batch)
    assert not list_batches(other).rows
    assert not Remark.objects.exists()


def test_a_withdrawn_batch_is_counted_nowhere_and_revived_by_its_file(cast, programme):
    content = sheet(CANAL, BARE)
    batch = read(cast, programme, content)
    with pytest.raises(BatchNotCommitted):
        withdraw_batch(by=cast.town_officer, at=NOON, batch_id=batch, reason="传错了")
    commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    with pytest.raises(NotAllowed):
        withdraw_batch(by=cast.village_officer, at=NOON, batch_id=batch, reason="传错了")
    assert withdraw_batch(by=cast.town_officer, at=NOON, batch_id=batch, reason="传错了") == 2
    assert not list_remarks(cast.county_office).rows
    assert not list_remarks(cast.county_office, q="渠").rows
    with pytest.raises(BatchWithdrawn):
        commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    ids = set(Remark.objects.values_list("pk", flat=True))
    again = read(cast, programme, content)
    assert batch_of(cast, again).counts.revived == 2
    commit_batch(by=cast.town_officer, at=NOON, batch_id=again)
    assert {row.id for row in list_remarks(cast.county_office, q="渠").rows} < ids
    assert {row.id for row in list_remarks(cast.county_office).rows} == ids


def test_the_undoing_of_a_batch_does_not_bury_a_report(cast, programme):
    batch = read(cast, programme, sheet(CANAL, BARE))
    commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    report = Remark.objects.get(shown=BARE[0])
    divert_remark(by=cast.town_officer, at=NOON, remark_id=report.pk, reason="反映干部")
    assert withdraw_batch(by=cast.town_officer, at=NOON, batch_id=batch, reason="导错了") == 2
    assert [row.id for row in list_remarks(cast.county_office, state="diverted").rows] == [report.pk]


def test_the_page_of_an_import_covers_names_and_phones_and_empties_what_was_diverted(cast, programme):
    content = [*CANAL[:7], "13912345678", ""]
    report = ["主任家吃低保，我电话13712345678", *CANAL[1:6], "李某某", "13712345678", ""]
    unfinished = ["找13612345678问路", *NOWHERE[1:6], "张某某", "13612345678", ""]
    batch = read(cast, programme, sheet(content, report, unfinished))
    dry = str([row.cells for row in list_batch_rows(cast.town_officer, batch)])
    commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    rows = list_batch_rows(cast.town_officer, batch)
    for words in (dry, str(rows)):
        for personal in ("13912345678", "13712345678", "13612345678", "李某某", "张某某"):
            assert personal not in words, personal
    assert rows[0].cells["text"] == CANAL[0]
    assert rows[2].cells["village"] == "没影村"
    divert_remark(by=cast.town_officer, at=NOON, remark_id=rows[1].object_id, reason="反映干部")
    emptied = list_batch_rows(cast.town_officer, batch)[1]
    assert (set(emptied.cells.values()), emptied.problems) == ({""}, ())
    again = read(cast, programme, sheet(content, report, unfinished))
    assert "低保" not in str(list_batch_rows(cast.town_officer, again))


def test_the_cell_to_be_mended_is_shown_as_it_stands(cast, programme):
    wrong = ["路坏了", "2019-12-06", "塔尔湖镇", "联丰村", "", "", "王某", "1381234567", ""]
    batch = read(cast, programme, sheet(wrong))
    (row,) = list_batch_rows(cast.town_officer, batch)
    assert {problem.field for problem in row.problems} == {"phone"}
    assert row.cells["phone"] == "1381234567"


def test_an_outside_number_tells_the_row_again(cast, programme):
    header = ["编号", "需求内容", "反映时间"]
    commit_batch(
        by=cast.town_officer,
        at=NOON,
        batch_id=read(cast, programme, sheet(["7", "路坏了", "2019-12-05"], header=header)),
    )
    told_later = read(cast, programme, sheet(["7", "路坏了", "2019-12-06"], ["8", "路坏了", ""], header=header))
    assert [row.fate for row in list_batch_rows(cast.town_officer, told_later)] == [RowFate.ALREADY_HERE, RowFate.NEW]


def test_two_offices_that_number_alike_lose_nothing(cast, programme):
    header = ["编号", "需求内容"]
    for row in (["1", "路坏了"], ["1", "井坏了"]):
        commit_batch(by=cast.town_officer, at=NOON, batch_id=read(cast, programme, sheet(row, header=header)))
    assert Remark.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.csv", b"", "empty_file"),
        ("空表.csv", "需求内容,反映时间\n".encode(), "empty_sheet"),
        ("说明.xlsx", b"PK\x03\x04 not a workbook", "broken"),
        ("名单.csv", "姓名,电话\n王某,138\n".encode(), "column_missing"),
    ],
)
def test_an_unusable_file_is_refused_in_both_languages(cast, programme, name, content, code):
    with pytest.raises(FileRefused) as refused:
        read(cast, programme, content, file_name=name)
    assert refused.value.reason.code == code or refused.value.reason.code in {"broken", "wrong_kind"}
    assert refused.value.text("zh") != refused.value.text("en")


def test_a_gbk_sheet_a_long_row_and_an_emoji_are_taken_whole(cast, programme):
    long = "渠" * 30_000
    read_gbk = read(cast, programme, sheet(["路坏了"], header=["需求内容"], encoding="gbk"))
    commit_batch(by=cast.town_officer, at=NOON, batch_id=read_gbk)
    commit_batch(
        by=cast.town_officer, at=NOON, batch_id=read(cast, programme, sheet([long], ["想看戏🎭"], header=["需求内容"]))
    )
    assert {row.text for row in list_remarks(cast.town_officer).rows} == {"路坏了", long, "想看戏🎭"}


def test_a_commit_that_was_killed_goes_on_and_nothing_comes_twice(cast, programme, monkeypatch):
    monkeypatch.setattr(committing, "SLICE", 2)
    batch = read(cast, programme, sheet(*[[f"第{n}件事", *BARE[1:]] for n in range(7)]))
    job = ask_commit(by=cast.town_officer, at=NOON, batch_id=batch)
    assert ask_commit(by=cast.town_officer, at=NOON, batch_id=batch) == job, "asking twice is once"

    class Killed(BaseException):
        pass

    def die(done: int, *_: object) -> None:
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        commit_batch(by=cast.town_officer, at=NOON, batch_id=batch, progress=die)
    assert Remark.objects.count() == 4
    run_all()
    assert Remark.objects.count() == 7
    done = Job.objects.get(pk=job)
    assert (done.state, done.result["taken"], done.percent) == (JobState.DONE, 7, 100)
    assert Event.objects.filter(kind="batch.committed").count() == 1


def test_a_withdrawal_runs_as_a_job_and_can_follow_every_import(cast, programme):
    content = sheet(CANAL, BARE)
    for _ in range(2):
        batch = read(cast, programme, content)
        ask_commit(by=cast.town_officer, at=NOON, batch_id=batch)
        run_all()
        assert len(list_remarks(cast.town_officer).rows) == 2
        ask_withdraw(by=cast.town_officer, at=NOON, batch_id=batch, reason="演练")
        run_all()
        assert not list_remarks(cast.town_officer).rows
    assert Remark.objects.count() == 2


def test_the_reason_of_a_withdrawal_lies_in_no_job_and_reaches_the_event(cast, programme):
    batch = read(cast, programme, sheet(CANAL))
    commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    for reason in ("主任让撤的", "传错了"):
        ask_withdraw(by=cast.town_officer, at=NOON, batch_id=batch, reason=reason)
    assert "主任" not in str(Job.objects.values())
    assert "主任".encode() not in plain_bytes("remark_importbatch")
    run_all()
    assert ImportBatch.objects.get().withdrawn_reason == "主任让撤的", "asked twice, the first reason stands"
    assert not Remark.objects.filter(withdrawn_at=None).exists()


def test_what_a_sheet_says_of_its_rows_and_headers_is_sealed(cast, programme):
    odd = [NO_DAY[0], "主任说的那天", *NO_DAY[2:]]
    batch = read(cast, programme, sheet(odd, header=[*HEADER[:-1], "主任家"]))
    held = ImportBatch.objects.get()
    assert "主任家" in held.columns["unused"]
    assert "主任" in str(held.rows.get().problems)
    for table in ("remark_importbatch", "remark_importrow"):
        assert "主任".encode() not in plain_bytes(table)
    assert get_batch(cast.town_officer, batch).unused == tuple(held.columns["unused"])


def plain_bytes(table: str) -> bytes:
    """Everything that a table holds, as it lies on the disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        values = [value for row in cursor.fetchall() for value in row]
    return b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)


def test_nothing_of_a_slice_is_saved_when_its_event_fails(cast, programme, monkeypatch):
    batch = read(cast, programme, sheet(CANAL, BARE))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(committing, "record", fail)
    with pytest.raises(RuntimeError):
        commit_batch(by=cast.town_officer, at=NOON, batch_id=batch)
    assert not Remark.objects.exists()
    assert not ImportRow.objects.filter(object_id__isnull=False).exists()


def test_the_cells_of_a_sheet_are_sealed(cast, programme):
    from django.db import connection

    read(cast, programme, sheet(CANAL))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cells FROM remark_importrow")
        (stored,) = cursor.fetchone()
    assert b"13812345678" not in bytes(stored)


ROWS = st.lists(st.sampled_from([CANAL, BARE, ["修路", *BARE[1:]], ["修路", "2019-12-01", *BARE[2:]]]), max_size=8)


@given(first=ROWS, second=ROWS, seed=st.integers(0, 99))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_two_sheets_in_any_order_twice_keeps_the_larger_count_of_each_row(
    cast, programme, first, second, seed
):
    """A row that one sheet holds n times and another m times is there max(n, m) times, whatever comes first."""
    from django.db import transaction

    sheets = [rows for rows in (first, second, first, second) if rows]
    random.Random(seed).shuffle(sheets)
    point = transaction.savepoint()
    for rows in sheets:
        commit_batch(by=cast.town_officer, at=NOON, batch_id=read(cast, programme, sheet(*rows)))
    wanted = sum(max(first.count(row), second.count(row)) for row in ROWS_KNOWN)
    kept = Remark.objects.count()
    transaction.savepoint_rollback(point)
    assert kept == wanted


ROWS_KNOWN = [CANAL, BARE, ["修路", *BARE[1:]], ["修路", "2019-12-01", *BARE[2:]]]


def test_a_hundred_thousand_rows_are_judged_at_a_steady_pace():
    """The dry run's own work, without a database: a row costs under a fifth of a millisecond."""
    import time
    from zoneinfo import ZoneInfo

    from diancai.ground.people.who_may import Scope
    from diancai.ground.place.known_names import place_names
    from diancai.stages.remark.sheet_rows import RowJudge

    scope = Scope("150800000000", "150821000000", TAERHU, LIANFENG)
    judge = RowJudge(
        names=place_names(),
        scope_of=lambda code: scope,
        reached=(TAERHU,),
        place_code=TAERHU,
        source=Source.NEED_SHEET,
        at=NOON,
        zone=ZoneInfo("Asia/Shanghai"),
    )
    cells = {"text": "渠淤住了", "said_at": "2019-12-05", "village": "联丰村", "households": "约10户"}
    judge.judge(cells)
    started = time.process_time()
    for number in range(5_000):
        judge.judge(cells | {"text": f"第{number}件"})
    assert time.process_time() - started < 5


@pytest.mark.real_data
def test_the_real_messages_come_whole_and_once(cast, programme, real_data):
    content = (real_data / "messages" / "hot.csv").read_bytes()
    later = NOON.replace(year=2026)  # some were said after the first days of the programme, and none may be yet to come
    told = {"by": cast.prefecture_office, "at": later, "place_code": PREFECTURE, "file_name": "hot.csv"}
    batch = read(cast, programme, content, **told)
    assert commit_batch(by=cast.prefecture_office, at=later, batch_id=batch).taken == 4326
    again = read(cast, programme, content, **told)
    assert get_batch(cast.prefecture_office, again).counts.already_here == 4326


def test_a_batch_withdrawn_while_it_is_taken_stays_withdrawn(cast, programme):
    rows = [[f"第{number}户要打井", *BARE[1:]] for number in range(committing.SLICE + 1)]
    batch = read(cast, programme, sheet(*rows))
    told = {"by": cast.town_officer, "at": NOON, "batch_id": batch}
    ImportBatch.objects.filter(pk=batch).update(state=BatchState.COMMITTED)  # as after a first round with mended rows

    def withdraw(done: int, total: int, note: str) -> None:
        if done < total:
            withdraw_batch(**told, reason="传错了")

    with pytest.raises(BatchWithdrawn):
        commit_batch(**told, progress=withdraw)
    assert get_batch(cast.town_officer, batch).state == BatchState.WITHDRAWN
    assert list_remarks(cast.town_officer, batch_id=batch).rows == ()
