"""Reading one's own inbox."""

from datetime import datetime

from diancai.ground.errors import NotFound
from diancai.ground.notices.models import Notice
from diancai.ground.people.models import Account


def mark_read(*, by: Account, at: datetime, notice_id: int) -> tuple[str, str]:
    """Note that the owner has seen it; returns what it is about. Raises `NotFound` for another's."""
    found = Notice.objects.filter(pk=notice_id, account=by)
    about = found.values_list("about_kind", "about_id").first()
    if about is None:
        raise NotFound
    found.filter(read_at=None).update(read_at=at)
    return about


def mark_all_read(*, by: Account, at: datetime, up_to: int) -> int:
    """Note that the owner has seen all up to the newest one that his page showed; returns how many were new to him."""
    return Notice.objects.filter(account=by, read_at=None, pk__lte=up_to).update(read_at=at)
