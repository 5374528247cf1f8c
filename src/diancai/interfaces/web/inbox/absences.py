"""Leave: from when until when, and who looks after my orders meanwhile. One's own; the administrator for anybody."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.people.absences import DEPUTISED, end_absence, list_absences, list_deputies, set_deputy
from diancai.ground.people.queries import get_account
from diancai.interfaces.web.asking import Asked, asked, word_label
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter_signed_in
from diancai.interfaces.web.showing import done, refused, show

BESIDE = {
    "absence_dates_reversed": "last_day",
    "absence_over_already": "last_day",
    "absence_too_long": "last_day",
    "absence_overlaps": "first_day",
    "deputy_not_fit": "deputy",
    "deputy_is_away": "deputy",
}


@enter_signed_in(methods=("GET", "POST"))
def absences(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """The absences of an account, and a form for the next one."""
    rows = list_absences(desk.account, username, desk.today)
    account = get_account(username)
    if account is None:
        raise NotFound
    form = asked(request, {"first_day": desk.today.isoformat()})
    if request.method == "POST" and _set(form, desk, username):
        return done(request, _("已安排代管人，到期自动收回。"), reverse("absences", args=[username]))
    facts = {
        "asked": form,
        "rows": rows,
        "person": account,
        "is_own": account.pk == desk.account.pk,
        "deputies": [(each.username, str(each)) for each in list_deputies(account, desk.today)],
        "roles": "、".join(word_label(role) for role in DEPUTISED),
    }
    return show(request, "inbox/absences.html", facts, status=200 if form.is_fine else 422)


@enter_signed_in(methods=("POST",))
def end(request: HttpRequest, desk: Desk, username: str, absence_id: int) -> HttpResponse:
    """Back earlier."""
    address = reverse("absences", args=[username])
    try:
        end_absence(by=desk.account, at=timezone.now(), absence_id=absence_id)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("代管已结束，岗位收回。"), address)


def _set(form: Asked, desk: Desk, username: str) -> bool:
    first, last = form.day("first_day", must=True), form.day("last_day", must=True)
    deputy = form.text("deputy", must=True)
    if not form.is_fine or first is None or last is None:
        return False
    try:
        set_deputy(by=desk.account, at=timezone.now(), username=username, deputy=deputy, first_day=first, last_day=last)
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        form.refuse(refusal, BESIDE)
    return form.is_fine
