"""Needs and demand lists as Excel: every row, in the office's columns."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import SheetColumn, Value, write_table
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import every_row, excel, whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.need.views import filtered_needs
from diancai.stages.need.queries import get_edition
from diancai.stages.need.rows import NeedRow


@enter(Act.SEE_NEED)
def export_needs(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All needs that the filters of the list let through."""
    rows = every_row(lambda after, limit: filtered_needs(request, desk, after=after, limit=limit))
    title = _("需求")
    return whole_list(request, _columns(), _lines(rows), title=title, name=f"{title} {desk.today}", count_word="条")


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("序号"), 6, "center"),
        SheetColumn(_("编号"), 14),
        SheetColumn(_("需求内容"), 34),
        SheetColumn(_("地方"), 24),
        SheetColumn(_("七送"), 8, "center"),
        SheetColumn(_("主题"), 18),
        SheetColumn(_("服务时间"), 20),
        SheetColumn(_("户数"), 8, "right"),
        SheetColumn(_("承办建议"), 18),
        SheetColumn(_("审核"), 12),
        SheetColumn(_("进展"), 10),
        SheetColumn(_("原话条数"), 8, "right"),
    ]


def _lines(rows: Iterator[NeedRow]) -> Iterator[tuple[Value, ...]]:
    for position, row in enumerate(rows, 1):
        about = _("约%(count)s") % {"count": row.households} if row.households_approx else row.households
        yield (
            position,
            row.number,
            row.content,
            row.county_name + row.place_name,
            word_label(row.strand) if row.strand else "",
            row.topic,
            row.wanted_text,
            about,
            row.lead,
            word_label(row.state),
            word_label(row.progress),
            row.remark_count,
        )


@enter(Act.SEE_LISTS)
def export_edition(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """A demand list as the office hands it on."""
    found = get_edition(desk.account, edition_id)
    english = request.LANGUAGE_CODE.startswith("en")
    columns = [SheetColumn(en if english else zh) for _key, zh, en in found.columns]
    lines = [[line.cells.get(key, "") for key, _zh, _en in found.columns] for line in found.lines]
    row = found.edition
    title = _("%(county)s需求侧服务清单") % {"county": row.county_name}
    notes = [f"{row.period}　{word_label(row.state)}"]
    if row.signed_by:
        notes.append(_("签批：%(name)s　%(day)s") % {"name": row.signed_by, "day": row.signed_on})
    return excel(write_table(columns, lines, title=title, notes=notes, count_word="条"), f"{title} {row.period}")
