"""Accounts, posts and tokens: only an administrator makes them, and what cannot be is refused in both languages."""

from datetime import date, timedelta

import pytest
from cast import LIANFENG, NOON, PREFECTURE, SINCE, WUYUAN
from django.utils import timezone

from diancai.ground.errors import Missing, NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.people.actions import (
    deactivate_account,
    end_post,
    give_post,
    make_account,
    reactivate_account,
    set_password,
)
from diancai.ground.people.errors import (
    AccountTaken,
    OwnAccount,
    PostDatesReversed,
    PostNeedsPlaceOrDepartment,
    TokenDaysOutOfRange,
    WeakPassword,
)
from diancai.ground.people.models import AccessToken, Account, Post
from diancai.ground.people.queries import can, list_accounts
from diancai.ground.people.tokens import account_of, end_token, make_token
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope
from diancai.words import Role

NOT_ADMINISTRATORS = (
    "village_officer", "town_officer", "county_office", "prefecture_office", "department_contact", "department_leader",
    "leader", "auditor", "stranger",
)  # fmt: skip


def counted():
    return Account.objects.count(), Post.objects.count(), AccessToken.objects.count(), Event.objects.count()


def new_account(by, username="baiyun"):
    return make_account(by=by, at=NOON, username=username, display_name="白云", password="yellow-river-9")


def give(by, account, **seat):
    return give_post(by=by, at=NOON, account=account, role=Role.LIAISON_OFFICER, valid_from=SINCE, **seat)


def fresh(account):
    """The account as the next request sees it."""
    return Account.objects.get(pk=account.pk)


def test_an_administrator_makes_an_account_and_the_ledger_tells_who(cast):
    account = new_account(cast.administrator)
    assert fresh(account).check_password("yellow-river-9")
    event = Event.objects.get(kind="account.made", subject_id=str(account.pk))
    assert (event.by, event.details) == (cast.administrator, {"username": "baiyun"})
    assert [row.display_name for row in list_accounts("白云")] == ["白云"]


def test_a_new_account_may_nothing_until_it_has_a_post_and_only_where_the_post_is(cast):
    account = new_account(cast.administrator)
    assert not can(fresh(account), Act.RECORD_REMARK, get_scope(LIANFENG))
    give(cast.administrator, account, place_code=LIANFENG)
    assert can(fresh(account), Act.RECORD_REMARK, get_scope(LIANFENG))
    assert not can(fresh(account), Act.RECORD_REMARK, get_scope("150822103201"))
    assert not can(fresh(account), Act.REVIEW_NEED, get_scope(LIANFENG))


