"""What makes an offer good enough, how a row is read, how capacity and term are told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.formats.sheets.values import parse_capacity, parse_span
from diancai.stages.supply.errors import MustMissing, TooVague
from diancai.stages.supply.rules import (
    OfferFields,
    check_offer,
    names_all_places,
    problems_of,
    read_cells,
    tell_capacity,
    tell_term,
)
from diancai.words import CapacityPeriod, Language, Strand

GOOD = OfferFields(leader="李某", service="设施蔬菜专家入棚指导", service_form="专家入棚", contact="赵某")


def codes(fields: OfferFields) -> list[tuple[str, str]]:
    return [(name, refusal.code) for name, refusal in problems_of(fields)]


def test_four_musts_are_enough() -> None:
    assert codes(GOOD) == []
    check_offer(GOOD)


@pytest.mark.parametrize("must", ["leader", "service", "service_form", "contact"])
def test_each_must_is_missed_by_its_name(must: str) -> None:
    assert codes(replace(GOOD, **{must: "  "})) == [(must, "must_missing")]
    with pytest.raises(MustMissing) as refused:
        check_offer(replace(GOOD, **{must: ""}))
    assert "四个明确" in refused.value.text("zh")


@pytest.mark.parametrize("words", ["常态化开展", "长期开展", "经常性开展", "不定期开展"])
def test_always_without_quantity_or_time_is_refused_with_advice(words: str) -> None:
    with pytest.raises(TooVague) as refused:
        check_offer(replace(GOOD, service=f"政策宣讲{words}"))
    assert words in refused.value.text("zh")
    assert "每旗县每月4场" in refused.value.text("zh")


def test_always_is_taken_with_a_quantity_or_with_both_ends_of_a_term() -> None:
    vague = replace(GOOD, service_form="常态化开展")
    assert codes(replace(vague, capacity=4, capacity_unit="场", capacity_period=CapacityPeriod.MONTH)) == []
    assert codes(replace(vague, valid_from=date(2019, 12, 1), valid_until=date(2020, 5, 15))) == []
    assert codes(replace(vague, valid_from=date(2019, 12, 1))) != []
    assert codes(replace(vague, capacity_period=CapacityPeriod.UNLIMITED)) != []


def test_capacity_is_whole_or_absent() -> None:
    assert codes(replace(GOOD, capacity=4)) == [("capacity", "capacity_incomplete")]
    assert codes(replace(GOOD, capacity_period="month")) == [("capacity", "capacity_incomplete")]
    assert codes(replace(GOOD, capacity=0, capacity_unit="场", capacity_period="term")) == [
        ("capacity", "capacity_incomplete")
    ]
    assert codes(replace(GOOD, capacity_period="unlimited")) == []


def test_term_confirmation_and_length_are_checked() -> None:
    assert codes(replace(GOOD, valid_from=date(2020, 2, 1), valid_until=date(2020, 1, 1))) == [
        ("valid", "dates_reversed")
    ]
    assert codes(replace(GOOD, assured_by="赵某")) == [("assured_by", "assured_half")]
    assert codes(replace(GOOD, contact="某" * 41)) == [("contact", "too_long")]


def test_words_outside_their_lists_and_boundless_numbers_are_refused() -> None:
    assert codes(replace(GOOD, strand="money", language="xx")) == [
        ("strand", "unknown_word"),
        ("language", "unknown_word"),
    ]
    assert codes(replace(GOOD, topics=("领" * 300,))) == [("topics", "too_long")]
    endless = replace(GOOD, capacity=10**9, capacity_unit="场", capacity_period="term")
    assert codes(endless) == [("capacity", "capacity_incomplete")]


def test_all_problems_of_a_row_are_found_at_once() -> None:
    assert codes(OfferFields(service="常态化开展", capacity=1)) == [
        ("leader", "must_missing"),
        ("service_form", "must_missing"),
        ("contact", "must_missing"),
        ("capacity", "capacity_incomplete"),
    ]


def test_a_row_is_read_as_an_office_writes_it() -> None:
    read = read_cells(
        {
            "id": "O01",
            "leader": "李某",
            "service": "农作物病虫草害防治技术培训",
            "service_form": "集中培训、田间课堂",
            "contact": "赵某",
            "strand": "送科技",
            "topics": "种植业、农技",
            "valid": "2019-12～2020-02",
            "capacity": "每旗县每月4场",
            "language": "蒙汉双语",
            "assured_on": "2019年11月20日",
            "assured_by": "赵某",
        }
    )
    assert read.problems == ()
    fields = OfferFields(**read.fields)
    assert codes(fields) == []
    assert (fields.strand, fields.topics, fields.language) == (Strand.SCIENCE, ("种植业", "农技"), Language.BOTH)
    assert (fields.capacity, fields.capacity_unit, fields.capacity_period) == (4, "场", CapacityPeriod.COUNTY_MONTH)
    assert (fields.valid_from, fields.valid_until) == (date(2019, 12, 1), date(2020, 2, 29))
    assert fields.assured_on == date(2019, 11, 20)


def test_what_cannot_be_read_is_named_by_field() -> None:
    read = read_cells({"strand": "送钱", "capacity": "看情况", "valid": "2020-02-30～2020-03-01", "assured_on": "昨天"})
    assert [(p.field, p.code) for p in read.problems] == [
        ("strand", "unknown_word"),
        ("capacity", "capacity_not_told"),
        ("valid", "no_such_day"),
        ("assured_on", "not_a_date"),
    ]
    assert all(p.zh and p.en for p in read.problems)


@pytest.mark.parametrize(
    ("said", "is_all"),
    [("", True), ("全市", True), ("7个旗县区", True), ("七个旗县区", True), ("6个旗县区", False), ("五原县", False)],
)
def test_words_for_everywhere(said: str, is_all: bool) -> None:
    assert names_all_places(said, 7) is is_all


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(1, 9999),
    unit=st.sampled_from(["场", "次", "期", "人次", "户", "份"]),
    period=st.sampled_from([CapacityPeriod.MONTH, CapacityPeriod.COUNTY_MONTH, CapacityPeriod.TERM]),
)
def test_a_told_capacity_reads_back_the_same(number: int, unit: str, period: CapacityPeriod) -> None:
    back = parse_capacity(tell_capacity(number, unit, period))
    assert (back.amount, back.unit, back.period) == (number, unit, period)


@settings(max_examples=60, deadline=None)
@given(first=st.dates(date(2000, 1, 1), date(2090, 1, 1)), days=st.integers(0, 900))
def test_a_told_term_reads_back_the_same(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    back = parse_span(tell_term(first, last))
    assert (back.since, back.until, back.problem) == (first, last, None)
