"""The table with the annex of its rules, and the records behind a figure, as Excel."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import Annex, SheetColumn, Value, write_table
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import name_of
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import every_row, excel, whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.indicators.asked import ask_of, by_of, by_words, period_told
from diancai.interfaces.web.indicators.showing import met_told, named, rule_lines, rule_of
from diancai.interfaces.web.indicators.views import indicator_of, shown_indicators, side_of, side_word, unnamed
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.queries import indicator_table
from diancai.stages.tally.indicators.records import list_counted
from diancai.stages.tally.indicators.rows import CountedRow, IndicatorTable
from diancai.stages.tally.rules.figures import Figure, told_number


@enter(Act.SEE_ORDER)
def export_table(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The table as it is shown, with numerators and bases; its rules stand on the second sheet."""
    by = by_of(request, desk)
    table = indicator_table(desk.account, ask_of(request, desk), by)
    shown = shown_indicators(request.GET.get("group", ""))
    figures = [figure for figure in table.total if figure.indicator.key in shown]
    columns = [SheetColumn(dict(by_words())[by.value], 22), *_columns(figures)]
    rows = [(_("合计"), *_values(table.total, shown))]
    rows += [(row.name or unnamed(by), *_values(row.figures, shown)) for row in table.rows]
    title = _("指标表")
    content = write_table(
        columns, rows, title=title, notes=_notes(table), sheet=title, count_word=_("行（含合计）"), annex=_annex(table)
    )
    return excel(content, f"{title} {desk.today}")


def _columns(figures: list[Figure]) -> Iterator[SheetColumn]:
    for figure in figures:
        name = named(figure.indicator)
        yield SheetColumn(name, 12, "right")
        if figure.indicator.denominator:
            yield SheetColumn(_("%(name)s：计入") % {"name": name}, 12, "right")
            yield SheetColumn(_("%(name)s：范围") % {"name": name}, 10, "right")
        elif figure.spread is not None:
            yield SheetColumn(_("%(name)s：平均") % {"name": name}, 10, "right")
            yield SheetColumn(_("%(name)s：件数") % {"name": name}, 10, "right")


def _values(figures: tuple[Figure, ...], shown: frozenset[str]) -> Iterator[Value]:
    for figure in figures:
        if figure.indicator.key not in shown:
            continue
        yield figure.met if figure.indicator.is_count else figure.told
        if figure.indicator.denominator:
            yield met_told(figure)
            yield figure.base
        elif figure.spread is not None:
            yield told_number(figure.spread.mean)
            yield figure.base


def _notes(table: IndicatorTable) -> list[str]:
    place = name_of(table.ask.place_code)
    at = timezone.localtime(table.as_of)
    told = {"place": place, "period": period_told(table.ask.period), "at": f"{at:%Y-%m-%d %H:%M}"}
    line = _("%(place)s；%(period)s；统计到%(at)s；口径版本%(version)s，见第二张表")
    return [line % (told | {"version": table.version})]


def _annex(table: IndicatorTable) -> Annex:
    columns = [
        SheetColumn(_("指标"), 14),
        SheetColumn(_("分子"), 50),
        SheetColumn(_("分母"), 50),
        SheetColumn(_("统计窗口"), 20),
        SheetColumn(_("取整"), 24),
        SheetColumn(_("剔除"), 16),
        SheetColumn(_("本期剔除件数"), 10, "right"),
        SheetColumn(_("版本"), 8),
        SheetColumn(_("说明"), 30),
    ]
    rows = [
        (r.name, r.numerator, r.denominator, r.window, r.rounding, r.exclusions, r.excluded, r.version, r.note)
        for r in rule_lines(book(), table.total)
    ]
    return Annex(_("口径"), columns, rows)


@enter(Act.SEE_ORDER)
def export_records(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Every record behind a figure."""
    ask, key, side = ask_of(request, desk), indicator_of(request), side_of(request)
    account = desk.account
    rows = every_row(
        lambda after, limit: list_counted(account, ask, indicator=key, side=side, after=after, limit=limit)
    )
    columns = [
        SheetColumn(_("编号"), 16),
        SheetColumn(_("内容"), 34),
        SheetColumn(_("地方"), 26),
        SheetColumn(_("单位"), 20),
        SheetColumn(_("第几轮"), 8, "right"),
        SheetColumn(_("按什么计"), 40),
        SheetColumn(_("计入时间"), 18),
        SheetColumn(_("工作日"), 8, "right"),
    ]
    title = f"{named(book().get(key))} {side_word(side)}" if key in book().keys else key
    name = f"{title} {desk.today}"
    return whole_list(request, columns, map(_record, rows), title=title, name=name, count_word=_("件"))


def _record(row: CountedRow) -> tuple[Value, ...]:
    at = timezone.localtime(row.at)
    return (row.number, row.content, row.place, row.department, row.round, rule_of(row.fact), at, row.days)
