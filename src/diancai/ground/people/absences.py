"""Leave and deputies: while somebody is away a colleague of the same office holds his work posts.

The deputised post is a post of the deputy's own, with the days of the absence: work lists, pages, the interface and
notices know it without being told, it ends by itself, and what is done under it stands in the ledger under his name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.actions import check_manager
from diancai.ground.people.errors import (
    AbsenceDatesReversed,
    AbsenceOverAlready,
    AbsenceOverlaps,
    AbsenceTooLong,
    DeputyIsAway,
    DeputyNotFit,
    NothingToDeputise,
)
from diancai.ground.people.models import Absence, Account, Post
from diancai.ground.people.who_may import Scope
from diancai.words import Role

# Posts that work through lists. Who signs, decides, audits or manages is not deputised: his power is given by name.
DEPUTISED = (Role.DEPARTMENT_CONTACT, Role.LIAISON_OFFICER, Role.TOWN_OFFICER)
MOST_DAYS = 180


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as its page shows it; `is_over` on the day it is asked for."""

    id: int
    deputy: str
    first_day: date
    last_day: date
    is_over: bool
    posts: tuple[str, ...]


@transaction.atomic
def set_deputy(*, by: Account, at: datetime, username: str, deputy: str, first_day: date, last_day: date) -> Absence:
    """Note that an account is away and who holds its work posts meanwhile. One's own, or as administrator.

    Raises `NotAllowed`, `NotFound`, `AbsenceDatesReversed`, `AbsenceOverAlready`, `AbsenceTooLong`, `AbsenceOverlaps`,
    `NothingToDeputise`, `DeputyNotFit`, `DeputyIsAway`.
    """
    account = _away(by, username)
    _check_days(first_day, last_day, timezone.localdate(at))
    _check_alone(account, first_day, last_day)
    posts = _work_posts(account, first_day, last_day)
    if not posts:
        raise NothingToDeputise
    taker = _fit_deputy(account, deputy, posts, first_day, last_day)
    absence = Absence.objects.create(
        account=account, deputy=taker, first_day=first_day, last_day=last_day, made_by=by, made_at=at
    )
    for post in posts:
        _lend(post, taker, absence)
    details: dict[str, object] = {"absence": absence.pk, "deputy": taker.pk, "from": first_day, "until": last_day}
    record("absence.set", subject=("account", account.pk), by=by, at=at, scope=Scope(), details=details)
    return absence


@transaction.atomic
def end_absence(*, by: Account, at: datetime, absence_id: int) -> None:
    """He is back: the deputy's posts end at once. One's own, or as administrator; one that is over stays as it is.

    Raises `NotAllowed`, `NotFound`.
    """
    absence = Absence.objects.select_for_update(of=("self",)).select_related("account").filter(pk=absence_id).first()
    if absence is None:
        raise NotFound
    _away(by, absence.account.username)
    today = timezone.localdate(at)
    if absence.ended_at is not None or absence.last_day < today:
        return
    absence.ended_at = at
    absence.last_day = max(absence.first_day, today - timedelta(days=1))
    absence.save(update_fields=["ended_at", "last_day"])
    _take_back(absence, today)
    details: dict[str, object] = {"absence": absence.pk}
    record("absence.ended", subject=("account", absence.account_id), by=by, at=at, scope=Scope(), details=details)


def list_absences(by: Account, username: str, today: date) -> list[AbsenceRow]:
    """The absences of an account, the newest first. Raises `NotAllowed`, `NotFound`."""
    account = _away(by, username)
    found = Absence.objects.filter(account=account).select_related("deputy").prefetch_related("posts__place")
    return [
        AbsenceRow(
            each.pk,
            str(each.deputy),
            each.first_day,
            each.last_day,
            each.ended_at is not None or each.last_day < today,
            tuple(str(post.place or post.department) for post in each.posts.all()),
        )
        for each in found.prefetch_related("posts__department")
    ]


