"""Headers find their fields, and only theirs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.formats.sheets import OFFER_COLUMNS, REMARK_COLUMNS
from diancai.formats.sheets.columns import plain


def fields_of(headers, columns=REMARK_COLUMNS):
    return {name: headers[at] for name, at in columns.match([(header,) for header in headers]).items()}


@pytest.mark.parametrize("columns", [REMARK_COLUMNS, OFFER_COLUMNS])
def test_every_declared_name_finds_its_own_field(columns):
    for column in columns.columns:
        for name in (column.zh, column.en, *column.names):
            found = columns.match([(name,)])
            assert found, name
            owners = [other.field for other in columns.columns if plain(name) in other.known]
            assert next(iter(found)) in owners


@pytest.mark.parametrize("columns", [REMARK_COLUMNS, OFFER_COLUMNS])
def test_no_name_is_declared_for_two_fields(columns):
    seen = {}
    for column in columns.columns:
        for name in column.known:
            assert seen.setdefault(name, column.field) == column.field, name


def test_marks_numbers_and_brackets_around_a_header_do_not_matter():
    for header in ("* 诉求内容", "3、诉求内容（必填）", "诉求内容：", " 诉求\n内容 ", "第2题 诉求内容", "【诉求内容】"):
        assert list(fields_of([header])) == ["text"], header


def test_the_office_header_of_the_demand_list_is_understood():
    headers = [
        "序号",
        "旗县区",
        "苏木乡镇、嘎查村（组）",
        "需求内容",
        "领域／七送",
        "服务形式",
        "服务时间",
        "户数",
        "责任单位（牵头／配合）",
        "备注",
    ]
    found = fields_of(headers)
    assert found["text"] == "需求内容"
    assert found["place"] == "苏木乡镇、嘎查村（组）"
    assert found["topic"] == "领域／七送"
    assert found["wanted_time"] == "服务时间"


@pytest.mark.parametrize("header", ["内容长度", "诉求类别", "回复内容", "办理结果", "需求数量", "诉求来源", "答复"])
def test_a_column_about_the_text_is_not_the_text(header):
    assert "text" not in fields_of([header])


def test_a_misspelt_header_is_still_found_when_no_better_one_stands_there():
    assert fields_of(["民情联络员姓名", "群众诉求内溶"]) == {"text": "群众诉求内溶", "recorder": "民情联络员姓名"}


def test_each_header_serves_one_field_and_the_exact_name_wins():
    assert fields_of(["需求", "需求内容"]) == {"text": "需求内容"}
    assert fields_of(["联系人", "联系电话", "内容"]) == {"text": "内容", "speaker": "联系人", "phone": "联系电话"}


@settings(max_examples=50, deadline=None)
@given(st.permutations(["需求内容", "旗县区", "苏木乡镇", "嘎查村", "户数", "联系电话", "反映时间", "来源", "不相干"]))
def test_the_order_of_columns_changes_nothing(headers):
    assert fields_of(headers) == {
        "text": "需求内容",
        "county": "旗县区",
        "town": "苏木乡镇",
        "village": "嘎查村",
        "households": "户数",
        "phone": "联系电话",
        "said_at": "反映时间",
        "source": "来源",
    }
