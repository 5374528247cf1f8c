"""What offices send is read, or refused with a sentence that says what to do."""

import datetime as dt
import io
import time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sheets import long_workbook, package, with_member, with_sheet, workbook

from diancai.formats import errors
from diancai.formats.sheets import OFFER_COLUMNS, REMARK_COLUMNS, read_table, read_tables, sheet_names

PLAIN = [["需求内容", "户数"], ["斗渠淤了，想清一清", 23], ["葵花地里有列当", None]]


def codes(table):
    return [notice.code for notice in table.warnings]


def texts(table):
    return [table.value(row, "text") for row in table.rows]


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


def test_empty_sheets_and_empty_files_are_refused_by_name():
    for content in (workbook([]), workbook([["需求内容", "户数"]])):
        with pytest.raises(errors.EmptySheet) as caught:
            read_table(content, "空表.xlsx", REMARK_COLUMNS)
        assert "空表.xlsx" in caught.value.zh
    with pytest.raises(errors.EmptyFile):
        read_table(b"", "空.csv", REMARK_COLUMNS)
    with pytest.raises(errors.EmptySheet):
        read_table(b" \n \n", "空.csv", REMARK_COLUMNS)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (package("word/document.xml", "[Content_Types].xml"), "Word文档"),
        (package("ppt/presentation.xml"), "演示文稿"),
        (package("照片/一.jpg"), "压缩包"),
        (b"%PDF-1.7 ...", "PDF文件"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"<html><p>x</p></html>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word文档"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(content, kind):
    with pytest.raises(errors.WrongKind) as caught:
        read_table(content, "需求.xlsx", REMARK_COLUMNS)
    assert kind in caught.value.zh
    assert ".xlsx" in caught.value.zh


def test_a_web_page_called_xls_is_read_with_its_spanning_cells():
    page = (
        '<html><meta charset="gb2312"><table><tr><td colspan=3>需求登记表'
        '<tr><th rowspan="2">序号</th><th colspan=2>情况</th><tr><th>需求内容</th><th>户数</th></tr>'
        "<tr><td>1</td><td>斗渠淤了&amp;<br>想清一清</td><td>23</td></tr></table></html>"
    )
    table = read_table(page.encode("gbk"), "导出.xls", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"number": "1", "text": "斗渠淤了&\n想清一清", "households": "23"}
    assert {"web_page", "encoding"} <= set(codes(table))


def test_encrypted_and_damaged_files_are_refused():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(errors.Encrypted):
        read_table(locked, "需求.xlsx", REMARK_COLUMNS)
    good = workbook(PLAIN)
    for damaged in (
        with_sheet(good, b"<worksheet><sheetData><row><c"),
        b"PK\x05\x06" + b"\0" * 18,
        good[: len(good) // 2],
        b"PK\x03\x04" + b"junk" * 50,
        package("xl/workbook.xml"),
    ):
        with pytest.raises((errors.Broken, errors.WrongKind)):
            read_table(damaged, "需求.xlsx", REMARK_COLUMNS)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed():
    content = b"PK\x03\x04" + b"\0" * 2_000_000
    began = time.perf_counter()
    with pytest.raises(errors.FileTooLarge) as caught:
        read_table(content, "大.xlsx", REMARK_COLUMNS, limit_bytes=1_000_000)
    assert time.perf_counter() - began < 0.1
    assert "2.0 MB" in caught.value.zh
    assert "CSV" in caught.value.zh


def test_a_package_that_unpacks_to_far_more_is_refused():
    bomb = with_member(workbook(PLAIN), "xl/media/big.bin", b"\0" * 3_000_000)
    with pytest.raises(errors.FileTooLarge):
        read_table(bomb, "大.xlsx", REMARK_COLUMNS, limit_bytes=100_000)


def test_macros_and_formulas_are_told_and_never_run():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, label in enumerate(("需求内容", "户数", "人数")):
            sheet.write(0, at, label)
        sheet.write(1, 0, "修路")
        sheet.write_formula(1, 1, "=20+3", None, 23)
        sheet.write_formula(1, 2, '=WEBSERVICE("x")', None, "")
    table = read_table(with_member(stream.getvalue(), "xl/vbaProject.bin", b"x"), "表.xlsm", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"text": "修路", "households": "23", "persons": ""}
    assert {"macros", "formulas"} <= set(codes(table))


def test_a_formula_saved_without_its_result_is_told():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["需求内容", "户数"])
        sheet.write(1, 0, "修路")
        sheet.write_formula(1, 1, "=1+1", None, "")
    content = stream.getvalue()
    assert "formulas_without_value" in codes(read_table(content, "表.xlsx", REMARK_COLUMNS))


def test_a_hundred_thousand_rows_are_read_in_three_seconds():
    content = long_workbook(100_000)
    began = time.process_time()
    table = read_table(content, "大表.xlsx", REMARK_COLUMNS)
    assert time.process_time() - began < 3
    assert (len(table.rows), texts(table)[-1]) == (100_000, "第100000条：斗渠淤了")


def test_a_very_long_cell_and_an_emoji_are_kept_whole():
    long = "渠" * 30_000 + "😀👨‍👩‍👧"
    assert texts(read_table(workbook([["需求内容"], [long]]), "表.xlsx", REMARK_COLUMNS)) == [long]
    assert texts(read_table(f"需求内容,户数\n{long},1\n".encode(), "表.csv", REMARK_COLUMNS)) == [long]


def test_control_characters_are_cleaned_and_counted():
    table = read_table("需求内容,户数\n修\x00路\x07吧,1\n".encode(), "表.csv", REMARK_COLUMNS)
    assert texts(table) == ["修路吧"]
    notice = next(notice for notice in table.warnings if notice.code == "control_characters")
    assert "第2行" in notice.zh


def test_dates_and_numbers_become_plain_text():
    rows = [
        ["需求内容", "反映时间", "户数", "联系电话"],
        ["修路", dt.date(2019, 12, 5), 23.0, 13812345678],
        ["打井", "2019年12月5日", 2.5, 150102199001011234],
    ]
    table = read_table(workbook(rows), "表.xlsx", REMARK_COLUMNS)
    assert [list(row.cells.values()) for row in table.rows] == [
        ["修路", "2019-12-05", "23", "13812345678"],
        ["打井", "2019年12月5日", "2.5", table.rows[1].cells["联系电话"]],
    ]
    assert "long_numbers" in codes(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "big5"])
