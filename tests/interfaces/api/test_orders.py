"""Orders over the JSON interface: read, asked where they stand, acted on with the same refusals as the pages."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from stages.making import make_need
from stages.order.bringing import part_of, placed

from diancai.ground.people.tokens import make_token
from diancai.stages.order.models import Order


@pytest.fixture
def call(client, cast):
    """Ask as somebody of the cast: with a body it is an act."""

    def ask(person, path, body=None):
        now = datetime.now(UTC)
        token = make_token(by=None, at=now, account=getattr(cast, person), name="test")
        headers = {"Authorization": f"Bearer {token}"}
        address = f"/api/v1/{path}"
        if body is None:
            return client.get(address, headers=headers)
        return client.post(address, json.dumps(body), content_type="application/json", headers=headers)

    return ask


@pytest.fixture
def order(cast, programme):
    return placed(cast, make_need(programme.id).pk, department_id=cast.department.pk)


def test_an_order_tells_its_parts_and_what_may_be_done_now(call, order):
    told = call("county_office", f"orders/{order.id}").json()
    assert (told["number"], told["state"], told["level"]) == (order.number, "dispatched", "county")
    assert told["parts"][0]["department"] == "五原县农牧局"
    assert "escalate" in told["acts"]
    assert call("other_county_office", f"orders/{order.id}").status_code == 404


def test_the_village_asks_where_its_need_stands(call, order):
    steps = call("village_officer", f"needs/{order.need_id}/steps").json()
    assert steps[-1]["zh"] == "已派给五原县农牧局，等它接单"
    assert call("stranger", f"needs/{order.need_id}/steps").status_code == 404


def test_acts_go_up_and_come_back_with_the_codes_of_their_refusals(call, order):
    told = {"tried": "县里已打井1眼", "asked_for": "取水指标"}
    assert call("village_officer", f"orders/{order.id}/escalate", told).status_code == 403
    assert call("county_office", f"orders/{order.id}/escalate", told).json()["state"] == "escalated"
    again = call("county_office", f"orders/{order.id}/escalate", told)
    assert (again.status_code, again.json()["code"]) == (409, "act_not_now")
    twin = Order.objects.get(is_twin=True)
    answered = call("prefecture_office", f"orders/{twin.pk}/answer", {"answer": "returned", "words": "旗县可办"})
    assert (answered.status_code, answered.json()["code"]) == (422, "words_missing")
    for wrong in ({"answer": "maybe"}, {"answer": "done"}):
        assert call("prefecture_office", f"orders/{twin.pk}/answer", wrong).status_code == 422


def test_an_unknown_act_or_a_part_left_out_is_not_found(call, order):
    assert call("county_office", f"orders/{order.id}/explode", {}).status_code == 404
    assert call("department_contact", f"orders/{order.id}/accept", {}).status_code == 404
    assert Order.objects.get().state == "dispatched"
    assert part_of(order).dispatched_at < datetime.now(UTC) - timedelta(days=1)
