"""Times as people say them, with the day of saying and the county's farm calendar."""

from datetime import date
from importlib import resources

import pytest

from diancai.engine.said import almanac
from diancai.engine.said.characters import read
from diancai.engine.said.farm_calendar import FarmCalendar, Season, load_farm_calendar
from diancai.engine.said.times import TimeReader, TimeSense

SAID = date(2019, 12, 5)  # a Thursday, the ninth of the eleventh lunar month


@pytest.fixture(scope="module")
def reader() -> TimeReader:
    config = resources.files("diancai") / "config"
    return TimeReader(load_farm_calendar((config / "farm_calendar.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ("放水以前", "2019-12-05", "2020-04-15"),
        ("种葵花以前", "2019-12-05", "2020-05-20"),
        ("接羔以前", "2019-12-05", "2020-02-10"),
        ("接羔的时候", "2020-02-10", "2020-04-20"),
        ("收完葵花", "2020-10-05", None),
        ("秋收以后", "2020-10-15", None),
        ("开春前", "2019-12-05", "2020-03-20"),
        ("腊月初十前", "2019-12-05", "2020-01-04"),
        ("腊月二十三", "2020-01-17", "2020-01-17"),
        ("正月十五以前", "2019-12-05", "2020-02-08"),
        ("正月初六到十五", "2020-01-30", "2020-02-08"),
        ("正月里", "2020-01-25", "2020-02-22"),
        ("二月初二", "2020-02-24", "2020-02-24"),
        ("八月十五", "2020-10-01", "2020-10-01"),
        ("过年前", "2019-12-05", "2020-01-24"),
        ("年前", "2019-12-05", "2020-01-24"),
        ("过了年", "2020-01-25", None),
        ("春节期间", "2020-01-24", "2020-01-30"),
        ("过了正月十五", "2020-02-08", None),
        ("清明前后", "2020-04-01", "2020-04-07"),
        ("冬至", "2019-12-22", "2019-12-22"),
        ("五一以前", "2019-12-05", "2020-05-01"),
        ("元旦前", "2019-12-05", "2020-01-01"),
        ("这个月底", "2019-12-05", "2019-12-31"),
        ("下个月", "2020-01-01", "2020-01-31"),
        ("年底", "2019-12-05", "2019-12-31"),
        ("下周三", "2019-12-11", "2019-12-11"),
        ("礼拜天", "2019-12-08", "2019-12-08"),
        ("周末", "2019-12-07", "2019-12-08"),
        ("明后天", "2019-12-06", "2019-12-07"),
        ("15号以前", "2019-12-05", "2019-12-15"),
        ("1月15日", "2020-01-15", "2020-01-15"),
        ("三月中旬", "2020-03-11", "2020-03-20"),
        ("十天以内", "2019-12-05", "2019-12-15"),
        ("半个月内", "2019-12-05", "2019-12-20"),
        ("再等上十来天", "2019-12-05", "2019-12-15"),
        ("越快越好", "2019-12-05", None),
        ("今年", "2019-12-05", "2020-01-24"),
    ],
)
def test_a_time_becomes_days(reader: TimeReader, said: str, earliest: str, latest: str | None) -> None:
    mention = reader.find(read(said).text, SAID, "150826")[-1]
    assert str(mention.earliest) == earliest
    assert (str(mention.latest) if mention.latest else None) == latest


@pytest.mark.parametrize("said", ["2月30日", "想学学接羔", "三百来米", "2018年3月1日", "六份子"])
def test_what_is_no_wish_for_a_time_gives_no_mention(reader: TimeReader, said: str) -> None:
    assert reader.find(said, SAID, "150826") == []


def test_without_the_day_of_saying_the_words_are_kept_and_the_days_stay_open(reader: TimeReader) -> None:
    mention = reader.find("放水以前", None)[0]
    assert (mention.sense, mention.earliest, mention.latest) == (TimeSense.BEFORE, None, None)


def test_next_year_said_before_the_spring_festival_is_the_year_that_runs(reader: TimeReader) -> None:
    assert reader.find("明年放水以前", date(2020, 1, 10))[0].latest == date(2020, 4, 15)
    assert reader.find("明年放水以前", date(2020, 3, 10))[0].latest == date(2021, 4, 15)


def test_a_county_and_a_year_override_the_farm_calendar() -> None:
    season = Season("summer_watering", "夏灌开闸", ("放水",), "04-15", "05-20")
    calendar = FarmCalendar(
        (season,),
        {"150822": {"summer_watering": ("04-10", "05-15")}},
        {"2020": {"150822": {"summer_watering": ("04-18", "05-25")}}},
    )
    reader = TimeReader(calendar)
    assert reader.find("放水以前", date(2019, 12, 5), "150826")[0].latest == date(2020, 4, 15)
    assert reader.find("放水以前", date(2019, 12, 5), "150822")[0].latest == date(2020, 4, 18)
    assert reader.find("放水以前", date(2020, 12, 5), "150822")[0].latest == date(2021, 4, 10)


def test_lunar_days_and_solar_terms_agree_with_the_almanac() -> None:
    assert almanac.lunar_day(2020, 1, 1) == date(2020, 1, 25)
    assert almanac.new_years_eve(date(2019, 12, 5)) == date(2020, 1, 24)
    assert almanac.next_named(date(2020, 1, 1), "清明") == date(2020, 4, 4)
    assert almanac.next_named(date(2021, 1, 1), "立春") == date(2021, 2, 3)
    assert almanac.next_named(date(2021, 6, 1), "冬至") == date(2021, 12, 21)
    assert almanac.next_lunar(date(2020, 1, 1), 12, 30) == date(2020, 1, 24)
