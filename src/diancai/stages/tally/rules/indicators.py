"""Indicators as parameters: `config/indicators.json` read into rules. Pure.

An indicator is a numerator rule (facts with weights), a denominator rule, whether cases may be taken out of it, a
window, a rounding and a version. What they make of counts stands in `figures`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from diancai.stages.tally.rules.counted import Fact

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Window:
    """Which instants belong to day D: from `begins` (an offset from its midnight) for 24 hours."""

    key: str
    zh: str
    en: str
    begins: timedelta

    def day_of(self, at: datetime) -> date:
        """The day in whose window an instant lies: with [D−1 12:00, D 12:00) noon belongs to the next day."""
        return (at.astimezone(ZONE) - self.begins).date()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `measured` instead of numerator and denominator for days, `made_of` for a composite."""

    key: str
    zh: str
    en: str
    group: str
    window: str
    decimals: int
    version: str
    numerator: tuple[tuple[Fact, Fraction], ...] = ()
    denominator: tuple[tuple[Fact, Fraction], ...] = ()
    measured: Fact | None = None
    made_of: tuple[tuple[str, Fraction], ...] = ()
    allows_exclusion: bool = True
    is_count: bool = False
    note_zh: str = ""
    note_en: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts it needs counted."""
        told = [fact for fact, _ in (*self.numerator, *self.denominator)]
        return tuple(dict.fromkeys([*told, *([self.measured] if self.measured else [])]))

    @property
    def base_facts(self) -> tuple[Fact, ...]:
        """The facts that make the base: what is divided by, or what is measured or counted."""
        if self.measured is not None:
            return (self.measured,)
        return tuple(fact for fact, _ in self.denominator or self.numerator)


Slot = tuple[str, Fact | None]  # an indicator and one of its facts; None: what was taken out of its base


@dataclass(frozen=True, slots=True)
class Take:
    """A slot that counts a fact. `of_excluded`: it counts what was taken out of the base."""

    slot: int
    indicator: Indicator
    window: Window
    of_excluded: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The indicators in force. `mark` tells one set of rules from another.

    `slots` is the order of counts in a cell, `takes` which of them count a fact, `measured` those that hold days.
    """

    version: str
    windows: Mapping[str, Window]
    groups: tuple[tuple[str, str, str], ...]
    indicators: tuple[Indicator, ...]
    slots: tuple[Slot, ...]
    takes: Mapping[Fact, tuple[Take, ...]]
    measured: frozenset[int]
    mark: str

    def get(self, key: str) -> Indicator:
        """The indicator of a key. Raises KeyError."""
        return {each.key: each for each in self.indicators}[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys in the order of the page."""
        return tuple(each.key for each in self.indicators)

    def window_of(self, indicator: Indicator) -> Window:
        """The window of an indicator."""
        return self.windows[indicator.window]


class BookFault(ValueError):
    """`config/indicators.json` cannot be used; the text names the place and what to do."""


def read_book(told: Mapping[str, Any]) -> Book:
    """The book that the file says. Raises `BookFault` naming the line that cannot be used."""
    windows = {key: Window(key, w["zh"], w["en"], _offset(w["begins"])) for key, w in told["windows"].items()}
    groups = tuple((key, g["zh"], g["en"]) for key, g in told["groups"].items())
    found: list[Indicator] = []
    for line in told["indicators"]:
        indicator = _indicator(line)
        _check(indicator, windows, {key for key, _, _ in groups}, found)
        found.append(indicator)
    slots = tuple(slot for each in found for slot in _slots(each))
    text = json.dumps({**told, "note": ""}, sort_keys=True, ensure_ascii=False)
    known = {each.key: each for each in found}
    return Book(
        version=told["version"],
        windows=windows,
        groups=groups,
        indicators=tuple(found),
        slots=slots,
        takes=_takes(slots, known, windows),
        measured=frozenset(at for at, (key, fact) in enumerate(slots) if fact and known[key].measured == fact),
        mark=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _takes(
    slots: tuple[Slot, ...], known: Mapping[str, Indicator], windows: Mapping[str, Window]
) -> dict[Fact, tuple[Take, ...]]:
    found: dict[Fact, list[Take]] = {}
    for at, (key, fact) in enumerate(slots):
        indicator = known[key]
        for each in indicator.base_facts if fact is None else (fact,):
            found.setdefault(each, []).append(Take(at, indicator, windows[indicator.window], fact is None))
    return {fact: tuple(takes) for fact, takes in found.items()}


def _offset(told: str) -> timedelta:
    """`-12:00` begins at noon of the day before."""
    sign = -1 if told.startswith("-") else 1
    hours, minutes = told.lstrip("-").split(":")
    return sign * timedelta(hours=int(hours), minutes=int(minutes))


def _indicator(line: Mapping[str, Any]) -> Indicator:
    weights = {name: _weights(line, name) for name in ("numerator", "denominator")}
    measured = line.get("measured")
    return Indicator(
        key=line["key"],
        zh=line["zh"],
        en=line["en"],
        group=line["group"],
        window=line.get("window", "day"),
        decimals=line.get("decimals", 1),
        version=line["version"],
        measured=_fact(line, measured) if measured else None,
        made_of=tuple((key, Fraction(weight)) for key, weight in line.get("made_of", {}).items()),
        allows_exclusion=line.get("exclusions", True),
        is_count=line.get("count", False),
        note_zh=line.get("note_zh", ""),
        note_en=line.get("note_en", ""),
        **weights,
    )


def _weights(line: Mapping[str, Any], name: str) -> tuple[tuple[Fact, Fraction], ...]:
    return tuple((_fact(line, fact), Fraction(weight)) for fact, weight in line.get(name, {}).items())


def _fact(line: Mapping[str, Any], name: str) -> Fact:
    try:
        return Fact(name)
    except ValueError:
        raise BookFault(f"indicators.json：{line['key']} 用到的“{name}”不在口径里；可用：{'、'.join(Fact)}") from None


def _check(indicator: Indicator, windows: Mapping[str, Window], groups: set[str], before: list[Indicator]) -> None:
    known = {each.key for each in before}
    if indicator.key in known:
        raise BookFault(f"indicators.json：{indicator.key} 写了两次")
    if indicator.window not in windows or indicator.group not in groups:
        raise BookFault(f"indicators.json：{indicator.key} 的 window 或 group 没有定义")
    kinds = [bool(indicator.numerator), indicator.measured is not None, bool(indicator.made_of)]
    if sum(kinds) != 1 or bool(indicator.denominator) != (kinds[0] and not indicator.is_count):
        raise BookFault(f"indicators.json：{indicator.key} 要么写分子和分母，要么只写 measured 或 made_of")
    if not {key for key, _ in indicator.made_of} <= known:
        raise BookFault(f"indicators.json：{indicator.key} 的 made_of 只能用写在它前面的指标")
    if indicator.made_of and sum(weight for _, weight in indicator.made_of) != 1:
        raise BookFault(f"indicators.json：{indicator.key} 的权重相加不等于 1")


def _slots(indicator: Indicator) -> list[Slot]:
    return [(indicator.key, fact) for fact in indicator.facts] + ([(indicator.key, None)] if indicator.facts else [])


def with_weights(indicator: Indicator, **numerator: str) -> Indicator:
    """The indicator with other weights, for asking what they would change: `basically="0.8"`."""
    told = tuple((fact, Fraction(numerator.get(fact.value, weight))) for fact, weight in indicator.numerator)
    return replace(indicator, numerator=told)
