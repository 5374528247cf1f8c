"""Follow-ups in lists, by key, the one that is due first on top; and one with everything behind it."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, later_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import full_name
from diancai.ground.place.sight import seen
from diancai.stages.feedback.limits import days_of_tries
from diancai.stages.feedback.models import FollowUp
from diancai.stages.feedback.queries.done import done_words
from diancai.stages.feedback.queries.slips import rating_row, slip_row
from diancai.stages.feedback.rows import FollowUpDetail, FollowUpRow, RatingRow, TryRow
from diancai.stages.feedback.rules import Answer, counting
from diancai.stages.need.models import NeedSource
from diancai.words import AnswerWay, FollowUpState, OrderState, Satisfaction, Solved, TryFate

WITH = ("order", "department", "officer")


def list_follow_ups(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    state: str = "waiting",
    solved: str = "",
    satisfaction: str = "",
    late: bool = False,
    after: str = "",
    limit: int = 50,
) -> Page[FollowUpRow]:
    """Follow-ups in the account's sight, the one due first on top. Raises `NotAllowed`."""
    found = visible(account, place_code).filter(programme_id=programme_id)
    wanted = {"state": state, "solved": solved, "satisfaction": satisfaction, "department_id": department_id}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if late:
        found = found.filter(late_at(timezone.now()))
    found = found.filter(later_than(after, "due_at")).order_by("due_at", "id")
    page = list(found.select_related(*WITH)[: limit + 1])
    more = after_key(page[limit - 1].due_at, page[limit - 1].pk) if len(page) > limit else None
    now = timezone.now()
    return Page(tuple(follow_up_row(each, now) for each in page[:limit]), more)


def list_of_order(account: Account, order_id: int) -> tuple[FollowUpRow, ...]:
    """All follow-ups of an order, round by round; none for who may not see answers there."""
    now = timezone.now()
    found = FollowUp.objects.filter(order_id=order_id, order__hidden_at=None).select_related(*WITH).order_by("round")
    return tuple(follow_up_row(each, now) for each in found if _may_see(account, each))


def get_follow_up(account: Account, follow_up_id: int) -> FollowUpDetail:
    """One follow-up with tries and answers. Raises `NotFound`, also for one out of sight."""
    found = FollowUp.objects.select_related(*WITH).filter(pk=follow_up_id, order__hidden_at=None).first()
    if found is None or not _may_see(account, found):
        raise NotFound
    row = follow_up_row(found, timezone.now())
    may = can(account, Act.FOLLOW_UP, found.scope)
    return FollowUpDetail(
        follow_up=row,
        done_words=done_words(found.order, found.round),
        remark_ids=_remarks(found) if may else (),
        tries=tuple(
            TryRow(AnswerWay(each.way), TryFate(each.fate), each.words, each.at, str(each.by))
            for each in found.attempts.select_related("by")
        ),
        ratings=_ratings(found),
        slips=tuple(slip_row(each) for each in found.order.answer_slips.select_related("issued_by")) if may else (),
        may_follow_up=may and not row.is_over,
    )


def visible(account: Account, place_code: str = "") -> QuerySet[FollowUp]:
    """Follow-ups in the account's sight: of its places, or of rounds that its departments led."""
    allowed = seen(account, Act.SEE_ANSWERS, place_code, departments="department_id")
    return FollowUp.objects.filter(allowed, order__hidden_at=None)


def late_at(now: datetime) -> Q:
    """Follow-ups that wait although their limit is over."""
    return Q(state=FollowUpState.WAITING, due_at__lt=now)


def row_of(follow_up_id: int, now: datetime) -> FollowUpRow:
    """The row of a follow-up as it stands."""
    return follow_up_row(FollowUp.objects.select_related(*WITH).get(pk=follow_up_id), now)


def follow_up_row(found: FollowUp, now: datetime) -> FollowUpRow:
    """A follow-up as a row; its order, department and officer are loaded."""
    order = found.order
    return FollowUpRow(
        id=found.pk,
        order_id=order.pk,
        order_number=order.number,
        order_state=OrderState(order.state),
        round=found.round,
        need_id=found.need_id,
        content=order.content,
        place=full_name(found.scope, found.sub_place, above=found.prefecture_code),
        department=found.department.name if found.department else "",
        state=FollowUpState(found.state),
        officer=str(found.officer or ""),
        opened_at=found.opened_at,
        due_at=found.due_at,
        late=found.state == FollowUpState.WAITING and found.due_at < now,
        days_tried=found.days_tried,
        days_needed=days_of_tries(),
        solved=Solved(found.solved) if found.solved else None,
        satisfaction=Satisfaction(found.satisfaction) if found.satisfaction else None,
        answered_at=found.answered_at,
        is_over=found.state == FollowUpState.ENDED or found.round != order.round,
        scope=found.scope,
    )


def _may_see(account: Account, found: FollowUp) -> bool:
    led = frozenset({found.department_id} if found.department_id else ())
    return can(account, Act.SEE_ANSWERS, replace(found.scope, department_ids=led))


def _ratings(found: FollowUp) -> tuple[RatingRow, ...]:
    """All answers, the last first; the one that counts is marked."""
    held = list(found.ratings.select_related("taken_by").order_by("-told_at", "-id"))
    answers = [Answer(r.pk, r.told_at, Solved(r.solved), None) for r in held]
    counts = counting(answers)
    return tuple(rating_row(r, counts=counts is not None and counts.id == r.pk) for r in held)


def _remarks(found: FollowUp) -> tuple[int, ...]:
    """The remarks behind the need, whose page reveals the phone for a stated purpose."""
    told = NeedSource.objects.filter(need_id=found.need_id, is_counted=True, remark__withdrawn_at=None)
    return tuple(told.filter(remark__is_diverted=False).order_by("id").values_list("remark_id", flat=True).distinct())
