"""Two sheets in, four lists out: what an office tries first."""

import csv
import io
import json

import openpyxl
import pytest

from diancai.config import read_text
from diancai.formats.errors import Refusal
from diancai.ground.place.names import PlaceNames
from diancai.two_sheets import FILES, make_lists, read_sheets, ready_digester, written

REMARKS = """编号,旗县区,苏木乡镇,嘎查村,组,反映时间,户数,反映内容
R1,五原县,塔尔湖镇,联丰村,五社,2019-12-11,7,大棚黄瓜叶子发黄长毛，想请个专家到棚里教一教，腊月初十前来最好
R2,五原县,新公中镇,永联村,二社,2019-12-09,3,大棚黄瓜叶子发黄长毛，想请个专家到棚里教一教，腊月初十前来最好
R3,杭锦后旗,蛮会镇,公益渠村,三社,2019-12-05,23,斗渠淤得不行了，能不能赶放水以前给清一清，三百来米
R4,杭锦后旗,二道桥镇,东渠村,,2019-12-18,,给你们拜个早年，甚也不缺，谢谢惦记
R5,五原县,,联丰村,,2019-12-12,,想看二人台
R6,,,,,2019-02-30,,
"""
OFFERS = """单位,责任领导,服务项目,服务形式,联络人,七送,服务范围,有效期
五原县农牧局,副局长,大棚黄瓜病害专家入棚指导,专家入棚指导,经作站,送科技,五原县,2019-11-25～2020-04-30
磴口县卫生健康委,,常见病巡诊义诊,巡回医疗车到村,,送健康,磴口县,常年
"""


@pytest.fixture(scope="module")
def names():
    return PlaceNames.from_csv(read_text("places/places.csv"))


def make(names, remarks=REMARKS, offers=OFFERS, name="原话.csv"):
    sheets = read_sheets(remarks.encode(), name, offers.encode(), "服务.csv", names, "1508")
    digester = ready_digester(names)
    return make_lists(sheets, digester)


def rows_of(content, name):
    """The rows under the header (the first row that begins with a column of ours), as texts."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if row[1] and row[0] in {"序号", "需求序号", "类别"})
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if row[1]]


@pytest.fixture(scope="module")
def lists(names):
    return make(names)


@pytest.fixture(scope="module")
def files(lists, names):
    return written(lists, names)


def test_the_five_files_come_out(files):
    assert tuple(files) == FILES


def test_every_row_has_its_line_even_an_empty_one(files):
    lines = [json.loads(line) for line in files["digest.jsonl"].decode().splitlines()]
    assert [line["id"] for line in lines] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert lines[5]["wants"] == []


def test_identical_words_of_two_villages_are_one_need_with_both_households(files):
    cucumber = [row for row in rows_of(files["demand_list.xlsx"], "a.xlsx") if "黄瓜" in row["需求内容"]]
    assert len(cucumber) == 1
    assert cucumber[0]["户数"] == "10"
    assert "联丰村五社" in cucumber[0]["苏木乡镇、嘎查村（组）"]
    assert "永联村二社" in cucumber[0]["苏木乡镇、嘎查村（组）"]


def test_a_greeting_is_on_no_list(files):
    assert not any("拜" in row["需求内容"] for row in rows_of(files["demand_list.xlsx"], "a.xlsx"))


def test_an_ambiguous_place_is_asked_and_never_guessed(lists):
    [read] = [read for read in lists.reads if read.remark.id == "R5"]
    assert read.remark.place_code == "1508"
    assert "地名请选" in read.notes[0]
    assert "塔尔湖镇联丰村" in read.notes[0]


def test_a_day_that_the_calendar_lacks_is_told(lists):
    [read] = [read for read in lists.reads if read.remark.id == "R6"]
    assert read.remark.said_at is None
    assert read.notes


def test_an_offer_without_its_musts_is_listed_with_the_gaps_marked(files):
    by_unit = {row["单位"]: row["缺项"] for row in rows_of(files["supply_list.xlsx"], "a.xlsx") if row["单位"]}
    assert by_unit == {"五原县农牧局": "", "磴口县卫生健康委": "缺责任领导、联络人"}


def test_the_cucumber_need_meets_its_expert_and_the_canal_is_a_gap(files):
    pairs = {(row["需求内容"], row["服务项目"]) for row in rows_of(files["matches.xlsx"], "a.xlsx") if row["服务项目"]}
    assert any("黄瓜" in need and "入棚" in offer for need, offer in pairs)
    gaps = [row["内容"] for row in rows_of(files["gaps.xlsx"], "a.xlsx")]
    assert any("渠" in content for content in gaps)
    assert "常见病巡诊义诊" in gaps


def test_the_same_sheets_give_the_same_bytes(names, files):
    assert written(make(names), names) == files


def test_rows_in_another_order_give_the_same_needs(names, lists):
    header, *rows = REMARKS.strip().splitlines()
    turned = "\n".join([header, *reversed(rows)])
    again = make(names, remarks=turned)
    assert {frozenset(share.read.remark.id for share in need.shares) for need in again.needs} == {
        frozenset(share.read.remark.id for share in need.shares) for need in lists.needs
    }


@pytest.mark.parametrize(("content", "name"), [(b"", "a.csv"), (b"PK\x03\x04 word/document.xml", "a.xlsx")])
def test_an_unreadable_file_is_refused_in_both_languages(names, content, name):
    with pytest.raises(Refusal) as refused:
        read_sheets(content, name, OFFERS.encode(), "b.csv", names, "1508")
    assert refused.value.zh != refused.value.en


def test_a_report_about_persons_leaves_its_words_in_no_file(names):
    said = "村主任把低保给了他小舅子，家里有楼有车，年年吃低保，不要说是我说的"
    made = make(names, remarks=f"编号,反映内容\nD1,{said}\n")
    files = written(made, names)
    [line] = [json.loads(text) for text in files["digest.jsonl"].decode().splitlines()]
    assert [(want["route"], want["why"]) for want in line["wants"]] == [("divert", [])]
    assert "小舅子" not in files["digest.jsonl"].decode()
    assert not made.needs


@pytest.mark.real_data
def test_every_real_message_has_its_line(names, real_data):
    content = (real_data / "messages" / "hot.csv").read_text(encoding="utf-8-sig")
    kept = list(csv.DictReader(io.StringIO(content)))[:400]
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, kept[0].keys())
    writer.writeheader()
    writer.writerows(kept)
    made = make(names, remarks=sheet.getvalue(), name="hot.csv")
    assert [read.remark.id for read in made.reads] == [row["id"] for row in kept]
