"""Liaison stations and collection teams: who answers, whom to call in danger."""

import pytest
from cast import DENGKOU, LIANFENG, NOON, TAERHU

from diancai.ground.errors import Missing, NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.place.errors import PhoneUnreadable
from diancai.ground.place.models import TeamMember
from diancai.ground.place.queries import get_station, list_teams
from diancai.ground.place.stations import add_member, make_team, set_station


def test_the_town_names_its_officer_and_duty_phone(cast):
    set_station(by=cast.town_officer, at=NOON, place_code=TAERHU, officer=cast.town_officer, duty_phone="0478-1234567")
    assert (get_station(TAERHU).officer, get_station(TAERHU).duty_phone) == ("王贵", "0478-1234567")


def test_a_village_has_a_station_of_its_own(cast):
    set_station(by=cast.county_office, at=NOON, place_code=LIANFENG, officer=cast.village_officer, duty_phone="120")
    assert get_station(LIANFENG).officer == "娜仁"


@pytest.mark.parametrize(
    "person", ["village_officer", "other_county_office", "department_contact", "leader", "stranger"]
)
def test_others_may_not_change_a_station(cast, person):
    with pytest.raises(NotAllowed):
        set_station(by=getattr(cast, person), at=NOON, place_code=TAERHU, duty_phone="110")
    assert not Event.objects.filter(kind="station.set").exists()


@pytest.mark.parametrize("phone", ["<script>", "打给我", "1" * 30])
def test_an_unreadable_phone_is_refused_and_nothing_saved(cast, phone):
    with pytest.raises(PhoneUnreadable):
        set_station(by=cast.town_officer, at=NOON, place_code=TAERHU, duty_phone=phone)
    assert get_station(TAERHU).duty_phone == ""


def test_a_team_has_members_without_accounts_whose_names_are_sealed(cast):
    team = make_team(by=cast.town_officer, at=NOON, place_code=TAERHU, name="塔尔湖镇收集小分队")
    row = add_member(
        by=cast.town_officer, at=NOON, team_id=team.id, name="张三丰", phone="13812345678", capacity="热心群众"
    )
    [member] = row.members
    assert (member.name, member.phone, member.capacity) == ("张**", "138****5678", "热心群众")
    assert TeamMember.objects.get().name == "张三丰"
    assert "张三丰" not in str(Event.objects.get(kind="team.member_added").details)
    assert list_teams(TAERHU) == [row]


def test_a_team_of_another_county_is_out_of_reach(cast):
    team = make_team(by=cast.town_officer, at=NOON, place_code=TAERHU, name="小分队")
    with pytest.raises(NotAllowed):
        add_member(by=cast.other_county_office, at=NOON, team_id=team.id, name="李四")
    with pytest.raises(NotAllowed):
        make_team(by=cast.town_officer, at=NOON, place_code=DENGKOU, name="别处")
    with pytest.raises(NotFound):
        add_member(by=cast.town_officer, at=NOON, team_id=999_999, name="李四")
    with pytest.raises(Missing):
        make_team(by=cast.town_officer, at=NOON, place_code=TAERHU, name=" ")
