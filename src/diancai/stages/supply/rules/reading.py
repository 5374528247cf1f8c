"""From the cells of a row to the fields of an offer, and everything that is wrong on the way.

Places and departments are looked up by the caller; here only words, numbers and days are read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diancai.formats.sheets.values import (
    parse_capacity,
    parse_language,
    parse_span,
    parse_strand,
    parse_when,
    split_list,
)
from diancai.stages.supply.errors import UnknownWord
from diancai.words import CapacityPeriod, Strand

ALL_PLACES = re.compile(r"^(?:全市|全盟|全县|全旗|全区|全部|全部旗县区?|各旗县区?|(?:全市)?各地|全市范围内?|全域)$")
SOME_COUNTIES = re.compile(r"^([0-9一二三四五六七八九十两]{1,2})个旗县区?$")
CHINESE = {digit: number for number, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in which field; `code` names the refusal or the parser's problem."""

    field: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Read:
    """The fields that could be read, ready for `OfferFields`, and the problems."""

    fields: dict[str, Any] = field(default_factory=dict)
    problems: tuple[CellProblem, ...] = ()


def read_cells(cells: Mapping[str, str], year: int | None = None) -> Read:
    """Read the declared cells of one row; `year` stands in where a day is written without."""
    plain = ("leader", "service", "service_form", "contact", "contact_phone", "assured_by", "note")
    fields: dict[str, Any] = {name: cells.get(name, "").strip() for name in plain}
    fields["number"] = cells.get("id", "").strip()
    fields["topics"] = split_list(cells.get("topics", ""))
    problems = [
        *_read_strand(cells, fields),
        *_read_capacity(cells, fields),
        *_read_term(cells, fields, year),
        *_read_assured(cells, fields, year),
    ]
    language = parse_language(cells.get("language", ""))
    fields["language"] = language or ""
    return Read(fields, tuple(problems))


def names_all_places(said: str, counties: int) -> bool:
    """Whether the words mean everywhere below the department's own place (全市, 7个旗县区 where there are seven)."""
    text = re.sub(r"\s", "", said)
    if not text or ALL_PLACES.match(text):
        return True
    found = SOME_COUNTIES.match(text)
    return found is not None and (int(found[1]) if found[1].isdigit() else CHINESE.get(found[1], 0)) == counties


def _read_strand(cells: Mapping[str, str], fields: dict[str, Any]) -> list[CellProblem]:
    said = cells.get("strand", "").strip()
    strand = parse_strand(said) if said else None
    fields["strand"] = strand or ""
    if said and strand is None:
        choices = "、".join(f"送{word.zh}" for word in Strand), ", ".join(word.en for word in Strand)
        no = UnknownWord(words=said, field_zh="七送", field_en="strand", choices_zh=choices[0], choices_en=choices[1])
        return [CellProblem("strand", no.code, no.text("zh"), no.text("en"))]
    return []


def _read_capacity(cells: Mapping[str, str], fields: dict[str, Any]) -> list[CellProblem]:
    said = cells.get("capacity", "").strip()
    if not said:
        return []
    found = parse_capacity(said)
    if found.problem:
        return [CellProblem("capacity", found.problem.code, found.problem.zh, found.problem.en)]
    fields["capacity"], fields["capacity_period"] = found.amount, found.period
    # A bare number counts what the service is: 次 is the word that is never wrong.
    fields["capacity_unit"] = found.unit or ("次" if found.amount is not None else "")
    if found.amount is None:
        fields["capacity_period"] = CapacityPeriod.UNLIMITED
    return []


def _read_term(cells: Mapping[str, str], fields: dict[str, Any], year: int | None) -> list[CellProblem]:
    span = parse_span(cells.get("valid", ""), year)
    if span.problem:
        return [CellProblem("valid", span.problem.code, span.problem.zh, span.problem.en)]
    fields["valid_from"], fields["valid_until"] = span.since, span.until
    problems = []
    for name in ("valid_from", "valid_until"):
        day, problem = _day(cells.get(name, ""), name, year)
        fields[name] = day or fields[name]
        problems += problem
    return problems


def _read_assured(cells: Mapping[str, str], fields: dict[str, Any], year: int | None) -> list[CellProblem]:
    fields["assured_on"], problems = _day(cells.get("assured_on", ""), "assured_on", year)
    return problems


def _day(said: str, name: str, year: int | None) -> tuple[date | None, list[CellProblem]]:
    when = parse_when(said, year)
    if when.problem:
        return None, [CellProblem(name, when.problem.code, when.problem.zh, when.problem.en)]
    return when.day, []
