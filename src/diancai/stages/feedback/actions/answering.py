"""Taking an answer down: by an officer who reached the resident, or given by the resident with his slip.

Every answer is kept; the follow-up shows the one that counts. "Not solved" opens the next round of the order at once,
through an act of `order` with an event of its own. When a round cannot be opened (a meeting must decide first), the
answer stands all the same, and the order is marked as not solved for the office to see.
"""

from datetime import datetime

from django.db import transaction

from diancai.engine.said.masking import mask
from diancai.ground.constraints import judged
from diancai.ground.errors import NotNow
from diancai.ground.people.models import Account
from diancai.stages.feedback.actions.holding import check_open, follow_up_in_hand, hold, tell
from diancai.stages.feedback.actions.opening import settle_follow_ups
from diancai.stages.feedback.errors import AnswerMissing, AnswerTooLong, NotRateable, SlipUnknown
from diancai.stages.feedback.limits import days_of_tries
from diancai.stages.feedback.models import FollowUp, Rating
from diancai.stages.feedback.queries.follow_ups import row_of
from diancai.stages.feedback.queries.slips import find_slip, rating_row
from diancai.stages.feedback.rows import FollowUpRow, RatingRow
from diancai.stages.feedback.rules import Answer, counting, state_after, verdict_of
from diancai.stages.order.actions import open_redo, record_verdict
from diancai.stages.order.actions.holding import lock
from diancai.stages.order.rules import can_be_rated
from diancai.words import AnswerWay, OrderState, Satisfaction, Solved

MOST_WORDS = 500
NOT_SOLVED = "回访：群众说没有解决"
ONCE_PER_ROUND = {
    "slip_answers_once_per_round": SlipUnknown(),
    "feedback_rating.follow_up_id, feedback_rating.slip_id": SlipUnknown(),
}


def record_answer(
    *,
    by: Account,
    at: datetime,
    follow_up_id: int,
    way: AnswerWay | str,
    solved: Solved | str,
    satisfaction: Satisfaction | str | None = None,
    words: str = "",
) -> FollowUpRow:
    """Take down what a resident said by phone or on a visit; `satisfaction` None: he did not say.

    Raises `NotFound`, `NotAllowed`, `FollowUpOver`, `NotRateable`, `AnswerMissing`, `AnswerTooLong`.
    """
    with follow_up_in_hand(follow_up_id, by) as held:
        rating = _rating(held, way=AnswerWay(way), solved=solved, satisfaction=satisfaction, words=words, at=at)
        rating.taken_by = by
        _keep(held, rating, by, at)
        return row_of(held.pk, at)


def answer_by_slip(
    *, at: datetime, code: str, solved: Solved | str, satisfaction: Satisfaction | str, words: str = ""
) -> RatingRow:
    """What the resident answers himself, once for each slip and round; answering again returns what was answered.

    `code` as typed. Raises `SlipUnknown`, `CodeMistyped`, `SlipExpired`, `NotRateable`, `AnswerMissing`,
    `AnswerTooLong`.
    """
    slip = find_slip(code, at)
    with transaction.atomic(), judged(ONCE_PER_ROUND):
        order = lock(slip.order_id)
        if order.hidden_at is not None:
            raise SlipUnknown
        latest = FollowUp.objects.filter(order=order).order_by("-round").first()
        known = Rating.objects.filter(follow_up=latest, slip=slip).first() if latest else None
        if known is not None and _is_replay(known, order.completed_at):
            return rating_row(known)
        current = FollowUp.objects.filter(order=order, round=order.round).first()
        pk = current.pk if current else settle_follow_ups(order_id=order.pk, at=at)
        if pk is None:
            raise NotRateable
        held = hold(pk, order)
        if not satisfaction:
            raise AnswerMissing(field_zh="满意不满意", field_en="satisfied or not")
        rating = _rating(held, way=AnswerWay.SLIP, solved=solved, satisfaction=satisfaction, words=words, at=at)
        rating.slip = slip
        _keep(held, rating, None, at)
        return rating_row(rating)


def _is_replay(known: Rating, completed_at: datetime | None) -> bool:
    """What this slip answered stands until the next round is completed."""
    return known.follow_up.round == known.follow_up.order.round or completed_at is None


def _rating(
    held: FollowUp,
    *,
    way: AnswerWay,
    solved: Solved | str,
    satisfaction: Satisfaction | str | None,
    words: str,
    at: datetime,
) -> Rating:
    check_open(held)
    if not can_be_rated(OrderState(held.order.state), was_completed=held.order.completed_at is not None):
        raise NotRateable
    if not solved:
        raise AnswerMissing(field_zh="解决了没有", field_en="solved or not")
    told = words.strip()
    if len(told) > MOST_WORDS:
        raise AnswerTooLong(length=len(told), most=MOST_WORDS)
    return Rating(
        follow_up=held,
        way=way,
        solved=Solved(solved),
        satisfaction=Satisfaction(satisfaction) if satisfaction else "",
        verbatim=told,
        shown=mask(told).shown[:MOST_WORDS],
        told_at=at,
    )


def _keep(held: FollowUp, rating: Rating, by: Account | None, at: datetime) -> None:
    rating.save(force_insert=True)
    _show(held, at)
    satisfaction = Satisfaction(rating.satisfaction) if rating.satisfaction else None
    details = {"rating_id": rating.pk, "way": rating.way, "solved": rating.solved, "satisfaction": rating.satisfaction}
    tell("feedback.answered", held, by, at, details, {"words": rating.shown} if rating.shown else None)
    verdict = verdict_of(Solved(rating.solved), satisfaction)
    if verdict is not None:
        record_verdict(by=by, at=at, order_id=held.order_id, round=held.round, verdict=verdict, tried=held.days_tried)
    if rating.solved == Solved.NO:
        rating.opened_redo = _redo(held, rating, at)
        rating.save(update_fields=["opened_redo"])


def _show(held: FollowUp, at: datetime) -> None:
    """Repeat the answer that counts on the follow-up."""
    answers = [
        Answer(r.pk, r.told_at, Solved(r.solved), Satisfaction(r.satisfaction) if r.satisfaction else None)
        for r in held.ratings.all()
    ]
    found = counting(answers)
    if found is None:
        return
    held.solved, held.satisfaction = found.solved, found.satisfaction or ""
    held.answered_at, held.changed_at = found.told_at, at
    held.state = state_after((), days_of_tries(), is_answered=True)
    held.save(update_fields=["solved", "satisfaction", "answered_at", "state", "changed_at"])


def _redo(held: FollowUp, rating: Rating, at: datetime) -> bool:
    """Open the next round; False when the order's own rules forbid it now."""
    words = f"{NOT_SOLVED}。{rating.shown}" if rating.shown else NOT_SOLVED
    try:
        open_redo(at=at, order_id=held.order_id, reason=words[:300])
    except NotNow as refusal:
        tell("feedback.redo_waits", held, None, at, {"code": refusal.code})
        return False
    return True
