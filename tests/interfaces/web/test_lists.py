"""Lists: their counts, ticks, exports; a failed job is tried again; orders are found by their number."""

from io import BytesIO

from cast import NOON, WUYUAN, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from stages.making import COURSE, make_need, make_source

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import ask, handles, run_one
from diancai.ground.work.queries import find_job
from diancai.stages.need.queries import get_need
from diancai.stages.order.actions import place_order, withdraw_order
from diancai.stages.remark.queries import list_batch_rows
from diancai.stages.supply.actions import write_offer
from diancai.stages.tally.actions import mark_everything
from diancai.words import NeedState


def _rows(answer: HttpResponse) -> list[tuple[object, ...]]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def _title_count(page: str) -> str:
    mark = 'class="head-count">'
    return page[page.index(mark) + len(mark) :].split("<", maxsplit=1)[0]


def test_a_list_tells_how_many_it_holds_under_its_filters(browser, cast: Cast, programme: ProgrammeRow) -> None:
    for number in range(57):
        make_need(programme.id, content=f"第{number}件", strand="science" if number < 4 else "service")
    mark_everything(programme.id)
    client = browser("county_office")
    told = {query: client.get(reverse("needs") + query).content.decode() for query in ("", "?strand=science")}
    assert [_title_count(page) for page in told.values()] == ["57", "4"]
    assert _title_count(client.get(reverse("needs") + "?topic=" + make_need(programme.id).topic).content.decode())


def test_ticked_needs_are_accepted_and_left_out_with_one_reason(browser, cast: Cast, programme: ProgrammeRow) -> None:
    combed = [make_need(programme.id, content=f"第{n}件", state=NeedState.COMBED).pk for n in range(4)]
    done = make_need(programme.id, content="早已审定", state=NeedState.ACCEPTED).pk
    client = browser("county_office")
    assert 'name="ticked"' in client.get(reverse("needs")).content.decode()
    client.post(reverse("bulk_needs"), {"ticked": [*combed[:2], done], "bulk": "accept"})
    answer = client.post(reverse("bulk_needs"), {"ticked": combed[2:], "bulk": "leave_out", "reason": ""}, follow=True)
    assert "flash error" in answer.content.decode()
    client.post(reverse("bulk_needs"), {"ticked": combed[2:], "bulk": "leave_out", "reason": "已经办过"})
    states = [get_need(cast.county_office, pk).need.state for pk in (*combed, done)]
    assert states == [NeedState.ACCEPTED] * 2 + [NeedState.DROPPED] * 2 + [NeedState.ACCEPTED]


def test_gap_lists_and_matches_go_out_with_every_row_and_their_number(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    for number in range(53):
        make_need(programme.id, content=f"水管防冻{number}", topic="饮水/人饮工程和水质", strand="service")
    write_offer(
        by=cast.department_contact, at=NOON, programme_id=programme.id, department_id=cast.department.pk, **COURSE
    )
    client = browser("county_office")
    needs = _rows(client.get(reverse("export_needs_without")))
    assert sum(1 for row in needs if str(row[0]).startswith("水管防冻")) == 53
    assert needs[-1][0] == "共 53 条"
    assert COURSE["service"] in [row[0] for row in _rows(client.get(reverse("export_offers_unasked")))]
    assert _rows(client.get(reverse("export_matches")))[-1][0] == "共 0 对"


def test_an_order_is_found_by_its_number_until_it_is_withdrawn(browser, cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id)
    make_source(need, cast)
    order = place_order(by=cast.county_office, at=NOON, need_id=need.pk, department_id=cast.department.pk)
    address = reverse("search") + f"?q={order.number}"
    found = reverse("order", args=[order.id])
    assert found in browser("county_office").get(address).content.decode()
    assert found in browser("department_contact").get(address).content.decode()
    assert found not in browser("other_county_office").get(address).content.decode()
    withdraw_order(by=cast.county_office, at=NOON, order_id=order.id, reason="点错了")
    assert found not in browser("county_office").get(address).content.decode()


def test_a_failed_job_is_tried_again_by_whoever_asked(browser, cast: Cast) -> None:
    @handles("test.breaks")
    def breaks(_running: object) -> dict[str, object]:
        raise ValueError("broken")

    job = ask("test.breaks", key="test.breaks:1", by=cast.county_office, at=NOON)
    type(job).objects.filter(pk=job.pk).update(attempts=9)
    run_one()
    client = browser("county_office")
    assert reverse("retry_job", args=[job.pk]) in client.get(reverse("job", args=[job.pk])).content.decode()
    assert browser("town_officer").post(reverse("retry_job", args=[job.pk])).status_code == 404
    client.post(reverse("retry_job", args=[job.pk]))
    again = find_job("test.breaks:1")
    assert again is not None
    assert again.state == "waiting"


def test_the_reader_asks_for_the_column_and_the_file_need_not_be_chosen_again(browser, cast: Cast) -> None:
    client = browser("county_office")
    sheet = SimpleUploadedFile("怪表.csv", "序号,甲,乙\n1,渠要清一清放水前,联丰村\n2,路坏了要修一修,联丰村\n".encode())
    asked = client.post(reverse("imports"), {"file": sheet, "place": WUYUAN})
    assert asked.status_code == 422
    assert [each.name for each in (asked.context["question"],)] == ["header"]
    known = dict(asked.context["question"].known)
    stranger = browser("town_officer").post(reverse("imports"), known | {"header": "甲"})
    assert stranger.status_code == 422
    answer = client.post(reverse("imports"), known | {"header": "甲"})
    assert answer.status_code == 302
    batch_id = int(answer["Location"].strip("/").split("/")[-1])
    texts = [row.cells["text"] for row in list_batch_rows(cast.county_office, batch_id)]
    assert texts == ["渠要清一清放水前", "路坏了要修一修"]
    assert client.post(reverse("imports"), known | {"header": "甲"}).status_code == 422  # the kept copy is gone


def test_the_reader_asks_which_of_two_tables_side_by_side(browser, cast: Cast) -> None:
    book = Workbook()
    for row in (
        ["村", "反映内容", "户数", None, "村", "反映内容", "户数"],
        ["联丰村", "渠要清一清", 4, None, "联丰村", "路要修", 3],
        ["联丰村", "井坏了要修", 5, None, "联丰村", "灯不亮", 2],
    ):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    client = browser("county_office")
    asked = client.post(reverse("imports"), {"file": SimpleUploadedFile("两表.xlsx", content.getvalue())})
    question = asked.context["question"]
    assert question.name == "block"
    answer = client.post(reverse("imports"), dict(question.known) | {"block": "2"})
    batch_id = int(answer["Location"].strip("/").split("/")[-1])
    assert [row.cells["text"] for row in list_batch_rows(cast.county_office, batch_id)] == ["路要修", "灯不亮"]
