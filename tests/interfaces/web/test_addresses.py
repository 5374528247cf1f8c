"""What people and programs write into addresses and forms never breaks a page."""

from uuid import uuid4

import pytest
from cast import LIANFENG, NOON

from diancai.ground.people.models import Account, Post
from diancai.ground.programme.models import Programme
from diancai.stages.remark.models import ImportBatch

LONG = "9" * 23


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=水&after=²",
        f"/search/?q=水&after={LONG}",
        "/needs/?q=水&after=²",
        f"/needs/?q=水&after={LONG}",
        "/needs/?month=9999-12",
        "/needs/?after=0001-01-01T00:00%2B14:00~1",
        f"/needs/?sort=oldest&after=2019-12-01T00:00%2B08:00~{LONG}",
        "/review/?after=²~1",
        f"/review/?after={LONG}~1",
        "/review/?need=²",
        "/orders/?department=²",
        f"/orders/?department={LONG}",
        f"/board/?department={LONG}",
        "/offers/?department=²",
        f"/offers/?department={LONG}",
        f"/supply-lists/?department={LONG}",
        "/remarks/?month=9999-12",
        "/remarks/?month=0001-01",
        "/remarks/?after=²~²",
    ],
)
def test_spoilt_keys_and_numbers_are_taken_as_not_said(browser, programme, address) -> None:
    answer = browser("county_office").get(address)
    assert answer.status_code in {200, 403, 404}, address


def test_an_unknown_role_is_told_beside_its_field_and_gives_nothing(browser, programme, cast) -> None:
    client, before = browser("administrator"), Post.objects.count()
    sent = {"role": "emperor", "valid_from": "2019-12-01", "place": LIANFENG}
    answer = client.post(f"/people/{cast.stranger.username}/", sent)
    assert (answer.status_code, Post.objects.count()) == (200, before)
    assert "请从列出的岗位中选一个。" in answer.content.decode()
    answer = client.post("/people/new/", {**sent, "username": "baiyun", "password": "yellow-river-9"})
    assert answer.status_code == 200


def test_an_account_closed_by_the_administrator_is_out_at_once(browser, programme, cast) -> None:
    officer, administrator = browser("village_officer"), browser("administrator")
    assert officer.get("/me/").status_code == 200
    administrator.post(f"/people/{cast.village_officer.username}/close/")
    assert officer.get("/me/")["Location"].startswith("/accounts/login/")
    assert "重新启用" in administrator.get(f"/people/{cast.village_officer.username}/").content.decode()
    administrator.post(f"/people/{cast.village_officer.username}/reopen/")
    assert Account.objects.get(pk=cast.village_officer.pk).is_active


def test_a_post_ended_on_the_page_is_over_at_once(browser, programme, cast) -> None:
    officer, post = browser("village_officer"), cast.village_officer.posts.get()
    assert officer.get("/remarks/").status_code == 200
    browser("administrator").post(f"/people/{cast.village_officer.username}/posts/{post.pk}/end/")
    assert officer.get("/remarks/").status_code == 403


def test_another_programme_is_looked_at_until_it_is_changed_back(browser, programme) -> None:
    client = browser("county_office")
    assert "/me/programme/" not in client.get("/me/").content.decode()
    held = Programme.objects.get(pk=programme.id)
    name = "明年的行动"
    Programme.objects.create(
        key="2020", name=name, short_name=name, prefecture_code=held.prefecture_code, starts_on=held.starts_on,
        strands=held.strands,
    )  # fmt: skip
    for key, shown in (("2020", True), ("nothing", True), ("2019", False)):
        client.post("/me/programme/", {"programme": key})
        bar = client.get("/me/").content.decode().partition("</header>")[0]
        assert (name in bar) == shown, key


def test_an_import_of_offers_does_not_open_among_the_imports_of_remarks(browser, programme, cast) -> None:
    batch = ImportBatch.objects.create(
        programme_id=programme.id, uuid=uuid4(), by=cast.county_office, at=NOON, prefecture_code="150800000000",
        county_code="150821000000", subject="offer", file_name="服务.xlsx", source="need_sheet",
    )  # fmt: skip
    assert browser("county_office").get(f"/imports/{batch.pk}/").status_code == 404
