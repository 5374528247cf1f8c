"""My notices: where I am reached, what I want on which channel, when I am left in peace."""

from datetime import time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.notices.actions import save_wishes
from diancai.ground.notices.queries import Wishes, get_wishes
from diancai.ground.notices.rules import Quiet
from diancai.interfaces.web.asking import Asked, asked, word_label
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter_signed_in
from diancai.interfaces.web.showing import done, show
from diancai.words import Channel, NoticeKind


@enter_signed_in(methods=("GET", "POST"))
def wishes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The settings as one form."""
    held = get_wishes(desk.account, desk.scope.county_code)
    form = asked(request, _known(held))
    if request.method == "POST" and _save(form, desk, held):
        return done(request, _("消息设置已保存。"), reverse("notice_settings"))
    ticked = set(form.sent) if request.method == "POST" else {_tick(kind, channel) for kind, channel in held.wanted}
    facts = {
        "asked": form,
        "channels": [(word_label(each), f"address-{each}", HINTS[each]()) for each in held.channels],
        "kinds": [
            (kind, [(channel, _tick(kind, channel), _tick(kind, channel) in ticked) for channel in held.channels])
            for kind in NoticeKind
        ],
    }
    return show(request, "inbox/settings.html", facts, status=200 if form.is_fine else 422)


def _known(held: Wishes) -> dict[str, object]:
    known: dict[str, object] = {f"address-{channel}": address for channel, address in held.addresses.items()}
    known |= {"since": f"{held.quiet.since:%H:%M}", "until": f"{held.quiet.until:%H:%M}"}
    known["days_off"] = "1" if held.quiet.on_days_off else ""
    return known | {"quiet": "own" if held.has_own_quiet else "county"}


def _save(form: Asked, desk: Desk, held: Wishes) -> bool:
    quiet = _quiet(form)
    if not form.is_fine:
        return False
    try:
        save_wishes(
            by=desk.account,
            at=timezone.now(),
            addresses={channel: form.text(f"address-{channel}") for channel in held.channels},
            wanted={(k, c) for k in NoticeKind for c in held.channels if _tick(k, c) in form.sent},
            quiet=quiet,
        )
    except Refusal as refusal:
        wrong = refusal.parameters.get("channel_zh")
        field = next((f"address-{channel}" for channel in Channel if channel.zh == wrong), "")
        form.refuse(refusal, {"address_not_taken": field})
    return form.is_fine


def _quiet(form: Asked) -> Quiet | None:
    """One's own quiet hours as they were sent; None for the county's."""
    if form.text("quiet") != "own":
        return None
    since, until = (_clock(form, name) for name in ("since", "until"))
    if since is None or until is None:
        return None
    return Quiet(since, until, form.text("days_off") == "1")


def _clock(form: Asked, name: str) -> time | None:
    try:
        return time.fromisoformat(form.text(name)).replace(tzinfo=None)
    except ValueError:
        form.errors[name] = _("时间请写成 21:00 这样。")
        return None


def _tick(kind: NoticeKind, channel: Channel) -> str:
    return f"want-{kind}-{channel}"


HINTS = {
    Channel.MAIL: lambda: _("例如 name@example.cn。"),
    Channel.SMS: lambda: _("11位手机号。短信里只有编号和地名。"),
    Channel.WECOM: lambda: _("企业微信通讯录里的账号，不是昵称。"),
    Channel.WECHAT: lambda: _("关注公众号后得到的编号（openid），不是微信号。"),
}
