"""The inbox: what happened to my orders, newest first; opening a line goes to its record."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.notices.actions import mark_all_read, mark_read
from diancai.ground.notices.queries import count_unread, list_notices
from diancai.interfaces.web.asking import asked, chip
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter_signed_in
from diancai.interfaces.web.showing import done, show

# Where the record that a notice is about has its page: kind of the record to name of the address and of its part.
RECORDS = {"order": ("order", "order_id"), "need": ("need", "need_id"), "offer": ("offer", "offer_id")}


@enter_signed_in()
def inbox(request: HttpRequest, desk: Desk) -> HttpResponse:
    """My notices."""
    unread = request.GET.get("unread", "") == "1"
    page = list_notices(desk.account, unread=unread, after=request.GET.get("after", ""))
    facts = {
        "page": page,
        "newest": max((row.id for row in page.rows), default=0),
        "unread_here": count_unread(desk.account),
        "chips": (chip(request, "unread", _("看过没有"), [("1", _("只看未读"))]),),
    }
    return show(request, "inbox/inbox.html", facts)


@enter_signed_in()
def open_notice(request: HttpRequest, desk: Desk, notice_id: int) -> HttpResponse:
    """Note that I have seen it and go to its record; asking twice changes nothing, so a link may do it."""
    kind, identifier = mark_read(by=desk.account, at=timezone.now(), notice_id=notice_id)
    return HttpResponseRedirect(_record(kind, identifier))


@enter_signed_in(methods=("POST",))
def read_all(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Note that I have seen everything up to what the page showed."""
    up_to = asked(request).number("up_to") or 0
    count = mark_all_read(by=desk.account, at=timezone.now(), up_to=up_to)
    return done(request, _("%(count)s条消息已标为看过。") % {"count": count}, reverse("inbox"))


def _record(kind: str, identifier: str) -> str:
    if kind not in RECORDS or not identifier.isdecimal():
        return reverse("me" if kind == "absence" else "inbox")  # a deputy's new posts stand on his own page
    name, part = RECORDS[kind]
    return reverse(name, kwargs={part: int(identifier)})
