"""A sheet too big to wait for: kept sealed, read by a job with a true bar, once, whatever is killed on the way."""

from dataclasses import replace

import pytest
from cast import NOON, TAERHU, Cast
from django.conf import settings as laid

from diancai.formats.errors import SheetGone, TwoTables
from diancai.formats.sheets import is_big
from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.queries import find_job
from diancai.stages.remark import batches
from diancai.stages.remark.actions import ask_commit, commit_batch, read_kept_sheet, read_sheet
from diancai.stages.remark.batches import SheetGiven, open_batch, queue_reading
from diancai.stages.remark.errors import BatchNotRead
from diancai.stages.remark.kept_sheets import forget_sheet, keep_sheet, kept_sheet
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.queries import get_batch, list_batch_rows
from diancai.stages.remark.reactions import clear_kept_sheets
from diancai.words import JobState, RowFate

pytestmark = pytest.mark.django_db
LINES = "".join(f"第{n}社的斗渠淤住了,{n}\n" for n in range(1, 8))
SHEET = f"需求内容,户数\n想看二人台,3\n{LINES}想看二人台,3\n".encode()


@pytest.fixture(autouse=True)
def _small_is_big(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr("diancai.stages.remark.actions.reading.is_big", bool)
    monkeypatch.setattr(batches, "SLICE", 2)


def read(cast: Cast, programme: ProgrammeRow, content: bytes = SHEET, **more: object) -> int:
    told = {"by": cast.town_officer, "file_name": "大表.csv", "in_background": True} | more
    return read_sheet(at=NOON, programme_id=programme.id, place_code=TAERHU, content=content, **told)


def fates(cast: Cast, batch_id: int) -> list[tuple[int, str]]:
    return [(row.number, row.fate) for row in list_batch_rows(cast.town_officer, batch_id)]


class Killed(BaseException):
    pass


def test_a_big_sheet_is_read_by_a_job_with_a_true_count(cast, programme):
    batch_id = read(cast, programme)
    waiting = get_batch(cast.town_officer, batch_id)
    assert (waiting.row_count, fates(cast, batch_id)) == (0, [])
    assert find_job(waiting.job_key).state == JobState.WAITING
    for act in (ask_commit, commit_batch):
        with pytest.raises(BatchNotRead):
            act(by=cast.town_officer, at=NOON, batch_id=batch_id)
    told: list[tuple[str, int, int]] = []
    run_all(watch=lambda *one: told.append(one))
    assert told == [("remark.read", min(done, 9), 9) for done in (2, 4, 6, 8, 10)]
    done = get_batch(cast.town_officer, batch_id)
    assert (done.row_count, done.counts.new, done.columns) == (9, 9, {"text": "需求内容", "households": "户数"})
    assert find_job(done.job_key) is None, "now it is the commit that is waited for"
    assert Event.objects.filter(kind="batch.read").count() == 1


def test_it_reads_the_same_as_a_sheet_that_is_read_at_once(cast, programme):
    in_background, at_once = read(cast, programme), read(cast, programme, in_background=False)
    run_all()
    assert fates(cast, in_background) == fates(cast, at_once)
    keys = ImportRow.objects.order_by("number").values_list("row_key", flat=True)
    assert list(keys.filter(batch=in_background)) == list(keys.filter(batch=at_once))
    one, other = (get_batch(cast.town_officer, each) for each in (in_background, at_once))
    assert replace(one, id=0, job_key="") == replace(other, id=0, job_key="")


@pytest.mark.parametrize("killed_after", [2, 4, 9])
def test_a_reading_that_was_killed_goes_on_and_no_row_comes_twice(cast, programme, killed_after):
    batch_id = read(cast, programme)

    def die(done: int, *_: object) -> None:
        if done >= killed_after:
            raise Killed

    with pytest.raises(Killed):
        read_kept_sheet(by=cast.town_officer, batch_id=batch_id, progress=die)
    assert 0 < ImportRow.objects.count() <= 9
    run_all()
    assert fates(cast, batch_id) == [(number, RowFate.NEW) for number in range(2, 11)]
    assert ImportRow.objects.values("row_key").distinct().count() == 9, "the second of two equal rows stays one"
    ask_commit(by=cast.town_officer, at=NOON, batch_id=batch_id)
    run_all()
    assert Remark.objects.count() == 9
    assert Event.objects.filter(kind="batch.read").count() == 1


def test_a_job_that_comes_again_after_the_end_does_nothing(cast, programme):
    batch_id = read(cast, programme)
    assert read_kept_sheet(by=cast.town_officer, batch_id=batch_id) == 9
    assert read_kept_sheet(by=cast.town_officer, batch_id=batch_id) == 9
    assert (ImportRow.objects.count(), Event.objects.filter(kind="batch.read").count()) == (9, 1)


def test_a_sheet_that_cannot_be_read_says_so_on_its_batch_and_can_be_read_with_an_answer(cast, programme):
    two = "需求内容,户数,,需求内容,户数\n修路,3,,打井,5\n".encode()
    batch_id = read(cast, programme, two)
    run_all()
    batch = get_batch(cast.town_officer, batch_id)
    assert find_job(batch.job_key).state == JobState.DONE
    assert isinstance(batch.refused, TwoTables)
    assert "左边" in batch.refused.zh
    assert "on the left" in batch.refused.en
    name, content = kept_sheet(cast.town_officer.pk, batch.kept)
    again = read(cast, programme, content, file_name=name, block=2)
    run_all()
    assert [row.cells["text"] for row in list_batch_rows(cast.town_officer, again)] == ["打井"]


def test_the_kept_sheet_is_sealed_opened_for_its_giver_only_and_gone_when_it_was_read(cast, programme, tmp_path):
    batch_id = read(cast, programme)
    (path,) = (tmp_path / "kept_sheets").iterdir()
    assert "斗渠".encode() not in path.read_bytes()
    token = ImportBatch.objects.get(pk=batch_id).uuid.hex
    assert kept_sheet(cast.town_officer.pk, token) == ("大表.csv", SHEET)
    with pytest.raises(SheetGone):
        kept_sheet(cast.county_office.pk, token)
    with pytest.raises(SheetGone):
        kept_sheet(cast.town_officer.pk, f"../{token[1:]}")
    run_all()
    assert not path.exists()


def test_a_sheet_that_lay_too_long_is_asked_for_again(cast, programme):
    batch_id = read(cast, programme)
    forget_sheet(cast.town_officer.pk, ImportBatch.objects.get(pk=batch_id).uuid.hex)
    run_all()
    assert isinstance(get_batch(cast.town_officer, batch_id).refused, SheetGone)


def test_what_lies_a_day_is_cleared_away_by_the_next(cast, monkeypatch):
    token = keep_sheet(cast.town_officer.pk, "旧.csv", b"x")
    monkeypatch.setattr("diancai.stages.remark.kept_sheets.time.time", lambda: 4e9)
    keep_sheet(cast.town_officer.pk, "新.csv", b"y")
    with pytest.raises(SheetGone):
        kept_sheet(cast.town_officer.pk, token)


def test_it_is_cleared_away_too_where_no_other_comes(cast, monkeypatch, tmp_path):
    keep_sheet(cast.town_officer.pk, "旧.csv", b"x")
    clear_kept_sheets()
    assert len(list((tmp_path / "kept_sheets").iterdir())) == 1
    monkeypatch.setattr("diancai.stages.remark.kept_sheets.time.time", lambda: 4e9)
    clear_kept_sheets()
    assert list((tmp_path / "kept_sheets").iterdir()) == []


def test_who_may_not_import_here_leaves_no_sheet_behind(cast, programme, tmp_path):
    for who in (cast.stranger, cast.other_county_office):
        with pytest.raises(NotAllowed):
            read(cast, programme, by=who)
    assert not (tmp_path / "kept_sheets").exists()
    assert not ImportBatch.objects.exists()


def test_what_is_big_is_told_by_what_must_be_read(settings):
    from formats.made_sheets import long_workbook

    assert not is_big(b"") and not is_big(SHEET) and not is_big(b"PK\x03\x04 not a workbook")
    assert is_big(b"x" * 1_000_001)
    assert not is_big(long_workbook(1_000))
    packed = long_workbook(20_000)
    assert len(packed) < 1_000_000 and is_big(packed)
    assert laid.UPLOAD_LIMIT > 1_000_000


def test_a_batch_of_another_kind_is_not_read_as_remarks(cast, programme):
    from diancai.ground.errors import NotFound
    from diancai.ground.place.queries import get_scope

    given = SheetGiven(programme.id, "供给.csv", SHEET)
    batch = open_batch("offer", given, by=cast.town_officer, at=NOON, scope=get_scope(TAERHU))
    queue_reading("offer.read", given, batch)
    with pytest.raises(NotFound):
        read_kept_sheet(by=cast.town_officer, batch_id=batch.pk)
