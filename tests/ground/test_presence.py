"""Who is on it: one person of a side, for as long as there is a sign of life; another side is never kept off."""

from datetime import timedelta
from functools import partial

import pytest
from at_once import at_once
from cast import NOON, Cast

from diancai.ground.presence.actions import LEASE, claim, forget_lapsed, leave, stay
from diancai.ground.presence.errors import SomebodyIsOnIt
from diancai.ground.presence.models import Presence
from diancai.ground.presence.queries import held_by, who_is_on

SUBJECT = ("order", 17)
LATER = NOON + timedelta(minutes=5)


def test_a_colleague_is_kept_off_and_told_by_whom_and_until_when(cast: Cast) -> None:
    claim(by=cast.county_office, at=NOON, subject=SUBJECT, seat="office")
    with pytest.raises(SomebodyIsOnIt) as told:
        claim(by=cast.prefecture_office, at=LATER, subject=SUBJECT, seat="office")
    assert "李芳正在办这一件（12:00 起，12:15 前有效）" in told.value.text("zh")
    assert "李芳 has been on this since 12:00, until 12:15" in told.value.text("en")
    # The department does another work on the same record.
    claim(by=cast.department_contact, at=LATER, subject=SUBJECT, seat="department-1")
    assert [row.who for row in who_is_on("order", [17, 18], LATER)[17]] == ["李芳", "孙亮"]


def test_a_claim_lapses_and_a_colleague_may_take_it(cast: Cast) -> None:
    claim(by=cast.county_office, at=NOON, subject=SUBJECT, seat="office")
    assert who_is_on("order", [17], NOON + LEASE) == {}
    row = claim(by=cast.prefecture_office, at=NOON + LEASE, subject=SUBJECT, seat="office")
    assert (row.who, row.since) == ("赵宏", NOON + LEASE)
    assert not stay(by=cast.county_office, at=NOON + LEASE, subject=SUBJECT, seat="office")


def test_signs_of_life_keep_a_claim_and_its_beginning(cast: Cast) -> None:
    claim(by=cast.county_office, at=NOON, subject=SUBJECT, seat="office")
    assert stay(by=cast.county_office, at=NOON + timedelta(minutes=14), subject=SUBJECT, seat="office")
    at = NOON + timedelta(minutes=28)
    row = claim(by=cast.county_office, at=at, subject=SUBJECT, seat="office")
    assert (row.since, row.until) == (NOON, at + LEASE)
    # Once it has lapsed it is not revived by a page left open, and a new claim begins anew.
    lapsed = at + LEASE
    assert not stay(by=cast.county_office, at=lapsed, subject=SUBJECT, seat="office")
    assert claim(by=cast.county_office, at=lapsed, subject=SUBJECT, seat="office").since == lapsed


def test_leaving_frees_it_and_only_ones_own(cast: Cast) -> None:
    claim(by=cast.county_office, at=NOON, subject=SUBJECT, seat="office")
    leave(by=cast.prefecture_office, subject=SUBJECT, seat="office")
    assert [row.who for row in held_by("order", "office", NOON)] == ["李芳"]
    leave(by=cast.county_office, subject=SUBJECT, seat="office")
    assert held_by("order", "office", NOON) == ()
    assert claim(by=cast.prefecture_office, at=NOON, subject=SUBJECT, seat="office").who == "赵宏"


def test_what_lapsed_long_ago_is_forgotten(cast: Cast) -> None:
    claim(by=cast.county_office, at=NOON, subject=SUBJECT, seat="office")
    forget_lapsed()  # 2019 is long over
    assert not Presence.objects.exists()


def test_two_at_once_and_one_of_them_has_it(committed_db: None) -> None:
    from cast import make_cast

    cast = make_cast()
    results = at_once(
        *(
            partial(claim, by=who, at=NOON, subject=SUBJECT, seat="office")
            for who in (cast.county_office, cast.prefecture_office)
        )
    )
    assert sum(isinstance(result, SomebodyIsOnIt) for result in results) == 1
    assert Presence.objects.count() == 1
