"""Gathering: what is due for one person on one channel becomes one message; what is not due yet is put off."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from diancai.ground.notices.models import Message, QuietHours, Sending
from diancai.ground.notices.practice import is_working, next_open_in, practice
from diancai.ground.notices.rules import Pace, Quiet, first_moment
from diancai.words import SendingFate

MOST = 200  # sendings in one message
HURRIED = Pace()


@transaction.atomic
def gather_some(*, at: datetime) -> int:
    """Take the person and channel that wait longest; returns how many of his sendings moved, 0 when none is due."""
    first = _waiting().filter(not_before__lte=at).select_for_update(of=("self",)).order_by("not_before", "id").first()
    if first is None:
        return 0
    of_person = _waiting().filter(account=first.account_id, channel=first.channel)
    held = list(of_person.select_for_update(of=("self",)).order_by("id")[:MOST])
    seen = [each for each in held if each.notice.read_at is not None]
    unseen = [each for each in held if each.notice.read_at is None]
    Sending.objects.filter(pk__in=[each.pk for each in seen]).update(fate=SendingFate.SPARED)
    due, later = _parted(unseen, at)
    if due:
        _put_together(due, at)
    for each, moment in later:
        each.not_before = moment
    Sending.objects.bulk_update([each for each, _ in later], ["not_before"])
    return len(held)


def _waiting() -> QuerySet[Sending]:
    return Sending.objects.select_related("notice").filter(fate=SendingFate.QUEUED, message=None)


def _parted(sendings: Sequence[Sending], at: datetime) -> tuple[list[Sending], list[tuple[Sending, datetime]]]:
    """Those that may go now; the others with the moment at which they are looked at again.

    Where one goes, all that could go but for the pace go with it: nobody gets two messages for one look at the phone.
    """
    if not sendings:
        return [], []
    last, pace = _last_sent_at(sendings[0]), practice().pace
    moments = [(each, _moment(each, last, at, pace)) for each in sendings]
    due = [each for each, moment in moments if moment <= at]
    if due:
        due += [each for each, moment in moments if moment > at and _moment(each, None, at, HURRIED) <= at]
    taken = {each.pk for each in due}
    return due, [(each, moment) for each, moment in moments if each.pk not in taken]


def _moment(sending: Sending, last: datetime | None, now: datetime, pace: Pace) -> datetime:
    notice = sending.notice
    return first_moment(
        notice.at,
        last,
        now,
        pace=pace,
        quiet=_quiet_of(sending),
        is_working=is_working,
        next_open=next_open_in(notice.county_code) if notice.in_office_hours else None,
        is_urgent=notice.is_urgent,
    )


def _quiet_of(sending: Sending) -> Quiet:
    own = QuietHours.objects.filter(account=sending.account_id).first()
    if own is not None:
        return Quiet(own.since, own.until, own.on_days_off)
    return practice().quiet_in(sending.notice.county_code)


def _last_sent_at(sending: Sending) -> datetime | None:
    made = Message.objects.filter(account=sending.account_id, channel=sending.channel)
    return made.order_by("-made_at").values_list("made_at", flat=True).first()


def _put_together(sendings: Sequence[Sending], at: datetime) -> None:
    first = sendings[0]
    message = Message.objects.create(
        account_id=first.account_id, channel=first.channel, key=uuid4(), not_before=at, made_at=at
    )
    Sending.objects.filter(pk__in=[each.pk for each in sendings]).update(message=message)
