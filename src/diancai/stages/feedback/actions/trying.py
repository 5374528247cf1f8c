"""Noting that a resident was called or visited in vain."""

from datetime import datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.feedback.actions.holding import follow_up_in_hand, tell
from diancai.stages.feedback.errors import NotRateable, TryInFuture
from diancai.stages.feedback.limits import days_of_tries
from diancai.stages.feedback.models import FollowUp, Try
from diancai.stages.feedback.queries.follow_ups import row_of
from diancai.stages.feedback.rows import FollowUpRow
from diancai.stages.feedback.rules import state_after
from diancai.stages.order.actions import record_verdict
from diancai.stages.order.rules import can_be_rated, fitted
from diancai.words import AnswerWay, FollowUpState, OrderState, TryFate


def record_try(
    *,
    by: Account,
    at: datetime,
    follow_up_id: int,
    way: AnswerWay | str,
    fate: TryFate | str,
    words: str = "",
    tried_at: datetime | None = None,
) -> FollowUpRow:
    """Note a vain try; after tries on three different days the resident counts as not reached, and may be reached yet.

    `tried_at`: when it was, for tries entered later. Raises `NotFound`, `NotAllowed`, `FollowUpOver`, `NotRateable`,
    `TryInFuture`, `WordsTooLong`.
    """
    with follow_up_in_hand(follow_up_id, by) as held:
        if not can_be_rated(OrderState(held.order.state), was_completed=held.order.completed_at is not None):
            raise NotRateable
        when = tried_at or at
        if when > at or when < held.opened_at:
            raise TryInFuture
        shown = fitted(words, 300, "说明", "words")
        on = timezone.localdate(when)
        Try.objects.create(follow_up=held, way=AnswerWay(way), fate=TryFate(fate), words=shown, on=on, at=when, by=by)
        _count_days(held, at)
        told = {"way": AnswerWay(way), "fate": TryFate(fate), "on": on, "days_tried": held.days_tried}
        tell("feedback.tried", held, by, at, told, {"words": shown} if shown else None)
        if held.answered_at is None:
            record_verdict(by=by, at=at, order_id=held.order_id, round=held.round, verdict=None, tried=held.days_tried)
        return row_of(held.pk, at)


def _count_days(held: FollowUp, at: datetime) -> None:
    days = list(held.attempts.values_list("on", flat=True))
    held.days_tried = len(set(days))
    if held.state != FollowUpState.REACHED:
        held.state = state_after(days, days_of_tries(), is_answered=held.answered_at is not None)
    held.changed_at = at
    held.save(update_fields=["days_tried", "state", "changed_at"])
