"""How a clock reads on a card or in a list: when it is over, in words; the colour only repeats what they say."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.interfaces.web.templatetags.told import day
from diancai.words import ClockState

register = template.Library()
RUNNING = (ClockState.RUNNING, ClockState.AMBER, ClockState.RED, ClockState.OVERDUE)


@register.filter
def due_told(due_at: datetime | None, state: ClockState | None) -> str:
    """`今天 17:30 到期`, `逾期 3 天`, else the day; empty without a limit. A stopped clock tells the day alone."""
    if due_at is None:
        return ""
    now, local = timezone.localtime(), timezone.localtime(due_at)
    days = (local.date() - now.date()).days
    if state not in RUNNING:
        return _("时限 %(day)s") % {"day": day(local)}
    if local < now:
        over = _("今天 %(time)s 已到期") % {"time": f"{local:%H:%M}"}
        return _("逾期 %(count)s 天") % {"count": -days} if days else over
    if days > 1:
        return _("%(day)s到期") % {"day": day(local)}
    text = _("明天 %(time)s 到期") if days else _("今天 %(time)s 到期")
    return text % {"time": f"{local:%H:%M}"}
