"""The paper decides: a slip is printed for lines as they stand, comes back signed, and is void when they change."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from cast import NOON
from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from stages.making import make_need, make_offer
from stages.paper import SCAN, sign_demand, sign_supply, signing

from diancai.formats.papers import Opinion, PaperForm, write_form
from diancai.ground.errors import NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.slip.errors import (
    NoScan,
    NoSlip,
    ScanIsHeic,
    ScanMissing,
    ScanNotTaken,
    ScanTooLarge,
    SignedBeforePrinted,
    SignedInFuture,
    SignerMissing,
    SignerTooLong,
    SlipNotPrinted,
    SlipOutdated,
)
from diancai.ground.slip.queries import get_paper, paper_file
from diancai.ground.slip.wording import short_digest
from diancai.ground.uploads.files import FileGiven
from diancai.stages.need import actions as demand
from diancai.stages.need import queries as demand_lists
from diancai.stages.supply import actions as supply
from diancai.stages.supply import queries as supply_lists

TODAY = NOON.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast):
    return {"by": cast.county_office, "at": NOON}


@pytest.fixture
def edition(cast, programme, office):
    make_need(programme.id, content="渠系清淤（约500米）", strand="service")
    make_need(programme.id)
    return _draft(programme, office)


def _draft(programme, office):
    return demand.draft_edition(programme_id=programme.id, county_code="150821000000", period="2019年12月", **office)


def _rows(cast, edition):
    return dict(get_paper(demand_lists.get_slip(cast.county_office, edition)).rows)


def test_the_slip_says_what_is_signed(cast, edition, office):
    demand.print_slip(edition_id=edition, **office)
    slip = demand_lists.get_slip(cast.county_office, edition)
    rows = _rows(cast, edition)
    assert slip.number == f"需{edition}-1"
    assert rows["旗县区"] == "五原县"
    assert rows["清单名称"] == "五原县需求侧服务清单"
    assert rows["期次"] == "2019年12月　第1期"
    assert rows["条数"] == "共2条（科技1、服务1）"
    assert rows["内容指纹"] == short_digest(slip.content_digest)
    assert rows["制表"] == "李芳　2019年12月10日"
    assert rows["打印"] == "李芳　2019年12月10日 12:00"


def test_the_word_file_is_one_sheet_of_a4_with_boxes_to_sign(cast, edition, office):
    demand.print_slip(edition_id=edition, **office)
    slip = demand_lists.get_slip(cast.county_office, edition)
    paper = Document(BytesIO(paper_file(slip)))
    page = paper.sections[0]
    assert (round(page.page_width / Mm(1)), round(page.page_height / Mm(1))) == (210, 297)
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert ["旗县区", "五原县"] in cells
    assert [label for label, told in cells if "签字：" in told and "年　　月　　日" in told] == ["审核意见", "审批意见"]
    assert paper.core_properties.author == ""


@settings(max_examples=40, deadline=None)
@given(
    title=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    value=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200),
)
def test_any_words_survive_the_word_file(title, value):
    content = write_form(PaperForm(title, "编号：1", (("甲", value),), (Opinion("意见"),), "脚注"))
    paper = Document(BytesIO(content))
    assert title in [line.text for line in paper.paragraphs]
    assert paper.tables[0].rows[0].cells[1].text == value


def test_the_same_lines_printed_again_are_the_same_slip(cast, edition, office):
    first = demand.print_slip(edition_id=edition, **office)
    assert demand.print_slip(edition_id=edition, **office) == first
    assert Event.objects.filter(kind="demand.slip_printed").count() == 1


def test_nothing_is_signed_before_a_slip_was_printed(edition, office):
    with pytest.raises(SlipNotPrinted):
        demand.sign_edition(edition_id=edition, signing=signing(TODAY), **office)


def test_a_change_after_printing_makes_the_slip_void(cast, programme, edition, office):
    demand.print_slip(edition_id=edition, **office)
    line = demand_lists.get_edition(cast.county_office, edition).lines[0]
    demand.fill_line(line_id=line.id, cells={"leader": "副县长 王某"}, **office)
    assert not demand_lists.get_edition(cast.county_office, edition).slip.fits
    with pytest.raises(SlipOutdated) as refused:
        demand.sign_edition(edition_id=edition, signing=signing(TODAY), **office)
    assert f"需{edition}-1" in refused.value.text("zh")
    assert f"slip 需{edition}-1" in refused.value.text("en")
    demand.print_slip(edition_id=edition, **office)
    assert demand_lists.get_slip(cast.county_office, edition).number == f"需{edition}-2"
    demand.sign_edition(edition_id=edition, signing=signing(TODAY), **office)


def test_a_change_that_was_taken_back_leaves_the_paper_valid(cast, edition, office):
    demand.print_slip(edition_id=edition, **office)
    line = demand_lists.get_edition(cast.county_office, edition).lines[0]
    for words in ("副县长 王某", ""):
        demand.fill_line(line_id=line.id, cells={"leader": words}, **office)
    demand.sign_edition(edition_id=edition, signing=signing(TODAY), **office)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (replace(signing(TODAY), signed_by="  "), SignerMissing),
        (replace(signing(TODAY), signed_on=None), SignerMissing),
        (replace(signing(TODAY), signed_by="王" * 41), SignerTooLong),
        (signing(TODAY + timedelta(days=1)), SignedInFuture),
        (signing(TODAY - timedelta(days=1)), SignedBeforePrinted),
        (signing(TODAY, scan=None), ScanMissing),
        (signing(TODAY, scan=FileGiven("空.jpg", b"")), ScanMissing),
        (signing(TODAY, scan=FileGiven("手机.jpg", b"\x00\x00\x00\x18ftypheic....")), ScanIsHeic),
        (signing(TODAY, scan=FileGiven("单子.docx", b"PK\x03\x04")), ScanNotTaken),
        (signing(TODAY, scan=FileGiven("图.webp", b"RIFF1234WEBPVP8 ")), ScanNotTaken),
        (signing(TODAY, scan=FileGiven("大.png", b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 2**20))), ScanTooLarge),
    ],
)
def test_what_is_entered_must_be_whole(cast, edition, office, told, refusal):
    demand.print_slip(edition_id=edition, **office)
    with pytest.raises(refusal):
        demand.sign_edition(edition_id=edition, signing=told, **office)
    assert demand_lists.get_edition(cast.county_office, edition).edition.state == "draft"


def test_the_ledger_holds_the_digest_of_the_scan(cast, edition, office):
    sign_demand(edition, on=TODAY, **office)
    (event,) = Event.objects.filter(kind="demand.signed")
    slip = demand_lists.get_slip(cast.county_office, edition)
    assert event.details["scan_digest"] == slip.scan_digest != ""
    assert event.details["slip_id"] == slip.id
    assert demand_lists.get_scan(cast.county_office, edition).content == SCAN.content


def test_a_signature_taken_back_keeps_the_paper_but_shows_none(cast, edition, office):
    sign_demand(edition, on=TODAY, **office)
    demand.unsign_edition(edition_id=edition, **office)
    with pytest.raises(NoScan):
        demand_lists.get_scan(cast.county_office, edition)
    assert demand_lists.get_slip(cast.county_office, edition).has_scan, "evidence is not thrown away"


def test_who_may_look_at_the_signed_paper(cast, programme, edition, office):
    with pytest.raises(NoSlip):
        get_paper(demand_lists.get_slip(cast.county_office, edition))
    sign_demand(edition, on=TODAY, **office)
    for who in (cast.county_office, cast.prefecture_office, cast.leader, cast.auditor):
        assert demand_lists.get_scan(who, edition).media_type == "image/png"
    for who in (cast.stranger, cast.other_county_office, cast.town_officer, cast.department_contact):
        for read in (demand_lists.get_scan, demand_lists.get_slip):
            with pytest.raises(NotFound):
                read(who, edition)


def test_a_departments_list_goes_the_same_way(cast, programme, office):
    make_offer(cast, programme.id)
    told = {"programme_id": programme.id, "department_id": cast.department.pk, "period": "2019年12月"}
    contact = {"by": cast.department_contact, "at": NOON}
    edition = supply.draft_edition(**told, **contact)
    supply.print_slip(edition_id=edition, **contact)
    make_offer(cast, programme.id, service="田间课堂")
    supply.draft_edition(**told, **contact)
    leader = {"by": cast.department_leader, "at": NOON}
    with pytest.raises(SlipOutdated):
        supply.sign_edition(edition_id=edition, signing=signing(TODAY), **leader)
    sign_supply(edition, on=TODAY, **leader)
    slip = supply_lists.get_slip(cast.department_contact, edition)
    rows = dict(get_paper(slip).rows)
    assert (slip.number, rows["责任单位"], rows["条数"]) == (f"供{edition}-2", "五原县农牧局", "共2项（科技2）")
    assert supply_lists.get_scan(cast.leader, edition).content == SCAN.content
    with pytest.raises(NotFound):
        supply_lists.get_scan(cast.other_department_contact, edition)


def test_a_zero_report_is_signed_too(cast, programme, office):
    edition = _draft(programme, office)
    sign_demand(edition, on=TODAY, **office)
    assert _rows(cast, edition)["条数"] == "0条（零报告）"
