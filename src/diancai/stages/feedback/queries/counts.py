"""Counts of follow-ups and answers. Closed orders are counted by `order`; nothing here is added to them.

Ended follow-ups without an answer count nowhere: their round went on. `since`/`until` are instants of the completion
that was asked about, the second one excluded.
"""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.feedback.models import FollowUp
from diancai.stages.feedback.queries.follow_ups import late_at, visible
from diancai.stages.feedback.rows import FeedbackCounts
from diancai.words import FollowUpState, Satisfaction, Solved

COUNTED = ~Q(state=FollowUpState.ENDED) | Q(answered_at__isnull=False)


def count_answers(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> FeedbackCounts:
    """What follow-ups found, in the account's sight. Raises `NotAllowed`."""
    found = visible(account, place_code).filter(programme_id=programme_id)
    return counts_of(_narrowed(found, department_id, since, until))


def count_by_department(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[int, FeedbackCounts]:
    """The same for each department that led a round, by its id. Raises `NotAllowed`."""
    found = _narrowed(visible(account, place_code).filter(programme_id=programme_id), None, since, until)
    ids = found.exclude(department=None).order_by().values_list("department_id", flat=True).distinct()
    return {pk: counts_of(found.filter(department_id=pk)) for pk in ids if pk is not None}


def counts_of(found: QuerySet[FollowUp]) -> FeedbackCounts:
    """The counts of some follow-ups: one read over their states and answers, one for those that are late."""
    redone = Count("pk", filter=Q(ratings__opened_redo=True), distinct=True)
    counted = found.filter(COUNTED).order_by().values("state", "solved", "satisfaction")
    grouped = counted.annotate(number=Count("pk", distinct=True), redone=redone)
    rows = [(g["state"], g["solved"], g["satisfaction"], g["number"], g["redone"]) for g in grouped]
    return FeedbackCounts(
        asked=sum(row[3] for row in rows),
        waiting=sum(row[3] for row in rows if row[0] == FollowUpState.WAITING),
        late=found.filter(late_at(timezone.now())).count(),
        reached=sum(row[3] for row in rows if row[1]),
        not_reached=sum(row[3] for row in rows if row[0] == FollowUpState.NOT_REACHED),
        solved={word: sum(row[3] for row in rows if row[1] == word) for word in Solved},
        satisfaction={word: sum(row[3] for row in rows if row[2] == word) for word in Satisfaction},
        redone=sum(row[4] for row in rows),
    )


def _narrowed(
    found: QuerySet[FollowUp], department_id: int | None, since: datetime | None, until: datetime | None
) -> QuerySet[FollowUp]:
    wanted = {"department_id": department_id, "opened_at__gte": since, "opened_at__lt": until}
    return found.filter(**{name: value for name, value in wanted.items() if value})
