"""supply_list.xlsx: the offers, with the missing ones of the four musts marked."""

from diancai.formats.sheets import SheetColumn, write_table
from diancai.two_sheets.making import Lists
from diancai.two_sheets.reading import OfferRead

from . import telling

COLUMNS = [
    SheetColumn("序号", 6),
    SheetColumn("单位", 20),
    SheetColumn("责任领导", 12),
    SheetColumn("服务项目", 34),
    SheetColumn("服务形式", 18),
    SheetColumn("联络人", 12),
    SheetColumn("联系电话", 14),
    SheetColumn("领域／七送", 18),
    SheetColumn("服务范围", 16),
    SheetColumn("能力", 12),
    SheetColumn("有效期", 20),
    SheetColumn("缺项", 20),
    SheetColumn("备注", 24),
]


def supply_list(lists: Lists) -> bytes:
    """The workbook; an offer without all four musts is listed and says what it lacks."""
    rows = [_row(number, offer) for number, offer in enumerate(lists.offers, 1)]
    whole = sum(not offer.gaps for offer in lists.offers)
    units = len({offer.department for offer in lists.offers})
    note = f"{units}个单位，{len(rows)}项；四个明确齐全{whole}项，缺项{len(rows) - whole}项。"
    return write_table(COLUMNS, rows, title="供给侧服务清单", notes=[note], count_word="项")


def _row(number: int, offer: OfferRead) -> list[str | int | None]:
    return [
        number,
        offer.department,
        offer.leader,
        offer.service,
        offer.service_form,
        offer.contact,
        offer.contact_phone,
        telling.topic_and_strand("、".join(offer.topics), offer.strand),
        offer.places_told,
        offer.capacity_told,
        offer.valid_told,
        f"缺{'、'.join(offer.gaps)}" if offer.gaps else "",
        "；".join(offer.notes),
    ]