@pytest.mark.parametrize("who", NOT_ADMINISTRATORS)
def test_nobody_else_makes_accounts_posts_passwords_or_tokens_of_others(cast, who):
    by, other, post = getattr(cast, who), cast.other_department_contact, cast.town_officer.posts.get()
    token = make_token(by=other, at=NOON, account=other, name="excel")
    before = counted()
    attempts = (
        lambda: new_account(by),
        lambda: give(by, by, place_code=PREFECTURE),
        lambda: end_post(by=by, at=NOON, post_id=post.pk, last_day=SINCE),
        lambda: set_password(by=by, at=NOON, username=other.username, password="another-one-1"),
        lambda: deactivate_account(by=by, at=NOON, username=other.username),
        lambda: reactivate_account(by=by, at=NOON, username=other.username),
        lambda: make_token(by=by, at=NOON, account=other, name="excel"),
        lambda: end_token(by=by, at=NOON, token_id=other.tokens.get().pk),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert counted() == before
    assert Post.objects.get(pk=post.pk).valid_until is None
    assert account_of(token, on=NOON.date()) == other


def test_an_administrator_whose_post_is_over_manages_nothing(cast):
    give_post(
        by=None, at=NOON, account=cast.stranger, role=Role.ADMINISTRATOR, valid_from=SINCE,
        valid_until=SINCE + timedelta(days=30), place_code=PREFECTURE,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        new_account(fresh(cast.stranger))


@pytest.mark.parametrize(
    ("username", "password", "refusal"),
    [("lifang", "yellow-river-9", AccountTaken), ("  ", "yellow-river-9", Missing), ("baiyun", "", Missing)],
)
def test_an_account_that_cannot_be_is_refused_in_both_languages(cast, username, password, refusal):
    before = counted()
    with pytest.raises(refusal) as caught:
        make_account(by=cast.administrator, at=NOON, username=username, display_name="", password=password)
    assert caught.value.text("zh") != caught.value.text("en")
    assert counted() == before


@pytest.mark.parametrize(
    ("seat", "refusal"),
    [
        ({}, PostNeedsPlaceOrDepartment),
        ({"place_code": WUYUAN, "department_id": 1}, PostNeedsPlaceOrDepartment),
        ({"place_code": "999999999999"}, NotFound),
        ({"department_id": 999_999}, NotFound),
        ({"place_code": WUYUAN, "valid_until": SINCE - timedelta(days=1)}, PostDatesReversed),
    ],
)
def test_a_post_that_cannot_be_is_refused_and_not_given(cast, seat, refusal):
    before = counted()
    with pytest.raises(refusal):
        give(cast.administrator, cast.stranger, **seat)
    assert counted() == before


def test_a_post_given_twice_is_one_post(cast):
    first = give(cast.administrator, cast.stranger, place_code=LIANFENG)
    assert give(cast.administrator, cast.stranger, place_code=LIANFENG) == first
    assert cast.stranger.posts.count() == 1


def test_an_ended_post_holds_through_its_last_day_and_keeps_its_past(cast):
    post = cast.village_officer.posts.get()
    end_post(by=cast.administrator, at=NOON, post_id=post.pk, last_day=date(2019, 12, 20))
    officer, village = fresh(cast.village_officer), get_scope(LIANFENG)
    assert can(officer, Act.RECORD_REMARK, village, on=date(2019, 12, 20))
    assert not can(officer, Act.RECORD_REMARK, village, on=date(2019, 12, 21))
    assert Event.objects.get(kind="post.ended").details["last_day"] == "2019-12-20"


def test_a_post_that_ended_yesterday_is_over_now(cast):
    post = cast.village_officer.posts.get()
    end_post(by=cast.administrator, at=NOON, post_id=post.pk, last_day=timezone.localdate() - timedelta(days=1))
    assert not can(fresh(cast.village_officer), Act.RECORD_REMARK, get_scope(LIANFENG))


def test_a_post_of_today_can_be_ended_at_once_and_given_again(cast):
    today = timezone.localdate()
    seat = {"account": cast.stranger, "role": Role.LIAISON_OFFICER, "valid_from": today, "place_code": LIANFENG}
    post = give_post(by=cast.administrator, at=NOON, **seat)
    end_post(by=cast.administrator, at=NOON, post_id=post.pk, last_day=today - timedelta(days=1))
    assert not can(fresh(cast.stranger), Act.RECORD_REMARK, get_scope(LIANFENG))
    assert Event.objects.filter(kind__in=("post.given", "post.ended"), subject_id=str(cast.stranger.pk)).count() == 2
    give_post(by=cast.administrator, at=NOON, **seat)
    assert can(fresh(cast.stranger), Act.RECORD_REMARK, get_scope(LIANFENG))


def test_an_ended_post_that_is_given_again_holds_again(cast):
    post = give(cast.administrator, cast.stranger, place_code=LIANFENG)
    end_post(by=cast.administrator, at=NOON, post_id=post.pk, last_day=SINCE)
    give(cast.administrator, cast.stranger, place_code=LIANFENG)
    assert can(fresh(cast.stranger), Act.RECORD_REMARK, get_scope(LIANFENG))


def test_an_administrator_with_an_older_post_that_is_over_still_manages(cast):
    now = {"by": None, "at": NOON, "account": cast.stranger, "role": Role.ADMINISTRATOR}
    give_post(**now, valid_from=SINCE, valid_until=SINCE, place_code=WUYUAN)
    give_post(**now, valid_from=SINCE, place_code=PREFECTURE)
    assert new_account(fresh(cast.stranger)).pk


def test_a_closed_account_opens_nothing_until_it_is_opened_again(cast):
    officer, village = cast.village_officer, get_scope(LIANFENG)
    token = make_token(by=None, at=NOON, account=officer, name="excel")
    deactivate_account(by=cast.administrator, at=NOON, username=officer.username)
    assert not can(fresh(officer), Act.RECORD_REMARK, village)
    assert Event.objects.get(kind="account.closed").by == cast.administrator
    reactivate_account(by=cast.administrator, at=NOON, username=officer.username)
    assert can(fresh(officer), Act.RECORD_REMARK, village)
    assert account_of(token, on=NOON.date()) is None


def test_an_administrator_cannot_close_the_account_he_works_with(cast):
    with pytest.raises(OwnAccount):
        deactivate_account(by=cast.administrator, at=NOON, username=cast.administrator.username)
    assert fresh(cast.administrator).is_active


def test_closing_an_account_that_is_not_there_is_refused(cast):
    for act in (deactivate_account, reactivate_account):
        with pytest.raises(NotFound):
            act(by=cast.administrator, at=NOON, username="nobody")


def test_a_new_password_ends_the_tokens(cast):
    token = make_token(by=None, at=NOON, account=cast.county_office, name="excel")
    set_password(by=cast.administrator, at=NOON, username=cast.county_office.username, password="yellow-river-9")
    assert account_of(token, on=NOON.date()) is None


@pytest.mark.parametrize("password", ["short", "password", "baiyun2019"])
def test_a_weak_password_is_refused_with_its_reason_in_both_languages(cast, password):
    new_account(None)
    attempts = (
        lambda: make_account(by=None, at=NOON, username="baiyun20", display_name="", password=password),
        lambda: set_password(by=None, at=NOON, username="baiyun", password=password),
    )
    for attempt in attempts:
        with pytest.raises(WeakPassword) as caught:
            attempt()
        assert "密码" in str(caught.value.parameters["why_zh"])
        assert "password" in str(caught.value.parameters["why_en"])
    assert fresh(Account.objects.get(username="baiyun")).check_password("yellow-river-9")


def test_ending_a_post_or_token_that_is_not_there_is_refused(cast):
    with pytest.raises(NotFound):
        end_post(by=cast.administrator, at=NOON, post_id=999_999, last_day=SINCE)
    with pytest.raises(NotFound):
        end_token(by=cast.administrator, at=NOON, token_id=999_999)


def test_a_token_stands_for_its_account_until_its_last_day(cast):
    token = make_token(by=cast.county_office, at=NOON, account=cast.county_office, name="excel", days=10)
    assert account_of(token, on=NOON.date() + timedelta(days=10)) == cast.county_office
    assert account_of(token, on=NOON.date() + timedelta(days=11)) is None
    assert account_of(token[:-1], on=NOON.date()) is None
    assert token not in str(AccessToken.objects.values().get())
    assert token not in str(Event.objects.get(kind="token.made").details)


def test_a_token_ends_at_once_by_its_owner_or_an_administrator(cast):
    for by in (cast.county_office, cast.administrator):
        token = make_token(by=by, at=NOON, account=cast.county_office, name="excel")
        end_token(by=by, at=NOON, token_id=AccessToken.objects.get(ended_at=None).pk)
        assert account_of(token, on=NOON.date()) is None


def test_a_token_of_a_closed_account_opens_nothing(cast):
    token = make_token(by=None, at=NOON, account=cast.stranger, name="excel")
    Account.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    assert account_of(token, on=NOON.date()) is None


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_token_lasts_a_sensible_time(cast, days):
    with pytest.raises(TokenDaysOutOfRange, match=str(days)):
        make_token(by=None, at=NOON, account=cast.stranger, name="excel", days=days)
    assert not AccessToken.objects.exists()
