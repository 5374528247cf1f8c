"""Reads the two sheets: remarks with their place and day, offers with the musts that they lack."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from diancai.engine.digest import Remark
from diancai.formats.sheets import OFFER_COLUMNS, REMARK_COLUMNS, Notice, Table, read_table
from diancai.formats.sheets.values import (
    Capacity,
    parse_capacity,
    parse_count,
    parse_language,
    parse_span,
    parse_strand,
    parse_when,
)
from diancai.ground.place.names import PlaceNames, Resolution
from diancai.words import Language, Strand

MUSTS = (("leader", "责任领导"), ("service", "服务项目"), ("service_form", "服务形式"), ("contact", "联络人"))


@dataclass(frozen=True, slots=True)
class RemarkRead:
    """A remark as the engine needs it, with what could not be read of its row (`notes`, in Chinese)."""

    remark: Remark
    households: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferRead:
    """An offer of the sheet. `gaps` names the musts that are empty: it is listed all the same, with the gaps marked."""

    id: str
    department: str
    leader: str
    service: str
    service_form: str
    contact: str
    contact_phone: str
    strand: Strand | None
    topics: tuple[str, ...]
    places_told: str
    place_codes: tuple[str, ...]
    capacity: Capacity
    capacity_told: str
    valid_from: date | None
    valid_until: date | None
    valid_told: str
    language: Language | None
    gaps: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Both sheets as read, with the notices of the readers."""

    remarks: tuple[RemarkRead, ...]
    offers: tuple[OfferRead, ...]
    notices: tuple[Notice, ...]


def read_sheets(
    remarks: bytes, remarks_name: str, offers: bytes, offers_name: str, names: PlaceNames, place: str = ""
) -> Sheets:
    """Read both files. `place` is the code (or its beginning, `1508`) of rows without a place.

    Raises the refusals of `formats` for a file that cannot be read as a whole.
    """
    remark_table = read_table(remarks, remarks_name, REMARK_COLUMNS)
    offer_table = read_table(offers, offers_name, OFFER_COLUMNS)
    notices = [*remark_table.warnings, *offer_table.warnings]
    return Sheets(tuple(_remarks(remark_table, names, place)), tuple(_offers(offer_table, names)), tuple(notices))


def _remarks(table: Table, names: PlaceNames, place: str) -> Iterator[RemarkRead]:
    seen: dict[str, int] = {}
    for number, told in table.records():
        name = told.get("id") or str(number)
        seen[name] = seen.get(name, 0) + 1
        yield _remark(name if seen[name] == 1 else f"{name}#{seen[name]}", told, names, place)


def _remark(name: str, told: dict[str, str], names: PlaceNames, place: str) -> RemarkRead:
    where = _place_of(told, names, place)
    when = parse_when(told.get("said_at", ""))
    count = parse_count(told.get("households", ""))
    notes = [problem.zh for problem in (when.problem, count.problem) if problem]
    if where.code is None and where.how not in {"empty"}:
        notes.append(_place_note(where))
    said_at = datetime.combine(when.day, when.time or time(12)) if when.day else None
    remark = Remark(
        id=name,
        text=told.get("text", ""),
        subject=told.get("subject", ""),
        said_at=said_at,
        place_code=where.code or place,
        sub_place=where.rest if where.code else "",
        source=told.get("source", ""),
    )
    return RemarkRead(remark, count.value, tuple(notes))


def _place_of(told: dict[str, str], names: PlaceNames, place: str) -> Resolution:
    if (code := told.get("place_code", "")) and names.full_name(code):
        return Resolution(code, how="exact", rest=told.get("sub_place", ""))
    within = place if len(place) == 12 else ""
    if told.get("place"):
        return names.resolve(told["place"] + told.get("sub_place", ""), within)
    if not any(told.get(level) for level in ("county", "town", "village")):
        return Resolution(None, how="empty", rest=told.get("sub_place", ""))
    return names.resolve_columns(
        county=told.get("county", ""),
        town=told.get("town", ""),
        village=told.get("village", ""),
        sub_place=told.get("sub_place", ""),
        within=within,
    )


def _place_note(where: Resolution) -> str:
    if where.candidates:
        return "地名请选：" + "、".join(name for _, name in where.candidates[:6])
    return "没有找到这个地名"


def _offers(table: Table, names: PlaceNames) -> Iterator[OfferRead]:
    for number, told in table.records():
        yield _offer(told.get("id") or str(number), told, names)


def _offer(name: str, told: dict[str, str], names: PlaceNames) -> OfferRead:
    span = parse_span(told.get("valid", ""))
    since, until = parse_when(told.get("valid_from", "")), parse_when(told.get("valid_until", ""))
    capacity = parse_capacity(told.get("capacity", ""))
    codes, notes = _places_served(told.get("places", ""), names)
    problems = [part.problem for part in (span, since, until, capacity) if part.problem]
    return OfferRead(
        id=name,
        department=told.get("department", ""),
        leader=told.get("leader", ""),
        service=told.get("service", ""),
        service_form=told.get("service_form", ""),
        contact=told.get("contact", ""),
        contact_phone=told.get("contact_phone", ""),
        strand=parse_strand(told.get("strand", "")),
        topics=tuple(part for part in told.get("topics", "").replace("，", "、").split("、") if part),
        places_told=told.get("places", ""),
        place_codes=codes,
        capacity=capacity,
        capacity_told=told.get("capacity", ""),
        valid_from=since.day or span.since,
        valid_until=until.day or span.until,
        valid_told=told.get("valid", "") or "～".join(filter(None, (told.get("valid_from"), told.get("valid_until")))),
        language=parse_language(told.get("language", "")),
        gaps=tuple(label for field, label in MUSTS if not told.get(field, "").strip()),
        notes=(*(problem.zh for problem in problems), *notes),
    )


def _places_served(told: str, names: PlaceNames) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of the places served; none means everywhere. A name that is not understood limits nothing and is noted."""
    codes, notes = [], []
    for part in told.replace("，", "、").replace(",", "、").replace(" ", "、").split("、"):
        if not part or any(word in part for word in ("全市", "各旗县", "旗县区", "不限", "牧区", "全盟")):
            continue
        found = names.resolve(part)
        if found.code:
            codes.append(found.code)
        else:
            notes.append(f"服务范围“{part}”不认识，按不限处理")
    return tuple(codes), tuple(notes)
