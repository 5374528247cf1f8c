"""When a message may leave, how often it is tried, and what it may say."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.ground.notices.rules import (
    BEIJING,
    MOST_ATTEMPTS,
    Line,
    Pace,
    Quiet,
    back_off,
    first_moment,
    letter_of,
    next_allowed,
    subject_of,
    text_of,
)
from diancai.words import NoticeKind

NIGHT = Quiet(time(21), time(8))
PACE = Pace(timedelta(minutes=2), timedelta(hours=1))
HOLIDAY = date(2019, 12, 12)  # a Thursday made one for these tests


def works(day: date) -> bool:
    return day.weekday() < 5 and day != HOLIDAY


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 12, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        (at(10, 12), at(10, 12)),
        (at(10, 20, 59), at(10, 20, 59)),
        (at(10, 21), at(11, 8)),
        (at(11, 7, 59), at(11, 8)),
        (at(11, 21), at(13, 8)),  # over the holiday
        (at(13, 22), at(16, 8)),  # over the weekend
        (at(14, 12), at(16, 8)),
    ],
)
def test_quiet_hours_end_at_their_end_on_a_working_day(asked, allowed):
    assert next_allowed(asked, NIGHT, works) == allowed


def test_who_does_not_mind_days_off_is_told_on_saturday_morning():
    assert next_allowed(at(13, 22), Quiet(time(21), time(8), on_days_off=False), works) == at(14, 8)


def test_equal_ends_mean_no_quiet_hours():
    assert next_allowed(at(10, 23), Quiet(time(8), time(8)), works) == at(10, 23)


def test_a_calendar_without_working_days_does_not_hang():
    assert next_allowed(at(10, 12), NIGHT, lambda _: False) > at(10, 12)


quiets = st.builds(Quiet, st.times(), st.times(), st.booleans())
moments = st.datetimes(datetime(2019, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC))


@given(moments, quiets)
@settings(max_examples=150, deadline=None)
def test_the_moment_is_never_earlier_never_quiet_and_stays_where_it_is(asked, quiet):
    moment = next_allowed(asked, quiet, works)
    assert moment >= asked
    assert next_allowed(moment, quiet, works) == moment
    assert works(moment.date()) or not quiet.on_days_off


@given(moments, st.none() | st.timedeltas(timedelta(-2), timedelta(hours=1)), quiets)
@settings(max_examples=100, deadline=None)
def test_what_may_leave_later_may_leave_then(noticed, since_last, quiet):
    last = noticed + since_last if since_last is not None else None
    known = {"pace": PACE, "quiet": quiet, "is_working": works}
    moment = first_moment(noticed, last, noticed, **known)
    assert moment >= noticed + PACE.gather
    assert last is None or moment >= last + PACE.window
    assert first_moment(noticed, last, moment, **known) == moment


def test_an_emergency_passes_at_midnight_on_a_holiday():
    midnight = at(12, 0)
    known = {"pace": PACE, "quiet": NIGHT, "is_working": works}
    assert first_moment(midnight, midnight, midnight, **known, is_urgent=True) == midnight


def test_a_worker_that_slept_into_the_night_does_not_send_at_night():
    moment = first_moment(at(10, 20), None, at(10, 23), pace=PACE, quiet=NIGHT, is_working=works)
    assert moment == at(11, 8)


def test_a_kind_for_office_hours_waits_until_the_office_opens():
    def opens(moment):
        opening = moment.replace(hour=8, minute=30)
        return max(moment, opening)

    known = {"pace": PACE, "quiet": NIGHT, "is_working": works}
    assert first_moment(at(10, 22), None, at(10, 22), **known, next_open=opens) == at(11, 8, 30)


def test_tries_come_further_apart_and_end():
    waits = [back_off(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert back_off(MOST_ATTEMPTS) is None


ONE = Line(NoticeKind.DISPATCHED, "WY-2019-001", "五原县塔尔湖镇联丰村")


def test_one_notice_is_told_by_number_and_place():
    assert subject_of([ONE]) == "新派单：WY-2019-001"
    assert text_of([ONE]) == "新派单：WY-2019-001（五原县塔尔湖镇联丰村）。请登录点菜系统查看。"


def test_many_are_counted_by_kind_and_listed_as_far_as_a_phone_shows_them():
    lines = [Line(NoticeKind.DISPATCHED, f"WY-{n}", "五原县") for n in range(7)] + [
        Line(NoticeKind.OVERDUE, "WY-9", "")
    ]
    assert subject_of(lines) == "8条消息待看"
    assert text_of(lines) == (
        "您有8条消息：新派单7条（WY-0、WY-1、WY-2、WY-3、WY-4等）；逾期1条（WY-9）。请登录点菜系统查看。"
    )


def test_a_mail_lists_each_in_both_languages():
    letter = letter_of([ONE, Line(NoticeKind.OVERDUE, "WY-9", "")])
    assert "· 逾期：WY-9\n" in letter
    assert "· new order: WY-2019-001（五原县塔尔湖镇联丰村）" in letter
