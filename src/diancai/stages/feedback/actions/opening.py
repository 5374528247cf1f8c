"""Opening the follow-up of a round that was completed, and ending the one of a round that is over."""

from datetime import datetime

from django.db import transaction

from diancai.ground.people.models import Account
from diancai.ground.people.queries import get_account
from diancai.ground.place.queries import get_station
from diancai.stages.feedback.actions.holding import hold, tell
from diancai.stages.feedback.limits import due_at
from diancai.stages.feedback.models import FollowUp
from diancai.stages.order.actions.holding import lock
from diancai.stages.order.models import Order
from diancai.stages.order.queries import clock_facts
from diancai.stages.order.rules import can_be_rated
from diancai.words import AssignmentState, FollowUpState, OrderState, Route


@transaction.atomic
def settle_follow_ups(*, order_id: int, at: datetime) -> int | None:
    """Bring the follow-ups of an order to where the order stands; returns the open one's id, if any. Done twice it
    changes nothing.

    A completed round gets one, given to the officer of the nearest station; those of earlier rounds, and of an order
    that was withdrawn, hidden or gone on with, are ended unless they were answered. Orders that went up have none:
    the resident is asked once, below. Nobody is ever asked about a report about persons.
    """
    order = lock(order_id)
    wanted = is_asked_about(order)
    for found in FollowUp.objects.filter(order=order, state__in=[FollowUpState.WAITING, FollowUpState.NOT_REACHED]):
        if not wanted or found.round != order.round:
            _end(hold(found.pk, order), at)
    if not wanted:
        return None
    found_now = FollowUp.objects.filter(order=order, round=order.round).first()
    if found_now is None:
        return _open(order, at).pk
    if found_now.state == FollowUpState.ENDED and found_now.answered_at is None:
        _open_again(hold(found_now.pk, order), at)
    return found_now.pk


def is_asked_about(order: Order) -> bool:
    """Whether the resident is to be asked: completed, his own order, and of a need that stands on a list."""
    was_completed = order.completed_at is not None
    rateable = can_be_rated(OrderState(order.state), was_completed=was_completed)
    return rateable and not order.is_twin and order.hidden_at is None and order.need.route == Route.LIST


def _open(order: Order, at: datetime) -> FollowUp:
    opened_at = order.completed_at or at
    lead = _lead(order)
    made = FollowUp.objects.create(
        programme_id=order.programme_id,
        order=order,
        need_id=order.need_id,
        department_id=lead,
        round=order.round,
        officer=_officer(order),
        opened_at=opened_at,
        due_at=due_at(clock_facts([order.pk])[0], opened_at),
        changed_at=at,
        prefecture_code=order.prefecture_code,
        county_code=order.county_code,
        town_code=order.town_code,
        village_code=order.village_code,
        sub_place=order.sub_place,
    )
    tell("feedback.opened", made, None, at, {"due_at": made.due_at, "department_id": lead})
    return made


def _open_again(held: FollowUp, at: datetime) -> None:
    """The same round was completed once more, after it had gone on."""
    opened_at = held.order.completed_at or at
    held.state, held.opened_at = FollowUpState.WAITING, opened_at
    held.due_at, held.changed_at = due_at(clock_facts([held.order_id])[0], opened_at), at
    held.save()
    tell("feedback.opened", held, None, at, {"due_at": held.due_at, "department_id": held.department_id})


def _end(held: FollowUp, at: datetime) -> None:
    held.state, held.changed_at = FollowUpState.ENDED, at
    held.save(update_fields=["state", "changed_at"])
    tell("feedback.ended", held, None, at, {"order_state": OrderState(held.order.state)})


def _officer(order: Order) -> Account | None:
    """Who answers at the station of the village, else of the town, else of the county."""
    codes = order.scope.codes
    station = get_station(codes[-1]) if codes else None
    return get_account(station.officer_username) if station and station.officer_username else None


def _lead(order: Order) -> int | None:
    """Who led the round that was completed."""
    led = [part for part in order.assignments.all() if part.round == order.round and part.is_lead]
    done = [part for part in led if part.state == AssignmentState.COMPLETED]
    return (done or led)[-1].department_id if led else None
