"""Due days: the limit, the wanted day, the farm season; what is asked too late, and years nobody has announced yet."""

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import SEASONS, TIME, at, day, reading

from diancai.clocks import Span, Wanted, due_on, load_seasons
from diancai.clocks.axis import BEIJING
from diancai.clocks.errors import BadFile, WantedBackwards, YearMissing
from diancai.config import read_text
from diancai.words import DueBound

LINHE, WUYUAN, WULATE_MIDDLE = "150802", "150821", "150824"
MONDAY = at("2026-03-02 09:00")
THIRTEEN = Span(13)  # from Monday 2 March to Thursday 19 March


def test_without_a_wish_the_limit_counts() -> None:
    due = due_on(TIME, MONDAY, THIRTEEN)
    assert (due.on, due.at, due.bound_by) == (day("2026-03-19"), at("2026-03-19 18:00"), DueBound.LIMIT)


@pytest.mark.parametrize(
    ("first", "last", "due", "bound"),
    [
        (None, "2026-03-10", "2026-03-10", DueBound.WANTED),  # sooner than the limit
        (None, "2026-03-15", "2026-03-15", DueBound.WANTED),  # a Sunday: the wanted day knows no office hours
        ("2026-03-05", "2026-04-30", "2026-03-19", DueBound.LIMIT),  # may begin before the limit: no reason to wait
        ("2026-04-18", "2026-04-20", "2026-04-20", DueBound.WANTED),  # nobody can do it sooner
        ("2026-04-18", None, "2026-05-09", DueBound.WANTED),  # from then on: the limit from that day, 9 May is worked
        ("2026-02-01", None, "2026-03-19", DueBound.LIMIT),
        (None, "2026-03-01", "2026-03-19", DueBound.LIMIT),  # the wanted day is past: the limit is left
        (None, "2026-03-02", "2026-03-02", DueBound.WANTED),
        (None, None, "2026-03-19", DueBound.LIMIT),
    ],
)
def test_the_earlier_of_limit_and_wanted_day_counts(
    first: str | None, last: str | None, due: str, bound: DueBound
) -> None:
    wanted = Wanted(day(first) if first else None, day(last) if last else None)
    found = due_on(TIME, MONDAY, THIRTEEN, wanted)
    assert (found.on, found.bound_by) == (day(due), bound)


def test_a_wanted_day_lasts_to_midnight_and_a_limit_to_the_closing() -> None:
    due = due_on(TIME, MONDAY, THIRTEEN, Wanted(last=day("2026-03-03")))
    assert due.at == at("2026-03-04 00:00"), "an evening performance on the fifteenth is in time"


def test_a_wanted_time_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WantedBackwards):
        Wanted(day("2026-03-10"), day("2026-03-09"))


def test_a_wish_for_a_year_not_yet_announced_needs_no_calendar_but_a_limit_does() -> None:
    november = at("2026-11-24 09:00")
    due = due_on(TIME, november, Span(5), Wanted(day("2027-02-21"), day("2027-02-21")))
    assert due.on == day("2027-02-21")
    december = at("2026-12-28 09:00")
    assert due_on(TIME, december, THIRTEEN, Wanted(last=day("2026-12-30"))).on == day("2026-12-30")
    for wanted in (None, Wanted(last=day("2027-01-20"))):
        with pytest.raises(YearMissing, match="CN-2027"):
            due_on(TIME, december, THIRTEEN, wanted)


@pytest.mark.parametrize(
    ("county", "topic", "on", "last"),
    [
        (LINHE, "农田水利/渠系清淤", "2026-03-02", "2026-04-14"),
        ("150822", "农田水利/渠系清淤", "2026-03-02", "2026-04-09"),  # its own first water
        (LINHE, "农田水利/渠系清淤", "2026-04-15", "2026-10-04"),  # the water runs: the autumn one is next
        (LINHE, "农田水利/渠系清淤", "2026-11-24", "2027-04-14"),
        (WULATE_MIDDLE, "畜牧业/接羔保育", "2026-01-05", "2026-02-09"),
        (WUYUAN, "种植业/农资供应和质量", "2026-04-01", "2026-05-19"),
        (LINHE, "文化/春联和民俗", "2026-01-05", "2026-02-09"),  # 腊月二十三 of that winter is 10 February
        (LINHE, "文化/春联和民俗", "2026-02-10", "2027-01-29"),
    ],
)
def test_a_topic_is_tied_to_the_next_season_or_lunar_day(county: str, topic: str, on: str, last: str) -> None:
    wanted = SEASONS.wanted(day(on), county, topic=topic)
    assert wanted is not None and wanted.last == day(last)
    assert wanted.season


