"""Buttons of an order: each posts to one address, calls one act, returns to the order."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.paging import whole_numbers
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.match.queries import list_proposals
from diancai.stages.need.queries import get_need
from diancai.stages.order.actions import (
    GoingUp,
    accept_assignment,
    close_order,
    complete_assignment,
    dispatch_order,
    place_order,
    plan_order,
    recall_assignment,
    return_assignment,
    start_assignment,
    withdraw_order,
)
from diancai.stages.order.queries import DueProposal, propose_due
from diancai.words import ClosingReason, EscalationKind, HandlingLevel

POST = ("POST",)
# Stored with the order: the same word in whatever language the page is read.
UNIT = "项"


def _act(request: HttpRequest, order_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    address = reverse("order", args=[order_id])
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address)


def _read(form: Asked) -> None:
    """Raise what could not be read as one refusal: these small forms have no page of their own."""
    if not form.is_fine:
        raise NotValid(what="；".join(form.errors.values()))


@enter(Act.PLACE_ORDER, methods=("GET", "POST"))
def place(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Place an order for a need: with the confirmed offer, or to a department at once."""
    detail = get_need(desk.account, need_id)
    row = detail.need
    confirmed = list_proposals(desk.account, programme_id=desk.programme_id, need_id=need_id, state="confirmed").rows
    proposal = propose_due(desk.account, need_id, timezone.now())
    known = {
        "asked": 1,
        "unit": UNIT,
        "due_on": proposal.on,
        "match": confirmed[0].id if confirmed else "",
    }
    if confirmed:
        known["department"] = confirmed[0].offer_department_id
    form = asked(request, known)
    if request.method == "POST" and (order_id := _place(form, request, desk, need_id, row.handling_level)):
        return done(request, _("已点单。"), reverse("order", args=[order_id]))
    departments = [*list_departments(row.scope.county_code), *list_departments(row.scope.prefecture_code)]
    facts = {
        "row": row,
        "confirmed": confirmed,
        "asked": form,
        "proposal": proposal,
        "due_hint": due_hint(proposal, row.wanted_text),
        "departments": [(department.id, department.name) for department in departments],
        "joint": request.POST.getlist("joint"),
    }
    return show(request, "order/place.html", facts, status=422 if request.method == "POST" else 200)


def due_hint(proposal: DueProposal, wanted: str) -> str:
    """Why that day is proposed, or why none is, in the page's language."""
    reason = proposal.reason_en if (get_language() or "").startswith("en") else proposal.reason_zh
    if proposal.on is None:
        return reason
    parts = [_("按规定推算：{why}。可以改早。").format(why=reason)]
    if proposal.is_provisional:
        parts.append(_("下一年放假安排还没有公布，暂按周末推算，公布后自动重算。"))
    if wanted:
        parts.append(_("群众说：") + wanted)
    return " ".join(parts)


def _set_by_hand(form: Asked, request: HttpRequest) -> date | None:
    """The day that a person set; the proposed one, left as it was, stays the limit's own and moves with its pauses."""
    day = form.day("due_on")
    return None if day is not None and day.isoformat() == request.POST.get("proposed", "") else day


def _going_up(form: Asked, level: HandlingLevel) -> GoingUp | None:
    """What is asked of the upper level in the same act, where the handling level says so and the words are there."""
    tried, asked_for = form.text("tried"), form.text("asked_for")
    if not (tried or asked_for):
        return None
    kind = EscalationKind.TAKES_PART if level == HandlingLevel.JOINT else EscalationKind.TAKES_OVER
    return GoingUp(kind, tried, asked_for, is_planned=True)


