"""Taking the small forms of `forms.py`: each act has one taker, which reads its fields and calls one action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.people.queries import Account
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused
from diancai.stages.order import actions
from diancai.stages.order.rules import AssignmentAct, OrderAct
from diancai.words import EscalationAnswer, EscalationKind, PauseReason, PlanOutcome, Word

POST = ("POST",)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a form told: who, when, about which order and which part or extension of it (0 for none)."""

    by: Account
    at: datetime
    order_id: int
    about: int
    form: Asked

    @property
    def who(self) -> dict[str, Any]:
        """The words that every action takes."""
        return {"by": self.by, "at": self.at}

    @property
    def order(self) -> dict[str, Any]:
        """The same, for an act on the order."""
        return {**self.who, "order_id": self.order_id}

    @property
    def part(self) -> dict[str, Any]:
        """The same, for an act on a part."""
        return {**self.who, "assignment_id": self.about}

    def text(self, name: str) -> str:
        """What was written in a field."""
        return self.form.text(name)

    def word(self, name: str, kind: type[Word]) -> Any:
        """A choice from a closed list. Raises `NotValid` for anything else."""
        found = kind.from_zh(self.form.text(name))
        if found is None:
            raise NotValid(what=f"{name}: {self.form.text(name) or '—'}")
        return found


def _answer(told: Taken) -> object:
    answer = told.word("answer", EscalationAnswer)
    return actions.answer_escalation(**told.order, answer=answer, words=told.text("words"), basis=told.text("basis"))


def _record_outside(told: Taken) -> object:
    return actions.record_outside_answer(
        **told.order,
        answer=told.word("answer", EscalationAnswer),
        said_by=told.text("said_by"),
        words=told.text("words"),
        basis=told.text("basis"),
    )


def _escalate(told: Taken) -> object:
    return actions.escalate_order(
        **told.order,
        kind=told.word("kind", EscalationKind),
        tried=told.text("tried"),
        asked_for=told.text("asked_for"),
        department_id=told.form.number("department"),
    )


def _meet(told: Taken) -> object:
    meeting_on, due_on = told.form.day("meeting_on", must=True), told.form.day("due_on")
    department_id = told.form.number("department")
    _read(told.form)
    return actions.resolve_problem(
        **told.order,
        meeting_on=meeting_on or timezone.localdate(),
        attended=told.text("attended"),
        decision=told.text("decision"),
        department_id=department_id,
        due_on=due_on,
    )


def _redo(told: Taken) -> object:
    due_on = told.form.day("due_on")
    _read(told.form)
    joint = told.text("with_joint") != "0"
    return actions.open_redo(**told.order, reason=told.text("reason"), with_joint=joint, due_on=due_on)


def _review_plan(told: Taken) -> object:
    year, department_id = told.form.number("year"), told.form.number("department")
    _read(told.form)
    return actions.review_plan(
        **told.order,
        outcome=told.word("outcome", PlanOutcome),
        words=told.text("words"),
        year=year,
        department_id=department_id,
    )


def _pause(told: Taken) -> object:
    return actions.pause_order(**told.order, reason=told.word("reason", PauseReason), words=told.text("words"))


def _ask_extension(told: Taken) -> object:
    days = told.form.number("days", must=True)
    _read(told.form)
    return actions.ask_extension(**told.part, reason=told.text("reason"), days=days or 0)


def _hand_over(told: Taken) -> object:
    to, quantity = told.form.number("department", must=True), told.form.number("quantity")
    _read(told.form)
    words: dict[str, Any] = {"reason": told.text("reason"), "basis": told.text("basis")}
    return actions.hand_over_assignment(**told.part, to_department_id=to or 0, quantity=quantity, **words)


def _decide(told: Taken) -> object:
    granted = told.text("granted") == "1"
    return actions.decide_extension(**told.who, extension_id=told.about, granted=granted, words=told.text("words"))


TAKERS: Mapping[str, tuple[Callable[[Taken], object], Any]] = {
    OrderAct.ESCALATE: (_escalate, _("已提请上级。")),
    OrderAct.ANSWER: (_answer, _("已答复下级。")),
    OrderAct.RECORD_OUTSIDE: (_record_outside, _("已登记答复。")),
    OrderAct.CALL_BACK: (
        lambda told: actions.call_back_escalation(**told.order, reason=told.text("reason")),
        _("已撤回提请。"),
    ),
    OrderAct.MEET: (_meet, _("会议结果已登记。")),
    OrderAct.REDO: (_redo, _("已退回重办。")),
    OrderAct.REVIEW_PLAN: (_review_plan, _("计划已复核。")),
    OrderAct.CONFIRM: (lambda told: actions.confirm_settlement(**told.order), _("已确认，订单已归档。")),
    "refuse": (
        lambda told: actions.refuse_settlement(**told.order, words=told.text("words")),
        _("已退回，订单没有归档。"),
    ),
    OrderAct.PAUSE: (_pause, _("已暂停计时。")),
    OrderAct.RESUME: (lambda told: actions.resume_order(**told.order), _("已恢复计时。")),
    OrderAct.DECIDE_EXTENSION: (_decide, _("延期申请已审批。")),
    OrderAct.TELL_RESIDENT: (
        lambda told: actions.tell_resident(**told.who, extension_id=told.about),
        _("已登记。"),
    ),
    AssignmentAct.ASK_EXTENSION: (_ask_extension, _("延期申请已提交。")),
    AssignmentAct.HAND_OVER: (_hand_over, _("已移交。")),
    AssignmentAct.ALLOW_RETURN: (
        lambda told: actions.allow_late_return(**told.part, words=told.text("words")),
        _("已准许退回。"),
    ),
}


@enter(Act.SEE_ORDER, methods=POST)
def act(request: HttpRequest, desk: Desk, order_id: int, act: str, about: int = 0) -> HttpResponse:
    """Do one act; whether the person may is the action's to say."""
    if act not in TAKERS:
        raise Http404
    take, text = TAKERS[act]
    address = reverse("order", args=[order_id])
    try:
        take(Taken(desk.account, timezone.now(), order_id, about, asked(request)))
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, str(text), address)


def _read(form: Asked) -> None:
    """Raise what could not be read as one refusal: these small forms have no page of their own."""
    if not form.is_fine:
        raise NotValid(what="；".join(form.errors.values()))
