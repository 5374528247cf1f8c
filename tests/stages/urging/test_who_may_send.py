"""Every cell of step × role × relation: what may leave, how, and that equals are never supervised in one's own name."""

from datetime import date

import pytest

from diancai.ground.people.who_may import PostInForce
from diancai.stages.urging.rules import TABLE, About, Relation, Way, relation_of, table_text, way_of
from diancai.words import Role, UrgingStep

TODAY = date(2019, 12, 16)
CODES = ("150800000000", "150821000000", "150821101000", "150821101201")
COUNTY_BUREAU, UPPER_BUREAU, JOINT = 7, 9, 8


def _post(role: Role, place: str = "", department: int | None = None) -> PostInForce:
    return PostInForce(role, date(2019, 1, 1), None, place, None, department)


ABOUT = About(CODES, COUNTY_BUREAU, CODES[:2], COUNTY_BUREAU)
ABOVE = About(CODES, UPPER_BUREAU, CODES[:1], UPPER_BUREAU)
TO_JOINT = About(CODES, JOINT, CODES[:2], COUNTY_BUREAU)
OFFICE = Role.PROGRAMME_OFFICE

RELATIONS = [
    (_post(OFFICE, CODES[1]), ABOUT, Relation.EQUAL),
    (_post(OFFICE, CODES[0]), ABOUT, Relation.BELOW),
    (_post(OFFICE, CODES[0]), ABOVE, Relation.EQUAL),
    (_post(OFFICE, CODES[1]), ABOVE, Relation.OVER_IT),
    (_post(OFFICE, "150822000000"), ABOUT, Relation.NONE),
    (_post(Role.TOWN_OFFICER, CODES[2]), ABOUT, Relation.ASKED_FOR_IT),
    (_post(Role.TOWN_OFFICER, "150821102000"), ABOUT, Relation.NONE),
    (_post(Role.DEPARTMENT_CONTACT, department=COUNTY_BUREAU), TO_JOINT, Relation.LEADS_IT),
    (_post(Role.DEPARTMENT_CONTACT, department=COUNTY_BUREAU), ABOUT, Relation.NONE),
    (_post(Role.DEPARTMENT_CONTACT, department=JOINT), ABOUT, Relation.NONE),
]


@pytest.mark.parametrize(("post", "about", "relation"), RELATIONS)
def test_a_post_stands_to_a_department_as_the_places_say(post, about, relation) -> None:
    assert relation_of(post, about) == relation


@pytest.mark.parametrize("step", UrgingStep)
@pytest.mark.parametrize(("post", "about", "relation"), RELATIONS)
def test_the_way_out_is_that_of_the_table_and_otherwise_none(step, post, about, relation) -> None:
    way, used = way_of([post], step, about, TODAY)
    assert way == TABLE.get((step, post.role, relation), Way.NO)
    assert (used is post) == (way != Way.NO)


def test_no_letter_leaves_in_an_offices_own_name() -> None:
    letters = {way for (step, _role, _relation), way in TABLE.items() if step != UrgingStep.REMINDER}
    assert letters == {Way.THROUGH_BODY}


def test_only_an_office_writes_letters_and_never_upwards() -> None:
    senders = {(role, relation) for (step, role, relation) in TABLE if step != UrgingStep.REMINDER}
    assert senders == {(OFFICE, Relation.EQUAL), (OFFICE, Relation.BELOW)}
    assert not [key for key in TABLE if key[2] in (Relation.OVER_IT, Relation.NONE)]


def test_a_post_that_is_over_sends_nothing() -> None:
    over = PostInForce(OFFICE, date(2019, 1, 1), date(2019, 12, 15), CODES[1])
    assert way_of([over], UrgingStep.REMINDER, ABOUT, TODAY) == (Way.NO, None)


def test_the_nearest_office_is_the_one_that_writes() -> None:
    both = [_post(OFFICE, CODES[0]), _post(OFFICE, CODES[1])]
    assert way_of(both, UrgingStep.SUPERVISION, ABOUT, TODAY)[1] is both[1]


def test_the_table_prints_a_line_for_every_cell() -> None:
    assert len(table_text().splitlines()) == len(TABLE) + 2
