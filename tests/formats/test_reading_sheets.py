"""The tables that offices send: headers under titles, merged cells, two tables, forms of other programs."""

import pytest
from made_sheets import PLAIN, codes, texts, workbook

from diancai.formats import errors
from diancai.formats.sheets import OFFER_COLUMNS, REMARK_COLUMNS, read_table, read_tables, sheet_names


def test_header_is_found_below_title_rows():
    rows = [["五原县群众需求登记表"], ["填报单位：塔尔湖镇", None, "2019年12月"], [], *PLAIN]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert (table.header_row, [row.number for row in table.rows]) == (4, [5, 6])
    assert table.values(table.rows[0]) == {"text": "斗渠淤了，想清一清", "households": "23"}


def test_columns_may_stand_in_any_order_under_other_names():
    rows = [["联系方式", "所在村", "群众需求", "反映人", "乡镇"], ["13812345678", "联丰村", "修路", "王某", "塔尔湖镇"]]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {
        "text": "修路",
        "town": "塔尔湖镇",
        "village": "联丰村",
        "speaker": "王某",
        "phone": "13812345678",
    }


def test_only_the_text_is_compulsory():
    assert texts(read_table(workbook([["诉求内容"], ["修路"]]), "表.xlsx", REMARK_COLUMNS)) == ["修路"]
    with pytest.raises(errors.ColumnMissing) as caught:
        read_table(workbook([["姓名", "电话"], ["王某", "13812345678"]]), "表.xlsx", REMARK_COLUMNS)
    assert "需求内容" in caught.value.zh
    assert "姓名、电话" in caught.value.zh
    assert caught.value.params["header"] == ("姓名", "电话")
    assert "text" in caught.value.en


def test_a_person_may_say_which_header_holds_the_text():
    content = workbook([["姓名", "大家怎么说"], ["王某", "修路"]])
    assert texts(read_table(content, "表.xlsx", REMARK_COLUMNS, chosen={"text": "大家怎么说"})) == ["修路"]


def test_two_row_header_with_merged_cells_is_joined():
    rows = [
        ["需求登记表"],
        ["序号", "所在地", None, None, "需求情况", None],
        [None, "旗县区", "苏木乡镇", "嘎查村", "内容", "户数"],
        [1, "五原县", "塔尔湖镇", "联丰村", "大棚黄瓜有病", 7],
    ]
    merges = [(0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 5)]
    table = read_table(workbook(rows, merges=merges), "表.xlsx", REMARK_COLUMNS)
    assert table.header == (
        "序号",
        "所在地/旗县区",
        "所在地/苏木乡镇",
        "所在地/嘎查村",
        "需求情况/内容",
        "需求情况/户数",
    )
    assert table.values(table.rows[0])["text"] == "大棚黄瓜有病"
    assert table.values(table.rows[0])["village"] == "联丰村"
    assert table.header_row == 3


def test_two_row_header_of_a_csv_is_joined():
    content = "序号,所在地,,需求情况,\n,苏木乡镇,嘎查村,内容,户数\n1,塔尔湖镇,联丰村,修路,7\n".encode()
    table = read_table(content, "表.csv", REMARK_COLUMNS)
    assert (texts(table), table.header_row) == (["修路"], 2)


def test_a_place_merged_down_holds_for_all_its_rows_but_a_text_is_not_copied():
    rows = [["旗县区", "需求内容"], ["五原县", "修路"], [None, "打井"], ["磴口县", "看戏"], [None, None]]
    table = read_table(workbook(rows, merges=[(1, 0, 2, 0), (3, 1, 4, 1)]), "表.xlsx", REMARK_COLUMNS)
    assert [table.value(row, "county") for row in table.rows] == ["五原县", "五原县", "磴口县"]
    assert texts(table) == ["修路", "打井", "看戏"]
    assert "merged_cells" in codes(table)


def test_two_complete_tables_side_by_side_are_refused_and_either_can_be_chosen():
    rows = [["需求内容", "户数", None, "需求内容", "户数"], ["修路", 3, None, "打井", 5]]
    for layout in (rows, [[cell for at, cell in enumerate(row) if at != 2] for row in rows]):
        content = workbook(layout)
        with pytest.raises(errors.TwoTables) as caught:
            read_table(content, "表.xlsx", REMARK_COLUMNS)
        assert "左边" in caught.value.zh
        assert "left" in caught.value.en
        assert texts(read_table(content, "表.xlsx", REMARK_COLUMNS, block=1)) == ["修路"]
        assert texts(read_table(content, "表.xlsx", REMARK_COLUMNS, block=2)) == ["打井"]


def test_of_two_tables_the_one_with_the_text_is_read_and_both_are_named():
    rows = [["旗县区", "场次", None, "需求内容", "旗县区"], ["五原县", 4, None, "打井", "磴口县"]]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert texts(table) == ["打井"]
    notice = next(notice for notice in table.warnings if notice.code == "two_tables")
    assert "场次" in notice.zh
    assert "需求内容" in notice.zh


def test_a_blank_column_inside_one_table_parts_nothing():
    rows = [["序号", "需求内容", None, "旗县区", "户数"], [1, "打井", None, "磴口县", 3]]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"number": "1", "text": "打井", "county": "磴口县", "households": "3"}


