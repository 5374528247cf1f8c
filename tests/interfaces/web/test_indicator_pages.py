"""The indicators in the browser: figures that open, filters that stay, the sheet with its annex, what is taken out."""

from io import BytesIO
from urllib.parse import urlencode

from cast import NOON, WUYUAN, Cast
from django.urls import reverse
from openpyxl import load_workbook
from stages.making import make_need
from stages.order.bringing import bring_part

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.tally.indicators.excluding import propose_exclusion
from diancai.stages.tally.models import Exclusion
from diancai.words import AssignmentState

THEN = {"period": "2019-11-01~2020-05-31"}


def _address(name: str, **asked: str) -> str:
    return f"{reverse(name)}?{urlencode(THEN | asked)}"


def _done(cast: Cast, programme: ProgrammeRow) -> int:
    return int(bring_part(cast, make_need(programme.id).pk, AssignmentState.COMPLETED).id)


def test_a_figure_opens_the_records_it_counts(browser, cast: Cast, programme: ProgrammeRow) -> None:
    _done(cast, programme)
    client = browser("county_office")
    page = client.get(_address("indicators")).content.decode()
    assert "100.0%" in page
    assert "indicator=completion&amp;side=base" in page
    records = client.get(_address("indicator_records", indicator="completion", side="numerator")).content.decode()
    assert 'class="head-count">1<' in records
    assert "向日葵列当防治技术培训" in records


def test_without_orders_there_is_a_dash_and_no_rate(browser, cast: Cast, programme: ProgrammeRow) -> None:
    page = browser("county_office").get(_address("indicators")).content.decode()
    assert "还没有可统计的订单" in page
    assert "100.0%" not in page


def test_every_way_of_splitting_and_every_spoilt_address_has_a_page(
    browser, cast: Cast, programme: ProgrammeRow
) -> None:
    _done(cast, programme)
    for who in ("county_office", "department_contact", "town_officer", "village_officer", "leader"):
        client = browser(who)
        for asked in ({"by": "place"}, {"by": "month"}, {"by": "day"}, {"by": "topic", "strand": "science"},
                      {"by": "nothing", "period": "2019-13-45~x", "department": "x"}, {"strand": "-", "topic": "x"},
                      {"group": "time", "since": "2019-12-01", "until": "2019-12-20", "period": ""}):  # fmt: skip
            assert client.get(_address("indicators", **asked)).status_code == 200, (who, asked)


def test_what_is_out_of_sight_is_refused(browser, cast: Cast, programme: ProgrammeRow) -> None:
    own = {"place": WUYUAN, "indicator": "completion"}
    assert browser("other_county_office").get(_address("indicators", **own)).status_code == 403
    assert browser("other_county_office").get(_address("indicator_records", **own)).status_code == 403
    assert browser("stranger").get(_address("indicators")).status_code == 403
    assert browser("").get(_address("indicators")).status_code == 302
    office = browser("county_office")
    assert office.get(_address("indicator_records", indicator="happiness")).status_code == 422
    assert office.get(_address("indicators", period="2020-01-02~2020-01-01")).status_code == 422
    assert office.post(_address("indicators")).status_code == 405


def test_the_sheet_carries_its_rules(browser, cast: Cast, programme: ProgrammeRow) -> None:
    _done(cast, programme)
    answer = browser("county_office").get(_address("export_indicators"))
    table, annex = load_workbook(BytesIO(answer.content)).worksheets
    cells = [cell for row in table.iter_rows(values_only=True) for cell in row]
    assert {"合计", "按时签收率", "100.0%", cast.department.name} <= set(cells)
    told = next(row for row in annex.iter_rows(values_only=True) if row[0] == "满意率")
    assert "0.9×" in str(told[1])
    assert "前一日12时至当日12时" in told
    records = browser("county_office").get(_address("export_indicator_records", indicator="sign_for"))
    rows = load_workbook(BytesIO(b"".join(records.streaming_content))).active.iter_rows(values_only=True)  # type: ignore[attr-defined]
    assert [row for row in rows if row[1] == "向日葵列当防治技术培训"]


def test_two_people_take_an_order_out_in_the_browser(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = _done(cast, programme)
    office, upper = browser("county_office"), browser("prefecture_office")
    address = reverse("propose_exclusion", args=[order_id])
    assert office.post(address, {"indicator": "completion", "reason": "断电", "evidence": ""}).status_code == 422
    office.post(address, {"indicator": "completion", "reason": "断电", "evidence": "停电通知"})
    made = Exclusion.objects.get()
    decide = reverse("decide_exclusion", args=[made.pk])
    assert "等另一位同志审定" in office.get(reverse("exclusions")).content.decode()
    assert "申请的人不能自己审定" in office.post(decide, {"granted": "1"}, follow=True).content.decode()
    upper.post(decide, {"granted": "1"})
    page = office.get(_address("indicators")).content.decode()
    assert "剔除 1" in page
    office.post(reverse("lift_exclusion", args=[made.pk]))
    assert "剔除 1" not in office.get(_address("indicators")).content.decode()


def test_english_is_complete(browser, cast: Cast, programme: ProgrammeRow) -> None:
    order_id = _done(cast, programme)
    propose_exclusion(by=cast.county_office, at=NOON, order_id=order_id, reason="x", evidence="y")
    client = browser("county_office")
    client.cookies["django_language"] = "en"
    page = client.get(_address("indicators")).content.decode()
    assert "Completed in time" in page
    assert "lead parts whose deadline fell in the period" in page
    assert "Waits for a colleague" in client.get(reverse("exclusions")).content.decode()
