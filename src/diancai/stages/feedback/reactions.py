"""What feedback answers: an order that was completed, went on or is over; and a need that was diverted.

Orders are settled in a once-only job keyed by the event. At a divert the words go at once, in the transaction of the
act (docs/decisions/0006 and 0008).
"""

from datetime import datetime

from diancai.ground.ledger.actions import drop_words, listen
from diancai.ground.ledger.models import Event
from diancai.ground.privacy.withholding import withhold_words
from diancai.ground.work.actions import Running, handles, queue
from diancai.stages.feedback.actions import settle_follow_ups
from diancai.stages.feedback.models import AnswerSlip, FollowUp, Rating, Try
from diancai.stages.need.models import Need
from diancai.words import FollowUpState, OrderState, Route

JOB = "feedback.settle"
OPEN = (FollowUpState.WAITING, FollowUpState.NOT_REACHED)


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("order.", on_order)
    listen("need.diverted", on_need_diverted)


def on_order(event: Event) -> None:
    """Queue a look at the follow-ups where the order was completed, or one waits that may be over now."""
    order_id = int(event.subject_id)
    if event.kind in ("order.judged", "order.hidden"):
        return
    completed = event.details.get("state") == OrderState.COMPLETED
    if completed or FollowUp.objects.filter(order_id=order_id, state__in=OPEN).exists():
        queue(JOB, key=f"{JOB}:{event.pk}", by=None, at=event.at, order_id=order_id, told_at=event.at.isoformat())


@handles(JOB)
def settle(running: Running) -> dict[str, object]:
    """Open or end what the order asks for now."""
    at = datetime.fromisoformat(running.arguments["told_at"])
    return {"follow_up": settle_follow_ups(order_id=running.arguments["order_id"], at=at)}


def on_need_diverted(event: Event) -> None:
    """Nobody is asked any more, no slip answers, and no word of an answer stays."""
    wordless = event.details["wordless_ids"]
    for found in FollowUp.objects.select_for_update(of=("self",)).filter(need_id__in=wordless).order_by("pk"):
        for record in (*Rating.objects.filter(follow_up=found), *Try.objects.filter(follow_up=found)):
            withhold_words(record, stays=())
        found.sub_place = ""  # it may be the address of a house
        found.save(update_fields=["sub_place"])
        drop_words([("follow_up", found.pk)], by=event.by, at=event.at, scope=found.scope)
    gone = Need.objects.filter(pk__in=wordless).exclude(is_live=True, route=Route.LIST).values("pk")
    FollowUp.objects.filter(need__in=gone, state__in=OPEN).update(state=FollowUpState.ENDED, changed_at=event.at)
    AnswerSlip.objects.filter(order__need__in=gone, ended_at=None).update(ended_at=event.at)
