"""Which fields of a need a person may change, and what may stand in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from diancai.engine.said.masking import mask
from diancai.stages.need.errors import BadValue, ContentMissing, NoSuchField, WindowBackwards
from diancai.words import HandlingLevel, Kind, Route, Strand, Urgency, Word

LONGEST_CONTENT = 200
WORDS: dict[str, tuple[type[Word], bool]] = {
    "route": (Route, False),
    "kind": (Kind, False),
    "strand": (Strand, True),
    "urgency": (Urgency, False),
    "handling_level": (HandlingLevel, False),
}
TEXTS = {
    "content": LONGEST_CONTENT,
    "topic": 80,
    "service_form": 80,
    "language": 8,
    "wanted_text": 200,
    "quantity": 80,
    "lead": 60,
    "joint": 120,
    "sub_place": 40,
}
NUMBERS = ("households", "persons")
DAYS = ("wanted_from", "wanted_until")
FLAGS = ("households_approx", "is_common")
CHANGEABLE: tuple[str, ...] = (*TEXTS, *WORDS, *NUMBERS, *DAYS, *FLAGS, "place_code")


def check_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored. Raises `NoSuchField`, `BadValue`, `ContentMissing`, `WindowBackwards`."""
    checked = {name: _value(name, value) for name, value in given.items()}
    if "content" in checked and not checked["content"]:
        raise ContentMissing(limit=LONGEST_CONTENT)
    first, last = checked.get("wanted_from"), checked.get("wanted_until")
    if first and last and first > last:
        raise WindowBackwards
    return checked


def _value(name: str, value: Any) -> Any:
    if name in WORDS:
        return _word(name, value)
    if name in TEXTS:
        # A need is listed and exported: a phone typed into it is covered like one in a remark.
        text = mask(" ".join(str(value or "").split())).shown
        if len(text) > TEXTS[name]:
            raise BadValue(name=name, value=text[:20] + "…")
        return text
    if name in NUMBERS:
        return _number(name, value)
    if name in DAYS:
        return _day(name, value)
    if name in FLAGS:
        return value in (True, "1", "true", "on", "yes")
    if name == "place_code":
        return str(value)
    raise NoSuchField(name=name)


def _word(name: str, value: Any) -> str:
    words, may_be_empty = WORDS[name]
    if not value and may_be_empty:
        return ""
    found = words.from_zh(str(value))
    if found is None:
        raise BadValue(name=name, value=value)
    return found.value


def _number(name: str, value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        number = int(value)
    except (TypeError, ValueError) as wrong:
        raise BadValue(name=name, value=value) from wrong
    if not 0 <= number <= 10_000_000:
        raise BadValue(name=name, value=value)
    return number


def _day(name: str, value: Any) -> date | None:
    if value in (None, ""):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as wrong:
        raise BadValue(name=name, value=value) from wrong
