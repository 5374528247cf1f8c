"""Taking a record in hand, staying on it, leaving it. The stage that calls has asked for leave already.

Nothing here is an act of the house: presence tells colleagues something and binds nobody, so no event is written.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.presence.errors import SomebodyIsOnIt
from diancai.ground.presence.models import Presence
from diancai.ground.presence.queries import presence_row
from diancai.ground.presence.rows import PresenceRow
from diancai.ground.work.actions import every

LEASE = timedelta(minutes=15)  # how long a claim holds without a sign of life
ONCE_A_DAY = 24 * 60 * 60
Subject = tuple[str, int]


def claim(*, by: Account, at: datetime, subject: Subject, seat: str) -> PresenceRow:
    """Take a record in hand for a side, or stay on it; `since` is kept while it never lapsed.

    Two at once: the database lets one of them in. Raises `SomebodyIsOnIt`.
    """
    until = at + LEASE
    kept = When(account=by, until__gt=at, then=F("since"))
    since = Case(kept, default=Value(at), output_field=DateTimeField())
    with transaction.atomic():
        free = _held(subject, seat).filter(Q(until__lte=at) | Q(account=by))
        if not free.update(account=by, since=since, until=until):
            new = Presence(subject_kind=subject[0], subject_id=subject[1], seat=seat, account=by, since=at, until=until)
            Presence.objects.bulk_create([new], ignore_conflicts=True)
        found = _held(subject, seat).select_related("account").get()
        if found.account_id != by.pk:
            raise SomebodyIsOnIt(who=str(found.account), since=_clock(found.since), until=_clock(found.until))
    return presence_row(found)


def stay(*, by: Account, at: datetime, subject: Subject, seat: str) -> bool:
    """A sign of life from an open page: whether the claim still held, and so holds on. A lapsed one is not revived."""
    mine = _held(subject, seat).filter(account=by, until__gt=at)
    return bool(mine.update(until=at + LEASE))


def leave(*, by: Account, subject: Subject, seat: str) -> None:
    """No longer on it; leaving what one is not on changes nothing."""
    _held(subject, seat).filter(account=by).delete()


@every(ONCE_A_DAY)
def forget_lapsed() -> None:
    """Rows that lapsed tell nothing any more."""
    Presence.objects.filter(until__lt=timezone.now() - timedelta(days=1)).delete()


def _held(subject: Subject, seat: str) -> QuerySet[Presence]:
    return Presence.objects.filter(subject_kind=subject[0], subject_id=subject[1], seat=seat)


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
