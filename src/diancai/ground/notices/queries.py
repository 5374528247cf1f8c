"""Reading the inbox and the settings of one's own notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField

from diancai.ground.notices.adapters.laid import laid_channels
from diancai.ground.notices.models import Address, Notice, QuietHours, Sending, Wish
from diancai.ground.notices.practice import practice
from diancai.ground.notices.rules import Quiet
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.prepared import Given, Prepared
from diancai.words import Channel, NoticeKind, SendingFate

MOST_UNREAD = 100
_UNREAD = Prepared(
    lambda: Notice.objects.filter(account=Given(0, BigIntegerField()), read_at=None).order_by().values_list("id")
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A line of the inbox, with what became of it on each channel."""

    id: int
    kind: NoticeKind
    about_kind: str
    about_id: str
    zh: str
    en: str
    is_urgent: bool
    at: datetime
    read_at: datetime | None
    fates: tuple[tuple[Channel, SendingFate], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """One's settings: where one is reached, what is wanted where, the quiet hours and whether they are one's own."""

    channels: tuple[Channel, ...]
    addresses: dict[Channel, str]
    wanted: frozenset[tuple[NoticeKind, Channel]]
    quiet: Quiet
    has_own_quiet: bool


def count_unread(account: Account) -> int:
    """How many notices the account has not seen; counting stops at `MOST_UNREAD`."""
    return _UNREAD.count(account.pk, most=MOST_UNREAD)


def list_notices(account: Account, *, unread: bool = False, after: str = "", limit: int = 50) -> Page[NoticeRow]:
    """One's own notices, the newest first."""
    found = Notice.objects.filter(older_than(after, "at"), account=account)
    if unread:
        found = found.filter(read_at=None)
    notices = list(found.order_by("-at", "-id")[: limit + 1])
    shown = notices[:limit]
    next_after = after_key(shown[-1].at, shown[-1].pk) if len(notices) > limit else None
    fates = _fates(each.pk for each in shown)
    return Page(tuple(_row(each, fates.get(each.pk, ())) for each in shown), next_after)


def get_wishes(account: Account, county_code: str = "") -> Wishes:
    """One's own settings, with the county's default where nothing else was wished."""
    laid = laid_channels()
    held = Address.objects.filter(account=account, channel__in=laid)
    wished = {(wish.kind, wish.channel): wish.is_wanted for wish in Wish.objects.filter(account=account)}
    default = practice().channels
    wanted = frozenset(
        (kind, channel)
        for kind in NoticeKind
        for channel in laid
        if wished.get((kind, channel), channel in default[kind])
    )
    own = QuietHours.objects.filter(account=account).first()
    quiet = Quiet(own.since, own.until, own.on_days_off) if own else practice().quiet_in(county_code)
    return Wishes(laid, {Channel(each.channel): each.address for each in held}, wanted, quiet, own is not None)


def _fates(notice_ids: Iterable[int]) -> dict[int, tuple[tuple[Channel, SendingFate], ...]]:
    fates: dict[int, tuple[tuple[Channel, SendingFate], ...]] = {}
    rows = Sending.objects.filter(notice_id__in=list(notice_ids)).order_by("id")
    for notice, channel, fate in rows.values_list("notice_id", "channel", "fate"):
        fates[notice] = (*fates.get(notice, ()), (Channel(channel), SendingFate(fate)))
    return fates


def _row(notice: Notice, fates: tuple[tuple[Channel, SendingFate], ...]) -> NoticeRow:
    return NoticeRow(
        notice.pk,
        NoticeKind(notice.kind),
        notice.about_kind,
        notice.about_id,
        notice.text_zh,
        notice.text_en,
        notice.is_urgent,
        notice.at,
        notice.read_at,
        fates,
    )
