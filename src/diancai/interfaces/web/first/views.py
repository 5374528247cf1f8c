"""The first page (what waits for me, what is late, what came in), and search."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_station
from diancai.ground.search.queries import find_within
from diancai.interfaces.web.asking import chip
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.emergency import open_emergencies
from diancai.interfaces.web.enter import enter_signed_in
from diancai.interfaces.web.first.found import told_hits
from diancai.interfaces.web.first.tasks import tasks_of
from diancai.interfaces.web.showing import show
from diancai.stages.order.queries import kinds_for, list_orders, reach_of
from diancai.stages.order.rows import OrderRow
from diancai.stages.remark.queries import list_remarks
from diancai.stages.remark.rows import RemarkRow
from diancai.words import Role

NEWEST = 6
FIELD = (Role.LIAISON_OFFICER, Role.TOWN_OFFICER)


@enter_signed_in()
def first(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for me. Without a post: whom to ask."""
    if desk.post is None or desk.programme is None:
        return show(request, "first/empty.html", {})
    if desk.role == Role.LEADER:
        return HttpResponseRedirect(reverse("leader"))
    writes = desk.may(Act.RECORD_REMARK)
    tasks = tasks_of(desk)
    facts = {
        "emergencies": open_emergencies(desk),
        "tasks": [task for task in tasks if task.count],
        "calm": [task for task in tasks if not task.count],
        "remarks": _newest_remarks(desk),
        "orders": _newest_orders(desk),
        "may_write": writes,
        "is_field": desk.role in FIELD,
        "station": get_station(desk.place_code) if writes and desk.place_code else None,
    }
    return show(request, "first/first.html", facts)


def _newest_remarks(desk: Desk) -> tuple[RemarkRow, ...]:
    if not desk.may(Act.SEE_REMARK):
        return ()
    return list_remarks(desk.account, programme_id=desk.programme_id, limit=NEWEST).rows


def _newest_orders(desk: Desk) -> tuple[OrderRow, ...]:
    if not desk.may(Act.SEE_ORDER):
        return ()
    department_id = desk.department_id
    return list_orders(desk.account, programme_id=desk.programme_id, department_id=department_id, limit=NEWEST).rows


@enter_signed_in()
def search(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Records with all the words, newest first, within what the posts reach."""
    words = request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    mine = kinds_for(desk.account)
    hits = find_within(words, reach_of(desk.account, kind), after=request.GET.get("after", ""))
    kinds = [("remark", _("民情记录")), ("need", _("需求")), ("offer", _("服务项目")), ("order", _("订单"))]
    facts = {
        "asked_words": words,
        "hits": hits,
        "rows": told_hits(desk, hits.rows),
        "chips": (chip(request, "kind", _("种类"), [(k, label) for k, label in kinds if k in mine]),),
        "more_than_counted": hits.count > 1000,
    }
    return show(request, "first/search.html", facts)