def test_rows_of_totals_signatures_and_examples_are_no_content():
    rows = [
        ["序号", "需求内容", "户数"],
        ["示例", "想请技术员来", 1],
        [1, "修路", 3],
        ["序号", "需求内容", "户数"],
        [2, "打井", 5],
        ["合计", None, 8],
        ["填表人：王某", None, None],
    ]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert texts(table) == ["修路", "打井"]
    assert {"example_rows", "header_rows", "total_rows", "footer_rows"} <= set(codes(table))


def test_a_row_without_its_text_is_kept_for_mending():
    table = read_table(workbook([["需求内容", "户数", "姓名"], [None, 3, "王某"]]), "表.xlsx", REMARK_COLUMNS)
    assert texts(table) == [""]
    assert table.value(table.rows[0], "households") == "3"


def test_of_several_sheets_the_first_that_fits_is_read_and_the_others_named():
    content = workbook([["目录"]], 一月=PLAIN, 二月=PLAIN, 填写说明=[["列名", "需求内容"], ["x", "y"]])
    table = read_table(content, "表.xlsx", REMARK_COLUMNS)
    assert table.sheet == "一月"
    assert "二月" in next(notice.zh for notice in table.warnings if notice.code == "several_sheets")
    assert [t.sheet for t in read_tables(content, "表.xlsx", REMARK_COLUMNS)][:2] == ["一月", "二月"]
    assert read_table(content, "表.xlsx", REMARK_COLUMNS, sheet="二月").sheet == "二月"
    assert sheet_names(content, "表.xlsx") == ["需求表", "一月", "二月", "填写说明"]
    with pytest.raises(errors.NoSuchSheet):
        read_table(content, "表.xlsx", REMARK_COLUMNS, sheet="三月")


def test_a_sheet_of_wenjuanxing_is_understood():
    rows = [
        [
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "来源详情",
            "来自IP",
            "1、您的姓名：",
            "2、您家住在哪个村？",
            "3、您需要什么服务？（必填）",
        ],
        [1, "2019/12/5 10:20:33", "65秒", "微信", "N/A", "1.2.3.4", "王某", "联丰村", "想请人讲讲列当"],
    ]
    table = read_table(workbook(rows), "问卷.xlsx", REMARK_COLUMNS)
    assert table.origin == "问卷星"
    assert table.values(table.rows[0]) == {
        "number": "1",
        "text": "想请人讲讲列当",
        "said_at": "2019/12/5 10:20:33",
        "source": "微信",
        "village": "联丰村",
        "speaker": "王某",
    }


def test_a_sheet_of_a_wps_form_is_understood():
    rows = [
        ["提交者（自动）", "提交时间（自动）", "诉求内容（必填）", "手机号"],
        ["王某", "2019-12-05 10:20", "修路", "13812345678"],
    ]
    table = read_table(workbook(rows), "表单.xlsx", REMARK_COLUMNS)
    assert table.origin == "表单"
    assert table.values(table.rows[0])["speaker"] == "王某"
    assert texts(table) == ["修路"]


def test_a_roll_pasted_into_a_column_is_understood():
    rows = [["#接龙"], ["民情需求"], ["1. 王某 想请技术员来"], ["2. 李某 修路"]]
    table = read_table(workbook(rows), "接龙.xlsx", REMARK_COLUMNS)
    assert (table.origin, texts(table)) == ("接龙", ["想请技术员来", "修路"])
    assert [table.value(row, "speaker") for row in table.rows] == ["王某", "李某"]
    assert [row.number for row in table.rows] == [3, 4]


def test_an_offer_sheet_is_understood_in_chinese_and_english():
    rows = [
        [
            "编号",
            "单位",
            "服务项目",
            "服务形式",
            "服务范围",
            "有效期",
            "能力",
            "责任领导",
            "联络人",
            "联系电话",
            "七送",
        ],
        [
            "O01",
            "市农牧局",
            "病虫草害防治培训",
            "集中培训",
            "7个旗县区",
            "2019-12-01～2020-05-15",
            "每旗县每月4场",
            "李某",
            "赵某",
            "0478-8212345",
            "送科技",
        ],
    ]
    table = read_table(workbook(rows), "供给.xlsx", OFFER_COLUMNS)
    assert list(table.fields) == [
        "id",
        "department",
        "leader",
        "service",
        "service_form",
        "contact",
        "contact_phone",
        "strand",
        "places",
        "valid",
        "capacity",
    ]
    english = read_table("department,main_item,name\n农牧局,培训,列当防治\n".encode(), "catalogue.csv", OFFER_COLUMNS)
    assert english.fields == {"department": "department", "service": "name", "topics": "main_item"}


def test_a_data_row_deep_in_a_sheet_is_not_taken_for_its_header():
    rows = [["甲", "乙", "丙", "丁"], *[["x", "y", "z", str(n)] for n in range(30)], ["建议", "街道", "电话", "姓名"]]
    with pytest.raises(errors.ColumnMissing) as caught:
        read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert caught.value.params["row"] == 1