def _place(form: Asked, request: HttpRequest, desk: Desk, need_id: int, level: HandlingLevel) -> int | None:
    quantity, due_on = form.number("asked"), _set_by_hand(form, request)
    match_id, department_id = form.number("match"), form.number("department")
    if not form.is_fine:
        return None
    try:
        row = place_order(
            by=desk.account,
            at=timezone.now(),
            need_id=need_id,
            match_id=match_id,
            department_id=department_id,
            asked=quantity or 1,
            unit=form.text("unit") or UNIT,
            due_on=due_on,
            joint_department_ids=tuple(whole_numbers(request.POST.getlist("joint"))),
            duty_basis=form.text("duty_basis"),
            escalation=_going_up(form, level),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return row.id


@enter(Act.DISPATCH_ORDER, methods=POST)
def dispatch(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Give it to a department, as lead or to help."""

    def act() -> None:
        form = asked(request)
        department_id, quantity, due_on = form.number("department"), form.number("asked"), form.day("due_on")
        _read(form)
        dispatch_order(
            by=desk.account,
            at=timezone.now(),
            order_id=order_id,
            department_id=department_id or 0,
            is_lead=form.text("is_lead") != "0",
            asked=quantity,
            due_on=due_on,
            duty_basis=form.text("duty_basis"),
        )

    return _act(request, order_id, _("已派单。"), act)


@enter(Act.CLOSE_ORDER, methods=POST)
def close(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Archive it with what came of it."""

    def act() -> None:
        form = asked(request)
        reason = ClosingReason.from_zh(form.text("reason"))
        if reason is None:
            raise NotValid(what=_("请选择归档结果"))
        close_order(
            by=desk.account,
            at=timezone.now(),
            order_id=order_id,
            reason=reason,
            rule=form.text("rule"),
            words=form.text("words"),
            way=form.text("way") or None,
            evidence=form.text("evidence"),
            signed_by=form.text("signed_by"),
            paper=form.text("paper"),
        )

    return _act(request, order_id, _("已归档。"), act)


@enter(Act.CLOSE_ORDER, methods=POST)
def plan(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """On the plan: with year, source of money and who answers for it."""

    def act() -> None:
        form = asked(request)
        year = form.number("year", must=True)
        _read(form)
        plan_order(
            by=desk.account,
            at=timezone.now(),
            order_id=order_id,
            year=year or 0,
            money=form.text("money"),
            answerer=form.text("answerer"),
        )

    return _act(request, order_id, _("已列入计划。"), act)


@enter(Act.CLOSE_ORDER, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Take the order back."""
    reason = asked(request).text("reason")
    return _act(
        request,
        order_id,
        _("已撤单。"),
        lambda: withdraw_order(by=desk.account, at=timezone.now(), order_id=order_id, reason=reason),
    )


@enter(Act.ANSWER_ORDER, methods=POST)
def accept(request: HttpRequest, desk: Desk, order_id: int, assignment_id: int) -> HttpResponse:
    """Accept, also in part: the rest stays open for another department. The lead chooses the offer it serves by."""

    def act() -> None:
        form = asked(request)
        committed, offer_id = form.number("committed"), form.number("offer")
        _read(form)
        accept_assignment(
            by=desk.account,
            at=timezone.now(),
            assignment_id=assignment_id,
            committed=committed,
            offer_id=offer_id,
            leader=form.text("leader"),
            contact=form.text("contact"),
            service_form=form.text("service_form"),
        )

    return _act(request, order_id, _("已接单。"), act)


@enter(Act.ANSWER_ORDER, methods=POST)
def give_back(request: HttpRequest, desk: Desk, order_id: int, assignment_id: int) -> HttpResponse:
    """Return it with reason and basis, and who should have it instead."""

    def act() -> None:
        form = asked(request)
        suggested = form.number("suggested")
        _read(form)
        return_assignment(
            by=desk.account,
            at=timezone.now(),
            assignment_id=assignment_id,
            reason=form.text("reason"),
            basis=form.text("basis"),
            suggested_department_id=suggested,
        )

    return _act(request, order_id, _("已退回领导小组办公室。"), act)


@enter(Act.ANSWER_ORDER, methods=POST)
def start(request: HttpRequest, desk: Desk, order_id: int, assignment_id: int) -> HttpResponse:
    """Work has begun."""
    return _act(
        request,
        order_id,
        _("已开始办理。"),
        lambda: start_assignment(by=desk.account, at=timezone.now(), assignment_id=assignment_id),
    )


@enter(Act.ANSWER_ORDER, methods=POST)
def complete(request: HttpRequest, desk: Desk, order_id: int, assignment_id: int) -> HttpResponse:
    """Done, told in words that say what was done."""
    told = asked(request).text("words")
    return _act(
        request,
        order_id,
        _("已报办结。"),
        lambda: complete_assignment(by=desk.account, at=timezone.now(), assignment_id=assignment_id, words=told),
    )


@enter(Act.DISPATCH_ORDER, methods=POST)
def recall(request: HttpRequest, desk: Desk, order_id: int, assignment_id: int) -> HttpResponse:
    """Take a department's part back."""
    reason = asked(request).text("reason")
    return _act(
        request,
        order_id,
        _("已撤回派单。"),
        lambda: recall_assignment(by=desk.account, at=timezone.now(), assignment_id=assignment_id, reason=reason),
    )
