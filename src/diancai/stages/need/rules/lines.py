"""How a need reads on the demand list: the office's fourteen columns, in its order and words."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

from diancai.words import HandlingLevel, NeedProgress, Strand

# field, Chinese header, English header
DEMAND_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("number", "序号", "No."),
    ("county", "旗县区", "County"),
    ("place", "苏木乡镇、嘎查村（组）", "Town, village (group)"),
    ("content", "需求内容", "What is wanted"),
    ("topic", "领域／七送", "Field / strand"),
    ("service_form", "服务形式", "Service form"),
    ("wanted_time", "服务时间", "Wanted time"),
    ("households", "户数", "Households"),
    ("lead", "责任单位（牵头／配合）", "Unit (lead / joint)"),
    ("leader", "责任领导", "Responsible leader"),
    ("contact", "联络人", "Contact"),
    ("due", "办理时限", "Due"),
    ("progress", "办理情况", "Progress"),
    ("note", "备注", "Note"),
)
FILLED_BY_HAND = ("leader", "contact", "due", "note")


def window_text(first: date | None, last: date | None, told: str, said_on: date | None) -> str:
    """`4月15日前`, `1月30日—2月8日`, or the words as told; a window from the day of the remark on has no first day."""
    if last is None:
        return told if first is None or first == said_on or told else f"{_day(first)}起"
    if first is None or first in {said_on, last}:
        return f"{_day(last)}前"
    return f"{_day(first)}—{_day(last)}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def line_cells(
    *,
    county: str,
    place: str,
    content: str,
    topic: str,
    strand: Strand | None,
    service_form: str,
    wanted_time: str,
    households: int | None,
    is_approx: bool,
    lead: str,
    joint: str,
    handling_level: HandlingLevel,
    progress: NeedProgress,
    need_number: str,
    remark_count: int,
    quantity: str,
    is_common: bool,
) -> dict[str, str]:
    """The cells of a line, without its position; what nobody told stays empty."""
    field = "／".join(part for part in (topic.split("/", maxsplit=1)[0], strand.zh if strand else "") if part)
    told = "" if households is None else f"{'约' if is_approx else ''}{households}"
    notes = [need_number, f"原话{remark_count}条"]
    notes += [quantity] if quantity and quantity not in content else []
    notes += [handling_level.zh] if handling_level != HandlingLevel.SELF else []
    notes += ["共性需求"] if is_common else []
    return {
        "number": "",
        "county": county,
        "place": place,
        "content": content,
        "topic": field,
        "service_form": service_form,
        "wanted_time": wanted_time,
        "households": told,
        "lead": "／".join(part for part in (lead, joint) if part),
        "leader": "",
        "contact": "",
        "due": "",
        "progress": progress.zh,
        "note": "，".join(note for note in notes if note),
    }


def lines_digest(lines: Sequence[tuple[int, int, Mapping[str, str]]]) -> str:
    """SHA-256 over position, need and cells of every line: what was signed is what is published."""
    told = [[position, need, dict(cells)] for position, need, cells in lines]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
