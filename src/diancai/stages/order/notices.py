"""Who is told of what happens to an order. Reactions to this stage's own events, inside the transaction of the act.

A notice says number, place, days and departments, never why somebody returned it or what the resident wants: the record
says that to whoever may open it. An order behind which lies a report about persons is told of by none, and whatever was
told of it is taken away.
"""

from collections.abc import Callable, Iterable

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.notices.actions import Texts, forget_about, notify
from diancai.ground.notices.seats import Seat
from diancai.ground.place.models import Department
from diancai.ground.place.queries import full_name
from diancai.stages.order.models import Assignment, Extension, Order
from diancai.words import AssignmentState, NoticeKind, OrderLevel, Role

Teller = Callable[[Event, Order], None]
Told = tuple[str, str]
# Acts after which somebody may hold a part that he has not been told of.
SEATING = ("placed", "dispatched", "handed_over", "passed_on", "redo_opened", "problem_resolved", "plan_reviewed")


def register() -> None:
    """Listen; called once when the tables are known."""
    for act in SEATING:
        listen(f"order.{act}", _telling(tell_holders))
    for act, teller in TELLERS.items():
        listen(f"order.{act}", teller)
    listen("order.dispatched_together", tell_together)
    listen("order.", tell_problem)
    listen("order.hidden", forget)
    listen("need.diverted", forget_of_needs)


def _telling(teller: Teller) -> Callable[[Event], None]:
    def react(event: Event) -> None:
        order = Order.objects.filter(pk=event.subject_id, hidden_at=None).first()
        if order is not None:
            teller(event, order)

    return react


def tell_holders(event: Event, order: Order) -> None:
    """Each department that holds a part it has not answered: once for each part, whatever brought it there."""
    waiting = Assignment.objects.filter(order=order, ended_at=None, state=AssignmentState.DISPATCHED)
    for part in waiting.select_related("department"):
        is_again = part.round > 1
        kind = NoticeKind.REDO if is_again else NoticeKind.DISPATCHED
        due = part.due_on or order.due_on
        by_zh = f"，{due.year}年{due.month}月{due.day}日前办结" if due else ""
        by_en = f", due on {due.isoformat()}" if due else ""
        zh = f"第{part.round}轮重办" if is_again else ("请牵头办理" if part.is_lead else "请配合办理")
        en = f"round {part.round}" if is_again else ("you lead" if part.is_lead else "you take part")
        texts = _texts(order, f"派给{part.department.name}，{zh}{by_zh}", f"for {part.department.name}, {en}{by_en}")
        _tell(kind, _contacts(part.department_id), event, order, texts, key=f"part:{part.pk}")


def tell_return(event: Event, order: Order) -> None:
    """The office that dispatched it."""
    department = _department_of(event)
    texts = _texts(
        order, f"被{department}退回，请另派" if department else "被退回，请另派", "returned, to be dispatched anew"
    )
    _tell(NoticeKind.RETURNED, _offices(order), event, order, texts)


def tell_escalation(event: Event, order: Order) -> None:
    """Both offices (design 2b.3): the one that asked, unless it did so itself, and the one above."""
    texts = _texts(order, "提请上级办理", "asks the upper level")
    _tell(
        NoticeKind.ESCALATED,
        [*_offices(order), Seat(Role.PROGRAMME_OFFICE, order.prefecture_code)],
        event,
        order,
        texts,
    )


def tell_escalation_answer(event: Event, order: Order) -> None:
    """The office below and the departments that hold the order."""
    texts = _texts(order, "上级已答复", "the upper level has answered")
    _tell(NoticeKind.ESCALATED, [*_offices(order), *_holders(order)], event, order, texts)


def tell_extension_asked(event: Event, order: Order) -> None:
    """The office that decides."""
    texts = _texts(order, "申请延期，请审批", "an extension waits for your decision")
    _tell(NoticeKind.EXTENSION, _offices(order), event, order, texts)


def tell_extension_decided(event: Event, order: Order) -> None:
    """The department that asked; when granted the officers of the place as well, who tell the resident."""
    extension = Extension.objects.select_related("part").filter(pk=event.details.get("extension_id")).first()
    if extension is None:
        return
    zh, en = ("同意延期", "extension granted") if extension.granted else ("不同意延期", "extension refused")
    _tell(NoticeKind.EXTENSION, _contacts(extension.part.department_id), event, order, _texts(order, zh, en))
    if extension.granted and extension.due_after:
        new = extension.due_after
        texts = _texts(
            order,
            f"办理期限延到{new.year}年{new.month}月{new.day}日，请告知群众",
            f"now due on {new.isoformat()}: please tell the resident",
        )
        _tell(NoticeKind.TELL_RESIDENT, _officers(order), event, order, texts, key=f"{_key(event)}:resident")


def tell_completion(event: Event, order: Order) -> None:
    """The office: it follows up."""
    department = _department_of(event)
    texts = _texts(
        order, f"{department}报办结，待回访" if department else "报办结，待回访", "completed, to be followed up"
    )
    _tell(NoticeKind.COMPLETED, _offices(order), event, order, texts)


