"""Reminders (催办): by a person over one part or many at once, and by the schedule inside office hours."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from diancai.clocks.errors import YearMissing
from diancai.ground.errors import Refusal
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.models import Assignment
from diancai.stages.order.models.orders import RUNNING
from diancai.stages.urging.errors import NobodyChosen, TooManyChosen
from diancai.stages.urging.models import Urge
from diancai.stages.urging.rows import LeftOut, Urged
from diancai.stages.urging.rules.ladder import MOST, OPEN_PARTS, OVER
from diancai.stages.urging.settling import answer_due, is_office_open
from diancai.stages.urging.standing import Held, common_scope, held_parts, new_urge
from diancai.words import UrgingCause, UrgingStep

AT_ONCE = 200


@transaction.atomic
def remind(*, by: Account, at: datetime, assignment_ids: Iterable[int], words: str = "") -> Urged:
    """Remind the departments of one part or many in one act, with one event. Parts that cannot be urged are left out
    and told; when there is none that can, their refusal is raised.

    Raises `NobodyChosen`, `TooManyChosen`, `NotFound`, `NotYoursToUrge`, `NothingToUrge`, `CalendarMissing`.
    """
    helds = held_parts(checked(assignment_ids), lock=True)
    today = timezone.localdate(at)
    fit, left_out = sifted(helds, lambda held: held.check(by, UrgingStep.REMINDER, at))
    due = answer_due(UrgingStep.REMINDER, today)
    made = [
        new_urge(held, UrgingStep.REMINDER, at, sent_at=at, sent_by=by, answer_due_on=due, words=words.strip()[:MOST])
        for held in fit
    ]
    return Urged(_kept(made, fit, by, at, {"words": words.strip()[:MOST]}), left_out)


def remind_due(*, at: datetime) -> int:
    """The chore: warn of what is due within 48 and within 24 hours, and remind of what fell due before today. Once for
    each part, cause and due day; only where the county's office is open at that moment. Returns how many were sent.
    """
    sent, after = 0, 0
    while True:
        parts = _next_parts(at, after)
        if not parts:
            return sent
        sent += _remind_some([part.pk for part in parts], at)
        after = parts[-1].pk


def checked(assignment_ids: Iterable[int]) -> list[int]:
    """Identifiers without doubles. Raises `NobodyChosen`, `TooManyChosen`."""
    ids = sorted(set(assignment_ids))
    if not ids:
        raise NobodyChosen
    if len(ids) > AT_ONCE:
        raise TooManyChosen(count=len(ids), most=AT_ONCE)
    return ids


def sifted(helds: list[Held], judge: Callable[[Held], object]) -> tuple[list[Held], tuple[LeftOut, ...]]:
    """The parts that pass, and those left out with their refusals. Raises the first refusal when none passes."""
    fit: list[Held] = []
    left_out: list[LeftOut] = []
    for held in helds:
        try:
            judge(held)
        except Refusal as refusal:
            left_out.append(LeftOut(held.part.pk, held.number, refusal))
        else:
            fit.append(held)
    if not fit:
        raise left_out[0].why
    return fit, tuple(left_out)


def _next_parts(at: datetime, after: int) -> list[Assignment]:
    """Parts in hand whose amber or due moment has come, in order of their ids."""
    near = Q(amber_at__lte=at) | Q(due_at__lte=at)
    open_now = Q(state__in=OPEN_PARTS, ended_at=None, order__paused_at=None, order__hidden_at=None)
    found = Assignment.objects.filter(RUNNING, near, open_now, pk__gt=after).exclude(order__state__in=OVER)
    return list(found.order_by("pk")[:AT_ONCE])


@transaction.atomic
def _remind_some(ids: list[int], at: datetime) -> int:
    causes = {held.part.pk: (held, cause) for held in held_parts(ids, lock=True) if (cause := _cause(held, at))}
    known = set(
        Urge.objects.filter(part__in=causes)
        .exclude(cause=UrgingCause.BY_HAND)
        .values_list("part_id", "cause", "due_on")
    )
    new = [(held, cause) for held, cause in causes.values() if (held.part.pk, cause.value, held.due_on) not in known]
    made = [_automatic(held, cause, at) for held, cause in new]
    if made:
        _kept(made, [held for held, _ in new], None, at, {})
    return len(made)


def _automatic(held: Held, cause: UrgingCause, at: datetime) -> Urge:
    """Warnings before the due day ask for no answer; the reminder after it does, where the calendar reaches."""
    due = None
    if cause == UrgingCause.EXPIRED:
        try:
            due = answer_due(UrgingStep.REMINDER, timezone.localdate(at))
        except CalendarMissing:
            due = None
    return new_urge(held, UrgingStep.REMINDER, at, cause=cause, sent_at=at, answer_due_on=due)


def _cause(held: Held, at: datetime) -> UrgingCause | None:
    """Why the schedule reminds of a part now; None when it does not, or while the office is closed."""
    part = held.part
    if part.due_on is None or not held.is_open() or not _is_hour(held.scope.county_code, at):
        return None
    if part.due_on < timezone.localdate(at):
        return UrgingCause.EXPIRED
    if part.red_at is not None and part.red_at <= at:
        return UrgingCause.RED
    return UrgingCause.AMBER if part.amber_at is not None and part.amber_at <= at else None


def _is_hour(county_code: str, at: datetime) -> bool:
    """Whether the county's office is open; never where the calendar does not reach."""
    try:
        return is_office_open(county_code, at)
    except YearMissing:
        return False


def _kept(
    made: list[Urge], helds: list[Held], by: Account | None, at: datetime, words: dict[str, object]
) -> tuple[int, ...]:
    """Save the urgings and write the one event, with the digest of its rows."""
    ids = tuple(urge.pk for urge in Urge.objects.bulk_create(made))
    record(
        "urging.reminded",
        subject=("urge", ids[0]),
        by=by,
        at=at,
        scope=common_scope(helds),
        details={
            "count": len(ids),
            "urge_ids": list(ids),
            "order_ids": sorted({held.part.order_id for held in helds}),
            "digest": rows_digest([f"{u.part_id}:{u.cause}:{u.due_on}" for u in made]),
        },
        words={name: text for name, text in words.items() if text},
        about=sorted({("order", held.part.order_id) for held in helds}),
    )
    return ids
