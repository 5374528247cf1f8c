"""The readers on real files, where they lie; no text of them stands here."""

import pytest

from diancai.formats import errors
from diancai.formats.sheets import OFFER_COLUMNS, REMARK_COLUMNS, read_table, read_tables
from diancai.formats.sheets.values import parse_when

pytestmark = pytest.mark.real_data


def test_every_message_of_the_hot_file_is_read_with_its_time(real_data):
    table = read_table((real_data / "messages/hot.csv").read_bytes(), "hot.csv", REMARK_COLUMNS)
    assert len(table.rows) == 4326
    assert table.fields == {"text": "text", "id": "id", "subject": "subject", "said_at": "sent_at"}
    assert all(table.value(row, "text") and parse_when(table.value(row, "said_at")).day for row in table.rows)
    assert len({table.value(row, "id") for row in table.rows}) == 4326


def test_a_hotline_office_workbook_is_read_sheet_by_sheet(real_data):
    content = (real_data / "sheets/appeals_three_districts.xlsx").read_bytes()
    tables = read_tables(content, "appeals.xlsx", REMARK_COLUMNS)
    assert [len(table.rows) for table in tables] == [56, 174, 8]
    assert {"formulas", "formulas_without_value"} <= {notice.code for notice in tables[0].warnings}
    for table in tables:
        assert set(table.fields) == {"text", "subject", "said_at", "source", "topic"}
        assert all(parse_when(table.value(row, "said_at")).day for row in table.rows)


def test_a_county_catalogue_is_read_as_offers(real_data):
    content = (real_data / "services/county_catalogue.csv").read_bytes()
    table = read_table(content, "county_catalogue.csv", OFFER_COLUMNS)
    assert len(table.rows) == 786
    assert len({table.value(row, "department") for row in table.rows}) == 32


def test_foreign_forms_good_and_broken_are_read_or_refused(real_data):
    paths = [path for path in (real_data / "sheets/xlsforms").glob("*/*") if path.suffix in {".xls", ".xlsx", ".xlsm"}]
    assert len(paths) == 58
    for path in paths:
        try:
            assert read_table(path.read_bytes(), path.name).rows
        except errors.Refusal as refusal:
            assert refusal.zh
