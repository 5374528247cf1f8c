"""matches.xlsx: for each need the offers that may serve it, with the reasons for and against."""

from diancai.formats.sheets import SheetColumn, write_table
from diancai.ground.place.names import PlaceNames
from diancai.two_sheets.making import Lists

from . import telling

COLUMNS = [
    SheetColumn("需求序号", 8),
    SheetColumn("旗县区", 10),
    SheetColumn("需求内容", 34),
    SheetColumn("供给单位", 20),
    SheetColumn("服务项目", 34),
    SheetColumn("匹配度", 8),
    SheetColumn("理由", 40),
    SheetColumn("不利", 24),
    SheetColumn("确认（是／否）", 10),
]


def matches(lists: Lists, names: PlaceNames) -> bytes:
    """The workbook, need by need, the best offer first."""
    offers = {offer.id: offer for offer in lists.offers}
    rows = [
        [
            need.number,
            telling.county(need, names),
            need.want.content,
            offers[pair.offer_id].department,
            offers[pair.offer_id].service,
            round(pair.score, 2),
            "；".join(pair.why),
            "；".join(pair.against),
            None,
        ]
        for need in lists.needs
        for pair in need.pairs
    ]
    return write_table(COLUMNS, rows, title="供需匹配建议", notes=["系统提出，请人工确认。"], count_word="条")
