"""Issuing the slip with which a resident answers himself, and ending one that was lost."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import full_name
from diancai.stages.feedback.digest import digest_of
from diancai.stages.feedback.errors import NotRateable
from diancai.stages.feedback.models import AnswerSlip
from diancai.stages.feedback.queries.slips import phone_of
from diancai.stages.feedback.rows import SlipIssued
from diancai.stages.feedback.rules import make_code, spaced
from diancai.stages.order.actions.holding import lock
from diancai.words import OrderState, Route

LASTS = timedelta(days=180)


@transaction.atomic
def issue_slip(
    *, by: Account, at: datetime, order_id: int, draw: Callable[[int], int] = secrets.randbelow
) -> SlipIssued:
    """A new slip for a household behind the order; the code is known only now. Good for 180 days and all rounds.

    Raises `NotFound`, `NotAllowed`, `NotRateable` (withdrawn, or an order that went up).
    """
    order = lock(order_id)
    if order.hidden_at is not None or order.need.route != Route.LIST:
        raise NotFound
    check(by, Act.FOLLOW_UP, order.scope)
    if order.is_twin or order.state == OrderState.WITHDRAWN:
        raise NotRateable
    code = make_code(draw)
    slip = AnswerSlip.objects.create(
        order=order, digest=digest_of(code), issued_at=at, issued_by=by, expires_at=at + LASTS
    )
    _tell("feedback.slip_issued", slip, by, at)
    return SlipIssued(
        code=code,
        printed=spaced(code),
        expires_on=timezone.localdate(slip.expires_at),
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        content=order.content,
        order_number=order.number,
        call=phone_of(order),
    )


@transaction.atomic
def end_slip(*, by: Account, at: datetime, slip_id: int) -> None:
    """A lost slip answers no more; what was answered with it stays. Raises `NotFound`, `NotAllowed`."""
    slip = AnswerSlip.objects.select_for_update(of=("self",)).select_related("order").filter(pk=slip_id).first()
    if slip is None:
        raise NotFound
    check(by, Act.FOLLOW_UP, slip.order.scope)
    if slip.ended_at is None:
        slip.ended_at = at
        slip.save(update_fields=["ended_at"])
        _tell("feedback.slip_ended", slip, by, at)


def _tell(kind: str, slip: AnswerSlip, by: Account, at: datetime) -> None:
    details: dict[str, object] = {"order_id": slip.order_id, "slip_id": slip.pk, "expires_at": slip.expires_at}
    record(kind, subject=("order", slip.order_id), by=by, at=at, scope=slip.order.scope, details=details)
