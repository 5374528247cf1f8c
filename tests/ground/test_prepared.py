"""Questions whose SQL is kept: the same answers as the query itself, and never an answer that is old."""

from datetime import date, timedelta

import pytest
from cast import LIANFENG, NOON, WUYUAN
from django.db.models import BigIntegerField, CharField, DateField

from diancai.ground.people.models import Post
from diancai.ground.people.queries import list_posts
from diancai.ground.people.tokens import account_of, make_token
from diancai.ground.place.models import Place
from diancai.ground.prepared import Given, Prepared
from diancai.ground.programme.models import Programme
from diancai.ground.programme.queries import get_programme, list_programmes
from diancai.words import Level, Role


def test_a_kept_question_answers_like_the_query_it_was_made_from(cast):
    columns = ("code", "level", "is_pickable", "valid_from", "valid_until", "longitude")
    kept = Prepared(
        lambda: (
            Place.objects.filter(
                county_code=Given(0, CharField()), valid_from__lte=Given(1, DateField()), level=Level.TOWN
            )
            .order_by("code")
            .values_list(*columns)
        )
    )
    for day in (date(1900, 1, 1), NOON.date()):
        asked = Place.objects.filter(county_code=WUYUAN, valid_from__lte=day, level=Level.TOWN)
        assert kept.rows(WUYUAN, day) == list(asked.order_by("code").values_list(*columns))
    assert kept.rows(WUYUAN, NOON.date())
    assert kept.rows("no such place", NOON.date()) == []


def test_a_kept_question_is_put_together_once(db, monkeypatch):
    shapes = []
    kept = Prepared(
        lambda: (shapes.append(1), Post.objects.filter(pk=Given(0, BigIntegerField())).values_list("id"))[1]
    )
    assert kept.rows(1) == kept.rows(2) == []
    assert len(shapes) == 1


@pytest.mark.parametrize("change", ["ended post", "new post", "closed account"])
def test_what_a_token_may_is_read_anew_each_time(cast, change):
    account, today = cast.village_officer, NOON.date()
    token = make_token(by=None, at=NOON, account=account, name="test")
    assert [post.place_code for post in list_posts(account_of(token, on=today))] == [LIANFENG]
    if change == "ended post":
        Post.objects.filter(account=account).update(valid_until=today - timedelta(days=1))
        (post,) = list_posts(account_of(token, on=today))
        assert not post.holds_on(today)
    elif change == "new post":
        Post.objects.create(account=account, role=Role.LEADER, place_id=WUYUAN, valid_from=today)
        told = [(post.role, post.place_code, post.level) for post in list_posts(account_of(token, on=today))]
        assert told[1:] == [(Role.LEADER, WUYUAN, Level.COUNTY)]
    else:
        account.is_active = False
        account.save()
        assert account_of(token, on=today) is None


def test_an_account_that_came_with_its_token_is_whole(cast):
    stranger = account_of(make_token(by=None, at=NOON, account=cast.stranger, name="test"), on=NOON.date())
    assert (stranger.pk, str(stranger), stranger.username) == (cast.stranger.pk, "路人", "luren")
    assert stranger.check_password("hetao-2019")
    assert list_posts(stranger) == ()


def test_the_newest_programme_and_one_by_its_key(programme):
    Programme.objects.create(key="next", name="后一年", short_name="后", prefecture_code="", starts_on=date(2031, 1, 1))
    assert [row.key for row in list_programmes()] == ["next", programme.key]
    assert get_programme().key == "next"
    assert get_programme(programme.key) == list_programmes()[1]
