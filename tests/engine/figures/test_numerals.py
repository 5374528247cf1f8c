"""The numeral reader: every spelling that reports use, and the ones that are no number."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.figures.characters import fold
from diancai.engine.figures.numerals import read_numeral

EXACT = [
    ("1354", "1354"), ("1,354", "1354"), ("1,234,567", "1234567"), ("１２００", "1200"), ("16.958万", "169580"),
    ("1.2亿", "120000000"), ("3万5千", "35000"), ("1亿2000万", "120000000"), ("壹佰", "100"), ("叁仟伍佰", "3500"),
    ("陆万", "60000"), ("萬", "10000"), ("七百六十六", "766"), ("一百二十", "120"), ("一百二", "120"),
    ("两万五", "25000"), ("一百零五", "105"), ("十五", "15"), ("二十", "20"), ("三百六十五万", "3650000"),
    ("二〇二〇", "2020"), ("三点五亿", "350000000"), ("半", "0.5"), ("两", "2"),
]  # fmt: skip
AT_LEAST = [
    ("3150多", "3150"), ("1.2万余", "12000"), ("20多万", "200000"), ("百余", "100"), ("三千三百多", "3300"),
    ("十几", "10"), ("二十几", "20"), ("几十", "20"), ("数百", "200"), ("上千", "1000"), ("数万", "20000"),
    ("10万余", "100000"), ("9亿多", "900000000"),
]  # fmt: skip
RANGES = [
    ("七八", "7", "8"), ("三五百", "300", "500"), ("两三千", "2000", "3000"), ("十七八", "17", "18"),
    ("三四十", "30", "40"), ("一二百", "100", "200"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value"), EXACT)
def test_an_exact_number_has_its_value_and_its_full_span(written, value):
    numeral = read_numeral(fold(written + "元"), 0)
    assert numeral is not None
    assert (numeral.value, numeral.end, numeral.at_least) == (Decimal(value), len(written), False)


@pytest.mark.parametrize(("written", "value"), AT_LEAST)
def test_a_number_with_more_in_it_is_the_least(written, value):
    numeral = read_numeral(written + "人", 0)
    assert numeral is not None
    assert (numeral.value, numeral.end, numeral.at_least) == (Decimal(value), len(written), True)


@pytest.mark.parametrize(("written", "low", "high"), RANGES)
def test_two_neighbouring_digits_are_a_range(written, low, high):
    numeral = read_numeral(written + "户", 0)
    assert numeral is not None
    assert (numeral.value, numeral.upper) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("written", "percent"),
    [("百分之八十五", "85"), ("三分之一", "33.3333"), ("百分之三点五", "3.5"), ("千分之三", "0.3"), ("1/3", "33.3333")],
)
def test_a_fraction_is_told_in_per_cent(written, percent):
    numeral = read_numeral(written + "的", 0)
    assert numeral is not None
    assert numeral.fraction
    assert numeral.value == Decimal(percent)


@pytest.mark.parametrize("written", ["几个", "数名", "上午", "人", "", "多", "分之"])
def test_an_indefinite_word_is_no_number(written):
    assert read_numeral(written, 0) is None


def test_a_kilo_belongs_to_the_unit_not_to_the_number():
    for written in ("3000千克", "三千千克"):
        numeral = read_numeral(written, 0)
        assert numeral is not None
        assert numeral.value == 3000


def test_a_bare_magnitude_is_marked():
    assert [read_numeral(written, 0).bare for written in ("万人", "百万元", "百余人", "一百人")] == [
        True, True, False, False,
    ]  # fmt: skip


@given(st.integers(1, 10**8 - 1))
@settings(max_examples=200, deadline=None)
def test_any_whole_number_written_in_chinese_reads_back(number):
    numeral = read_numeral(_chinese(number) + "户", 0)
    assert numeral is not None
    assert numeral.value == number


def _chinese(number: int) -> str:
    if number >= 10**4:
        rest = number % 10**4
        return _chinese(number // 10**4) + "万" + (("零" if rest < 1000 else "") + _chinese(rest) if rest else "")
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            return (
                "零一二三四五六七八九"[number // size]
                + name
                + (("零" if rest < size // 10 else "") + _chinese(rest) if rest else "")
            )
    return "零一二三四五六七八九"[number]
