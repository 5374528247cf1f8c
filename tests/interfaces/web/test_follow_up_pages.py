"""An officer's follow-ups on the page: the list, one of them, the slip that is printed, the village's reply."""

import io
import re

import pytest
from cast import LIANFENG, NOON, Cast
from django.utils import timezone
from docx import Document
from stages.making import make_need, make_source
from stages.order.bringing import bring_part

from diancai.ground.work.actions import run_all
from diancai.stages.feedback.models import AnswerSlip, FollowUp, Rating, Try
from diancai.stages.feedback.rules import read_code
from diancai.stages.order.models import Order
from diancai.words import AssignmentState


@pytest.fixture
def follow_up(cast: Cast, programme) -> FollowUp:
    need = make_need(programme.id)
    make_source(need, cast, speaker="刘翠兰", phone="13847801234")
    bring_part(cast, need.pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    return FollowUp.objects.get()


def test_it_waits_on_the_first_page_and_is_answered_in_one_form(browser, follow_up: FollowUp) -> None:
    client = browser("village_officer")
    assert "/follow-ups/" in client.get("/").content.decode()
    assert "向日葵列当防治技术培训" in client.get("/follow-ups/").content.decode()
    address = f"/follow-ups/{follow_up.pk}/"
    assert "1月3日讲课1场，到场46人" in client.get(address).content.decode()
    told = client.post(f"{address}try/", {"way": "phone", "fate": "no_answer", "words": ""}, follow=True)
    assert "1 个不同的日子没有联系上" in told.content.decode()
    answer = {"way": "visit", "solved": "no", "satisfaction": "dissatisfied", "words": "没讲到地里"}
    told = client.post(f"{address}answer/", answer, follow=True).content.decode()
    assert "已开始新一轮重办" in told
    assert "已退回重办" in told
    assert (Try.objects.count(), Rating.objects.count(), Order.objects.get().round) == (1, 1, 2)
    assert "没有解决" in client.get("/follow-ups/?state=all&solved=no").content.decode()


def test_words_of_no_list_are_told_not_kept(browser, follow_up: FollowUp) -> None:
    client = browser("village_officer")
    wrong = client.post(f"/follow-ups/{follow_up.pk}/answer/", {"way": "phone", "solved": "maybe"}, follow=True)
    assert "maybe" in wrong.content.decode()
    assert not Rating.objects.exists()


def test_the_slip_shows_its_code_once_with_a_square(browser, follow_up: FollowUp) -> None:
    client = browser("village_officer")
    page = client.post(f"/orders/{follow_up.order_id}/slip/").content.decode()
    printed = re.search(r"([0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})", page)
    assert printed is not None
    code = read_code(printed[1])
    assert code is not None
    assert "<svg" in page
    assert "刘翠兰" not in page
    assert printed[1] not in client.get(f"/follow-ups/{follow_up.pk}/").content.decode()
    assert client.get(f"/a/{code}/").status_code == 200
    client.post(f"/answer-slips/{AnswerSlip.objects.get().pk}/end/")
    assert client.get(f"/a/{code}/").status_code == 404


def test_others_may_not_print_slips_or_take_answers(browser, follow_up: FollowUp) -> None:
    for who, status in (("department_contact", 403), ("other_county_office", 403), ("stranger", 403)):
        assert browser(who).post(f"/orders/{follow_up.order_id}/slip/").status_code == status
    assert browser("").post(f"/orders/{follow_up.order_id}/slip/").status_code == 302
    assert not AnswerSlip.objects.exists()


def test_the_village_gets_a_page_and_a_word_file_without_names(browser, cast: Cast, follow_up: FollowUp) -> None:
    Order.objects.update(completed_at=timezone.now())
    client = browser("village_officer")
    month = f"{timezone.localdate():%Y-%m}"
    assert "联丰村" in client.get("/village-replies/").content.decode()
    page = client.get(f"/village-replies/{LIANFENG}/{month}/").content.decode()
    for told in ("村务公开", "大喇叭稿", "data-copy", "讲课1场"):
        assert told in page
    file = client.get(f"/village-replies/{LIANFENG}/{month}/word/")
    cells = [cell.text for row in Document(io.BytesIO(file.content)).tables[0].rows for cell in row.cells]
    assert cells[:5] == ["序号", "群众提的事", "谁办的", "办得怎么样", "日期"]
    assert cells[6] == "向日葵列当防治技术培训"
    assert "刘翠兰" not in page + "".join(cells)
    assert client.get(f"/village-replies/{LIANFENG}/2019-13/").status_code == 404
