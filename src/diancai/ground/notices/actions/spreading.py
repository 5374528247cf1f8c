"""Spreading: a sending for each channel on which the person wants the notice and can be reached."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from diancai.ground.notices.adapters.laid import laid_channels
from diancai.ground.notices.models import Address, Notice, Sending, Wish
from diancai.ground.notices.practice import practice
from diancai.words import Channel, NoticeKind

MOST = 100
# A notice that nobody could send for so long says nothing new: the inbox keeps it.
STALE = timedelta(days=3)


@transaction.atomic
def spread_some(*, at: datetime) -> int:
    """Spread the oldest notices; returns how many, 0 when there are none left."""
    notices = list(Notice.objects.select_for_update().filter(spread_at=None).order_by("id")[:MOST])
    people = {notice.account_id for notice in notices}
    reached, wishes = _reached(people), _wishes(people)
    Sending.objects.bulk_create(
        [
            Sending(notice=notice, account_id=notice.account_id, channel=channel, not_before=notice.at)
            for notice in notices
            if notice.read_at is None and at - notice.at < STALE
            for channel in laid_channels()
            if channel in reached[notice.account_id] and _is_wanted(notice, channel, wishes)
        ],
        ignore_conflicts=True,
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(spread_at=at)
    return len(notices)


def _reached(people: Iterable[int]) -> dict[int, set[str]]:
    reached: dict[int, set[str]] = defaultdict(set)
    for person, channel in Address.objects.filter(account_id__in=people).values_list("account_id", "channel"):
        reached[person].add(channel)
    return reached


def _wishes(people: Iterable[int]) -> dict[tuple[int, str, str], bool]:
    rows = Wish.objects.filter(account_id__in=people).values_list("account_id", "kind", "channel", "is_wanted")
    return {(person, kind, channel): is_wanted for person, kind, channel, is_wanted in rows}


def _is_wanted(notice: Notice, channel: Channel, wishes: dict[tuple[int, str, str], bool]) -> bool:
    default = channel in practice().channels[NoticeKind(notice.kind)]
    return wishes.get((notice.account_id, notice.kind, channel), default)
