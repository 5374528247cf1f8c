"""Who is told of urgings, inside the transaction of the act: the department urged, and who urged once it answers.

The schedule's own warnings are told by the clock of the order (`stages/order/notices.py`); they are not told twice.
"""

from collections.abc import Iterable

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.notices.actions import Texts, notify
from diancai.ground.notices.seats import Seat
from diancai.ground.people.models import Account
from diancai.ground.place.queries import full_name
from diancai.stages.order.models import Order
from diancai.stages.urging.models import Urge
from diancai.words import NoticeKind, Role, UrgingStep


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("urging.reminded", tell_reminded)
    listen("urging.letter_sent", tell_letter)
    listen("urging.answered", tell_answered)


def tell_reminded(event: Event) -> None:
    """The contact of each department once, however many of its parts were ticked."""
    if event.by is not None:
        _tell_departments(event, Urge.objects.filter(pk__in=event.details["urge_ids"]), with_leader=False)


def tell_letter(event: Event) -> None:
    """Contact and leader of each department that the letter names and that is to answer."""
    urges = Urge.objects.filter(letter=int(event.subject_id), answer_due_on__isnull=False)
    _tell_departments(event, urges, with_leader=True)


def tell_answered(event: Event) -> None:
    """Whoever urged."""
    urges = Urge.objects.filter(pk__in=event.details["urge_ids"], sent_by__isnull=False)
    for urge in urges.select_related("order", "sent_by", "department").order_by("sent_by_id", "id"):
        who = urge.department.name
        if urge.sent_by is not None:
            texts = _texts(urge.order, 1, f"{who}已书面答复", f"{who} answered")
            _tell(event, [urge.sent_by], urge.order, texts, f"urging:{event.pk}:by:{urge.sent_by.pk}")


def _tell_departments(event: Event, urges: Iterable[Urge], *, with_leader: bool) -> None:
    roles = (Role.DEPARTMENT_CONTACT, Role.DEPARTMENT_LEADER) if with_leader else (Role.DEPARTMENT_CONTACT,)
    by_department: dict[int, list[Urge]] = {}
    for urge in urges:
        by_department.setdefault(urge.department_id, []).append(urge)
    for department_id, held in by_department.items():
        first, step = held[0], UrgingStep(held[0].step)
        due = first.answer_due_on
        zh = f"{step.zh}" + (f"，请在{due.year}年{due.month}月{due.day}日前书面答复" if due else "")
        en = f"{step.en}" + (f", to be answered by {due.isoformat()}" if due else "")
        to = [Seat(role, department_id=department_id) for role in roles]
        texts = _texts(first.order, len(held), zh, en)
        _tell(event, to, first.order, texts, f"urging:{event.pk}:to:{department_id}")


def _tell(event: Event, to: Iterable[Account | Seat], order: Order, texts: Texts, key: str) -> None:
    notify(
        NoticeKind.URGED,
        to,
        about=("order", order.pk),
        key=key,
        texts=texts,
        at=event.at,
        county_code=order.county_code,
        besides=event.by,
    )


def _texts(order: Order, count: int, zh: str, en: str) -> Texts:
    place = full_name(order.scope, order.sub_place, above=order.prefecture_code)
    more_zh, more_en = (f"等{count}件", f" and {count - 1} more") if count > 1 else ("", "")
    told = f"订单{order.number}{more_zh}（{place}）：{zh}。", f"Order {order.number}{more_en} ({place}): {en}."
    return Texts(*told, order.number, place)
