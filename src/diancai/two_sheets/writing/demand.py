"""demand_list.xlsx: the needs in the office's columns, ready to be filled in and signed."""

from diancai.formats.sheets import SheetColumn, write_table
from diancai.ground.place.names import PlaceNames
from diancai.two_sheets.making import Lists, NeedLine
from diancai.words import Route

from . import telling

DOUBTFUL = 0.5
MOST_NAMED = 8
COLUMNS = [
    SheetColumn("序号", 6),
    SheetColumn("旗县区", 10),
    SheetColumn("苏木乡镇、嘎查村（组）", 24),
    SheetColumn("需求内容", 34),
    SheetColumn("领域／七送", 20),
    SheetColumn("服务形式", 16),
    SheetColumn("服务时间", 18),
    SheetColumn("户数", 8),
    SheetColumn("责任单位（牵头／配合）", 20),
    SheetColumn("责任领导", 10),
    SheetColumn("联络人", 10),
    SheetColumn("办理时限", 12),
    SheetColumn("办理情况", 12),
    SheetColumn("备注", 30),
]
EMPTY_FOR_THE_OFFICE = (None, None, None, None)


def demand_list(lists: Lists, names: PlaceNames) -> bytes:
    """The workbook; cases, emergencies and diverted reports are counted in the note and stand on no line."""
    rows = [_row(need, names) for need in lists.needs]
    return write_table(COLUMNS, rows, title="需求侧服务清单", notes=[_note(lists)], count_word="条")


def _note(lists: Lists) -> str:
    counted = lists.route_counts
    apart = "、".join(
        f"{word}{counted.get(route, 0)}件"
        for word, route in (("个人事项", Route.CASE), ("紧急", Route.EMERGENCY), ("转办", Route.DIVERT))
    )
    return (
        f"原话{len(lists.digests)}条，归并为需求{len(lists.needs)}条；{apart}，均不上表；"
        f"没有诉求的原话{counted.get(Route.NONE, 0)}条。以上由系统提出，请人工审定。"
    )


def _row(need: NeedLine, names: PlaceNames) -> list[str | int | None]:
    want = need.want
    return [
        need.number,
        telling.county(need, names),
        telling.villages(need, names),
        want.content,
        telling.topic_and_strand(want.topic or "", want.strand),
        want.service_form,
        telling.wanted(want),
        telling.households(need),
        telling.responsible(want),
        *EMPTY_FOR_THE_OFFICE,
        _remarks(need),
    ]


def _remarks(need: NeedLine) -> str:
    """Which remarks stand behind the line, and what a person should look at."""
    named = "、".join(share.read.remark.id for share in need.shares[:MOST_NAMED])
    more = " 等" if len(need.shares) > MOST_NAMED else ""
    told = [f"原话{len(need.shares)}条：{named}{more}"]
    if need.want.doubt >= DOUBTFUL:
        told.append("请人工核对")
    told += [note for share in need.shares for note in share.read.notes][:2]
    return "；".join(told)
