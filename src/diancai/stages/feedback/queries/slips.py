"""What a resident sees with his slip: the place, the matter and what was done, and nobody's name.

A code that was mistyped, unknown, ended or expired costs the same reads as one that is good: nothing can be learned
from how long an answer takes.
"""

from datetime import datetime

from django.utils import timezone

from diancai.ground.place.queries import full_name, get_station
from diancai.stages.feedback.digest import digest_of
from diancai.stages.feedback.errors import CodeMistyped, SlipExpired, SlipUnknown
from diancai.stages.feedback.models import AnswerSlip, Rating
from diancai.stages.feedback.queries.done import done_words, known_of
from diancai.stages.feedback.rows import RatingRow, SlipPage, SlipRow
from diancai.stages.feedback.rules import covered, read_code
from diancai.stages.order.models import Order
from diancai.stages.order.rules import can_be_rated
from diancai.words import AnswerWay, OrderState, Route, Satisfaction, Solved

NO_CODE = "-"


def find_slip(typed: str, at: datetime) -> AnswerSlip:
    """The slip of a code as typed. Raises `CodeMistyped`, `SlipUnknown`, `SlipExpired`; one read in each case."""
    code = read_code(typed)
    slip = AnswerSlip.objects.select_related("order__need").filter(digest=digest_of(code or NO_CODE)).first()
    if code is None:
        raise CodeMistyped
    if slip is None or slip.ended_at is not None or slip.order.hidden_at is not None:
        raise SlipUnknown
    if slip.order.need.route != Route.LIST:
        raise SlipUnknown
    if slip.expires_at <= at:
        raise SlipExpired
    return slip


def get_slip_page(code: str, at: datetime) -> SlipPage:
    """What stands on a resident's page. `code` as typed. Raises as `find_slip`."""
    slip = find_slip(code, at)
    order = slip.order
    was_completed = order.completed_at is not None
    rateable = can_be_rated(OrderState(order.state), was_completed=was_completed)
    last = Rating.objects.filter(slip=slip).select_related("follow_up").order_by("-id").first()
    stands = last is not None and (last.follow_up.round == order.round or not rateable)
    asked_round = last.follow_up.round if stands and last is not None else order.round
    lead = order.assignments.filter(is_lead=True, round=asked_round).select_related("department").order_by("-id")
    leads = [part.department.name for part in lead[:1]]
    need = order.need
    return SlipPage(
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        content=covered(order.content, known_of(order.need_id)),
        said_on=need.first_said_on or timezone.localdate(order.placed_at),
        completed_on=timezone.localdate(order.completed_at) if rateable and order.completed_at else None,
        done_words=done_words(order, asked_round),
        department=leads[0] if leads else "",
        round=asked_round,
        answered=rating_row(last) if stands and last is not None else None,
        call=phone_of(order),
    )


def phone_of(order: Order) -> str:
    """The duty phone of the nearest station: an office's number, never a person's own."""
    codes = order.scope.codes
    station = get_station(codes[-1]) if codes else None
    return station.duty_phone if station else ""


def rating_row(rating: Rating, *, counts: bool = False) -> RatingRow:
    """An answer as a row."""
    return RatingRow(
        way=AnswerWay(rating.way),
        solved=Solved(rating.solved),
        satisfaction=Satisfaction(rating.satisfaction) if rating.satisfaction else None,
        words=rating.shown,
        told_at=rating.told_at,
        taken_by=str(rating.taken_by or ""),
        opened_redo=rating.opened_redo,
        counts=counts,
    )


def slip_row(slip: AnswerSlip) -> SlipRow:
    """A slip as a row."""
    return SlipRow(slip.pk, slip.issued_at, str(slip.issued_by), slip.expires_at, slip.ended_at)
