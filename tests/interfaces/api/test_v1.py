"""The JSON interface: with a token, by post, the same refusals as everywhere."""

import json
import uuid
from datetime import date

import pytest
from cast import LIANFENG, NOON, YONGLIAN
from django.utils import timezone

from diancai.ground.people.models import AccessToken
from diancai.ground.people.tokens import account_of, end_token, make_token
from diancai.ground.work.actions import run_all
from diancai.interfaces.api.shapes import CountOut, HitPage, NeedPage
from diancai.stages.need.models import Need
from diancai.stages.remark.models import Remark

SAID = "大棚黄瓜叶子发黄，想请个专家来看看"


@pytest.fixture
def call(client, cast, programme):
    """Ask as somebody of the cast."""
    tokens = {}

    def ask(person, verb, path, body=None, **query):
        account = getattr(cast, person)
        if person not in tokens:
            tokens[person] = make_token(by=None, at=timezone.now(), account=account, name="test")
        headers = {"Authorization": f"Bearer {tokens[person]}"}
        if verb == "post":
            return client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)
        return client.get(f"/api/v1/{path}", query, headers=headers)

    return ask


def remark(place=LIANFENG, **more):
    return {"uuid": str(uuid.uuid4()), "text": SAID, "place_code": place, "source": "home_visit"} | more


def test_the_stranger_at_the_door_is_refused(client, db):
    assert client.get("/api/v1/needs").status_code == 401
    assert client.get("/api/v1/needs", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_remark_is_recorded_once_however_often_it_is_sent(call):
    told = remark(phone="13812345678", speaker="张三")
    first, second = (call("village_officer", "post", "remarks", told) for _ in range(2))
    assert (first.status_code, second.json()["id"]) == (200, first.json()["id"])
    assert Remark.objects.count() == 1
    assert "13812345678" not in first.content.decode()


def test_the_wrong_village_and_the_wrong_county_are_refused_in_both_languages(call):
    for person, place in (("village_officer", YONGLIAN), ("other_county_office", LIANFENG), ("stranger", LIANFENG)):
        answer = call(person, "post", "remarks", remark(place))
        assert answer.status_code == 403
        assert answer.json()["code"] == "not_allowed"
        assert answer.json()["zh"] != answer.json()["en"]
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"place_code": "999999999999"},
        {"source": "pigeon"},
        {"text": "   "},
        {"uuid": "not-a-uuid"},
        {"households": -3},
    ],
)
def test_what_cannot_be_taken_gets_a_clear_answer_and_saves_nothing(call, wrong):
    answer = call("county_office", "post", "remarks", remark(**wrong))
    assert answer.status_code in {404, 422}
    assert not Remark.objects.exists()


def test_needs_are_listed_for_their_county_only(call):
    call("village_officer", "post", "remarks", remark())
    run_all()
    mine = call("county_office", "get", "needs", strand="science").json()
    assert [row["strand"] for row in mine["rows"]] == ["science"]
    assert call("other_county_office", "get", "needs").json()["rows"] == []
    assert call("stranger", "get", "needs").json().get("rows", []) == []


def test_search_finds_what_was_said_within_reach(call):
    call("village_officer", "post", "remarks", remark())
    run_all()
    kinds = {row["kind"] for row in call("county_office", "get", "search", words="黄瓜").json()["rows"]}
    assert kinds == {"remark", "need"}
    assert call("other_county_office", "get", "search", words="黄瓜").json()["rows"] == []


def test_a_token_ends_by_itself_and_by_hand(cast):
    today = NOON.date()
    token = make_token(by=None, at=NOON, account=cast.village_officer, name="excel", days=10)
    assert account_of(token, on=today) == cast.village_officer
    assert account_of(token, on=today.replace(day=30)) is None
    end_token(by=None, at=NOON, token_id=AccessToken.objects.get().pk)
    assert account_of(token, on=today) is None


def test_the_description_for_programs_names_every_call(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/remarks", "/api/v1/needs", "/api/v1/search", "/api/v1/counts"} <= set(paths)


def test_no_page_of_documents_that_loads_from_elsewhere(client, db):
    assert client.get("/api/v1/docs").status_code == 404


def test_a_department_s_search_counts_only_what_it_may_see(call):
    call("village_officer", "post", "remarks", remark())
    run_all()
    found = call("department_contact", "get", "search", words="黄瓜").json()
    assert (found["rows"], found["count"]) == ([], 0)


@pytest.mark.parametrize("after", ["²", "9" * 23])
def test_a_spoilt_page_key_is_no_error(call, after):
    assert call("county_office", "get", "search", words="水", after=after).status_code == 200
    assert call("county_office", "get", "needs", words="水", after=after).status_code == 200


def test_long_answers_have_exactly_the_declared_shape(call):
    call("village_officer", "post", "remarks", remark(text="12月底前想请专家来看看大棚黄瓜的病，3户都要"))
    run_all()
    for path, query, shape in (
        ("needs", {}, NeedPage),
        ("search", {"words": "黄瓜"}, HitPage),
        ("counts", {}, CountOut),
    ):
        answer = call("county_office", "get", path, **query).json()
        for each in answer if shape is CountOut else [answer]:
            assert shape.model_validate(each).model_dump(mode="json").keys() == each.keys()
        rows = answer if shape is CountOut else answer["rows"]
        row_shape = {NeedPage: "NeedOut", HitPage: "HitOut", CountOut: "CountOut"}[shape]
        declared = call("county_office", "get", "openapi.json").json()["components"]["schemas"][row_shape]
        assert rows
        assert all(list(row) == list(declared["properties"]) for row in rows)


def test_instants_and_days_are_told_as_declared(call):
    told = call("village_officer", "post", "remarks", remark(text="12月底前想请专家来看看大棚黄瓜的病")).json()
    run_all()
    Need.objects.update(wanted_until=date(2019, 12, 31))
    (need,) = call("county_office", "get", "needs").json()["rows"]
    assert need["made_at"].endswith("Z") and told["recorded_at"].endswith("Z")
    assert need["wanted_until"] == "2019-12-31"
    assert need["place"] == told["place"]


def test_a_page_of_the_list_asks_three_questions(call, django_assert_num_queries):
    call("village_officer", "post", "remarks", remark())
    run_all()
    call("county_office", "get", "needs")
    with django_assert_num_queries(3):  # the token with its account and posts, the programme, the rows
        assert call("county_office", "get", "needs").json()["rows"]


def test_a_remark_costs_two_questions_and_six_rows(call, django_assert_num_queries):
    call("village_officer", "post", "remarks", remark())
    with django_assert_num_queries(10):  # and the savepoint around them, which in service is the transaction
        assert call("village_officer", "post", "remarks", remark()).status_code == 200
