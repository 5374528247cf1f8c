"""Cells are understood in the forms that people write, and what is doubtful becomes a problem, never a guess."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.formats.sheets.values import (
    parse_capacity,
    parse_count,
    parse_language,
    parse_phone,
    parse_source,
    parse_span,
    parse_strand,
    parse_when,
    split_list,
)
from diancai.words import CapacityPeriod, Language, Source, Strand

DAY = dt.date(2019, 12, 5)


@pytest.mark.parametrize(
    "told",
    [
        "2019-12-05",
        "2019/12/5",
        "2019.12.5",
        "2019年12月5日",
        "20191205",
        "43804",
        "12月5日",
        "12.5",
        "二〇一九年十二月五日",
        "2019年12月5日（星期四）",
        "２０１９－１２－５",
    ],
)
def test_a_day_is_read_in_any_usual_form(told):
    assert parse_when(told, year=2019).day == DAY


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("2019/2/28 11:25:05", dt.time(11, 25, 5)),
        ("2019-02-28T11:25:05", dt.time(11, 25, 5)),
        ("2019年2月28日 下午3时", dt.time(15)),
        ("2019-02-28 9:05 PM", dt.time(21, 5)),
        ("43524.5", dt.time(12)),
        ("20190228112505", dt.time(11, 25, 5)),
    ],
)
def test_an_instant_keeps_its_time(told, time):
    found = parse_when(told)
    assert (found.day, found.time) == (dt.date(2019, 2, 28), time)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("2月30日", "no_such_day"),
        ("2019-02-30", "no_such_day"),
        ("20191301", "no_such_day"),
        ("去年秋天", "not_a_date"),
        ("5/12/2019", "ambiguous_date"),
        ("2019-12-05 25:00", "not_a_date"),
        ("12345678901", "not_a_date"),
    ],
)
def test_what_is_no_day_is_a_problem_in_both_languages(told, code):
    found = parse_when(told, year=2019)
    assert (found.day, found.problem.code) == (None, code)
    assert told in found.problem.zh
    assert told in found.problem.en


def test_a_day_without_a_year_is_asked_when_no_year_is_given():
    assert parse_when("12月5日").problem.code == "date_without_year"
    assert parse_when("").problem is None


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2070, 1, 1)))
def test_every_day_of_the_calendar_reads_back_from_each_form(day):
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        str((day - dt.date(1899, 12, 30)).days),
    ]
    assert {parse_when(form).day for form in forms} == {day}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=30))
def test_no_cell_makes_a_parser_crash(text):
    for parse in (
        parse_when,
        parse_span,
        parse_count,
        parse_capacity,
        parse_phone,
        parse_strand,
        parse_source,
        parse_language,
    ):
        parse(text)


@pytest.mark.parametrize(
    ("told", "value", "upper", "approx", "at_least"),
    [
        ("23", 23, None, False, False),
        ("二十三户", 23, None, False, False),
        ("约10户", 10, None, True, False),
        ("十来户", 10, None, True, False),
        ("100多", 100, None, False, True),
        ("200—300人", 200, 300, False, False),
        ("1.2万余人次", 12_000, None, False, True),
        ("3,156", 3156, None, False, False),
        ("一百零五", 105, None, False, False),
        ("一万二", 12_000, None, False, False),
        ("两户", 2, None, False, False),
        ("12户左右", 12, None, True, False),
    ],
)
def test_a_count_keeps_how_it_was_told(told, value, upper, approx, at_least):
    found = parse_count(told)
    assert (found.value, found.upper, found.approx, found.at_least) == (value, upper, approx, at_least)


@pytest.mark.parametrize("told", ["若干", "三五户", "23户78人", "2.5", "-3", "很多"])
def test_what_is_no_single_count_is_a_problem(told):
    found = parse_count(told)
    assert found.value is None
    assert found.problem.code == "not_a_number"


def test_an_empty_count_is_not_told_and_no_problem():
    assert [parse_count(told).problem for told in ("", "无", "—")] == [None] * 3


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 99_999_999))
def test_every_whole_number_reads_back(number):
    assert parse_count(str(number)).value == number
    assert parse_count(f"{number:,}户").value == number


@pytest.mark.parametrize(
    ("told", "since", "until"),
    [
        ("2019-12-01～2020-05-15", "2019-12-01", "2020-05-15"),
        ("2019-12～2020-02", "2019-12-01", "2020-02-29"),
        ("2019年12月1日至5月15日", "2019-12-01", "2020-05-15"),
        ("2019.12.01-2020.05.15", "2019-12-01", "2020-05-15"),
        ("2020-05-15", None, "2020-05-15"),
        ("2019年12月", "2019-12-01", "2019-12-31"),
    ],
)
def test_a_span_is_read(told, since, until):
    found = parse_span(told)
    assert (found.since and found.since.isoformat(), found.until and found.until.isoformat()) == (since, until)


def test_spans_all_year_and_backwards():
    assert parse_span("常年").is_always
    assert parse_span("2020-05-15至2019-12-01").problem.code == "span_backwards"
    assert parse_span("2019-02-30～2019-05-01").problem.code == "no_such_day"


@pytest.mark.parametrize(
    ("told", "amount", "unit", "period"),
    [
        ("每旗县每月4场", 4, "场", CapacityPeriod.COUNTY_MONTH),
        ("每月10次", 10, "次", CapacityPeriod.MONTH),
        ("12场", 12, "场", CapacityPeriod.TERM),
        ("不限", None, "", CapacityPeriod.UNLIMITED),
    ],
)
def test_a_capacity_is_read(told, amount, unit, period):
    found = parse_capacity(told)
    assert (found.amount, found.unit, found.period, found.problem) == (amount, unit, period, None)


def test_routine_words_are_no_capacity():
    assert parse_capacity("常态化开展").problem.code == "capacity_not_told"


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-13812345678", "13812345678"),
        ("0478-8212345", "04788212345"),
        ("8212345", "8212345"),
        ("12345", "12345"),
        ("13812345678、13912345678", "13812345678"),
        ("电话：13812345678", "13812345678"),
    ],
)
def test_a_telephone_number_is_read(told, number):
    assert parse_phone(told).number == number


def test_a_number_of_wrong_length_is_a_problem_that_does_not_repeat_it():
    found = parse_phone("1381234567")
    assert found.problem.code == "not_a_phone"
    assert "1381234567" not in found.problem.zh


def test_closed_words_are_understood():
    told = ["送科技", "科技服务", "送温暖", "文化演出", "science", "七送"]
    assert [parse_strand(words) for words in told] == [
        Strand.SCIENCE,
        Strand.SCIENCE,
        Strand.WARMTH,
        Strand.CULTURE,
        Strand.SCIENCE,
        None,
    ]
    assert [parse_strand(f"送{strand.zh}") for strand in Strand] == list(Strand)
    assert [parse_source(words) for words in ("微信群", "12345热线", "入户", "网站", "CHAT", "x")] == [
        Source.CHAT,
        Source.HOTLINE,
        Source.HOME_VISIT,
        Source.WEB,
        Source.CHAT,
        None,
    ]
    assert [parse_language(words) for words in ("汉语授课", "可蒙古语授课", "汉、蒙", "")] == [
        Language.CHINESE,
        Language.MONGOLIAN,
        Language.BOTH,
        None,
    ]
    assert split_list("五原县、磴口县/五原县") == ("五原县", "磴口县")
