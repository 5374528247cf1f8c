"""Reading who is on what now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from diancai.ground.presence.models import Presence
from diancai.ground.presence.rows import PresenceRow


def who_is_on(kind: str, ids: Iterable[int], at: datetime) -> Mapping[int, tuple[PresenceRow, ...]]:
    """Those who are on each of the records at `at`, of whatever side; a record that nobody is on is not named."""
    found: dict[int, list[PresenceRow]] = defaultdict(list)
    held = Presence.objects.filter(subject_kind=kind, subject_id__in=list(ids), until__gt=at)
    for each in held.select_related("account").order_by("since", "id"):
        found[each.subject_id].append(presence_row(each))
    return {identifier: tuple(rows) for identifier, rows in found.items()}


def held_by(kind: str, seat: str, at: datetime) -> tuple[PresenceRow, ...]:
    """All records that somebody of a side is on at `at`: as many as there are people at work."""
    held = Presence.objects.filter(subject_kind=kind, seat=seat, until__gt=at)
    return tuple(presence_row(each) for each in held.select_related("account").order_by("since", "id"))


def presence_row(presence: Presence) -> PresenceRow:
    """The row of a claim whose account is loaded."""
    return PresenceRow(
        presence.subject_id,
        presence.seat,
        presence.account_id,
        str(presence.account),
        presence.since,
        presence.until,
    )
