"""Sheets come in with a fate for every row; lists go out signed, published and complete."""

from io import BytesIO

from cast import LIANFENG, NOON, WUYUAN, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from stages.making import COURSE, make_need, make_source

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.need.queries import list_editions
from diancai.stages.remark.queries import list_batch_rows, list_batches, list_remarks
from diancai.stages.supply.actions import write_offer
from diancai.stages.supply.queries import list_offers
from diancai.words import BatchState, EditionState, RowFate

SHEET = (
    "序号,村,反映内容,户数,反映时间\n"
    "1,塔尔湖镇联丰村,渠要清一清，放水前,40,2019-12-01\n"
    "2,联丰村,路坏了要修,12,2019-12-05\n"
    "3,塔尔湖镇联丰村,,3,2019-12-06\n"
)


def _upload(client: Client) -> int:
    file = SimpleUploadedFile("需求表.csv", SHEET.encode())
    fields = {"file": file, "place": WUYUAN, "source": "need_sheet", "year": "2019"}
    answer = client.post(reverse("imports"), fields)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].strip("/").split("/")[-1])


def test_a_sheet_is_read_mended_committed_and_withdrawn(browser, cast: Cast) -> None:
    client, office = browser("county_office"), cast.county_office
    batch_id = _upload(client)
    address = reverse("import", args=[batch_id])
    page = client.get(address).content.decode()
    assert "需求表.csv" in page
    assert list_remarks(office).rows == ()
    assert f'name="cell_place_code" value="{LIANFENG}"' in page
    client.post(reverse("mend_row", args=[batch_id, 3]), {"cell_place_code": LIANFENG})
    client.post(reverse("skip_row", args=[batch_id, 4]))
    fates = [row.fate for row in list_batch_rows(office, batch_id)]
    assert fates == [RowFate.NEW, RowFate.NEW, RowFate.SKIPPED]
    job = client.post(reverse("commit_import", args=[batch_id]))
    run_all()
    assert (
        "100%" in client.get(job["Location"]).content.decode()
        or "已完成" in client.get(job["Location"]).content.decode()
    )
    assert len(list_remarks(office).rows) == 2
    client.post(reverse("withdraw_import", args=[batch_id]), {"reason": "导错了文件"})
    run_all()
    assert list_remarks(office).rows == ()
    assert list_batches(office).rows[0].state == BatchState.WITHDRAWN


def test_a_file_that_is_no_sheet_is_refused_beside_the_field(browser) -> None:
    file = SimpleUploadedFile("照片.xlsx", b"\xff\xd8\xff\xe0 this is a picture")
    answer = browser("county_office").post(reverse("imports"), {"file": file, "place": WUYUAN})
    assert answer.status_code == 422
    assert 'href="#f-file"' in answer.content.decode()


def test_a_demand_list_is_drafted_signed_published_and_downloaded(browser, cast: Cast, programme: ProgrammeRow) -> None:
    make_source(make_need(programme.id, content="渠系清淤（约500米）"), cast)
    client = browser("county_office")
    drafted = client.post(reverse("draft_demand"), {"county": WUYUAN, "period": "2019-12"})
    edition_id = int(drafted["Location"].strip("/").split("/")[-1])
    assert "渠系清淤（约500米）" in client.get(drafted["Location"]).content.decode()
    _sign_on_paper(client, "demand", edition_id)
    slip = reverse("demand_slip", args=[edition_id])
    assert "回到清单" in client.get(slip).content.decode()
    audit = browser("auditor").get(slip)
    assert audit.status_code == 200
    assert ">回到清单<" not in audit.content.decode(), "he may not read lists, so no way leads there"
    client.post(reverse("publish_demand", args=[edition_id]))
    edition = list_editions(cast.county_office, programme_id=programme.id)[0]
    assert edition.state == EditionState.PUBLISHED
    sheet = load_workbook(BytesIO(client.get(reverse("demand_excel", args=[edition_id])).content)).active
    assert "渠系清淤（约500米）" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def _sign_on_paper(client: Client, side: str, edition_id: int) -> None:
    """Print the slip, look at it, be refused without its scan, then enter it with the scan and look at that."""
    address = reverse(f"sign_{side}", args=[edition_id])
    told = {"signed_by": "王某", "signed_on": timezone.localdate().isoformat()}
    printed = client.post(reverse(f"print_{side}_slip", args=[edition_id]), follow=True).content.decode()
    assert "服务清单送审单" in printed
    assert f"{edition_id}-1" in printed
    word = client.get(reverse(f"{side}_slip_word", args=[edition_id]))
    assert any("服务清单送审单" in line.text for line in Document(BytesIO(word.content)).paragraphs)
    refused = client.post(address, told)
    assert refused.status_code == 422
    assert "请附上已签字的送审单照片" in refused.content.decode()
    assert 'value="王某"' in refused.content.decode(), "what was typed is kept"
    scan = SimpleUploadedFile("手机.heic", b"\x00\x00\x00\x18ftypheic")
    assert "兼容性最佳" in client.post(address, told | {"scan": scan}).content.decode()
    scan = SimpleUploadedFile("扫描件.pdf", b"%PDF-1.7 signed")
    assert client.post(address, told | {"scan": scan}).status_code == 302
    shown = client.get(reverse(f"{side}_scan", args=[edition_id]))
    assert (shown.content, shown["Content-Type"]) == (b"%PDF-1.7 signed", "application/pdf")