def test_a_topic_without_a_tie_binds_nothing() -> None:
    assert SEASONS.wanted(day("2026-03-02"), LINHE, topic="文化/文艺演出") is None
    assert SEASONS.wanted(day("2026-03-02"), LINHE) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("放水前", "2026-01-05", "2026-04-14"),
        ("正月十五", "2026-03-03", "2026-03-03"),
        ("腊月二十三", "2026-02-10", "2026-02-10"),
        ("小年", "2026-02-10", "2026-02-10"),
        ("二月二", "2026-03-20", "2026-03-20"),
        ("接羔前", "2026-01-05", "2026-02-09"),
        ("收葵花以后", "2026-10-05", None),
    ],
)
def test_words_for_a_season_or_a_lunar_day_are_understood(words: str, first: str, last: str | None) -> None:
    assert SEASONS.wanted(day("2026-01-05"), LINHE, words=words) is not None
    wanted = SEASONS.wanted(day("2026-01-05"), LINHE, words=words)
    assert wanted is not None
    assert (wanted.first, wanted.last) == (day(first), last and day(last))


def test_what_the_resident_told_counts_before_the_season_of_the_topic() -> None:
    told = Wanted(last=day("2026-03-20"))
    assert SEASONS.wanted(day("2026-03-02"), LINHE, topic="农田水利/渠系清淤", told=told) == told
    unsaid = SEASONS.wanted(day("2026-03-02"), LINHE, topic="农田水利/渠系清淤", told=Wanted())
    assert unsaid is not None and unsaid.last == day("2026-04-14")


def test_before_the_water_means_on_the_eve_also_when_the_need_kept_the_day() -> None:
    told = Wanted(None, day("2026-04-15"))  # what the engine keeps for 放水以前
    wanted = SEASONS.wanted(day("2026-03-02"), LINHE, told=told, words="放水以前")
    assert wanted is not None and (wanted.last, wanted.season) == (day("2026-04-14"), "放水以前")
    due = due_on(TIME, at("2026-04-08 09:00"), THIRTEEN, wanted)
    assert (due.on, due.bound_by, due.season) == (day("2026-04-14"), DueBound.SEASON, "放水以前")


def test_the_offices_date_of_a_year_counts_before_the_usual_one() -> None:
    calendar = json.loads(read_text("farm_calendar.json"))
    calendar["years"] = {"2026": {LINHE: {"summer_watering": ["04-20", "05-25"]}}}
    seasons = load_seasons(reading(farm_calendar=json.dumps(calendar)))
    wanted = seasons.wanted(day("2026-03-02"), LINHE, topic="农田水利/渠系清淤")
    assert wanted is not None and wanted.last == day("2026-04-19")


@pytest.mark.parametrize(
    "changed",
    [
        {"ties": [{"topic": "农田水利/渠系清淤", "before": ["spring_water"]}]},
        {"lunar_days": [{"key": "little_new_year", "label": "小年", "lunar": "13-23"}]},
        {"lunar_days": [{"key": "little_new_year", "label": "小年", "lunar": "腊月二十三"}]},
    ],
)
def test_a_tie_to_nothing_and_a_lunar_day_that_is_none_are_refused(changed: dict[str, object]) -> None:
    calendar = json.loads(read_text("farm_calendar.json")) | changed
    with pytest.raises(BadFile) as refusal:
        load_seasons(reading(farm_calendar=json.dumps(calendar)))
    assert "farm_calendar.json" in refusal.value.zh and "farm_calendar.json" in refusal.value.en


starts = st.datetimes(datetime(2026, 1, 1), datetime(2026, 8, 1)).map(lambda each: each.replace(tzinfo=BEIJING))
some_days = st.none() | st.integers(-20, 60)


@settings(max_examples=100, deadline=None)
@given(starts, st.integers(0, 20), some_days, some_days)
def test_a_due_instant_lies_ahead_and_a_wish_only_brings_it_nearer_unless_it_begins_later(
    begins: datetime, n: int, first: int | None, length: int | None
) -> None:
    today = begins.date()
    opens = None if first is None else today + timedelta(days=first)
    closes = None if length is None else (opens or today) + timedelta(days=abs(length) if opens else length)
    limit, due = due_on(TIME, begins, Span(n)), due_on(TIME, begins, Span(n), Wanted(opens, closes))
    assert begins < due.at and due.at.date() - due.on <= timedelta(days=1)
    if opens is None or _midnight(opens) < limit.at:
        assert due.at <= limit.at or (closes is None and opens is not None and _midnight(opens) > begins)
    if due.bound_by is DueBound.LIMIT:
        assert due.at == limit.at


def _midnight(opens: date) -> datetime:
    return datetime.combine(opens, datetime.min.time(), BEIJING)
