"""The demo tells the real case: its counts, its honesty, nothing of a private person."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.ledger.models import Event
from diancai.ground.ledger.queries import verify
from diancai.ground.people.models import Account
from diancai.ground.place.models import Department
from diancai.ground.programme.actions import load_programme
from diancai.ground.programme.queries import get_programme
from diancai.interfaces.console.story import tell
from diancai.interfaces.console.story.stage import LAST_DAY, weeks_to
from diancai.stages.need.models import DemandEdition, DemandLine, Need
from diancai.stages.order.actions import pass_to_successor
from diancai.stages.order.models import Assignment, Escalation, Extension, Order, Pause, ProblemOrder, Redo
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.words import NeedState, OrderState, Route

# A summer's day of the past: posts hold on any machine's own day, and no season of the story fits.
TODAY = date(2021, 7, 14)
ENDED = (OrderState.CLOSED, OrderState.PLANNED, OrderState.WITHDRAWN, OrderState.COMPLETED)
HOU_QI, HANGJIN = "150825000000", "150826000000"


@pytest.mark.django_db
def test_the_demo_is_the_real_case_and_honest():
    tell(lambda step: None, TODAY)
    listed = Need.objects.filter(route=Route.LIST, state=NeedState.LISTED)
    assert listed.count() == 114
    by_county = Counter(listed.values_list("county_code", flat=True))
    assert (by_county[HOU_QI], by_county[HANGJIN], len(by_county)) == (23, 64, 7)
    assert DemandLine.objects.count() == 114
    assert DemandEdition.objects.filter(state="published").count() == 7

    first_editions = SupplyEdition.objects.filter(is_supplement=False)
    offers = Offer.objects.filter(lines__edition__in=first_editions)
    assert offers.count() == 58
    assert offers.values("department").distinct().count() == 21

    states = Counter(Order.objects.filter(is_twin=False).values_list("state", flat=True))
    assert sum(states.values()) == 114
    assert states[OrderState.PLANNED] == 4
    assert states[OrderState.RETURNED] == 1
    assert ProblemOrder.objects.get().order.content.startswith("镇区恢复公共浴室")
    assert 0 < states[OrderState.CLOSED] < 20
    assert Order.objects.filter(times_returned__gt=0).count() == 3
    refused = Order.objects.get(closing_reason="not_allowed")
    assert "水法" in refused.closing_rule
    assert Redo.objects.filter(closed_as="partly_solved").exists(), "what was closed before stays known"
    assert Redo.objects.count() == 3, "one asked for by the office, two by residents who said: not solved"
    assert Counter(Escalation.objects.values_list("answer", flat=True)) == {
        "takes_over": 2,
        "takes_part": 2,
        "returned": 1,
    }
    assert (Pause.objects.filter(until=None).count(), Extension.objects.get().granted) == (1, True)

    off_list = Counter(Need.objects.exclude(route=Route.LIST).values_list("route", flat=True))
    assert (off_list[Route.DIVERT], off_list[Route.EMERGENCY]) == (1, 1)
    assert not DemandLine.objects.exclude(need__route=Route.LIST).exists()
    assert verify().holds

    programme = get_programme("2019")
    assert programme.moved_weeks == 77
    assert programme.starts_on <= TODAY <= programme.ends_on, "the programme is running"
    late = Order.objects.filter(due_on__lt=TODAY).exclude(state__in=ENDED)
    assert 0 < late.count() < 12
    assert Offer.objects.filter(valid_from__lte=TODAY, valid_until__gte=TODAY).count() > 50
    assert not Event.objects.filter(at__date__gt=TODAY).exists(), "nothing happened in the future"
    held = dict(Order.objects.values_list("pk", "state"))
    rename_every_unit(Account.objects.get(username="zhaohong"), datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert not Assignment.objects.filter(ended_at=None, department__valid_until__isnull=False).exists()
    assert dict(Order.objects.values_list("pk", "state")) == held, "nobody's order is orphaned or begins anew"
    assert load_programme("2019") == programme.id
    assert get_programme("2019") == programme, "setting up again leaves the moved dates alone"


def rename_every_unit(by: Account, at: datetime) -> None:
    """A reform that renames every department that holds something: it has a successor, and ends."""
    for old in Department.objects.filter(assignments__ended_at=None).distinct():
        new = Department.objects.create(
            name=f"{old.name}（新）", short_name=old.short_name, line=old.line, place=old.place, valid_from=at.date()
        )
        Department.objects.filter(pk=old.pk).update(successor=new, valid_until=at.date())
        pass_to_successor(by=by, at=at, department_id=old.pk)


@given(st.dates(LAST_DAY, date(2100, 1, 1)))
def test_the_story_ends_within_a_week_before_today_and_keeps_its_weekdays(today):
    end = LAST_DAY + timedelta(weeks=weeks_to(today))
    assert timedelta() <= today - end < timedelta(days=7)
    assert end.weekday() == LAST_DAY.weekday()


def test_before_the_story_nothing_is_moved():
    assert weeks_to(date(2019, 6, 1)) == 0
