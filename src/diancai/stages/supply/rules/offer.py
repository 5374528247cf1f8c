"""The four musts and what else an offer must tell. `problems_of` finds all at once, so an import row is mended once.

Source: the programme's 四个明确 (responsible leader, service, service form, contact) and design 2.4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from diancai.ground.errors import Refusal
from diancai.stages.supply.errors import (
    AssuredHalf,
    CapacityIncomplete,
    DatesReversed,
    MustMissing,
    TooLong,
    TooVague,
    UnknownWord,
)
from diancai.words import CapacityPeriod, Language, Strand, Word

MUSTS = ("leader", "service", "service_form", "contact")
# Field: Chinese label, English label, characters that its column holds.
FIELDS: dict[str, tuple[str, str, int]] = {
    "number": ("编号", "number", 24),
    "leader": ("责任领导", "responsible leader", 40),
    "service": ("服务项目", "service", 200),
    "service_form": ("服务形式", "service form", 120),
    "contact": ("落实联络人", "contact", 40),
    "contact_phone": ("联络人电话", "contact's phone", 30),
    "capacity_unit": ("能力单位", "capacity unit", 8),
    "assured_by": ("确认人", "confirmed by", 40),
    "note": ("备注", "note", 200),
}
CLOSED: dict[str, tuple[str, str, type[Word]]] = {
    "strand": ("七送", "strand", Strand),
    "language": ("授课语言", "language of teaching", Language),
    "capacity_period": ("能力周期", "capacity period", CapacityPeriod),
}
MOST_TOPICS = 300
MOST_CAPACITY = 1_000_000
ALWAYS = re.compile(
    r"常态化(?:开展|推进|服务|进行)?|长期开展|持续开展|经常性(?:开展)?|不定期(?:开展)?|随时开展|适时开展"
)


@dataclass(frozen=True, slots=True)
class OfferFields:
    """What a department writes of an offer; `capacity_period` "" = not told, `place_codes` empty = everywhere."""

    leader: str = ""
    service: str = ""
    service_form: str = ""
    contact: str = ""
    contact_phone: str = ""
    strand: str = ""
    topics: tuple[str, ...] = ()
    place_codes: tuple[str, ...] = ()
    capacity: int | None = None
    capacity_unit: str = ""
    capacity_period: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    language: str = ""
    assured_on: date | None = None
    assured_by: str = ""
    note: str = ""
    number: str = ""


def problems_of(fields: OfferFields) -> tuple[tuple[str, Refusal], ...]:
    """Everything that is wrong, as pairs of field and refusal, in the order of the form."""
    return tuple(_problems(fields))


def check_offer(fields: OfferFields) -> None:
    """Raise the first problem of the fields."""
    for _, problem in _problems(fields):
        raise problem


def _problems(fields: OfferFields) -> Iterator[tuple[str, Refusal]]:
    for name in MUSTS:
        if not getattr(fields, name).strip():
            yield name, MustMissing(field_zh=FIELDS[name][0], field_en=FIELDS[name][1])
    for name, (zh, en, most) in FIELDS.items():
        length = len(getattr(fields, name))
        if length > most:
            yield name, TooLong(field_zh=zh, field_en=en, length=length, most=most)
    yield from _strange_words(fields)
    if not _capacity_is_whole(fields):
        yield "capacity", CapacityIncomplete()
    if fields.valid_from and fields.valid_until and fields.valid_until < fields.valid_from:
        yield "valid", DatesReversed()
    if (fields.assured_on is None) != (fields.assured_by == ""):
        yield "assured_by", AssuredHalf()
    if vague := _vague_words(fields):
        yield "service", TooVague(words=vague)


def _strange_words(fields: OfferFields) -> Iterator[tuple[str, Refusal]]:
    """Words outside their closed lists, and topics that together are too long for their column."""
    for name, (zh, en, words) in CLOSED.items():
        given = getattr(fields, name)
        if given and given not in list(words):
            choices = "、".join(word.zh for word in words), ", ".join(word.en for word in words)
            yield name, UnknownWord(words=given, field_zh=zh, field_en=en, choices_zh=choices[0], choices_en=choices[1])
    length = sum(len(topic) + 1 for topic in fields.topics) + 1
    if length > MOST_TOPICS:
        yield "topics", TooLong(field_zh="领域", field_en="topics", length=length, most=MOST_TOPICS)


def _capacity_is_whole(fields: OfferFields) -> bool:
    if fields.capacity_period in ("", CapacityPeriod.UNLIMITED):
        return fields.capacity is None and not fields.capacity_unit
    return fields.capacity is not None and 1 <= fields.capacity <= MOST_CAPACITY and bool(fields.capacity_unit)


def _vague_words(fields: OfferFields) -> str:
    """常态化开展 and its like, when neither a quantity nor both ends of a term make it definite."""
    if fields.capacity or (fields.valid_from and fields.valid_until):
        return ""
    found = ALWAYS.search(f"{fields.service}\n{fields.service_form}\n{fields.note}")
    return found[0] if found else ""
