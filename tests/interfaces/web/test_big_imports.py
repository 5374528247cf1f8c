"""A big file: the page comes back at once with a bar, and tells the rows, or asks, when the file was read."""

import pytest
from cast import PREFECTURE, WUYUAN, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.stages.remark.queries import list_batch_rows, list_batches
from diancai.stages.supply.models import Offer

pytestmark = pytest.mark.django_db
GOOD = "原话,户数\n斗渠淤住了,23\n想看二人台,\n"
TWO = "需求内容,户数,,需求内容,户数\n修路,3,,打井,5\n"
OFFERS = "单位,责任领导,服务项目,服务形式,联络人,能力\n" + "".join(
    f"五原县农牧局,副局长,设施蔬菜指导{n},专家入棚,经作站,每月10次\n" for n in range(260)
)


@pytest.fixture(autouse=True)
def _every_file_is_big(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    for stage in ("remark.actions.reading", "supply.actions.importing"):
        monkeypatch.setattr(f"diancai.stages.{stage}.is_big", bool)


def send(client: Client, words: str, address: str = "imports", place: str = WUYUAN) -> str:
    file = SimpleUploadedFile("大表.csv", words.encode())
    answer = client.post(reverse(address), {"file": file, "place": place, "source": "need_sheet", "year": "2019"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_page_shows_a_bar_until_the_rows_are_there(browser, cast: Cast, programme: ProgrammeRow) -> None:
    client = browser("county_office")
    page = send(client, GOOD)
    waiting = client.get(page).content.decode()
    assert 'id="job-bar"' in waiting
    assert "后台读取" in waiting
    assert "导入 0 行" not in waiting
    assert "还没读完" in client.get(reverse("imports")).content.decode()
    run_all()
    read = client.get(page).content.decode()
    assert 'id="job-bar"' not in read
    assert "导入 2 行" in read


def test_the_bar_makes_its_page_load_anew_when_the_job_has_ended(browser, cast: Cast, programme: ProgrammeRow) -> None:
    client = browser("county_office")
    page = send(client, GOOD)
    job = reverse("job", args=[Job.objects.get(kind="remark.read").pk])
    bar = {"HX-Target": "job-bar", "HX-Current-URL": f"http://testserver{page}"}
    assert "HX-Refresh" not in client.get(job, headers=bar).headers
    run_all()
    assert client.get(job, headers=bar).headers["HX-Refresh"] == "true"
    on_its_own_page = bar | {"HX-Current-URL": f"http://testserver{job}"}
    assert "HX-Refresh" not in client.get(job, headers=on_its_own_page).headers


def test_a_question_about_a_big_file_is_answered_on_its_page(browser, cast: Cast, programme: ProgrammeRow) -> None:
    client = browser("county_office")
    page = send(client, TWO)
    run_all()
    asked = client.get(page).content.decode()
    assert "读哪一张表？" in asked
    assert f'action="{reverse("imports")}"' in asked
    kept = asked.split('name="kept" value="')[1].split('"')[0]
    answer = client.post(reverse("imports"), {"kept": kept, "block": "2", "place": WUYUAN, "year": "2019"})
    assert answer.status_code == 302, answer.content.decode()
    run_all()
    newest = list_batches(cast.county_office).rows[0]
    assert [row.cells["text"] for row in list_batch_rows(cast.county_office, newest.id)] == ["打井"]


def test_a_big_file_of_the_wrong_kind_is_refused_on_its_page_in_both_languages(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    client = browser("county_office")
    page = send(client, "%PDF-1.7 ...")
    run_all()
    assert "PDF文件" in client.get(page).content.decode()
    english = client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert "a PDF file" in english
    assert "Choose a file again" in english


def test_hundreds_of_offers_are_committed_by_a_job(browser, cast: Cast, programme: ProgrammeRow) -> None:
    client = browser("prefecture_office")
    page = send(client, OFFERS, "offer_imports", PREFECTURE)
    run_all()
    assert "导入 260 行" in client.get(page).content.decode()
    batch_id = page.strip("/").split("/")[-1]
    answer = client.post(reverse("commit_offers", args=[batch_id]))
    assert "/jobs/" in answer["Location"]
    assert not Offer.objects.exists()
    run_all()
    assert Offer.objects.count() == 260
