"""What waits for whom: the lines of the first page, one for each act that a post may do now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.ground.errors import NotAllowed
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.stages.feedback.queries import count_answers
from diancai.stages.match.queries import count_gaps, list_proposals
from diancai.stages.need.queries import count_review_queue, list_editions
from diancai.stages.order.queries import count_orders
from diancai.stages.remark.queries import list_batches
from diancai.stages.supply.queries import list_offers
from diancai.words import BatchState, EditionState, Level

MOST = 200  # counts taken from a list stop here and are shown as 200+
STALE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Task:
    """A line: how many, what, why it matters, where to do it; `tone` late, waits or calm (nothing to do)."""

    count: int
    title: str
    hint: str
    href: str
    tone: str
    at_least: bool = False


def _task(count: int, title: str, hint: str, href: str, tone: str = "waits") -> Task:
    return Task(count, title, hint, href, tone if count else "calm", count >= MOST)


def tasks_of(desk: Desk) -> tuple[Task, ...]:
    """The lines of this desk: what is late first, then what waits, what is done last."""
    found: list[Task] = []
    for act, lines in LINES:
        if desk.may(act):
            try:
                found += lines(desk)
            except NotAllowed:
                continue
    order = {"late": 0, "waits": 1, "calm": 2}
    return tuple(sorted(found, key=lambda task: order[task.tone]))


def _orders(desk: Desk) -> list[Task]:
    counts = count_orders(desk.account, programme_id=desk.programme_id, department_id=desk.department_id)
    own = "" if desk.department_id is None else f"department={desk.department_id}&"
    address = reverse("orders")
    late = _task(
        counts.late,
        _("逾期的订单"),
        _("过了办理时限还没有办结"),
        f"{address}?{own}late=1",
        "late",
    )
    if desk.department_id is not None:
        waiting = _task(
            counts.waiting, _("等您接单"), _("接下、部分接下，或写明理由退回"), f"{address}?{own}state=dispatched"
        )
        return [late, waiting]
    if not desk.may(Act.DISPATCH_ORDER):
        return [late]
    returned = _task(counts.returned, _("被退回的订单"), _("看理由，改派别的单位"), f"{address}?state=returned")
    problem = _task(counts.problem, _("问题工单"), _("要由领导小组办公室开会研判"), f"{address}?late=problem", "late")
    waiting = _task(counts.waiting, _("等部门接单"), _("派出去还没有人接"), f"{address}?state=dispatched")
    longer = _task(counts.extensions, _("等审批的延期"), _("同意或不同意，都要写明"), f"{address}?late=longer")
    plans = _task(counts.plans_due, _("计划到期的订单"), _("今年办、改年度，或取消"), f"{address}?late=plan_due")
    return [late, problem, returned, longer, plans, waiting]


def _follow_ups(desk: Desk) -> list[Task]:
    counts = count_answers(desk.account, programme_id=desk.programme_id)
    address = reverse("follow_ups")
    late = _task(counts.late, _("逾期的回访"), _("办结了还没有问过群众"), f"{address}?late=1", "late")
    waiting = _task(counts.waiting - counts.late, _("等回访的"), _("打电话或上门，问一句解决没有"), address)
    return [late, waiting] if counts.late else [waiting]


def _comb(desk: Desk) -> list[Task]:
    if desk.level != Level.TOWN:
        return []
    count = count_review_queue(desk.account, programme_id=desk.programme_id, level="town")
    return [_task(count, _("等您梳理的需求"), _("看看系统整理得对不对，转给旗县"), reverse("review"))]


def _review(desk: Desk) -> list[Task]:
    count = count_review_queue(desk.account, programme_id=desk.programme_id, level="county")
    town = count_review_queue(desk.account, programme_id=desk.programme_id, level="town")
    return [
        _task(count, _("等审核的需求"), _("最拿不准的排在前面"), reverse("review")),
        _task(town, _("还在乡镇梳理"), _("必要时可以代为梳理"), reverse("review") + "?level=town"),
    ]


def _matches(desk: Desk) -> list[Task]:
    rows = list_proposals(desk.account, programme_id=desk.programme_id, limit=MOST).rows
    gaps = sum(cell.needs_without_offer for cell in count_gaps(desk.account, programme_id=desk.programme_id))
    return [
        _task(len(rows), _("等确认的对接"), _("系统给出理由，您来定"), reverse("matches")),
        _task(gaps, _("没有服务可接的需求"), _("请有关单位增补服务项目"), reverse("needs_without_offer")),
    ]


def _editions(desk: Desk) -> list[Task]:
    rows = list_editions(desk.account, programme_id=desk.programme_id)
    waiting = [row for row in rows if row.state != EditionState.PUBLISHED]
    href = reverse("demand_list", args=[waiting[0].id]) if len(waiting) == 1 else reverse("demand_lists")
    return [_task(len(waiting), _("还没发布的需求清单"), _("起草后送签，签批后发布"), href)]


def _imports(desk: Desk) -> list[Task]:
    rows = list_batches(desk.account).rows
    open_ = [row for row in rows if row.state == BatchState.DRY_RUN]
    href = reverse("import", args=[open_[0].id]) if len(open_) == 1 else reverse("imports")
    return [_task(len(open_), _("没导完的表格"), _("试导入后还没有确认"), href)] if open_ else []


def _offers(desk: Desk) -> list[Task]:
    if desk.department_id is None:
        return []
    rows = list_offers(desk.account, programme_id=desk.programme_id, department_id=desk.department_id, limit=MOST).rows
    stale = [row for row in rows if row.assured_on is None or (desk.today - row.assured_on).days > STALE_DAYS]
    href = f"{reverse('offers')}?department={desk.department_id}"
    return [_task(len(stale), _("该确认的服务项目"), _("三个月没有确认过是否仍然有效"), href)]


LINES: tuple[tuple[Act, Callable[[Desk], list[Task]]], ...] = (
    (Act.SEE_ORDER, _orders),
    (Act.FOLLOW_UP, _follow_ups),
    (Act.COMB_NEED, _comb),
    (Act.REVIEW_NEED, _review),
    (Act.DECIDE_MATCH, _matches),
    (Act.DRAFT_DEMAND_LIST, _editions),
    (Act.IMPORT_REMARKS, _imports),
    (Act.WRITE_OFFER, _offers),
)
