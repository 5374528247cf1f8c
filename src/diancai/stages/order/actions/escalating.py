"""提请上级: an order goes up through the line of its department, the upper level answers, the lower one follows."""

import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from diancai.ground.errors import NotValid
from diancai.ground.people.models import Account
from diancai.ground.place.queries import get_department, name_of
from diancai.stages.match.actions import book
from diancai.stages.order.actions.holding import lock, order_in_hand
from diancai.stages.order.actions.numbering import next_number
from diancai.stages.order.actions.resuming import end_pause
from diancai.stages.order.actions.seating import end_part, seat_all
from diancai.stages.order.actions.settling import end_escalation, end_parts, row_of, settle
from diancai.stages.order.errors import NothingWaits, NoUpperLine, ReturnedToAsker
from diancai.stages.order.models import Assignment, Escalation, Order, Pause
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import LIVE, OrderAct, said, sends_back
from diancai.stages.order.standing import live_parts, open_escalation
from diancai.words import AssignmentState, EscalationAnswer, EscalationKind, OrderLevel, OrderState, PauseReason


@dataclass(frozen=True, slots=True)
class GoingUp:
    """What an order asks of the upper level. `department_id` None: the bureau above the lead in its line; `asked`
    None: all that the order asks for."""

    kind: EscalationKind
    tried: str
    asked_for: str
    department_id: int | None = None
    asked: int | None = None
    is_planned: bool = False


def escalate_order(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    kind: EscalationKind | str,
    tried: str,
    asked_for: str,
    department_id: int | None = None,
    asked: int | None = None,
    is_planned: bool = False,
) -> OrderRow:
    """Open a twin one level up, copied to both offices: what was tried, what is asked. To the region, which has no
    account here, only the asking is kept, and its answer recorded as it is told.

    Asked to take over, this order waits and its clock stands still until the answer. Raises `NoUpperLine`,
    `WordsMissing`, `GoesUpAlready`, `NothingAbove`, `MeetingFirst`, `ActNotNow`, `NotAllowed`.
    """
    with order_in_hand(order_id, by, OrderAct.ESCALATE) as order:
        asking = GoingUp(EscalationKind(kind), tried, asked_for, department_id, asked, is_planned)
        return go_up(order, by, at, asking)


def go_up(order: Order, by: Account, at: datetime, asking: GoingUp) -> OrderRow:
    """Do it to an order that is held."""
    tried = said(asking.tried, "已经做的工作", "what was tried")
    asked_for = said(asking.asked_for, "请上级解决什么", "what is asked")
    lead = _lead_of(order)
    outside = order.level == OrderLevel.PREFECTURE
    upper_id = None if outside else _upper_department(order, lead, asking.department_id)
    twin = None if upper_id is None else _open_twin(order, by, at, upper_id, asking, f"{tried}；请求：{asked_for}")
    Escalation.objects.create(
        lower=order,
        upper=twin,
        level=OrderLevel.PREFECTURE if twin else OrderLevel.REGION,
        kind=asking.kind,
        department=lead.department if lead else None,
        upper_department_id=upper_id,
        tried=tried,
        asked_for=asked_for,
        is_planned=asking.is_planned,
        opened_by=by,
        opened_at=at,
    )
    if asking.kind == EscalationKind.TAKES_OVER and order.paused_at is None:
        _wait(order, by, at)
    upper = get_department(upper_id).name if upper_id else OrderLevel.REGION.zh
    told = {
        "kind": asking.kind,
        "kind_zh": asking.kind.zh,
        "kind_en": asking.kind.en,
        "tried": tried,
        "asked_for": asked_for,
        "upper_id": twin.pk if twin else None,
        "upper": f"{upper}{twin.number}" if twin else upper,
        "upper_department_id": upper_id,
    }
    settle("order.escalated", order, by, at, told)
    if order.is_twin:  # whoever asks still higher has taken up what was asked from below
        take_up(order, by, at)
    return row_of(order.pk, at)


