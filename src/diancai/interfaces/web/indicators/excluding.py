"""What was taken out of indicators: the list, asking for it, the second person's word, counting it again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.indicators.asked import ask_of
from diancai.interfaces.web.indicators.showing import named
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, refused, show, way_back
from diancai.stages.order.queries import get_order
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.excluding import (
    decide_exclusion,
    lift_exclusion,
    list_exclusions,
    propose_exclusion,
)

POST = ("POST",)


@enter(Act.SEE_ORDER)
def exclusions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Those that wait for the second person first."""
    names = {each.key: named(each) for each in book().indicators}
    rows = list_exclusions(desk.account, ask_of(request, desk))
    facts = {
        "rows": [(row, names.get(row.indicator, row.indicator) or _("全部可剔除的指标")) for row in rows],
        "chips": (place_chip(request, desk),),
        "trail": trail(request, desk),
    }
    return show(request, "indicators/exclusions.html", facts)


@enter(Act.CLOSE_ORDER, methods=("GET", "POST"))
def propose(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """Ask that an order be left out."""
    row = get_order(desk.account, order_id).order
    form = asked(request)
    if request.method == "POST" and _propose(form, desk, order_id):
        return done(request, _("已提出剔除申请，等另一位同志审定。"), reverse("exclusions"))
    choices = [(each.key, named(each)) for each in book().indicators if each.facts and each.allows_exclusion]
    facts = {"row": row, "asked": form, "choices": choices, "back": way_back(request, reverse("indicators"))}
    return show(request, "indicators/propose.html", facts, status=422 if request.method == "POST" else 200)


def _propose(form: Asked, desk: Desk, order_id: int) -> bool:
    reason, evidence = form.text("reason", must=True), form.text("evidence", must=True)
    if not form.is_fine:
        return False
    try:
        propose_exclusion(
            by=desk.account,
            at=timezone.now(),
            order_id=order_id,
            indicator=form.text("indicator"),
            reason=reason,
            evidence=evidence,
        )
    except Refusal as refusal:
        form.refuse(refusal)
    return form.is_fine


@enter(Act.SECOND_CLOSING, methods=POST)
def decide(request: HttpRequest, desk: Desk, exclusion_id: int) -> HttpResponse:
    """The second person's word."""
    granted, words = request.POST.get("granted") == "1", request.POST.get("words", "")
    text = _("已同意剔除，统计已更新。") if granted else _("已退回剔除申请。")
    return _act(request, text, lambda: decide_exclusion(
        by=desk.account, at=timezone.now(), exclusion_id=exclusion_id, granted=granted, words=words
    ))  # fmt: skip


@enter(Act.CLOSE_ORDER, methods=POST)
def lift(request: HttpRequest, desk: Desk, exclusion_id: int) -> HttpResponse:
    """Count it again."""
    return _act(
        request,
        _("已恢复计入。"),
        lambda: lift_exclusion(by=desk.account, at=timezone.now(), exclusion_id=exclusion_id),
    )


def _act(request: HttpRequest, text: str, act: Callable[[], None]) -> HttpResponse:
    address = way_back(request, reverse("exclusions"))
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address)
