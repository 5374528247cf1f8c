"""Telling: one row in the inbox of each person that an event concerns. Called by stages inside their transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from diancai.ground.notices.models import Message, Notice, Sending
from diancai.ground.notices.practice import practice
from diancai.ground.notices.seats import Seat, account_ids
from diancai.ground.people.models import Account
from diancai.words import NoticeKind, SendingFate


@dataclass(frozen=True, slots=True)
class Texts:
    """What the inbox says: numbers, places, dates, names of departments and words of our lists; never what a person
    wrote or said. Only `number` and `place` leave the house."""

    zh: str
    en: str
    number: str
    place: str = ""


def notify(
    kind: NoticeKind,
    to: Iterable[Account | Seat],
    *,
    about: tuple[str, object],
    key: str,
    texts: Texts,
    at: datetime,
    county_code: str = "",
    urgent: bool = False,
    besides: Account | None = None,
) -> None:
    """Tell everybody behind `to` of the event `key`, once each, however often it is called; `besides` did it himself.

    Writes rows only and sends nothing. Must be called inside the transaction of the act.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a notice belongs inside the transaction of its act")
    people = account_ids(list(to), timezone.localdate(at)) - ({besides.pk} if besides else set())
    shared = {
        "kind": kind,
        "key": key,
        "about_kind": about[0],
        "about_id": str(about[1]),
        "number": texts.number,
        "place": texts.place[:80],
        "text_zh": texts.zh[:300],
        "text_en": texts.en[:300],
        "is_urgent": urgent,
        "in_office_hours": kind in practice().office_hours,
        "county_code": county_code,
        "at": at,
    }
    rows = [Notice(account_id=person, **shared) for person in sorted(people)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def forget_about(about: Iterable[tuple[str, object]]) -> int:
    """Take away every notice about these records, read or not, and whatever still waits to be sent; returns how many.

    For records that prove to be reports about persons. What went out already held a number and a place.
    """
    wanted: dict[str, list[str]] = {}
    for kind, identifier in about:
        wanted.setdefault(kind, []).append(str(identifier))
    gone = 0
    for kind, identifiers in wanted.items():
        found = Notice.objects.filter(about_kind=kind, about_id__in=identifiers)
        gone += found.count()
        found.delete()
    if gone:
        waiting = Message.objects.filter(fate=SendingFate.QUEUED, leased_until__isnull=True)
        waiting.exclude(pk__in=Sending.objects.filter(message__isnull=False).values("message_id")).delete()
    return gone