def test_csv_is_read_in_the_encodings_that_offices_send(encoding):
    said = "我們的渠淤了想請人來清一清" if encoding == "big5" else "大棚黄瓜有病，想请专家来瞭一瞭"
    content = f'需求內容,戶數\r\n"{said}",7\r\n' if encoding == "big5" else f'需求内容,户数\r\n"{said}",7\r\n'
    table = read_table(content.encode(encoding), "表.csv", None if encoding == "big5" else REMARK_COLUMNS)
    assert said in table.rows[0].cells.values()


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators_are_found(separator):
    content = separator.join(["需求内容", "户数"]) + "\n" + separator.join(["修路，打井", "7"]) + "\n"
    table = read_table(content.encode(), "表.csv", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"text": "修路，打井", "households": "7"}


def test_an_open_quote_does_not_swallow_the_rest_of_the_file():
    table = read_table('需求内容,户数\n"修路,3\n打井,5\n'.encode(), "表.csv", REMARK_COLUMNS)
    assert len(table.rows) == 2
    assert "quotes" in codes(table)


def test_binary_rubbish_called_csv_is_refused():
    for rubbish in (bytes(range(128, 256)) * 40, bytes(range(32)) * 40):
        with pytest.raises(errors.Refusal):
            read_table(rubbish, "表.csv", REMARK_COLUMNS)
    with pytest.raises(errors.Broken):
        read_table(b"[" * 100_000, "表.json", REMARK_COLUMNS)


def test_json_lines_are_read_and_a_bad_line_is_named():
    content = (
        '{"id": "R1", "text": "修路", "more": {"a": 1}}\nnot json\n{"id": "R2", "text": "打井", "n": 3}\n'.encode()
    )
    table = read_table(content, "原话.jsonl", REMARK_COLUMNS)
    assert [(row.number, table.value(row, "id")) for row in table.rows] == [(1, "R1"), (3, "R2")]
    assert table.rows[0].cells["more"] == '{"a": 1}'
    assert "第2行" in next(notice.zh for notice in table.warnings if notice.code == "bad_lines")


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


def test_cells_beyond_the_header_are_kept_and_told():
    table = read_table("需求内容,户数\n修路,3,另有一句\n".encode(), "表.csv", REMARK_COLUMNS)
    assert table.rows[0].cells["第3列"] == "另有一句"
    assert "wider_rows" in codes(table)


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


def test_a_bare_list_of_sentences_needs_no_header():
    lines = ["斗渠淤了，想赶明年放水以前清一清", "棚里的黄瓜叶子上起黄点点，谁能来瞭一瞭", "冬天想洗个澡可费劲了"]
    table = read_table("\n".join(lines).encode(), "原话.csv", REMARK_COLUMNS)
    assert (table.header_row, [row.number for row in table.rows], len(texts(table))) == (0, [1, 2, 3], 3)


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


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.jsonl", "a.xls"]))
def test_any_bytes_are_read_or_refused_and_never_crash(content, name):
    try:
        table = read_table(content, name, REMARK_COLUMNS)
    except errors.Refusal as refusal:
        assert refusal.zh
        assert refusal.en
    else:
        assert all(row.cells for row in table.rows)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co", "Z"], blacklist_characters="\ufeff"), min_size=3
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_row_of_a_csv_comes_back_with_its_words(said):
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["编号", "诉求内容"], *[[f"R{n}", words] for n, words in enumerate(said)]])
    table = read_table(stream.getvalue().encode(), "表.csv", REMARK_COLUMNS)
    assert texts(table) == said
