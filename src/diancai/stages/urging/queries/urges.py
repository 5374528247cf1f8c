"""Urgings as they were sent and answered."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import full_name
from diancai.ground.place.sight import seen
from diancai.stages.order.models import Order
from diancai.stages.order.standing import order_scope
from diancai.stages.urging.models import Urge
from diancai.stages.urging.rows import UrgeRow
from diancai.stages.urging.standing import UNANSWERED
from diancai.words import UrgingCause, UrgingStep

WITH_ALL = ("order", "department", "letter", "sent_by", "answered_by")


def list_urges(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    step: str = "",
    waiting: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[UrgeRow]:
    """Urgings in the account's sight, the newest first. `waiting`: `open` for those not answered, `late` for those
    whose time for an answer is over too, `answered`. Raises `NotAllowed`, also for a place out of sight.
    """
    today = timezone.localdate()
    found = _seen(account, place_code).filter(programme_id=programme_id)
    if department_id:
        found = found.filter(department_id=department_id)
    if step:
        found = found.filter(step=step)
    marks = {
        "open": UNANSWERED,
        "late": UNANSWERED & Q(answer_due_on__lt=today),
        "answered": Q(answered_at__isnull=False),
    }
    found = found.filter(marks.get(waiting, Q())).filter(older_than(after, "made_at")).select_related(*WITH_ALL)
    page = list(found.order_by("-made_at", "-id")[: limit + 1])
    more = after_key(page[limit - 1].made_at, page[limit - 1].pk) if len(page) > limit else None
    return Page(tuple(urge_row(urge, today) for urge in page[:limit]), more)


def count_unanswered(account: Account, *, programme_id: int, department_id: int | None = None) -> int:
    """How many urgings wait for an answer in the account's sight."""
    found = _seen(account, "").filter(UNANSWERED, programme_id=programme_id)
    return (found.filter(department_id=department_id) if department_id else found).count()


def urges_of_order(account: Account, order_id: int) -> tuple[UrgeRow, ...]:
    """All urgings of an order that the account may see, the oldest first; none of a hidden one. Raises `NotFound`."""
    order = Order.objects.filter(pk=order_id).prefetch_related("assignments").first()
    if order is None or not can(account, Act.SEE_ORDER, order_scope(order, order.assignments.all())):
        raise NotFound
    shown = Urge.objects.filter(order=order, sent_at__isnull=False, order__hidden_at=None)
    found = shown.select_related(*WITH_ALL).order_by("id")
    return tuple(urge_row(urge, timezone.localdate()) for urge in found)


def _seen(account: Account, place_code: str) -> QuerySet[Urge]:
    condition = seen(account, Act.SEE_ORDER, place_code, departments="department_id")
    return Urge.objects.filter(condition, sent_at__isnull=False, order__hidden_at=None)


def urge_row(urge: Urge, today: date) -> UrgeRow:
    """The row of an urging that was sent, its order, department, letter and people loaded."""
    order, asked = urge.order, urge.answer_due_on is not None and urge.answered_at is None
    return UrgeRow(
        id=urge.pk,
        order_id=order.pk,
        number=order.number,
        content=order.content,
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        assignment_id=urge.part_id,
        department_id=urge.department_id,
        department=urge.department.name,
        step=UrgingStep(urge.step),
        cause=UrgingCause(urge.cause),
        letter_id=urge.letter_id,
        letter_number=urge.letter.number if urge.letter else "",
        words=urge.words,
        skip_reason=urge.skip_reason,
        due_on=urge.due_on,
        sent_at=urge.sent_at or urge.made_at,
        sent_by=str(urge.sent_by or ""),
        answer_due_on=urge.answer_due_on,
        answered_at=urge.answered_at,
        answered_by=str(urge.answered_by or ""),
        answer=urge.answer,
        promised_on=urge.promised_on,
        is_unanswered=asked,
        is_answer_late=asked and urge.answer_due_on is not None and urge.answer_due_on < today,
    )
