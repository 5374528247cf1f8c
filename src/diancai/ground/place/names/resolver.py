"""Decides which place a name means: read it from left to right, then let the context choose between namesakes.

Each part of a name stands below the one before it (五原县 塔尔湖镇 联丰村); what remains is the free sub-place (五社).
Two villages of one name are told apart by what is said, by the place `within` which the sheet or form stands, or by
the officer's own `station`. Names one character off are taken only when exactly one place is that near.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from . import mentions
from .forms import PlaceRow, normal
from .index import NameIndex, Reading

LOOKS_LIKE_A_PLACE = re.compile(r"^.{1,9}?(?:村|嘎查|社区|分场|镇|乡|苏木|街道|农场|牧场|旗|县)")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to mean.

    `code` is None unless exactly one place is meant; then `candidates` says which ones it may be (code, full name).
    `how`: exact, context, typo (found); ambiguous, elsewhere (only outside `within`), near (spelled alike),
    unknown_part (a known place followed by one it does not have), unknown, empty (not found).
    `rest`: what was said after the name: the sub-place (三社), or the part that no known place has.
    """

    code: str | None
    candidates: tuple[tuple[str, str], ...] = ()
    how: str = "unknown"
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in running text: code points `start` to `end`, the words, and what they mean."""

    start: int
    end: int
    text: str
    resolution: Resolution


class PlaceNames:
    """All names of a tree of places, ready to be asked. Build it once and keep it: it holds some thousand names."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self._index = NameIndex(rows)
        self._rows = self._index.by_code

    @classmethod
    def from_csv(cls, text: str) -> Self:
        """The names in the text of `config/places/places.csv`."""
        return cls([PlaceRow.from_csv_row(row) for row in csv.DictReader(io.StringIO(text))])

    def full_name(self, code: str) -> str:
        """County, town and village in one (五原县塔尔湖镇联丰村); empty for a code that is not in the tree."""
        row = self._rows.get(code)
        if row is None:
            return ""
        above = self._rows.get(row.parent)
        return (self.full_name(above.code) if above and above.level != "prefecture" else "") + row.name

    def known_names(self) -> frozenset[str]:
        """Every form of every name, for a word cutter's dictionary; ordinary words (团结) are among them."""
        return frozenset(self._index.forms)

    def resolve(self, said: str, within: str = "", station: str = "", level: str = "") -> Resolution:
        """Say which place is meant.

        `within`: code of the county or town that the sheet or form already names; a bare name that is only found
        outside it is asked (`elsewhere`). `station`: code of the place where the officer sits; it decides between
        namesakes. `level`: take only places of this level, when a column says so.
        """
        text = normal(said)
        if not text:
            return Resolution(None, how="empty")
        scope = self._scope(within)
        if readings := self._best(text, scope, level):
            return self._decide(readings, station or within)
        if scope and (readings := self._best(text, "", level)):
            return self._outside(self._decide(readings, station), text)
        codes = [code for code in self._index.alike(text, scope) if level in ("", self._rows[code].level)]
        return Resolution(None, self._named(codes), "near" if codes else "unknown", text)

    def resolve_columns(
        self,
        *,
        county: str = "",
        town: str = "",
        village: str = "",
        sub_place: str = "",
        within: str = "",
        station: str = "",
    ) -> Resolution:
        """The same for a sheet that tells each level in a column of its own; an empty column is simply not told."""
        found = Resolution(within or None, how="context" if within else "empty")
        for level, said in (("county", county), ("town", town), ("village", village)):
            if not normal(said):
                continue
            nearest = found.code or within
            step = self.resolve(said, nearest, station, level)
            found = step if step.code or step.how == "ambiguous" else self.resolve(said, nearest, station)
            if not found.code:
                return self._with_above(found, nearest)
        return Resolution(found.code, found.candidates, found.how, found.rest + normal(sub_place))

    def _with_above(self, found: Resolution, nearest: str) -> Resolution:
        """An unknown part may also mean just the place that the columns before it name."""
        above = self._named([nearest] if nearest in self._rows else [])
        return Resolution(None, tuple(dict.fromkeys((*found.candidates, *above))), found.how, found.rest)

    def find_in(self, text: str, within: str = "", station: str = "") -> tuple[Mention, ...]:
        """Places named in running text, left to right, never overlapping.

        A village's bare name (联丰) counts only where the words around it make it a place (我们联丰这圪垯, 隆胜三社).
        """
        return tuple(
            Mention(start, end, text[start:end], self.resolve(text[start:end], within, station))
            for start, end in mentions.spans(self._index, text)
        )

    def _best(self, text: str, scope: str, level: str) -> list[Reading]:
        """The readings that leave least unexplained; typos are forgiven only when nothing reads as it stands."""
        for forgiving in (False, True):
            readings = self._index.readings(text, scope, forgiving=forgiving)
            found = [kept for reading in readings if (kept := self._at_level(reading, level)).codes]
            if found:
                least = min((reading.unexplained, reading.typo, len(reading.rest)) for reading in found)
                return [r for r in found if (r.unexplained, r.typo, len(r.rest)) == least]
        return []

    def _at_level(self, reading: Reading, level: str) -> Reading:
        """The reading with only its places of that level."""
        if not level:
            return reading
        codes = tuple(code for code in reading.codes if self._rows[code].level == level)
        return Reading(codes, reading.rest, reading.typo)

    def _decide(self, readings: list[Reading], station: str) -> Resolution:
        codes = tuple(dict.fromkeys(code for reading in readings for code in reading.codes))
        rest, typo = readings[0].rest, readings[0].typo
        if readings[0].unexplained and LOOKS_LIKE_A_PLACE.match(rest):
            below = [near for code in codes for near in self._index.alike(rest, self._rows[code].shared_code)]
            return Resolution(None, self._named([*below, *codes]), "unknown_part", rest)
        asked = tuple(code for code in codes if self._rows[code].pickable) or codes
        if len(asked) == 1:
            return Resolution(asked[0], (), "typo" if typo else "exact", rest)
        nearest = self._nearest(asked, station)
        if len(nearest) == 1 and not typo:
            return Resolution(nearest[0], (), "context", rest)
        return Resolution(None, self._named(asked), "ambiguous", rest)

    def _nearest(self, codes: tuple[str, ...], station: str) -> tuple[str, ...]:
        """Those of `codes` in the station's village, else in its town, else in its county; else all of them."""
        for digits in (12, 9, 6):
            here = station[:digits]
            if len(here) == digits and not here.endswith("000"):
                near = tuple(code for code in codes if code.startswith(here))
                if near:
                    return near
        return codes

    def _outside(self, found: Resolution, text: str) -> Resolution:
        """A place outside the context counts only when its county was named with it."""
        if found.code is None:
            return Resolution(None, found.candidates, "elsewhere", found.rest)
        county = self._rows.get(found.code[:6] + "000000")
        if county and text.startswith((county.name, *county.aliases)):
            return found
        return Resolution(None, self._named([found.code]), "elsewhere", found.rest)

    def _named(self, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((code, self.full_name(code)) for code in dict.fromkeys(codes))

    def _scope(self, code: str) -> str:
        row = self._rows.get(code)
        return row.shared_code if row else ""
