"""A sheet of hundreds of offers is read and committed by jobs: a bar instead of a page that does not answer."""

import pytest
from cast import NOON, PREFECTURE, Cast
from stages.supply.test_offer_import import GOOD, HEADER, bad, sheet

from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.queries import find_job
from diancai.stages.remark import batches
from diancai.stages.supply.actions import ask_commit_offers, commit_offer_batch, committing, read_offer_sheet
from diancai.stages.supply.errors import BatchNotOpen
from diancai.stages.supply.models import Offer
from diancai.stages.supply.queries import get_offer_batch, list_offer_batch_rows
from diancai.words import BatchState, RowFate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_is_big(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr("diancai.stages.supply.actions.importing.is_big", bool)
    monkeypatch.setattr(batches, "SLICE", 3)
    monkeypatch.setattr(committing, "SLICE", 3)
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 5)


def rows(count: int) -> list[tuple[str, ...]]:
    return [bad(编号=f"O{n:03}") for n in range(count)]


def read(cast: Cast, programme: ProgrammeRow, *given: tuple[str, ...]) -> int:
    return read_offer_sheet(
        by=cast.prefecture_office, at=NOON, programme_id=programme.id, place_code=PREFECTURE, file_name="供给.csv",
        content=sheet(*given), in_background=True,
    )  # fmt: skip


def test_both_steps_run_as_jobs_and_tell_how_far_they_are(cast, programme):
    batch_id = read(cast, programme, *rows(8), rows(1)[0], bad(编号="O900", 责任领导=""))
    with pytest.raises(BatchNotOpen):
        ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    told: list[tuple[str, int, int]] = []
    run_all(watch=lambda *one: told.append(one))
    batch = get_offer_batch(cast.prefecture_office, batch_id)
    assert (batch.counts.new, batch.counts.already_here, batch.counts.needs_mending) == (8, 1, 1)
    assert told == [("offer.read", done, 10) for done in (3, 6, 9, 10)]
    job_id = ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    assert ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id) == job_id, "asking twice is once"
    assert find_job(batch.job_key).id == job_id
    told.clear()
    run_all(watch=lambda *one: told.append(one))
    assert ("offer.import", 8, 8) in told
    done = get_offer_batch(cast.prefecture_office, batch_id)
    assert (done.state, done.counts.taken, Offer.objects.count()) == (BatchState.COMMITTED, 8, 8)


def test_a_commit_that_was_killed_goes_on_and_no_offer_comes_twice(cast, programme):
    class Killed(BaseException):
        pass

    def die(done: int, *_: object) -> None:
        if done >= 6:
            raise Killed

    batch_id = read(cast, programme, *rows(8))
    run_all()
    job_id = ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    with pytest.raises(Killed):
        commit_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id, progress=die)
    assert Offer.objects.count() == 6
    run_all()
    assert find_job(get_offer_batch(cast.prefecture_office, batch_id).job_key) is None, "the round of the job is over"
    assert (job_id is not None, Offer.objects.count()) == (True, 8)
    assert sum(event.details["count"] for event in Event.objects.filter(kind="offer.imported")) == 8


def test_a_short_sheet_is_committed_at_once(cast, programme):
    batch_id = read(cast, programme, *rows(2))
    run_all()
    assert ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id) is None
    assert Offer.objects.count() == 2


def test_equal_rows_that_stand_far_apart_become_one_offer(cast, programme):
    batch_id = read(cast, programme, GOOD, *rows(7), GOOD)
    run_all()
    ask_commit_offers(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    run_all()
    assert Offer.objects.filter(number=GOOD[HEADER.index("编号")]).count() == 1
    last = list_offer_batch_rows(cast.prefecture_office, batch_id)[-1]
    assert last.fate == RowFate.ALREADY_HERE


def test_a_day_without_its_year_is_read_the_same_when_it_is_committed(cast, programme):
    batch_id = read_offer_sheet(
        by=cast.prefecture_office, at=NOON, programme_id=programme.id, place_code=PREFECTURE, file_name="供给.csv",
        content=sheet(bad(有效期="12月1日～12月20日")), year=2019,
    )  # fmt: skip
    commit_offer_batch(by=cast.prefecture_office, at=NOON, batch_id=batch_id)
    offer = Offer.objects.get()
    assert (str(offer.valid_from), str(offer.valid_until)) == ("2019-12-01", "2019-12-20")
