"""Overdue by unit, and the parts of one unit or all with the step of the ladder they stand at."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from diancai.ground.paging import Page, whole_number
from diancai.ground.people.models import Account
from diancai.ground.place.queries import full_name, name_of
from diancai.stages.order.models import Assignment
from diancai.stages.order.queries.lists import visible
from diancai.stages.urging.models import Urge
from diancai.stages.urging.rows import PartRow, UnitRow
from diancai.stages.urging.rules.ladder import OPEN_PARTS, OVER
from diancai.stages.urging.standing import UNANSWERED, urgency_of
from diancai.words import AssignmentState, Urgency, UrgingStep

IN_HAND = Q(state__in=OPEN_PARTS, ended_at=None, order__hidden_at=None)
RUNS = Q(order__paused_at=None)


def list_units(
    account: Account, *, programme_id: int, place_code: str = "", at: datetime | None = None
) -> tuple[UnitRow, ...]:
    """Departments that hold parts in the account's sight, the one with most overdue first. Raises `NotAllowed`."""
    now = at or timezone.now()
    parts = _parts(account, programme_id, place_code, None)
    found = (
        parts.order_by()
        .values("department_id", "department__name", "department__place_id")
        .annotate(
            open=Count("id"),
            late=Count("id", filter=RUNS & Q(due_at__lte=now)),
            soon=Count("id", filter=RUNS & Q(due_at__gt=now, amber_at__lte=now)),
            oldest=Min("due_on", filter=RUNS & Q(due_at__lte=now)),
        )
    )
    sent = _sent_by_unit(parts, now)
    rows = [
        UnitRow(
            department_id=each["department_id"],
            department=each["department__name"],
            place=name_of(each["department__place_id"]),
            open=each["open"],
            late=each["late"],
            soon=each["soon"],
            oldest_due_on=each["oldest"],
            **sent.get(each["department_id"], {"reminded": 0, "supervised": 0, "noticed": 0, "unanswered": 0}),
        )
        for each in found
    ]
    return tuple(sorted(rows, key=lambda row: (-row.late, -row.soon, -row.open, row.department_id)))


def list_parts(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    only: str = "",
    after: str = "",
    limit: int = 50,
    at: datetime | None = None,
) -> Page[PartRow]:
    """Parts in hand, the longest overdue first. `only`: `late` or `soon` (amber has come, not due yet).

    Raises `NotAllowed`, also for a place or department out of sight.
    """
    now = at or timezone.now()
    found = _parts(account, programme_id, place_code, department_id)
    if only == "late":
        found = found.filter(RUNS, due_at__lte=now)
    elif only == "soon":
        found = found.filter(RUNS, due_at__gt=now, amber_at__lte=now)
    ordered = found.select_related("order__need", "department").order_by(F("due_at").asc(nulls_last=True), "id")
    start = whole_number(after) or 0  # an open list of one unit is short: the key is its place in it
    page = list(ordered[start : start + limit + 1])
    steps = _last_steps(page[:limit])
    rows = tuple(_part_row(part, steps.get(part.pk), now) for part in page[:limit])
    return Page(rows, str(start + limit) if len(page) > limit else None)


def _parts(account: Account, programme_id: int, place_code: str, department_id: int | None) -> QuerySet[Assignment]:
    orders = visible(account, place_code, department_id).filter(programme_id=programme_id).exclude(state__in=OVER)
    found = Assignment.objects.filter(IN_HAND, order__in=orders)
    return found.filter(department_id=department_id) if department_id else found


def _sent_by_unit(parts: QuerySet[Assignment], now: datetime) -> dict[int, dict[str, int]]:
    """How many parts of each department reached each step, and how many answers are overdue."""
    today = timezone.localdate(now)
    sent = Urge.objects.filter(part__in=parts, sent_at__isnull=False).order_by().values("department_id")
    by_step = {
        name: Count("part_id", filter=Q(step=step), distinct=True)
        for name, step in (
            ("reminded", UrgingStep.REMINDER),
            ("supervised", UrgingStep.SUPERVISION),
            ("noticed", UrgingStep.NOTICE),
        )
    }
    late = Count("part_id", filter=UNANSWERED & Q(answer_due_on__lt=today), distinct=True)
    counted = sent.annotate(unanswered=late, **by_step)
    names = ("reminded", "supervised", "noticed", "unanswered")
    rows = counted.values_list("department_id", *names)
    return {department_id: dict(zip(names, numbers, strict=True)) for department_id, *numbers in rows}


def _last_steps(parts: Iterable[Assignment]) -> dict[int, Urge]:
    """The highest step of each part, the newest of that step; warnings before the due day are the lowest."""
    order = list(UrgingStep)
    found: dict[int, Urge] = {}
    sent = Urge.objects.filter(part__in=list(parts), sent_at__isnull=False).order_by("id")
    for urge in sent:
        held = found.get(urge.part_id)
        if held is None or order.index(UrgingStep(urge.step)) >= order.index(UrgingStep(held.step)):
            found[urge.part_id] = urge
    return found


def _part_row(part: Assignment, last: Urge | None, now: datetime) -> PartRow:
    order = part.order
    is_paused = order.paused_at is not None
    is_late = not is_paused and part.due_at is not None and part.due_at <= now
    return PartRow(
        assignment_id=part.pk,
        order_id=order.pk,
        number=order.number,
        content=order.content,
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        department_id=part.department_id,
        department=part.department.name,
        is_lead=part.is_lead,
        state=AssignmentState(part.state),
        due_on=part.due_on,
        is_late=is_late,
        days_late=(timezone.localdate(now) - part.due_on).days if is_late and part.due_on else 0,
        is_paused=is_paused,
        is_pressing=urgency_of(part) in (Urgency.CRITICAL, Urgency.PRESSING),
        last_step=UrgingStep(last.step) if last else None,
        last_sent_at=last.sent_at if last else None,
        last_answer_due_on=last.answer_due_on if last else None,
        last_answered_at=last.answered_at if last else None,
        promised_on=last.promised_on if last else None,
    )
