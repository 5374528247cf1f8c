"""What the address of the indicators asks for: period, place, what narrows the orders, how they are split."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from diancai.ground.paging import YEARS, whole_number
from diancai.interfaces.web.asking import Filter, chip, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.details import day_told
from diancai.interfaces.web.order.boards import department_chip
from diancai.interfaces.web.places import place_chip
from diancai.stages.tally.indicators.rows import Ask, By
from diancai.stages.tally.rules.cube import Period
from diancai.words import Strand

BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Preset:
    """A period that has a name."""

    label: str
    period: Period

    @property
    def value(self) -> str:
        """As it stands in the address: it keeps meaning the same days tomorrow."""
        return f"{self.period.since}{BETWEEN}{self.period.until}"


def presets(today: date) -> list[Preset]:
    """The periods that an office asks for, seen from today."""
    first = today.replace(day=1)
    quarter = first.replace(month=(first.month - 1) // 3 * 3 + 1)
    before = first - timedelta(days=1)
    day, year = timedelta(days=1), today.year
    return [
        Preset(_("昨天"), Period(today - day, today - day)),
        Preset(_("本周"), Period(today - day * today.weekday(), today)),
        Preset(_("本月"), Period(first, _last_day(first))),
        Preset(_("上月"), Period(before.replace(day=1), before)),
        Preset(_("本季度"), Period(quarter, _last_day(quarter.replace(month=quarter.month + 2)))),
        Preset(_("今年"), Period(date(year, 1, 1), date(year, 12, 31))),
        Preset(_("去年"), Period(date(year - 1, 1, 1), date(year - 1, 12, 31))),
    ]


def _last_day(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def period_of(request: HttpRequest, today: date) -> Period:
    """The days asked for, by name, or freely by `since` and `until`; this year when nothing can be read."""
    query = request.GET
    told = query.get("period") or f"{query.get('since', '')}{BETWEEN}{query.get('until', '')}"
    since, _between, until = told.partition(BETWEEN)
    days = _day(since), _day(until)
    if days[0] is None or days[1] is None:
        return Period(date(today.year, 1, 1), date(today.year, 12, 31))
    return Period(days[0], days[1])


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def ask_of(request: HttpRequest, desk: Desk) -> Ask:
    """The question that the address asks."""
    query = request.GET
    department = whole_number(query.get("department", ""))
    return Ask(
        programme_id=desk.programme_id,
        place_code=query.get("place") or desk.place_code,
        period=period_of(request, desk.today),
        department_id=desk.department_id if department is None else department,
        strand=query.get("strand", ""),
        topic=query.get("topic", ""),
        own_only=query.get("own") == "1",
    )


def by_of(request: HttpRequest, desk: Desk) -> By:
    """By what the table is split: departments, for a department strands, when nothing is asked."""
    told = request.GET.get("by", "")
    if told in set(By):
        return By(told)
    return By.STRAND if desk.department_id else By.DEPARTMENT


def by_words() -> list[tuple[str, str]]:
    """The ways of splitting."""
    labels = (_("单位"), _("地方"), _("七送"), _("主题"), _("月份"), _("日期"))
    return [(by.value, label) for by, label in zip(By, labels, strict=True)]


def chips(request: HttpRequest, desk: Desk) -> list[Filter]:
    """The filters of the table."""
    shown = [
        chip(request, "period", _("时段"), [(preset.value, preset.label) for preset in presets(desk.today)]),
        place_chip(request, desk),
        chip(request, "by", _("按什么分"), by_words()),
        chip(request, "strand", _("七送"), words(Strand)),
    ]
    if not desk.department_id:
        shown.insert(2, department_chip(request, desk))
    topic = request.GET.get("topic", "")
    if topic:
        shown.append(chip(request, "topic", _("主题"), [(topic, topic)]))
    return shown


def period_told(period: Period) -> str:
    """`2019年12月1日至12月31日`."""
    if period.since == period.until:
        return day_told(period.since)
    return _("%(since)s至%(until)s") % {"since": day_told(period.since), "until": day_told(period.until)}