def answer_escalation(
    *, by: Account, at: datetime, order_id: int, answer: EscalationAnswer | str, words: str = "", basis: str = ""
) -> OrderRow:
    """Answer as the upper level, on the twin: it takes over, takes part, or returns with reason and basis.

    Accepting the twin's part answers as was asked. Raises `WordsMissing`, `ReturnedToAsker`, `NothingWaits`,
    `ActNotNow`, `NotAllowed`.
    """
    given = EscalationAnswer(answer)
    if given == EscalationAnswer.DONE:
        raise NotValid(what="done: 由办结产生，不能直接答复")
    with order_in_hand(order_id, by, OrderAct.ANSWER) as twin:
        asked = Escalation.objects.select_related("lower").get(upper=twin, ended_at=None)
        if given == EscalationAnswer.RETURNED:
            _check_sent_down(asked.lower, words, basis)
        _answer(asked, given, by, at, words=words, basis=basis)
        if given == EscalationAnswer.RETURNED:
            _end_twin(twin, by, at, asked.answer_words)
        _tell_below(asked, by, at)
        return row_of(twin.pk, at)


def take_up(twin: Order, by: Account, at: datetime) -> None:
    """The lead above accepted its part: that answers the escalation as it was asked, if nobody has answered yet."""
    asked = Escalation.objects.filter(upper=twin, ended_at=None, answer="").first()
    if asked is not None:
        _answer(asked, EscalationAnswer(asked.kind), by, at)
        _tell_below(asked, by, at)


def record_outside_answer(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    answer: EscalationAnswer | str,
    said_by: str,
    words: str,
    basis: str = "",
) -> OrderRow:
    """Write down what the region answered, and later that it is done: `order_id` is the order that went up.

    Raises `WordsMissing`, `NothingWaits`, `ActNotNow`, `NotAllowed`.
    """
    given = EscalationAnswer(answer)
    with order_in_hand(order_id, by, OrderAct.RECORD_OUTSIDE) as order:
        asked = open_escalation(order)
        if asked is None:
            raise NothingWaits(act_zh=OrderAct.RECORD_OUTSIDE.zh, act_en=OrderAct.RECORD_OUTSIDE.en)
        asked.answered_outside = said(said_by, "答复单位和人员", "who answered", 60)
        told = said(words, "答复内容", "answer")
        if given == EscalationAnswer.RETURNED:
            said(basis, "退回依据", "basis", 200)
        _answer(asked, given, by, at, words=told, basis=basis)
        _tell_below(asked, by, at)
        return row_of(order.pk, at)


def call_back_escalation(*, by: Account, at: datetime, order_id: int, reason: str) -> OrderRow:
    """Take back what was asked of the upper level, before it works on it. Raises `WordsMissing`, `NothingWaits`,
    `UpperStillOpen` when work has begun there."""
    with order_in_hand(order_id, by, OrderAct.CALL_BACK) as order:
        told = said(reason, "撤回原因", "reason")
        asked = open_escalation(order)
        if asked is None:
            raise NothingWaits(act_zh=OrderAct.CALL_BACK.zh, act_en=OrderAct.CALL_BACK.en)
        asked.ended_at = at
        asked.save(update_fields=["ended_at"])
        if asked.upper is not None:
            _end_twin(lock(asked.upper_id), by, at, told)
        _go_on(order, by, at)
        return settle("order.escalation_called_back", order, by, at, {"reason": told})


def _lead_of(order: Order) -> Assignment | None:
    """Who leads, or led last: the line by which it goes up."""
    leads = [part for part in order.assignments.all() if part.is_lead]
    return next((part for part in leads if part.ended_at is None), leads[-1] if leads else None)


def _upper_department(order: Order, lead: Assignment | None, given: int | None) -> int:
    upper_id = given or (lead.department.upper_id if lead else None)
    if upper_id is None:
        raise NoUpperLine(department=lead.department.name if lead else name_of(order.county_code))
    return upper_id


