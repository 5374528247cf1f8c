"""Buttons of urging: each posts to one address, calls one act, goes back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
from diancai.stages.urging.actions import answer_urges, draft_letter, remind, withdraw_letter
from diancai.stages.urging.rows import Urged
from diancai.words import UrgingStep

POST = ("POST",)


@enter(Act.URGE_ORDER, methods=POST)
def remind_many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Remind of all that is ticked in one act; what could not be reminded is told with its reason."""

    def act() -> str:
        made = remind(
            by=desk.account,
            at=timezone.now(),
            assignment_ids=whole_numbers(request.POST.getlist("ticked")),
            words=request.POST.get("words", ""),
        )
        return _reminded(made)

    return _done(request, act)


@enter(Act.ANSWER_URGE, methods=POST)
def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One answer for all that is ticked."""

    def act() -> str:
        form = asked(request)
        promised_on = form.day("promised_on")
        if not form.is_fine:
            raise NotValid(what="；".join(form.errors.values()))
        count = answer_urges(
            by=desk.account,
            at=timezone.now(),
            urge_ids=whole_numbers(request.POST.getlist("ticked")),
            answer=form.text("answer"),
            promised_on=promised_on,
        )
        return _("已答复 %(n)s 件。") % {"n": count}

    return _done(request, act)


@enter(Act.SEND_LETTER, methods=POST)
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Draw up a letter over what is ticked, and open it."""
    form = asked(request)
    step = UrgingStep.from_zh(form.text("step"))
    try:
        if step is None or step == UrgingStep.REMINDER:
            raise NotValid(what=_("请选择函件种类"))
        letter_id = draft_letter(
            by=desk.account,
            at=timezone.now(),
            step=step,
            assignment_ids=whole_numbers(request.POST.getlist("ticked")),
            words=form.text("words"),
            skip_reason=form.text("skip_reason"),
        )
    except Refusal as refusal:
        return refused(request, refusal, way_back(request, reverse("urging_parts")))
    return done(request, _("已拟稿。请打印送签，签字后登记发出。"), reverse("letter", args=[letter_id]))


@enter(Act.SEND_LETTER, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, letter_id: int) -> HttpResponse:
    """Take a draft back."""

    def act() -> str:
        withdraw_letter(by=desk.account, at=timezone.now(), letter_id=letter_id)
        return _("已作废，文号不再使用。")

    return _done(request, act, reverse("letter", args=[letter_id]))


def _reminded(made: Urged) -> str:
    count = len(made.urge_ids)
    text = _("已催办 %(n)s 件。") % {"n": count}
    if not made.left_out:
        return text
    left = len(made.left_out)
    why = told(made.left_out[0].why)
    return text + _("%(n)s 件没有催：%(why)s") % {"n": left, "why": why}


def _done(request: HttpRequest, act: Callable[[], str], address: str = "") -> HttpResponse:
    back = address or way_back(request, reverse("urging"))
    try:
        text = act()
    except Refusal as refusal:
        return refused(request, refusal, back)
    return done(request, text, back)
