"""Acts on the ticked orders of a board or a list: dispatch them together, urge those who hold them."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.paging import whole_numbers
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused, told, way_back
from diancai.stages.order.actions import dispatch_orders
from diancai.stages.urging.actions import remind
from diancai.stages.urging.standing import leads_of

POST = ("POST",)


@enter(Act.DISPATCH_ORDER, methods=POST)
def dispatch_ticked(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One department takes the lead of every ticked order; those that refuse are told and stay as they were."""
    form, address = asked(request), way_back(request, reverse("board"))
    department_id, due_on = form.number("bulk_department", must=True), form.day("bulk_due_on")
    try:
        if not form.is_fine:
            raise NotValid(what="；".join(form.errors.values()))
        made = dispatch_orders(
            by=desk.account,
            at=timezone.now(),
            order_ids=whole_numbers(request.POST.getlist("ticked")),
            department_id=department_id or 0,
            due_on=due_on,
            duty_basis=form.text("bulk_duty_basis"),
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    _tell_refused(request, [refusal for _order_id, refusal in made.refused])
    return _sent(request, _("已派出 %(count)s 件。"), len(made.orders), address)


@enter(Act.URGE_ORDER, methods=POST)
def urge_ticked(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Remind the lead of every ticked order."""
    address = way_back(request, reverse("board"))
    leads = leads_of(whole_numbers(request.POST.getlist("ticked")))
    try:
        made = remind(
            by=desk.account,
            at=timezone.now(),
            assignment_ids=list(leads.values()),
            words=asked(request).text("bulk_words"),
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    _tell_refused(request, [each.why for each in made.left_out])
    return _sent(request, _("已催办 %(count)s 件。"), len(made.urge_ids), address)


def _tell_refused(request: HttpRequest, refusals: Iterable[Refusal]) -> None:
    """Each reason once, with how many it holds back."""
    texts = [told(refusal) for refusal in refusals]
    for why in dict.fromkeys(texts):
        messages.error(request, _("有 %(count)s 件没有办成：%(why)s") % {"count": texts.count(why), "why": why})


def _sent(request: HttpRequest, text: str, count: int, address: str) -> HttpResponse:
    return done(request, text % {"count": count}, address) if count else HttpResponseRedirect(address)
