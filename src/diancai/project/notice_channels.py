"""The channels of notices from the environment: each whole or not at all; half a channel stops the start.

| variables | meaning |
|---|---|
| `DIANCAI_MAIL_HOST` `_FROM` (`_PORT` 25, `_USER` `_PASSWORD`, `_TLS` false) | the mail server and who writes |
| `DIANCAI_SMS_URL` `_KEY` `_SECRET` | the SMS gateway (`log:` alone writes to the log: for a demo) |
| `DIANCAI_WECOM_CORPORATION` `_SECRET` `_AGENT` (`_URL`; `_TOKEN` `_AES_KEY` for reports) | 企业微信 |
| `DIANCAI_WECHAT_ACCOUNT` `_SECRET` `_TEMPLATE` (`_URL`; `_TOKEN` `_AES_KEY` for reports) | 公众号 |
"""

from typing import Any

from environs import Env

from diancai.ground.notices.adapters.envelope import key_of
from diancai.project.start import REFUSE

Told = dict[str, Any]
IN_LOG = "log:"


def notice_channels(env: Env) -> dict[str, Told]:
    """The arguments of each adapter by its channel; only channels that are named in the environment."""
    made = {"mail": _mail(env), "sms": _sms(env), "wecom": _wecom(env), "wechat": _wechat(env)}
    return {channel: told for channel, told in made.items() if told}


def _mail(env: Env) -> Told:
    _, sender = _together(env, "DIANCAI_MAIL", ("HOST", "FROM"))
    _together(env, "DIANCAI_MAIL", ("USER", "PASSWORD"))
    if sender and "@" not in sender:
        REFUSE(f"DIANCAI_MAIL_FROM={sender}", "一个电子邮件地址", "an e-mail address")
    return {"sender": sender} if sender else {}


def _sms(env: Env) -> Told:
    if env.str("DIANCAI_SMS_URL", "") == IN_LOG:
        return {"url": IN_LOG}
    url, key, secret = _together(env, "DIANCAI_SMS", ("URL", "KEY", "SECRET"))
    return {"url": _address("DIANCAI_SMS_URL", url), "key": key, "secret": secret} if url else {}


def _wecom(env: Env) -> Told:
    corporation, secret, agent = _together(env, "DIANCAI_WECOM", ("CORPORATION", "SECRET", "AGENT"))
    if not corporation:
        return {}
    if not (agent.isascii() and agent.isdigit()):
        REFUSE(f"DIANCAI_WECOM_AGENT={agent}", "应用的编号（数字）", "the number of the application")
    url = _address("DIANCAI_WECOM_URL", env.str("DIANCAI_WECOM_URL", "https://qyapi.weixin.qq.com"))
    told = {"url": url, "corporation": corporation, "secret": secret, "agent": int(agent)}
    return told | _reports(env, "DIANCAI_WECOM")


def _wechat(env: Env) -> Told:
    account, secret, template = _together(env, "DIANCAI_WECHAT", ("ACCOUNT", "SECRET", "TEMPLATE"))
    if not account:
        return {}
    url = _address("DIANCAI_WECHAT_URL", env.str("DIANCAI_WECHAT_URL", "https://api.weixin.qq.com"))
    told = {"url": url, "account": account, "secret": secret, "template": template}
    return told | _reports(env, "DIANCAI_WECHAT")


def _reports(env: Env, start: str) -> Told:
    token, aes_key = _together(env, start, ("TOKEN", "AES_KEY"))
    if not token:
        return {}
    try:
        key_of(aes_key)
    except ValueError:
        REFUSE(f"{start}_AES_KEY", "平台给出的43位密钥", "the key of 43 characters that the platform shows")
    return {"token": token, "aes_key": aes_key}


def _together(env: Env, start: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """All of them or none."""
    values = tuple(env.str(f"{start}_{name}", "").strip() for name in names)
    missing = [f"{start}_{name}" for name, value in zip(names, values, strict=True) if not value]
    if missing and len(missing) < len(names):
        both = "、".join(f"{start}_{name}" for name in names)
        REFUSE(f"缺少 / missing {', '.join(missing)}", f"{both}一起写明，或都不写", f"all of {both}, or none")
    return values


def _address(name: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        REFUSE(f"{name}={url}", "http(s)://开头的地址", "an address that begins with http(s)://")
    return url
