"""What every page has: no script in the page, one heading, labels, both languages, nothing kept by proxies."""

import re

import pytest
from cast import PASSWORD
from django.test import Client
from django.urls import reverse
from stages.making import make_need

PAGES = ["first", "remarks", "new_remark", "chat", "imports", "needs", "review", "demand_lists", "offers"]
MORE = [
    "supply_lists",
    "matches",
    "gaps",
    "board",
    "orders",
    "leader",
    "search",
    "jobs",
    "me",
    "new_offer",
    "offer_imports",
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def office(browser) -> Client:
    return browser("county_office")


@pytest.mark.parametrize("name", PAGES + MORE)
def test_a_page_runs_no_script_of_its_own(office: Client, name: str) -> None:
    html = office.get(reverse(name)).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"\son\w+=", html) == []
    assert "javascript:" not in html


@pytest.mark.parametrize("name", PAGES + MORE)
def test_a_page_has_one_main_heading_and_labelled_fields(office: Client, name: str) -> None:
    html = office.get(reverse(name)).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert len(re.findall(r"<h1\b", main)) <= 1
    ids = re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', html)
    labels = set(re.findall(r'<label[^>]*\bfor="([^"]+)"', html)) | set(re.findall(r'aria-labelledby="([^"]+)"', html))
    assert [each for each in ids if each not in labels] == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES + MORE)
def test_a_page_in_english_keeps_chinese_for_names_only(office: Client, name: str) -> None:
    office.cookies["django_language"] = "en"
    html = office.get(reverse(name)).content.decode()
    html = re.sub(r'<a href="\?(?:place|department)=[^"]*"[^>]*>.*?</a>', "", html)  # names of places and departments
    text = re.sub(r"<option.*?</option>|<optgroup[^>]*>|<script.*?</script>", "", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", "\n", text)
    names = (
        "行动",
        "五原县",
        "李芳",
        "中文",
        "镇",
        "乡",
        "局",
        "委",
        "苏木",
        "农场",
        "街道",
        "园区",
        "内容",
        "联合会",
        "牧场",
        "办事处",
    )
    left = [line.strip() for line in text.splitlines() if CHINESE.search(line) and not any(n in line for n in names)]
    assert left == []


def test_pages_of_accounts_are_kept_by_no_cache(office: Client) -> None:
    assert office.get("/")["Cache-Control"] == "no-store"


def test_the_side_panel_gets_a_page_without_the_frame(office: Client) -> None:
    whole = office.get(reverse("me")).content.decode()
    panel = office.get(reverse("me"), headers={"HX-Target": "panel", "HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in panel
    assert "data-close-panel" in panel


@pytest.mark.parametrize("who", ["village_officer", "town_officer", "county_office", "prefecture_office", "leader"])
def test_the_rail_has_at_most_five_words(browser, who: str) -> None:
    html = browser(who).get("/", follow=True).content.decode()
    rail = html[html.index('<nav class="rail"') :]
    assert 2 <= rail[: rail.index("</nav>")].count("<li>") <= 5


def test_an_account_without_a_post_is_told_whom_to_ask(browser) -> None:
    assert "系统管理员" in browser("stranger").get("/").content.decode()


def test_a_page_that_does_not_exist_speaks_both_languages(db) -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
    assert "There is no such page" in answer.content.decode()


def test_a_form_from_an_outdated_page_is_told_so_in_both_languages(cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("set_language"), {"language": "en"})
    assert answer.status_code == 403
    assert "页面放得太久了" in answer.content.decode()


def test_the_language_is_changed_without_signing_in(db) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"})
    assert "Sign in" in client.get("/accounts/login/").content.decode()


def test_nobody_is_sent_to_a_foreign_site_after_an_act(browser) -> None:
    client = browser("county_office")
    answer = client.post(reverse("undo_need", args=[987654]), {"next": "https://example.org/"})
    assert answer.status_code == 302
    assert "example.org" not in answer["Location"]


def test_a_leader_lands_on_the_page_made_for_a_minute(browser) -> None:
    answer = browser("leader").get("/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("leader"))


def test_the_leaders_page_of_another_place_is_refused(browser) -> None:
    assert browser("county_office").get(reverse("leader") + "?place=150822000000").status_code == 403
    assert browser("prefecture_office").get(reverse("leader") + "?place=150822000000").status_code == 200


def test_a_link_cannot_send_a_reviewer_elsewhere_behind_a_form(browser, programme) -> None:
    need = make_need(programme.id)
    page = browser("county_office").get(reverse("edit_need", args=[need.pk]) + "?next=//example.org/").content.decode()
    assert '"//example.org/"' not in page


def test_five_wrong_passwords_lock_the_account_and_say_for_how_long(cast) -> None:
    client = Client()
    wrong = {"login": "lifang", "password": "guess"}
    answers = [client.post("/accounts/login/", wrong) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "暂停登录半小时" in answers[-1].content.decode()
    right = client.post("/accounts/login/", {"login": "lifang", "password": PASSWORD})
    assert right.status_code != 302
