"""What somebody wants: where he is reached, which kinds on which channels, his own quiet hours."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from diancai.ground.ledger.actions import record
from diancai.ground.notices.adapters.laid import laid_channels
from diancai.ground.notices.errors import AddressNotTaken, ChannelNotLaid
from diancai.ground.notices.models import Address, QuietHours, Wish
from diancai.ground.notices.practice import practice
from diancai.ground.notices.rules import Quiet
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.words import Channel, NoticeKind

PHONE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
OUTSIDE_NAME = re.compile(r"[0-9A-Za-z_@.-]{1,64}", re.ASCII)
MOST_ADDRESS = 120


@transaction.atomic
def save_wishes(
    *,
    by: Account,
    at: datetime,
    addresses: Mapping[Channel, str],
    wanted: Collection[tuple[NoticeKind, Channel]],
    quiet: Quiet | None,
) -> None:
    """One's own settings, whole: an address left empty is taken away, `quiet` None means the county's hours.

    Raises `ChannelNotLaid`, `AddressNotTaken`.
    """
    laid = laid_channels()
    for channel in {*addresses, *(each for _, each in wanted)} - set(laid):
        raise ChannelNotLaid(channel_zh=channel.zh, channel_en=channel.en)
    for channel, address in addresses.items():
        _keep_address(by, channel, address.strip())
    _keep_wishes(by, laid, wanted)
    QuietHours.objects.filter(account=by).delete()
    if quiet is not None:
        QuietHours.objects.create(account=by, since=quiet.since, until=quiet.until, on_days_off=quiet.on_days_off)
    details: dict[str, object] = {"channels": sorted(channel for channel, told in addresses.items() if told.strip())}
    record("notices.wishes_saved", subject=("account", by.pk), by=by, at=at, scope=Scope(), details=details)


def _keep_address(account: Account, channel: Channel, address: str) -> None:
    if not address:
        Address.objects.filter(account=account, channel=channel).delete()
        return
    is_fine, hint_zh, hint_en = _CHECKS[channel]
    if len(address) > MOST_ADDRESS or not is_fine(address):
        raise AddressNotTaken(channel_zh=channel.zh, channel_en=channel.en, hint_zh=hint_zh, hint_en=hint_en)
    Address.objects.update_or_create(account=account, channel=channel, defaults={"address": address})


def _keep_wishes(account: Account, laid: Collection[Channel], wanted: Collection[tuple[NoticeKind, Channel]]) -> None:
    """Only what differs from the county's default is kept, so that a changed default reaches everybody else."""
    Wish.objects.filter(account=account, channel__in=laid).delete()
    default = practice().channels
    Wish.objects.bulk_create(
        Wish(account=account, kind=kind, channel=channel, is_wanted=(kind, channel) in wanted)
        for kind in NoticeKind
        for channel in laid
        if ((kind, channel) in wanted) != (channel in default[kind])
    )


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


_CHECKS: dict[Channel, tuple[Callable[[str], bool], str, str]] = {
    Channel.MAIL: (_is_mail, "请写成 name@example.cn 这样。", "Write it like name@example.cn."),
    Channel.SMS: (
        lambda address: PHONE.fullmatch(address) is not None,
        "请写11位手机号，不带空格。",
        "Give a mobile number of 11 digits without blanks.",
    ),
    Channel.WECOM: (
        lambda address: OUTSIDE_NAME.fullmatch(address) is not None,
        "请写企业微信通讯录里的账号，不是昵称。",
        "Give the account of the WeCom address book, not the nickname.",
    ),
    Channel.WECHAT: (
        lambda address: OUTSIDE_NAME.fullmatch(address) is not None,
        "请写关注公众号后得到的编号（openid），不是微信号。",
        "Give the openid that following the account gave you, not the WeChat name.",
    ),
}
