"""gaps.xlsx: needs that no offer serves, and offers that nobody asks for."""

from collections import Counter

from diancai.formats.sheets import SheetColumn, write_table
from diancai.ground.place.names import PlaceNames
from diancai.two_sheets.making import Lists, NeedLine

from . import telling

COLUMNS = [
    SheetColumn("类别", 14),
    SheetColumn("序号", 8),
    SheetColumn("旗县区", 10),
    SheetColumn("内容", 40),
    SheetColumn("七送", 8),
    SheetColumn("涉及村数", 8),
    SheetColumn("户数", 8),
    SheetColumn("说明", 36),
]


def gaps(lists: Lists, names: PlaceNames) -> bytes:
    """The workbook: first the needs, then the offers; the note counts the needs by strand."""
    open_needs = [need for need in lists.needs if not need.pairs]
    unasked = {offer.id for offer in lists.unasked}
    rows = [_need(need, names) for need in open_needs]
    rows += [
        ["供给没人点", number, "", offer.service, offer.strand.zh if offer.strand else "", None, None, offer.department]
        for number, offer in enumerate(lists.offers, 1)
        if offer.id in unasked
    ]
    return write_table(COLUMNS, rows, title="供需缺口", notes=[_note(open_needs)], count_word="条")


def _need(need: NeedLine, names: PlaceNames) -> list[str | int | None]:
    return [
        "需求没有供给",
        need.number,
        telling.county(need, names),
        need.want.content,
        _strand(need),
        len({share.read.remark.place_code for share in need.shares}),
        telling.households(need),
        "暂无对口服务项目，请研判",
    ]


def _note(open_needs: list[NeedLine]) -> str:
    if not open_needs:
        return "每条需求都有可以对接的供给。"
    counted = Counter(_strand(need) or "未分" for need in open_needs)
    return "没有供给的需求：" + "、".join(f"{strand}{count}条" for strand, count in counted.most_common())


def _strand(need: NeedLine) -> str:
    return need.want.strand.zh if need.want.strand else ""
