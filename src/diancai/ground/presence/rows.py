"""Presence as frozen rows. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """Who is on a record, for which side, since and until when."""

    subject_id: int
    seat: str
    account_id: int
    who: str
    since: datetime
    until: datetime
