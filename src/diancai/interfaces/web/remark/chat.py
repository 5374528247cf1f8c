"""Pasted chats: paste, tick the lines that ask for something, keep only those. The rest is never stored."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.pasted import read_chat
from diancai.ground.errors import Refusal
from diancai.ground.paging import whole_numbers
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import options
from diancai.interfaces.web.showing import done, show
from diancai.stages.remark.actions import keep_chat


@enter(Act.RECORD_REMARK, methods=("GET", "POST"))
def chat(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Two steps on one address: the pasted text comes back as lines to tick; what is ticked is kept."""
    form = asked(request, {"place": desk.place_code})
    pasted = form.text("pasted")
    lines = read_chat(pasted, form.day("on") or desk.today) if pasted else []
    if request.method == "POST" and form.text("keep"):
        ticked = whole_numbers(request.POST.getlist("ticked"))
        try:
            kept = keep_chat(
                by=desk.account,
                at=timezone.now(),
                programme_id=desk.programme_id,
                place_code=form.text("place") or desk.place_code,
                sub_place=form.text("sub_place"),
                lines=lines,
                ticked=ticked,
            )
        except Refusal as refusal:
            form.refuse(refusal, {"no_such_place": "place"})
        else:
            text = _("已留下 %(count)s 条，其余的话没有保存。") % {"count": len(kept)}
            return done(request, text, reverse("remarks") + "?source=chat")
    # The first step does not ask where; the second starts from the officer's own place.
    form.sent = {"place": desk.place_code, **form.sent}
    facts = {"asked": form, "lines": list(enumerate(lines)), "places": options(desk), "pasted": pasted}
    return show(request, "remark/chat.html", facts, status=422 if form.general else 200)
