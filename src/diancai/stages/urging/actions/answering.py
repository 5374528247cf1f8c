"""Answers in writing: by the department that was urged, one for as many urgings as it is true of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.urging.actions.reminding import checked
from diancai.stages.urging.errors import AnsweredAlready
from diancai.stages.urging.models import Urge
from diancai.stages.urging.rules import check_answer
from diancai.stages.urging.standing import UNANSWERED


@transaction.atomic
def answer_urges(
    *, by: Account, at: datetime, urge_ids: Iterable[int], answer: str, promised_on: date | None = None
) -> int:
    """Answer urgings of one department in one act, with those sent before about the same parts; returns how many
    were answered. `promised_on`: the day by
    which the department says it will be done; until then no further step may follow.

    Raises `NobodyChosen`, `TooManyChosen`, `NotFound`, `NotAllowed`, `AnsweredAlready`, `AnswerMissing`,
    `AnswerTooLong`, `PromisedInPast`.
    """
    ids = checked(urge_ids)
    said = check_answer(answer, promised_on, timezone.localdate(at))
    found = Urge.objects.select_for_update(of=("self",)).filter(pk__in=ids, sent_at__isnull=False)
    urges = list(found.select_related("order").order_by("id"))
    if len(urges) != len(ids) or any(urge.order.hidden_at for urge in urges):
        raise NotFound
    for urge in urges:
        check(by, Act.ANSWER_URGE, replace(urge.order.scope, department_ids=frozenset({urge.department_id})))
        if urge.answered_at is not None or urge.answer_due_on is None:
            raise AnsweredAlready
    # What was asked before about the same parts is answered with it: nobody writes the same answer twice.
    before = Urge.objects.filter(part__in=[urge.part_id for urge in urges], pk__lte=max(ids)).filter(UNANSWERED)
    ids = sorted({*ids, *before.values_list("pk", flat=True)})
    Urge.objects.filter(pk__in=ids).update(answered_at=at, answered_by=by, answer=said, promised_on=promised_on)
    record(
        "urging.answered",
        subject=("urge", ids[0]),
        by=by,
        at=at,
        scope=urges[0].order.scope,
        details={
            "count": len(ids),
            "urge_ids": ids,
            "order_ids": sorted({urge.order_id for urge in urges}),
            "promised_on": promised_on,
            "digest": rows_digest([str(number) for number in ids]),
        },
        words={"answer": said},
        about=sorted({("order", urge.order_id) for urge in urges}),
    )
    return len(ids)
