"""How a need is told in a table: its county, villages, households, time, responsible units, strand."""

from datetime import date

from diancai.engine.digest import Want
from diancai.ground.place.names import PlaceNames
from diancai.two_sheets.making import NeedLine
from diancai.words import Strand


def county(need: NeedLine, names: PlaceNames) -> str:
    """The county's name, empty for what is told of the whole prefecture."""
    return names.full_name(need.county_code.ljust(12, "0")) if len(need.county_code) == 6 else ""


def villages(need: NeedLine, names: PlaceNames) -> str:
    """`新公中镇永联村二社、塔尔湖镇联丰村五社`: every village once, without the county."""
    told = (_below_county(share.read.remark.place_code, names) + share.read.remark.sub_place for share in need.shares)
    return "、".join(name for name in dict.fromkeys(told) if name)


def households(need: NeedLine) -> int | None:
    """Households, each remark's once; what the sheet says goes before what the words say. None: not told."""
    told = {share.read.remark.id: share.read.households or share.want.households for share in need.shares}
    known = [number for number in told.values() if number is not None]
    return sum(known) if known else None


def responsible(want: Want) -> str:
    """`水利／乡镇、用水户协会`: the line that leads and those that join."""
    return "／".join(part for part in (want.lead or "", "、".join(want.joint)) if part)


def topic_and_strand(topics: str, strand: Strand | None) -> str:
    """`农田水利／送服务`."""
    return "／".join(part for part in (topics, f"送{strand.zh}" if strand else "") if part)


def wanted(want: Want) -> str:
    """`2020年4月15日前`, `2020年1月30日—2020年2月8日`, empty when not told."""
    since, until = want.wanted_from, want.wanted_until
    if until is None:
        return f"{_day(since)}起" if since else ""
    if since == until:
        return _day(until)
    said = want.wanted_text or ""
    is_deadline = since is None or "前" in said or "快" in said
    return f"{_day(until)}前" if is_deadline or since is None else f"{_day(since)}—{_day(until)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _below_county(code: str, names: PlaceNames) -> str:
    if not code[6:].strip("0"):
        return ""
    return names.full_name(code).removeprefix(names.full_name(code[:6].ljust(12, "0")))
