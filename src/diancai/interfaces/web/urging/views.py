"""Lists of urging: units with what is overdue, parts to be urged, what was sent and answered."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import Asked, Filter, chip, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.urging.queries import list_parts, list_units, list_urges
from diancai.words import UrgingStep


def department_asked(request: HttpRequest, desk: Desk) -> int | None:
    """The department of the filter, else one's own."""
    asked = whole_number(request.GET.get("department", ""))
    return desk.department_id if asked is None else asked


def _department_chip(request: HttpRequest, desk: Desk) -> Filter:
    here = request.GET.get("place") or desk.scope.county_code or desk.place_code
    departments = [(str(row.id), row.short_name or row.name) for row in list_departments(here)]
    return chip(request, "department", _("单位"), departments)


def _chips(request: HttpRequest, desk: Desk, *more: Filter) -> list[Filter]:
    return list(more) if desk.department_id else [place_chip(request, desk), _department_chip(request, desk), *more]


@enter(Act.SEE_ORDER)
def units(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Overdue by unit: what each has in hand, what is late, which step it was urged to, which answers are missing."""
    rows = list_units(desk.account, programme_id=desk.programme_id, place_code=request.GET.get("place", ""))
    own = [row for row in rows if row.department_id == desk.department_id] if desk.department_id else rows
    chips = [] if desk.department_id else [place_chip(request, desk)]
    late = sum(row.late for row in own)
    return show(
        request, "urging/units.html", {"rows": own, "chips": chips, "late": late, "trail": trail(request, desk)}
    )


@enter(Act.SEE_ORDER)
def parts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What a unit has in hand, the longest overdue first; ticked ones are reminded, or go into a letter."""
    only = request.GET.get("only", "late")
    page = list_parts(
        desk.account,
        programme_id=desk.programme_id,
        place_code=request.GET.get("place", ""),
        department_id=department_asked(request, desk),
        only="" if only == "all" else only,
        after=request.GET.get("after", ""),
    )
    kinds = [("late", _("已逾期")), ("soon", _("快到期")), ("all", _("全部在办"))]
    facts = {
        "page": page,
        "chips": _chips(request, desk, chip(request, "only", _("时限"), kinds)),
        "trail": trail(request, desk),
        "may_remind": desk.may(Act.URGE_ORDER),
        "may_draft": desk.may(Act.SEND_LETTER),
        "steps": [pair for pair in words(UrgingStep) if pair[0] != UrgingStep.REMINDER],
        "asked": Asked({}),
    }
    return show(request, "urging/parts.html", facts)


@enter(Act.SEE_ORDER)
def sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Urgings as they were sent, the newest first; a department answers those it ticks."""
    page = list_urges(
        desk.account,
        programme_id=desk.programme_id,
        place_code=request.GET.get("place", ""),
        department_id=department_asked(request, desk),
        step=request.GET.get("step", ""),
        waiting=request.GET.get("waiting", ""),
        after=request.GET.get("after", ""),
    )
    answers = [("open", _("待答复")), ("late", _("逾期未答复")), ("answered", _("已答复"))]
    chips = _chips(
        request, desk, chip(request, "step", _("步骤"), words(UrgingStep)), chip(request, "waiting", _("答复"), answers)
    )
    facts = {
        "page": page,
        "chips": chips,
        "trail": trail(request, desk),
        "may_answer": desk.may(Act.ANSWER_URGE),
        "asked": Asked({}),
    }
    return show(request, "urging/sent.html", facts)
