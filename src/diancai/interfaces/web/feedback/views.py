"""Follow-ups: the list of what waits, and one of them with its answers."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked, chip, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.feedback.queries import count_answers, get_follow_up, list_follow_ups
from diancai.words import AnswerWay, FollowUpState, Satisfaction, Solved, TryFate

WAYS = (AnswerWay.PHONE, AnswerWay.VISIT)


@enter(Act.SEE_ANSWERS)
def follow_ups(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits, the one due first on top; and what residents said, each number opens its follow-ups."""
    place, state = request.GET.get("place", ""), request.GET.get("state", FollowUpState.WAITING)
    narrowed = {"programme_id": desk.programme_id, "place_code": place, "department_id": desk.department_id}
    page = list_follow_ups(
        desk.account,
        **narrowed,  # type: ignore[arg-type]
        state="" if state == "all" else state,
        solved=request.GET.get("solved", ""),
        satisfaction=request.GET.get("satisfaction", ""),
        late=bool(request.GET.get("late")),
        after=request.GET.get("after", ""),
    )
    counts = count_answers(desk.account, **narrowed)  # type: ignore[arg-type]
    chips = (
        place_chip(request, desk),
        chip(request, "state", _("回访状态"), [*words(FollowUpState), ("all", _("全部状态"))]),
        chip(request, "solved", _("群众说"), words(Solved)),
        chip(request, "satisfaction", _("满意度"), words(Satisfaction)),
        chip(request, "late", _("时限"), [("1", _("逾期的"))]),
    )
    facts = {
        "page": page,
        "counts": counts,
        "solved": counts.solved.items(),
        "grades": counts.satisfaction.items(),
        "chips": chips,
        "state": state,
        "trail": trail(request, desk),
    }
    return show(request, "feedback/list.html", facts)


@enter(Act.SEE_ANSWERS)
def follow_up(request: HttpRequest, desk: Desk, follow_up_id: int) -> HttpResponse:
    """One follow-up: what was done, whom to ask, what was answered."""
    detail = get_follow_up(desk.account, follow_up_id)
    facts = {
        "detail": detail,
        "row": detail.follow_up,
        "ways": words(AnswerWay)[: len(WAYS)],
        "fates": words(TryFate),
        "solved": words(Solved),
        "grades": words(Satisfaction),
        "asked": asked(request),
        "trail": trail(request, desk),
    }
    return show(request, "feedback/detail.html", facts)
