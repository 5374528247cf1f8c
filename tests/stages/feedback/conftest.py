"""What the stories of follow-ups begin with: an order of 联丰村 that was completed, and its follow-up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from cast import NOON, Cast
from stages.making import make_need, make_source
from stages.order.bringing import bring_part

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.feedback.doorkeeping import forget
from diancai.stages.feedback.models import FollowUp
from diancai.stages.need.models import Need
from diancai.words import AssignmentState

LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _nobody_knocked() -> None:
    forget()


@pytest.fixture
def need(cast: Cast, programme: ProgrammeRow) -> Need:
    """联丰村 wants a course; 刘翠兰 asked for it."""
    found = make_need(programme.id)
    make_source(found, cast, speaker="刘翠兰", phone="13847801234")
    return found


@pytest.fixture
def follow_up(cast: Cast, need: Need) -> FollowUp:
    """The department completed the order; the job opened its follow-up."""
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    return FollowUp.objects.get(order_id=order.id)


@pytest.fixture
def draw() -> Callable[[int], int]:
    """Chance that is none: 0, 1, 2 …"""
    numbers = iter(range(1000))
    return lambda most: next(numbers) % most
