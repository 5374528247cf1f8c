"""The ladder: a step may follow when the one before stood unanswered for its time, or its promise was broken. Pure."""

from dataclasses import dataclass
from datetime import date

from diancai.stages.urging.errors import (
    AnswerMissing,
    AnswerTooLong,
    NothingToUrge,
    NotLateYet,
    PromisedInPast,
    SkipNotPressing,
    StepSkipped,
    StepStands,
)
from diancai.words import AssignmentState, OrderState, Urgency, UrgingStep

STEPS = tuple(UrgingStep)
MOST = 300
OPEN_PARTS = (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED, AssignmentState.IN_HAND)
OVER = (OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.PLANNED, OrderState.COMPLETED)


@dataclass(frozen=True, slots=True)
class Stood:
    """The newest urging of a step that asked for an answer: until when, and what was answered."""

    answer_due_on: date
    answered_on: date | None = None
    promised_on: date | None = None


def above(step: UrgingStep) -> UrgingStep | None:
    """The step after this one; None at the top."""
    place = STEPS.index(step)
    return STEPS[place + 1] if place + 1 < len(STEPS) else None


def free_after(stood: Stood) -> date:
    """The last day on which the step still stands: its time for an answer, or the day the answer promised."""
    if stood.answered_on is not None and stood.promised_on is not None:
        return max(stood.promised_on, stood.answer_due_on)
    return stood.answer_due_on


def is_open(state: AssignmentState, order_state: OrderState, *, is_paused: bool) -> bool:
    """Whether the department has the part in hand and its time runs."""
    return state in OPEN_PARTS and order_state not in OVER and not is_paused


def check_step(
    step: UrgingStep,
    number: str,
    *,
    is_late: bool,
    before: Stood | None,
    today: date,
    urgency: Urgency | None,
    skip_reason: str,
) -> None:
    """Raise unless the step may be taken now. `before`: the newest urging of the step below, which asked for an answer.

    Raises `NotLateYet`, `StepSkipped`, `StepStands`, `SkipNotPressing`.
    """
    if step == UrgingStep.REMINDER:
        return
    if skip_reason.strip():
        if urgency not in (Urgency.CRITICAL, Urgency.PRESSING):
            raise SkipNotPressing(number=number)
        return
    if not is_late:
        raise NotLateYet(number=number)
    needed = STEPS[STEPS.index(step) - 1]
    if before is None:
        raise StepSkipped(number=number, needed_zh=needed.zh, needed_en=needed.en, step_zh=step.zh, step_en=step.en)
    if today <= free_after(before):
        raise StepStands(number=number, needed_zh=needed.zh, needed_en=needed.en, until=free_after(before))


def check_open(number: str, *, open_now: bool) -> None:
    """Raise `NothingToUrge` where the part is done, returned, paused or closed."""
    if not open_now:
        raise NothingToUrge(number=number)


def check_answer(answer: str, promised_on: date | None, today: date) -> str:
    """The answer as it is kept. Raises `AnswerMissing`, `AnswerTooLong`, `PromisedInPast`."""
    said = answer.strip()
    if not said:
        raise AnswerMissing
    if len(said) > MOST:
        raise AnswerTooLong(length=len(said), most=MOST)
    if promised_on is not None and promised_on < today:
        raise PromisedInPast(day=promised_on)
    return said
