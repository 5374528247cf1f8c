"""Orders in the JSON interface: one order, where a need stands, and the acts by which another system takes part.

Each address makes one call of the stage; whether the account may do it now is the stage's to say.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from diancai.ground.errors import NotFound, NotValid
from diancai.interfaces.api.shapes import Problem
from diancai.stages.order import actions
from diancai.stages.order.queries import get_order, where_it_stands
from diancai.stages.order.rows import OrderDetail, OrderRow
from diancai.words import EscalationAnswer, EscalationKind, PauseReason, Word

REFUSALS = {400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
router = Router()


class PartOut(Schema):
    """One department's part; `acts` are those that the account may do now."""

    id: int
    department: str
    is_lead: bool
    round: int
    state: str
    asked: int
    committed: int
    due_on: date | None
    acts: list[str]


class StepOut(Schema):
    """A step of where a need stands. `tone`: done, here or waits."""

    zh: str
    en: str
    at: datetime | None
    tone: str


class OrderOut(Schema):
    """An order. Solved is one of the closing reasons; `completed` is what the departments say."""

    id: int
    number: str
    level: str
    need_id: int
    content: str
    place: str
    state: str
    round: int
    asked: int
    committed: int
    fulfilled: int
    unit: str
    due_on: date | None
    is_paused: bool
    is_problem: bool
    closing_reason: str
    upper_id: int | None
    acts: list[str]
    parts: list[PartOut]
    steps: list[StepOut]


class ActIn(Schema):
    """The words of an act; each act takes those that its action names and leaves the rest empty."""

    part_id: int | None = None
    extension_id: int | None = None
    department_id: int | None = None
    kind: str = "takes_over"
    answer: str = ""
    tried: str = ""
    asked_for: str = ""
    reason: str = ""
    basis: str = ""
    words: str = ""
    quantity: int | None = None
    days: int = 0
    granted: bool = False


class DoneOut(Schema):
    """The order after the act."""

    id: int
    number: str
    state: str
    round: int
    revision: int


def _with(part: int | None) -> int:
    if part is None:
        raise NotFound
    return part


def _word(kind: type[Word], told: str) -> Any:
    try:
        return kind(told)
    except ValueError as error:
        raise NotValid(what=f"{kind.__name__}: {told or '—'}") from error


ACTS: dict[str, Callable[[dict[str, Any], int, ActIn], OrderRow]] = {
    "accept": lambda who, _, told: actions.accept_assignment(
        **who, assignment_id=_with(told.part_id), committed=told.quantity
    ),
    "return": lambda who, _, told: actions.return_assignment(
        **who,
        assignment_id=_with(told.part_id),
        reason=told.reason,
        basis=told.basis,
        suggested_department_id=told.department_id,
    ),
    "hand_over": lambda who, _, told: actions.hand_over_assignment(
        **who,
        assignment_id=_with(told.part_id),
        to_department_id=told.department_id or 0,
        reason=told.reason,
        basis=told.basis,
        quantity=told.quantity,
    ),
    "start": lambda who, _, told: actions.start_assignment(**who, assignment_id=_with(told.part_id)),
    "complete": lambda who, _, told: actions.complete_assignment(
        **who, assignment_id=_with(told.part_id), words=told.words
    ),
    "ask_extension": lambda who, _, told: actions.ask_extension(
        **who, assignment_id=_with(told.part_id), reason=told.reason, days=told.days
    ),
    "decide_extension": lambda who, _, told: actions.decide_extension(
        **who, extension_id=told.extension_id or 0, granted=told.granted, words=told.words
    ),
    "escalate": lambda who, order_id, told: actions.escalate_order(
        **who,
        order_id=order_id,
        kind=_word(EscalationKind, told.kind),
        tried=told.tried,
        asked_for=told.asked_for,
        department_id=told.department_id,
    ),
    "answer": lambda who, order_id, told: actions.answer_escalation(
        **who, order_id=order_id, answer=_word(EscalationAnswer, told.answer), words=told.words, basis=told.basis
    ),
    "pause": lambda who, order_id, told: actions.pause_order(
        **who, order_id=order_id, reason=_word(PauseReason, told.reason), words=told.words
    ),
    "resume": lambda who, order_id, _: actions.resume_order(**who, order_id=order_id),
    "redo": lambda who, order_id, told: actions.open_redo(**who, order_id=order_id, reason=told.reason),
}


@router.get("/orders/{int:order_id}", response={200: OrderOut, **REFUSALS}, summary="One order")
def get_one(request: HttpRequest, order_id: int) -> dict[str, object]:
    """An order with its parts and what the account may do to it now."""
    return _told(get_order(request.auth, order_id))  # type: ignore[attr-defined]


@router.get("/needs/{int:need_id}/steps", response={200: list[StepOut], **REFUSALS}, summary="Where a need stands")
def get_steps(request: HttpRequest, need_id: int) -> list[dict[str, object]]:
    """The steps so far, the oldest first, and what the need waits for."""
    return [_step(step) for step in where_it_stands(request.auth, need_id)]  # type: ignore[attr-defined]


@router.post("/orders/{int:order_id}/{act}", response={200: DoneOut, **REFUSALS}, summary="Do one act to an order")
def post_act(request: HttpRequest, order_id: int, act: str, told: ActIn) -> dict[str, object]:
    """`act` is one of those in `acts` of the order or of its part; what it needs is told in the body."""
    if act not in ACTS:
        raise NotFound
    who = {"by": request.auth, "at": timezone.now()}  # type: ignore[attr-defined]
    row = ACTS[act](who, order_id, told)
    return {"id": row.id, "number": row.number, "state": row.state, "round": row.round, "revision": row.revision}


def _told(detail: OrderDetail) -> dict[str, object]:
    row = detail.order
    names = ("id", "number", "level", "need_id", "content", "place", "state", "round", "asked", "committed")
    return {name: getattr(row, name) for name in (*names, "fulfilled", "unit", "due_on", "is_problem")} | {
        "is_paused": row.paused_at is not None,
        "closing_reason": row.closing_reason or "",
        "upper_id": detail.escalations[-1].upper_id if detail.escalations else None,
        "acts": sorted(detail.acts),
        "parts": [_part(part) for part in detail.assignments],
        "steps": [_step(step) for step in detail.steps],
    }


def _part(part: Any) -> dict[str, object]:
    names = ("id", "department", "is_lead", "round", "state", "asked", "committed", "due_on")
    return {name: getattr(part, name) for name in names} | {"acts": sorted(part.acts)}


def _step(step: Any) -> dict[str, object]:
    return {"zh": step.zh, "en": step.en, "at": step.at, "tone": step.tone}
