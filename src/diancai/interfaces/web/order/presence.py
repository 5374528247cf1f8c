"""“我在办”: say that one is on an order, stay on it while the page is open, leave it; see who is on which."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from diancai.ground.errors import Refusal
from diancai.ground.paging import whole_numbers
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused, show, told, way_back
from diancai.stages.order.actions import leave_order, stay_on_order, take_order
from diancai.stages.order.queries import on_orders, presence_on

MOST_ASKED = 200  # as many as a board may show at once
STEPS: Mapping[str, tuple[Callable[..., object], object]] = {
    "take": (take_order, gettext_lazy("已登记：您在办这一件，同事能看到。")),
    "stay": (stay_on_order, gettext_lazy("已登记：您还在办这一件。")),
    "leave": (leave_order, gettext_lazy("已登记：您不办这一件了。")),
}


@enter(Act.SEE_ORDER, methods=("GET", "POST"))
def presence(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Who is on the order, as a part of its page, asked now and then while it is open. A form takes or leaves it; the
    open page of who is on it says that he stays."""
    if request.method == "POST":
        return _step(request, desk, order_id)
    return _part(request, desk, order_id)


def _part(request: HttpRequest, desk: Desk, order_id: int, why: str = "") -> HttpResponse:
    return show(request, "order/presence.html", presence_facts(desk, order_id) | {"why": why})


def presence_facts(desk: Desk, order_id: int) -> dict[str, object]:
    """What the part of the page tells: who is on the order, whether one is so oneself or may be."""
    may_take, on_it = presence_on(desk.account, order_id, timezone.now())
    is_mine = any(each.is_me for each in on_it)
    return {"order_id": order_id, "may_take": may_take, "on_it": on_it, "is_mine": is_mine}


def _step(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise Http404
    act, text = STEPS[step]
    address, at, why = way_back(request, reverse("order", args=[order_id])), timezone.now(), ""
    try:
        act(by=desk.account, at=at, order_id=order_id)
    except Refusal as refusal:
        if not _is_part(request):
            return refused(request, refusal, address)
        why = told(refusal)
    if not _is_part(request):
        return done(request, str(text), address)
    return _part(request, desk, order_id, why)


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target", "").startswith("presence-")


@enter(Act.SEE_ORDER)
def presences(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who is on each order of a board or list that is open, to be put into its cards."""
    ids = whole_numbers(request.GET.get("ids", "").split("."))[:MOST_ASKED]
    on_it = on_orders(desk.account, ids, timezone.now())
    return show(request, "order/presences.html", {"rows": [(each, on_it.get(each, ())) for each in ids]})
