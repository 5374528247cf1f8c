"""What moves the clocks: pauses with their reason, extensions asked before the limit is over and answered."""

from datetime import datetime

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.stages.order.actions.holding import order_in_hand, part_in_hand
from diancai.stages.order.actions.resuming import end_pause
from diancai.stages.order.actions.settling import settle
from diancai.stages.order.clocking.projecting import due_if_granted, set_clocks
from diancai.stages.order.errors import NothingWaits
from diancai.stages.order.models import Extension, Pause
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import AssignmentAct, OrderAct, check_extension, fitted, is_last_hour, said
from diancai.stages.order.thresholds import thresholds
from diancai.words import PauseReason


def pause_order(*, by: Account, at: datetime, order_id: int, reason: PauseReason | str, words: str = "") -> OrderRow:
    """Stop the clocks for one of the enumerated reasons. Raises `PausedAlready`, `ActNotNow`, `NotAllowed`."""
    why = PauseReason(reason)
    with order_in_hand(order_id, by, OrderAct.PAUSE) as order:
        told = fitted(words, 300, "说明", "words")
        Pause.objects.create(order=order, round=order.round, reason=why, words=told, since=at, paused_by=by)
        order.paused_at = at
        said_zh = f"{why.zh}。{told}" if told else why.zh
        detail = {"reason": why, "reason_zh": said_zh, "reason_en": f"{why.en}. {told}" if told else why.en}
        return settle("order.paused", order, by, at, detail)


def resume_order(*, by: Account, at: datetime, order_id: int) -> OrderRow:
    """Let the clocks run again. Raises `NothingWaits`, `ActNotNow`, `NotAllowed`."""
    with order_in_hand(order_id, by, OrderAct.RESUME) as order:
        since = order.paused_at
        end_pause(order, by, at)
        return settle("order.resumed", order, by, at, {"since": since})


def ask_extension(*, by: Account, at: datetime, assignment_id: int, reason: str, days: int) -> OrderRow:
    """Ask for `days` more working days before the due date is over; in its last hours the asking is marked so.

    Raises `NoDueDate`, `AskedTooLate`, `ExtensionTooLong`, `ExtensionWaits`, `WordsMissing`, `ActNotNow`, `NotAllowed`.
    """
    with part_in_hand(assignment_id, by, AssignmentAct.ASK_EXTENSION) as (order, part):
        set_clocks(order, at)
        part.refresh_from_db(fields=["due_on", "due_at", "red_at"])
        due_on = check_extension(part.due_on, part.due_at, at, days, thresholds())
        asked = Extension.objects.create(
            part=part,
            order=order,
            round=order.round,
            reason=said(reason, "延期原因", "reason"),
            days=days,
            due_before=due_on,
            is_last_hour=is_last_hour(part.red_at, at),
            asked_by=by,
            asked_at=at,
        )
        told = {
            "extension_id": asked.pk,
            "department": part.department.name,
            "department_id": part.department_id,
            "reason": asked.reason,
            "days": days,
            "is_last_hour": asked.is_last_hour,
            "last_zh": "（到期前才提出）" if asked.is_last_hour else "",
            "last_en": " (in the last hours)" if asked.is_last_hour else "",
        }
        return settle("order.extension_asked", order, by, at, told)


def decide_extension(*, by: Account, at: datetime, extension_id: int, granted: bool, words: str = "") -> OrderRow:
    """Grant it, which moves the due date of the part, and of the order when it leads; or refuse it with a reason.

    Raises `NothingWaits`, `WordsMissing`, `CalendarMissing`, `NotAllowed`.
    """
    with order_in_hand(_order_of(extension_id), by, OrderAct.DECIDE_EXTENSION) as order:
        asked = _waiting(extension_id, OrderAct.DECIDE_EXTENSION, granted=None)
        asked.granted, asked.decided_by, asked.decided_at = granted, by, at
        told = fitted(words, 300, "审批意见", "decision") if granted else said(words, "不同意的原因", "reason")
        asked.decision_words = told
        if granted:
            asked.due_after = due_if_granted(order, asked, at)
        asked.save()
        detail = {
            "extension_id": asked.pk,
            "department_id": asked.part.department_id,
            "granted": granted,
            "days": asked.days,
            "due_on": asked.due_after,
            "words": told,
            "granted_zh": f"同意延期{asked.days}个工作日，到{asked.due_after}" if granted else f"不同意延期：{told}",
            "granted_en": f"extended by {asked.days} working days, to {asked.due_after}" if granted else f"no: {told}",
        }
        return settle("order.extension_decided", order, by, at, detail)


def tell_resident(*, by: Account, at: datetime, extension_id: int) -> OrderRow:
    """Note that the resident was told of the longer time. Raises `NothingWaits`, `NotAllowed`."""
    with order_in_hand(_order_of(extension_id), by, OrderAct.TELL_RESIDENT) as order:
        asked = _waiting(extension_id, OrderAct.TELL_RESIDENT, granted=True)
        asked.resident_told_at, asked.resident_told_by = at, by
        asked.save()
        return settle("order.extension_told", order, by, at, {"extension_id": asked.pk, "due_on": asked.due_after})


def _order_of(extension_id: int) -> int:
    order_id = Extension.objects.filter(pk=extension_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound
    return order_id


def _waiting(extension_id: int, act: OrderAct, *, granted: bool | None) -> Extension:
    found = Extension.objects.select_related("part").filter(pk=extension_id, granted=granted, resident_told_at=None)
    asked = found.first()
    if asked is None:
        raise NothingWaits(act_zh=act.zh, act_en=act.en)
    return asked
