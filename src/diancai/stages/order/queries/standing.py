"""Where a need stands, in plain words for the village and town that asked, level by level."""

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.stages.need.models import Need
from diancai.stages.order.actions.holding import WITH_PARTS
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.queries.wayside import escalations_of
from diancai.stages.order.rows import EscalationRow, StandRow
from diancai.stages.order.standing import live_parts
from diancai.words import AssignmentState, ClosingReason, EscalationAnswer, NeedState, OrderState, Route

DONE, HERE, WAITS = "done", "here", "waits"
_WORDS = {
    OrderState.PLACED: ("已点单，等领导小组办公室派给单位", "ordered; the programme office chooses a department"),
    OrderState.DISPATCHED: ("已派给{who}，等它接单", "sent to {who}, which has not answered yet"),
    OrderState.ACCEPTED: ("{who}已接单", "accepted by {who}"),
    OrderState.IN_HAND: ("{who}正在办", "{who} is working on it"),
    OrderState.RETURNED: ("承办单位退回，办公室正在另派", "returned; the office looks for another department"),
    OrderState.ESCALATED: ("旗县办不了，已提请上级", "the county cannot do it alone; the upper level was asked"),
    OrderState.COMPLETED: ("{who}说办完了，等回访群众", "{who} says it is done; the residents will be asked"),
    OrderState.PLANNED: ("列入{year}年计划，由{answerer}答复", "on the plan of {year}; {answerer} answers for it"),
    OrderState.WITHDRAWN: ("点单已撤回：{reason}", "the order was withdrawn: {reason}"),
}


def where_it_stands(account: Account, need_id: int) -> tuple[StandRow, ...]:
    """The steps of a need so far, the oldest first, and what it waits for now. Raises `NotFound`, also for a need out
    of sight or diverted."""
    need = Need.objects.filter(pk=need_id).first()
    if need is None or need.route == Route.DIVERT or not can(account, Act.SEE_NEED, need.scope):
        raise NotFound
    begun = _begun(need)
    order = Order.objects.filter(need_id=need_id, is_twin=False, hidden_at=None).order_by("-placed_at", "-id")
    last = order.prefetch_related(WITH_PARTS).first()
    if last is None:
        return (begun, StandRow("还没有点单", "not ordered yet", None, WAITS)) if begun.tone == DONE else (begun,)
    return (begun, *steps_of(last, escalations_of(last)))


def steps_of(order: Order, escalations: tuple[EscalationRow, ...]) -> tuple[StandRow, ...]:
    """The steps of an order: who has it now, what went up and what was answered, what came of it."""
    steps = [StandRow(f"点单{order.number}", f"ordered, {order.number}", order.placed_at, DONE)]
    steps += [step for each in escalations for step in _went_up(each)]
    if order.paused_at is not None and order.state != OrderState.ESCALATED:
        reason = order.pauses.filter(until=None).first()
        zh, en = (reason.get_reason_display(), reason.reason) if reason else ("", "")
        steps.append(StandRow(f"暂停计时：{zh}", f"the clock stands still: {en}", order.paused_at, WAITS))
    if order.problem_since is not None:
        words = ("几次没有落实到单位，办公室开会研判", "no department was found; a meeting decides")
        steps.append(StandRow(*words, order.problem_since, WAITS))
    return (*steps, _now(order, escalations))


def _begun(need: Need) -> StandRow:
    state = NeedState(need.state)
    listed = state in (NeedState.ACCEPTED, NeedState.LISTED)
    return StandRow(f"需求{state.zh}", f"the need: {state.en}", need.made_at, DONE if listed else HERE)


def _went_up(asked: EscalationRow) -> tuple[StandRow, ...]:
    above = asked.upper_department or asked.level.zh
    up = StandRow(f"提请{above}：{asked.asked_for}", f"{above} was asked: {asked.asked_for}", asked.opened_at, DONE)
    if asked.answer is None:
        over = asked.ended_at is not None
        words = ("已撤回提请", "called back") if over else (f"等{above}答复", f"waits for {above}")
        return (up, StandRow(*words, asked.ended_at, DONE if over else WAITS))
    told_zh, told_en = f"{above}答复：{asked.answer.zh}", f"answer of {above}: {asked.answer.en}"
    if asked.answer == EscalationAnswer.RETURNED:
        told_zh, told_en = f"{told_zh}（{asked.answer_words}）", f"{told_en} ({asked.answer_words})"
    answered = StandRow(told_zh, told_en, asked.answered_at, DONE)
    if asked.answer == EscalationAnswer.RETURNED or asked.ended_at is not None:
        return (up, answered)
    if asked.done_at is not None:
        return (up, answered, StandRow(f"{above}办完了它那部分", f"{above} has done its part", asked.done_at, DONE))
    state = asked.upper_state
    here = (f"上级单{asked.upper}：{state.zh}", f"the order above, {asked.upper}: {state.en}") if state else None
    return (up, answered, StandRow(*here, None, HERE)) if here else (up, answered)


def _now(order: Order, escalations: tuple[EscalationRow, ...]) -> StandRow:
    state = OrderState(order.state)
    if state == OrderState.CLOSED:
        why = ClosingReason(order.closing_reason)
        rule = f"（{order.closing_rule}）" if order.closing_rule else ""
        return StandRow(f"已归档：{why.zh}{rule}", f"closed: {why.en}{rule}", order.closed_at, DONE)
    zh, en = _WORDS[state]
    known = {
        "who": _who(order, escalations),
        "year": order.plan_year,
        "answerer": order.plan_answerer,
        "reason": order.withdrawn_reason,
    }
    return StandRow(zh.format(**known), en.format(**known), order.changed_at, HERE)


def _who(order: Order, escalations: tuple[EscalationRow, ...]) -> str:
    """Who leads now, or led the round; the upper bureau where it had taken the order over."""
    parts: list[Assignment] = live_parts(order) or [p for p in order.assignments.all() if p.round == order.round]
    lead = next((part for part in parts if part.is_lead), None)
    above = escalations[-1].upper_department if escalations else ""
    if above and (lead is None or lead.state == AssignmentState.HANDED_OVER):
        return above
    return lead.department.name if lead else "承办单位"