def _open_twin(order: Order, by: Account, at: datetime, upper_id: int, asking: GoingUp, basis: str) -> Order:
    due_on = order.due_on if order.due_on and order.due_on >= timezone.localdate(at) else None
    twin = Order.objects.create(
        uuid=uuids.uuid4(),
        programme_id=order.programme_id,
        need_id=order.need_id,
        number=next_number(order.prefecture_code, at),
        level=OrderLevel.PREFECTURE,
        is_twin=True,
        content=order.content,
        strand=order.strand,
        asked=asking.asked or order.asked,
        unit=order.unit,
        placed_by=by,
        placed_at=at,
        changed_at=at,
        prefecture_code=order.prefecture_code,
        county_code=order.county_code,
        town_code=order.town_code,
        village_code=order.village_code,
        sub_place=order.sub_place,
    )
    told = seat_all(twin, by, at, upper_id, (), due_on=due_on, duty_basis="")
    twin.text += f"\n{order.number}提请：{basis}。"
    settle("order.placed", twin, by, at, {"asked": twin.asked, "unit": twin.unit, "lower_id": order.pk, **told})
    return twin


def _wait(order: Order, by: Account, at: datetime) -> None:
    Pause.objects.create(order=order, round=order.round, reason=PauseReason.UPPER, since=at, paused_by=by)
    order.paused_at = at


def _check_sent_down(lower: Order, words: str, basis: str) -> None:
    said(words, "退回原因", "reason")
    said(basis, "退回依据", "basis", 200)
    names = (name_of(lower.town_code), name_of(lower.village_code))
    if sends_back(f"{words}。{basis}", *names):
        raise ReturnedToAsker(town=names[0] or "乡镇")


def _answer(
    asked: Escalation, given: EscalationAnswer, by: Account, at: datetime, *, words: str = "", basis: str = ""
) -> None:
    if given == EscalationAnswer.DONE:
        asked.done_at = at
    if given != EscalationAnswer.DONE or not asked.answer:
        asked.answer = asked.kind if given == EscalationAnswer.DONE else given
        asked.answered_by, asked.answered_at = by, at
        asked.answer_basis = said(basis, "依据", "basis", 200) if basis else ""
    asked.answer_words = said(words, "答复内容", "answer") if words else asked.answer_words
    asked.ended_at = at if given == EscalationAnswer.RETURNED else None
    asked.save()


def _end_twin(twin: Order, by: Account, at: datetime, reason: str) -> None:
    twin.withdrawn_reason, twin.closed_at = reason, at
    end_parts(twin, at)
    end_escalation(twin, at)
    settle("order.withdrawn", twin, by, at, {"reason": reason}, decided=OrderState.WITHDRAWN)


def _tell_below(asked: Escalation, by: Account, at: datetime) -> None:
    """The lower order goes on: its clock runs again; what the upper level took over, its own lead no longer holds."""
    lower = lock(asked.lower_id)
    _go_on(lower, by, at)
    answer = EscalationAnswer(asked.answer)
    if asked.done_at is None and answer == EscalationAnswer.TAKES_OVER:
        for part in live_parts(lower):
            if part.state in LIVE and (part.is_lead or not part.asked):
                part.handed_reason, part.handed_by, part.handed_at = "上级承办", by, at
                end_part(part, by, at, AssignmentState.HANDED_OVER)
        if lower.match_id:
            book(match_id=lower.match_id, quantity=0)
    done = asked.done_at is not None
    told = {
        "answer": EscalationAnswer.DONE if done else answer,
        "answer_zh": (EscalationAnswer.DONE if done else answer).zh,
        "answer_en": (EscalationAnswer.DONE if done else answer).en,
        "who": asked.answered_outside or (asked.upper_department.name if asked.upper_department else ""),
        "words": asked.answer_words,
        "basis_zh": f"（依据：{asked.answer_basis}）" if asked.answer_basis else "",
        "basis_en": f" (basis: {asked.answer_basis})" if asked.answer_basis else "",
        "upper_id": asked.upper_id,
    }
    settle("order.escalation_answered", lower, by, at, told)


def _go_on(order: Order, by: Account, at: datetime) -> None:
    """The pause that waited for the answer ends with it; one for another reason stays."""
    if Pause.objects.filter(order=order, until=None, reason=PauseReason.UPPER).exists():
        end_pause(order, by, at)