def list_deputies(account: Account, today: date) -> list[Account]:
    """Who could hold the work posts of an account: colleagues in the same departments or at the same places."""
    posts = _work_posts(account, today, today + timedelta(days=MOST_DAYS))
    if not posts:
        return []
    found = Account.objects.filter(_beside(posts), is_active=True).exclude(pk=account.pk)
    return list(found.order_by("username").distinct())


def _away(by: Account, username: str) -> Account:
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None or account.pk != by.pk:
        check_manager(by)
    if account is None:
        raise NotFound
    return account


def _check_days(first_day: date, last_day: date, today: date) -> None:
    if last_day < first_day:
        raise AbsenceDatesReversed
    if last_day < today:
        raise AbsenceOverAlready
    if (last_day - first_day).days >= MOST_DAYS:
        raise AbsenceTooLong(most=MOST_DAYS)


def _check_alone(account: Account, first_day: date, last_day: date) -> None:
    other = _absences(account, first_day, last_day).first()
    if other is not None:
        raise AbsenceOverlaps(first_day=other.first_day, last_day=other.last_day)


def _absences(account: Account, first_day: date, last_day: date) -> QuerySet[Absence]:
    return Absence.objects.filter(account=account, ended_at=None, first_day__lte=last_day, last_day__gte=first_day)


def _work_posts(account: Account, first_day: date, last_day: date) -> list[Post]:
    """His own work posts that hold on any of these days; what he holds for another is not handed on."""
    holds = Q(valid_from__lte=last_day) & (Q(valid_until=None) | Q(valid_until__gte=first_day))
    return list(Post.objects.filter(holds, account=account, role__in=DEPUTISED, absence=None))


def _beside(posts: Sequence[Post]) -> Q:
    beside = Q()
    for post in posts:
        beside |= Q(posts__department=post.department_id) if post.department_id else Q(posts__place=post.place_id)
    today = timezone.localdate()
    return beside & Q(posts__absence=None) & (Q(posts__valid_until=None) | Q(posts__valid_until__gte=today))


def _fit_deputy(account: Account, username: str, posts: Sequence[Post], first_day: date, last_day: date) -> Account:
    """A colleague who has a seat beside every post that is lent, and is there on these days."""
    taker = Account.objects.filter(username=username, is_active=True).exclude(pk=account.pk).first()
    if taker is None:
        raise DeputyNotFit
    for post in posts:
        seat = Q(department=post.department_id) if post.department_id else Q(place=post.place_id)
        holds = Q(valid_from__lte=last_day) & (Q(valid_until=None) | Q(valid_until__gte=first_day))
        if not Post.objects.filter(seat & holds, account=taker, absence=None).exists():
            raise DeputyNotFit
    if _absences(taker, first_day, last_day).exists():
        raise DeputyIsAway(name=str(taker))
    return taker


def _lend(post: Post, taker: Account, absence: Absence) -> None:
    """The same post for the deputy, within the days of both; one that he holds himself is not given twice."""
    first = max(post.valid_from, absence.first_day)
    last = min(post.valid_until or absence.last_day, absence.last_day)
    own = Post.objects.filter(account=taker, role=post.role, place=post.place_id, department=post.department_id)
    if own.filter(Q(valid_until=None) | Q(valid_until__gte=last), valid_from__lte=first).exists():
        return
    Post.objects.get_or_create(
        account=taker,
        role=post.role,
        place=post.place,
        department=post.department,
        valid_from=first,
        defaults={"valid_until": last, "absence": absence},
    )


def _take_back(absence: Absence, today: date) -> None:
    lent = Post.objects.filter(absence=absence)
    lent.filter(valid_from__gte=today).delete()
    lent.filter(valid_until__gte=today).update(valid_until=today - timedelta(days=1))


def deputies_of(people: Iterable[int], on: date) -> set[int]:
    """The deputies of those of these accounts who are away on a day."""
    away = Absence.objects.filter(account_id__in=list(people), ended_at=None, first_day__lte=on, last_day__gte=on)
    return set(away.filter(deputy__is_active=True).values_list("deputy_id", flat=True))
