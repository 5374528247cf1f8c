"""Which channels are laid: one adapter for each that the settings name, made once for each process."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from diancai.ground.notices.adapters import Adapter
from diancai.ground.notices.adapters.envelope import Envelope
from diancai.words import Channel


def laid_channels() -> tuple[Channel, ...]:
    """The channels that are set up, in the order of the vocabulary."""
    return tuple(channel for channel in Channel if channel in settings.NOTICE_CHANNELS)


def adapter_of(channel: Channel) -> Adapter:
    """The adapter of a channel that is laid."""
    return _made(channel, tuple(sorted(settings.NOTICE_CHANNELS[channel].items())))


def envelope_of(channel: Channel) -> Envelope | None:
    """The envelope that reports of this channel come in; None when none was agreed."""
    told = settings.NOTICE_CHANNELS.get(channel, {})
    if not told.get("token"):
        return None
    return Envelope(told["token"], told["aes_key"], told["corporation" if channel == Channel.WECOM else "account"])


@lru_cache(maxsize=16)
def _made(channel: Channel, told: tuple[tuple[str, Any], ...]) -> Adapter:
    given = {name: value for name, value in told if name not in ("token", "aes_key")}
    # Each room is opened only where it is used: a house without WeChat imports none of it.
    if channel == Channel.MAIL:
        from diancai.ground.notices.adapters.mail import Mail  # noqa: PLC0415

        return Mail(**given)
    if channel == Channel.SMS:
        from diancai.ground.notices.adapters.sms import SmsGateway, SmsInLog  # noqa: PLC0415

        return SmsInLog() if given["url"] == "log:" else SmsGateway(**given)
    if channel == Channel.WECOM:
        from diancai.ground.notices.adapters.wecom import WeCom  # noqa: PLC0415

        return WeCom(**given)
    from diancai.ground.notices.adapters.wechat import WeChat  # noqa: PLC0415

    return WeChat(**given)