def test_an_offer_that_is_always_going_on_is_refused_with_advice_beside_the_field(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    client = browser("department_contact")
    fields = {
        "department_id": cast.department.pk,
        "leader": "副局长 李某",
        "service_form": "集中培训",
        "contact": "赵某",
    }
    vague = client.post(reverse("new_offer"), fields | {"service": "常态化开展农技培训"})
    page = vague.content.decode()
    assert vague.status_code == 422
    assert 'href="#f-service"' in page
    assert 'value="副局长 李某"' in page
    good = {"service": "向日葵列当防治技术培训", "capacity": "2", "capacity_unit": "场", "capacity_period": "month"}
    assert client.post(reverse("new_offer"), fields | good).status_code == 302
    assert [row.service for row in list_offers(cast.county_office, programme_id=programme.id).rows] == [good["service"]]


def test_a_supply_list_is_drafted_signed_and_published_by_the_departments_leader(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    write_offer(
        by=cast.department_contact, at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
    )
    client = browser("department_leader")
    drafted = client.post(reverse("draft_supply"), {"department": cast.department.pk, "period": "2019-12"})
    edition_id = int(drafted["Location"].strip("/").split("/")[-1])
    _sign_on_paper(client, "supply", edition_id)
    client.post(reverse("publish_supply", args=[edition_id]))
    page = browser("town_officer").get(reverse("supply_list", args=[edition_id])).content.decode()
    assert "向日葵列当防治技术培训" in page
    assert "已发布" in page


def test_the_gap_chart_opens_lists_that_hold_its_numbers(browser, cast: Cast, programme: ProgrammeRow) -> None:
    make_need(programme.id, content="水管防冻", topic="饮水/人饮工程和水质", strand="service")
    client = browser("county_office")
    assert reverse("needs_without_offer") + "?strand=service" in client.get(reverse("gaps")).content.decode()
    assert "水管防冻" in client.get(reverse("needs_without_offer") + "?strand=service").content.decode()
    assert "水管防冻" not in client.get(reverse("needs_without_offer") + "?strand=culture").content.decode()


def test_the_leaders_numbers_are_those_of_the_lists_they_open(browser, cast: Cast, programme: ProgrammeRow) -> None:
    import re

    for number in range(3):
        make_source(make_need(programme.id, content=f"第{number}件"), cast)
    from diancai.stages.tally.actions import mark_everything

    mark_everything(programme.id)
    client = browser("county_office")
    page = client.get(reverse("leader")).content.decode()
    tiles = re.findall(r'<a class="figure" href="([^"]+)" title="[^"]*">(\d+)</a>\s*</b>', page)
    assert dict(tiles)[f"{reverse('needs')}?place={WUYUAN}"] == "3"
    for address, told in tiles:
        rows = client.get(address.replace("&amp;", "&")).content.decode().count("<tr data-row>")
        assert rows == int(told), address
