"""The pages of urging and the hand-over book, as the people of the cast use them in a browser."""

from datetime import date
from io import BytesIO

import pytest
from cast import NOON, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from stages.making import make_need, make_source
from stages.order.bringing import MUSTS, part_of, placed

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.order import actions as orders
from diancai.stages.urging.models import Letter, Urge
from diancai.words import LetterState, Urgency


@pytest.fixture
def late_part(cast: Cast, programme: ProgrammeRow) -> int:
    """A pressing order of 2019 that is late whenever the test runs."""
    need = make_need(programme.id, urgency=Urgency.PRESSING)
    make_source(need, cast)
    order = placed(cast, need.pk, department_id=cast.department.pk, due_on=date(2019, 12, 13))
    part = part_of(order)
    orders.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part.pk, **MUSTS)
    return part.pk


@pytest.mark.parametrize("name", ["urging", "urging_parts", "urges", "letters", "handover"])
@pytest.mark.parametrize("who", ["county_office", "department_contact", "prefecture_office"])
def test_the_lists_open_for_those_who_work_with_them(browser, late_part: int, who: str, name: str) -> None:
    assert browser(who).get(reverse(name)).status_code == 200


def test_a_bulk_reminder_and_its_answer(browser, cast: Cast, late_part: int) -> None:
    office, contact = browser("county_office"), browser("department_contact")
    answer = office.post(reverse("remind"), {"ticked": [late_part], "words": "请抓紧"}, follow=True)
    assert "已催办 1 件" in answer.content.decode()
    urge = Urge.objects.get()
    page = contact.get(reverse("urges")).content.decode()
    assert "请抓紧" in page
    told = {"ticked": [urge.pk], "answer": "下周讲课", "promised_on": "2099-01-05"}
    assert "已答复 1 件" in contact.post(reverse("answer_urges"), told, follow=True).content.decode()
    assert "下周讲课" in office.get(reverse("urges")).content.decode()


def test_a_letter_is_drafted_printed_signed_and_seen(browser, cast: Cast, late_part: int) -> None:
    office, contact = browser("county_office"), browser("department_contact")
    told = {"ticked": [late_part], "step": "notice", "skip_reason": "春灌前要用"}
    page = office.post(reverse("draft_letter"), told, follow=True).content.decode()
    letter = Letter.objects.get()
    assert letter.number in page
    assert contact.get(reverse("letter", args=[letter.pk])).status_code == 404
    word = Document(BytesIO(office.get(reverse("letter_word", args=[letter.pk])).content))
    said = "\n".join(line.text for line in word.paragraphs)
    assert "五原县农牧局：" in said
    assert "春灌前要用" in said
    unsigned = office.post(reverse("send_letter", args=[letter.pk]), {"signed_by": "张某"})
    assert unsigned.status_code == 422
    scan = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n signed")
    signed = {"signed_by": "张某", "signed_on": date.today().isoformat(), "scan": scan}
    office.post(reverse("send_letter", args=[letter.pk]), signed)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    for name in ("letter", "letter_word", "letter_excel", "letter_scan"):
        assert contact.get(reverse(name, args=[letter.pk])).status_code == 200
        assert browser("other_department_contact").get(reverse(name, args=[letter.pk])).status_code == 404


def test_an_untaken_step_is_refused_with_its_reason(browser, late_part: int) -> None:
    told = {"ticked": [late_part], "step": "supervision"}
    page = browser("county_office").post(reverse("draft_letter"), told, follow=True).content.decode()
    assert "还没有发过“催办”" in page
    assert not Letter.objects.exists()


def test_the_hand_over_book_names_every_open_order_by_its_number(browser, cast: Cast, late_part: int) -> None:
    urged = browser("county_office").post(reverse("remind"), {"ticked": [late_part]})
    assert urged.status_code == 302
    number = Urge.objects.get().order.number
    for who in ("department_contact", "county_office", "town_officer", "village_officer"):
        client = browser(who)
        assert number in client.get(reverse("handover")).content.decode(), who
        word = Document(BytesIO(client.get(reverse("handover_word")).content))
        cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
        assert number in cells, who
        assert "交接本" in word.paragraphs[0].text


def test_another_units_book_is_not_for_a_neighbour(browser, cast: Cast, late_part: int) -> None:
    asked = {"department": cast.department.pk}
    for who, status in (("other_department_contact", 403), ("other_county_office", 403), ("county_office", 200)):
        assert browser(who).get(reverse("handover"), asked).status_code == status, who
    assert browser("stranger").get(reverse("handover")).status_code == 403
    assert browser("county_office").get(reverse("handover"), {"department": 987654}).status_code == 404
