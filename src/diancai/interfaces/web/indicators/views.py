"""The table of indicators, and the list of records behind a figure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import name_of
from diancai.interfaces.web.asking import Filter, chip
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.indicators.asked import ask_of, by_of, by_words, chips, period_told
from diancai.interfaces.web.indicators.showing import (
    Cell,
    cell_of,
    is_english,
    line_query,
    named,
    rule_lines,
    short_rule,
)
from diancai.interfaces.web.places import trail
from diancai.interfaces.web.showing import show
from diancai.interfaces.web.templatetags.told import figure as figure_told
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.queries import indicator_table
from diancai.stages.tally.indicators.records import BASE, NUMERATOR, OUT, SIDES, list_counted
from diancai.stages.tally.indicators.rows import By, IndicatorTable, SplitRow
from diancai.stages.tally.rules.figures import Figure

# What the table is asked for; the rest of the address is about the page.
ASKED = ("place", "period", "since", "until", "department", "strand", "topic", "own")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@enter(Act.SEE_ORDER)
def indicators(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One table: the whole, then the lines; every figure opens its records."""
    by = by_of(request, desk)
    table = indicator_table(desk.account, ask_of(request, desk), by)
    kept, group = kept_query(request), request.GET.get("group", "")
    shown = shown_indicators(group)
    facts = {
        "total": Line(_("合计"), "", _cells(table.total, kept, shown)),
        "lines": [_line(table, row, kept, shown) for row in table.rows],
        "split_by": dict(by_words())[by.value],
        "rules": rule_lines(book(), table.total),
        "version": table.version,
        "as_of": table.as_of,
        "period": table.ask.period,
        "period_told": period_told(table.ask.period),
        "chips": [*chips(request, desk), _group_chip(request)],
        "hidden": {name: value for name, value in request.GET.items() if name not in ("period", "since", "until")},
        "trail": trail(request, desk),
        "place_name": name_of(table.ask.place_code),
        "any": any(figure.base or figure.met for figure in table.total),
    }
    return show(request, "indicators/table.html", facts)


def kept_query(request: HttpRequest) -> str:
    """What the table was asked for, for the addresses of its figures."""
    return urlencode({name: request.GET[name] for name in ASKED if request.GET.get(name)})


def shown_indicators(group: str) -> frozenset[str]:
    """Keys of the indicators of a group, all of them when it is unknown."""
    found = {each.key for each in book().indicators if each.group == group}
    return frozenset(found or book().keys)


def _group_chip(request: HttpRequest) -> Filter:
    groups = [(key, en if is_english() else zh) for key, zh, en in book().groups]
    return chip(request, "group", _("看哪些指标"), groups)


def _cells(figures: tuple[Figure, ...], query: str, shown: frozenset[str]) -> tuple[Cell, ...]:
    return tuple(cell_of(figure, query) for figure in figures if figure.indicator.key in shown)


def _line(table: IndicatorTable, row: SplitRow, kept: str, shown: frozenset[str]) -> Line:
    query = line_query(table.ask, table.by, row.value, kept)
    name = row.name or unnamed(table.by)
    goes_on = table.by in (By.PLACE, By.MONTH) and row.value
    return Line(name, f"?{query}" if goes_on else "", _cells(row.figures, query, shown))


def unnamed(by: By) -> str:
    """What a line without a name is called."""
    return {By.DEPARTMENT: _("还没有派单的"), By.PLACE: _("本级（不属于下级地方）")}.get(by, _("没有归类"))


@enter(Act.SEE_ORDER)
def records(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The records behind a figure: as many as the figure says."""
    ask, query = ask_of(request, desk), request.GET
    key, side = indicator_of(request), side_of(request)
    page = list_counted(desk.account, ask, indicator=key, side=side, after=query.get("after", ""))
    indicator = book().get(key)
    table = indicator_table(desk.account, ask, By.STRAND) if not ask.own_only else None
    facts = {
        "page": page,
        "title": f"{named(indicator)} · {side_word(side)}",
        "count": _count(table, key, side) if table else "",
        "rule": short_rule(indicator),
        "side": side,
        "marks_numerator": side == BASE and bool(indicator.denominator),
        "measures": indicator.measured is not None,
        "may_exclude": indicator.allows_exclusion and side == BASE and desk.may(Act.CLOSE_ORDER),
        "key": key,
        "period_told": period_told(ask.period),
        "place_name": name_of(ask.place_code),
        "back": f"?{kept_query(request)}",
        "trail": trail(request, desk),
    }
    return show(request, "indicators/records.html", facts)


def indicator_of(request: HttpRequest) -> str:
    """The indicator asked for; the first one when none is."""
    return request.GET.get("indicator", "") or book().keys[0]


def side_of(request: HttpRequest) -> str:
    """Base, numerator or what was taken out; the base when nothing else is asked."""
    told = request.GET.get("side", "")
    return told if told in SIDES else BASE


def side_word(side: str) -> str:
    """The word for it."""
    return {BASE: _("统计范围内的件"), NUMERATOR: _("计入的件"), OUT: _("剔除的件")}[side]


def _count(table: IndicatorTable, key: str, side: str) -> str:
    figure = next(each for each in table.total if each.indicator.key == key)
    if side == OUT:
        return figure_told(figure.excluded)
    return figure_told(figure.met if side == NUMERATOR or figure.indicator.is_count else figure.base)