def tell_clock(event: Event, order: Order) -> None:
    """Those who hold it; once it is overdue their leaders as well (design: the contact first, then the leader)."""
    is_over = event.kind == "order.clock_overdue"
    kind = NoticeKind.OVERDUE if is_over else NoticeKind.WARNING
    due = order.due_on
    day_zh, day_en = (f"{due.year}年{due.month}月{due.day}日", due.isoformat()) if due else ("", "")
    zh = f"已过{day_zh}的办理时限" if is_over else f"{day_zh}到期，请抓紧办理"
    en = f"is overdue since {day_en}" if is_over else f"is due on {day_en}"
    held = Assignment.objects.filter(order=order, ended_at=None).values_list("department_id", flat=True)
    to = [seat for pk in held for seat in (_staff(pk) if is_over else _contacts(pk))]
    _tell(kind, to, event, order, _texts(order, zh, en))


def tell_unsigned(event: Event, order: Order) -> None:
    """The department that has not signed for it: its contact and its leader."""
    department_id = event.details.get("department_id")
    if isinstance(department_id, int):
        texts = _texts(order, "签收已逾期", "was not signed for in time")
        _tell(NoticeKind.OVERDUE, _staff(department_id), event, order, texts)


def tell_problem(event: Event) -> None:
    """The office that must call the meeting; at once, since nobody else may go on with it."""
    if "problem" not in event.details:
        return
    order = Order.objects.filter(pk=event.subject_id, hidden_at=None).first()
    if order is not None:
        _tell_problem(event, order)


def tell_together(event: Event) -> None:
    """Orders dispatched in one act: what each of them would have told by itself. One message gathers them anyway."""
    for order in Order.objects.filter(pk__in=event.details["order_ids"], hidden_at=None):
        tell_holders(event, order)
        if order.pk in event.details["problem_ids"]:
            _tell_problem(event, order)


def _tell_problem(event: Event, order: Order) -> None:
    texts = _texts(order, "成为问题工单，请开会研判", "is a problem order: a meeting is due")
    _tell(NoticeKind.PROBLEM, _offices(order), event, order, texts, key=f"{_key(event)}:problem:{order.pk}")


def forget(event: Event) -> None:
    """Nothing of a hidden order stays in an inbox or waits to be sent."""
    forget_about([("order", event.subject_id)])


def forget_of_needs(event: Event) -> None:
    """The same for orders that go on without words: what was told before the divert may have named them."""
    orders = Order.objects.filter(need_id__in=event.details["wordless_ids"]).values_list("pk", flat=True)
    forget_about([("order", pk) for pk in orders])


TELLERS: dict[str, Callable[[Event], None]] = {
    "returned": _telling(tell_return),
    "escalated": _telling(tell_escalation),
    "escalation_answered": _telling(tell_escalation_answer),
    "extension_asked": _telling(tell_extension_asked),
    "extension_decided": _telling(tell_extension_decided),
    "completed": _telling(tell_completion),
    "clock_amber": _telling(tell_clock),
    "clock_red": _telling(tell_clock),
    "clock_overdue": _telling(tell_clock),
    "sign_overdue": _telling(tell_unsigned),
}


def _tell(kind: NoticeKind, to: Iterable[Seat], event: Event, order: Order, texts: Texts, *, key: str = "") -> None:
    notify(
        kind,
        to,
        about=("order", order.pk),
        key=key or _key(event),
        texts=texts,
        at=event.at,
        county_code=order.county_code,
        besides=event.by,
    )


def _key(event: Event) -> str:
    return f"event:{event.pk}"


def _texts(order: Order, zh: str, en: str) -> Texts:
    place = full_name(order.scope, order.sub_place, above=order.prefecture_code)
    return Texts(
        f"订单{order.number}（{place}）：{zh}。", f"Order {order.number} ({place}): {en}.", order.number, place
    )


def _offices(order: Order) -> list[Seat]:
    office = order.county_code if order.level == OrderLevel.COUNTY else order.prefecture_code
    return [Seat(Role.PROGRAMME_OFFICE, office)]


def _contacts(department_id: int) -> list[Seat]:
    return [Seat(Role.DEPARTMENT_CONTACT, department_id=department_id)]


def _staff(department_id: int) -> list[Seat]:
    return [*_contacts(department_id), Seat(Role.DEPARTMENT_LEADER, department_id=department_id)]


def _holders(order: Order) -> list[Seat]:
    held = Assignment.objects.filter(order=order, ended_at=None).values_list("department_id", flat=True)
    return [seat for department_id in held for seat in _contacts(department_id)]


def _officers(order: Order) -> list[Seat]:
    """Those of the village, or of the town where the village has nobody's code."""
    village = [Seat(Role.LIAISON_OFFICER, order.village_code)] if order.village_code else []
    town = [Seat(Role.TOWN_OFFICER, order.town_code)] if order.town_code else []
    return [*village, *town]


def _department_of(event: Event) -> str:
    found = Department.objects.filter(pk=event.details.get("department_id")).first()
    return found.name if found else ""
