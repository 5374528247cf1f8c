"""Text files and cells: CSV of any encoding, JSON Lines, dates, numbers, control characters."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sheets import codes, texts, workbook

from diancai.formats import errors
from diancai.formats.sheets import REMARK_COLUMNS, read_table


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


def test_cells_beyond_the_header_are_kept_and_told():
    table = read_table("需求内容,户数\n修路,3,另有一句\n".encode(), "表.csv", REMARK_COLUMNS)
    assert table.rows[0].cells["第3列"] == "另有一句"
    assert "wider_rows" in codes(table)


def test_a_bare_list_of_sentences_needs_no_header():
    lines = ["斗渠淤了，想赶明年放水以前清一清", "棚里的黄瓜叶子上起黄点点，谁能来瞭一瞭", "冬天想洗个澡可费劲了"]
    table = read_table("\n".join(lines).encode(), "原话.csv", REMARK_COLUMNS)
    assert (table.header_row, [row.number for row in table.rows], len(texts(table))) == (0, [1, 2, 3], 3)


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
