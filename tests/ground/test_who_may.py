"""Who may do what, as a truth table: every act × every person, at home, in the wrong county, and the stranger.

The table is written out by hand, not taken from the code: a change of leave must be made twice, on purpose.
"""

from datetime import date, timedelta

import pytest
from cast import LIANFENG
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.people.who_may import ALLOWED, Act, PostInForce, Scope, may, may_somewhere, reaches
from diancai.words import Level, Role

TODAY = date(2019, 12, 10)
HERE = Scope("150800000000", "150821000000", "150821101000", LIANFENG, frozenset({7}))
ELSEWHERE = Scope("150800000000", "150822000000", "150822103000", "150822103201", frozenset({8}))


def post(role, level=None, code="", department=None):
    return PostInForce(role, TODAY - timedelta(days=30), None, code, level, department)


PEOPLE = {
    "village": post(Role.LIAISON_OFFICER, Level.VILLAGE, LIANFENG),
    "town": post(Role.TOWN_OFFICER, Level.TOWN, "150821101000"),
    "county": post(Role.PROGRAMME_OFFICE, Level.COUNTY, "150821000000"),
    "prefecture": post(Role.PROGRAMME_OFFICE, Level.PREFECTURE, "150800000000"),
    "contact": post(Role.DEPARTMENT_CONTACT, department=7),
    "dept_leader": post(Role.DEPARTMENT_LEADER, department=7),
    "leader": post(Role.LEADER, Level.PREFECTURE, "150800000000"),
    "auditor": post(Role.AUDITOR, Level.PREFECTURE, "150800000000"),
    "admin": post(Role.ADMINISTRATOR, Level.PREFECTURE, "150800000000"),
}
MAY_HERE = {
    Act.RECORD_REMARK: "village town county prefecture",
    Act.SEE_REMARK: "village town county prefecture leader",
    Act.SEE_DIVERTED: "county prefecture",
    Act.REVEAL_PERSONAL: "village town county prefecture",
    Act.IMPORT_REMARKS: "village town county prefecture",
    Act.WITHDRAW_BATCH: "town county prefecture",
    Act.SEE_NEED: "village town county prefecture leader",
    Act.COMB_NEED: "town county prefecture",
    Act.REVIEW_NEED: "county",
    Act.DRAFT_DEMAND_LIST: "county",
    Act.PUBLISH_DEMAND_LIST: "county",
    Act.SEE_LISTS: "village town county prefecture leader contact dept_leader",
    Act.WRITE_OFFER: "county prefecture contact dept_leader",
    Act.PUBLISH_SUPPLY_LIST: "county prefecture dept_leader",
    Act.SEE_SIGNED_PAPER: "county prefecture leader contact dept_leader auditor",
    Act.DECIDE_MATCH: "county prefecture",
    Act.SEE_MATCH: "county prefecture leader contact dept_leader",
    Act.PLACE_ORDER: "county prefecture",
    Act.DISPATCH_ORDER: "county prefecture",
    Act.ANSWER_ORDER: "contact dept_leader",
    Act.CLOSE_ORDER: "county prefecture",
    Act.SECOND_CLOSING: "county prefecture leader",
    Act.ESCALATE_ORDER: "county prefecture contact dept_leader",
    Act.TELL_RESIDENT: "village town county prefecture contact dept_leader",
    Act.URGE_ORDER: "town county prefecture contact dept_leader",
    Act.SEND_LETTER: "county prefecture",
    Act.ANSWER_URGE: "contact dept_leader",
    Act.HAND_OVER_WORK: "village town county prefecture contact dept_leader",
    Act.SEE_ORDER: "village town county prefecture leader contact dept_leader",
    Act.FOLLOW_UP: "village town county prefecture",
    Act.SEE_ANSWERS: "village town county prefecture leader contact dept_leader",
    Act.TELL_VILLAGE: "village town county prefecture",
    Act.MANAGE_STATION: "town county prefecture admin",
    Act.READ_LEDGER: "auditor",
    Act.MANAGE_PEOPLE: "admin",
}
WHOLE_PREFECTURE = {"prefecture", "leader", "auditor", "admin"}


def test_the_table_knows_every_act():
    assert set(MAY_HERE) == set(Act) == set(ALLOWED)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("person", PEOPLE)
def test_at_home(act, person):
    assert may([PEOPLE[person]], act, HERE, TODAY) == (person in MAY_HERE[act].split())


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("person", PEOPLE)
def test_in_another_county_only_the_prefecture_reaches(act, person):
    expected = person in MAY_HERE[act].split() and person in WHOLE_PREFECTURE
    assert may([PEOPLE[person]], act, ELSEWHERE, TODAY) == expected


@pytest.mark.parametrize("act", Act)
def test_the_stranger_may_nothing(act):
    assert not may([], act, HERE, TODAY)
    assert not may_somewhere([], act, TODAY)


def test_the_prefecture_reviews_its_own_level_only():
    own = Scope("150800000000")
    assert may([PEOPLE["prefecture"]], Act.PUBLISH_DEMAND_LIST, own, TODAY)
    assert not may([PEOPLE["county"]], Act.PUBLISH_DEMAND_LIST, own, TODAY)


@given(st.integers(-400, 400), st.integers(0, 400))
def test_a_post_holds_from_its_first_day_to_its_last(offset, length):
    term = PostInForce(Role.PROGRAMME_OFFICE, TODAY, TODAY + timedelta(days=length), "150821000000", Level.COUNTY)
    assert may([term], Act.REVIEW_NEED, HERE, TODAY + timedelta(days=offset)) == (0 <= offset <= length)


def test_a_post_reaches_down_never_up():
    assert reaches(PEOPLE["county"], HERE)
    assert not reaches(PEOPLE["village"], Scope("150800000000", "150821000000"))
