"""What an officer does in a follow-up: note a try, take the answer down, print the resident's slip."""

import io

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.showing import done, refused, show, way_back
from diancai.stages.feedback.actions import end_slip, issue_slip, record_answer, record_try
from diancai.words import AnswerWay, Satisfaction, Solved, TryFate, Word


@enter(Act.FOLLOW_UP, methods=("POST",))
def note_try(request: HttpRequest, desk: Desk, follow_up_id: int) -> HttpResponse:
    """Nobody was reached this time."""
    address = reverse("follow_up", args=[follow_up_id])
    form = asked(request)
    try:
        row = record_try(
            by=desk.account,
            at=timezone.now(),
            follow_up_id=follow_up_id,
            way=_word(form, "way", AnswerWay),
            fate=_word(form, "fate", TryFate),
            words=form.text("words"),
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    text = _("已记下：%(n)d 个不同的日子没有联系上。") % {"n": row.days_tried}
    return done(request, text, address)


@enter(Act.FOLLOW_UP, methods=("POST",))
def take_answer(request: HttpRequest, desk: Desk, follow_up_id: int) -> HttpResponse:
    """What the resident said."""
    address = reverse("follow_up", args=[follow_up_id])
    form = asked(request)
    try:
        row = record_answer(
            by=desk.account,
            at=timezone.now(),
            follow_up_id=follow_up_id,
            way=_word(form, "way", AnswerWay),
            solved=_word(form, "solved", Solved),
            satisfaction=_word(form, "satisfaction", Satisfaction) if form.text("satisfaction") else None,
            words=form.text("words"),
        )
    except Refusal as refusal:
        return refused(request, refusal, address)
    again = _("已记下。群众说没有解决，已开始新一轮重办。")
    return done(request, again if row.solved == Solved.NO and row.is_over else _("已记下群众的评价。"), address)


@enter(Act.FOLLOW_UP, methods=("POST",))
def print_slip(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """A new slip with its code, shown this once: only the paper has it afterwards."""
    slip = issue_slip(by=desk.account, at=timezone.now(), order_id=order_id)
    address = request.build_absolute_uri(reverse("answer", args=[slip.code]))
    facts = {
        "slip": slip,
        "square": _square(address),
        "door": request.build_absolute_uri(reverse("answer_door")),
        "back": way_back(request, reverse("order", args=[order_id])),
    }
    return show(request, "feedback/slip.html", facts)


@enter(Act.FOLLOW_UP, methods=("POST",))
def end(request: HttpRequest, desk: Desk, slip_id: int) -> HttpResponse:
    """A slip was lost: its code answers no more."""
    address = way_back(request, reverse("follow_ups"))
    try:
        end_slip(by=desk.account, at=timezone.now(), slip_id=slip_id)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("这张单子已作废。"), address)


def _square(address: str) -> SafeString:
    """The address as a QR square in SVG, made by the library; quarter of it may be soiled."""
    code: QRCode[SvgPathImage] = QRCode(error_correction=ERROR_CORRECT_Q, border=2, box_size=10)
    code.add_data(address)  # type: ignore[no-untyped-call]  # the library leaves some of it without types
    held = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(held)  # type: ignore[no-untyped-call, type-abstract]
    drawn = held.getvalue().decode()
    return mark_safe(drawn[drawn.index("<svg") :])  # noqa: S308  (only squares stand in it)


def _word(form: Asked, name: str, kind: type[Word]) -> Word:
    try:
        return kind(form.text(name))
    except ValueError as wrong:
        raise NotValid(what=f"{name}: {form.text(name) or '—'}") from wrong
