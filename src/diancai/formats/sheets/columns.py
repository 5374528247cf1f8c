"""Which column is which: declared fields find their headers under the names that offices use. Called when reading.

A header is compared without numbering ("1、"), marks ("*"), brackets and spaces. The surest pairs are taken first and
each header serves one field: an exact name, then a telling part of it (`hints`), then a spelling nearly the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from diancai.words import Language, Source, Strand

SOURCES = tuple(source.zh for source in Source)
STRANDS = tuple(f"送{strand.zh}" for strand in Strand)
LANGUAGES = tuple(language.zh for language in Language)

BRACKETS = re.compile(r"[(\[【<《][^)\]】>》]*[)\]】>》]")
NUMBERING = re.compile(r"^(?:第?\d+\s*(?:题|[、.:)])|q\d+[.、:]?|[一二三四五六七八九十]+、)\s*", re.IGNORECASE)
MARKS = re.compile(r"[\s*★:;,.、。?!/\\\"'“”_\-—·+&|#]+")
LONGEST_HEADER = 80
EXACT, HINTED, SURE_RATIO = 100.0, 60.0, 84.0


def words(told: str) -> tuple[str, ...]:
    """Names of a header written one after another."""
    return tuple(told.split())


def plain(header: str) -> str:
    """A header reduced to what tells: no numbering, marks, brackets or spaces; small letters."""
    text = unicodedata.normalize("NFKC", header).strip().lstrip("*★ ")
    text = NUMBERING.sub("", text)
    return MARKS.sub("", BRACKETS.sub("", text)).lower() or MARKS.sub("", text).lower()


@dataclass(frozen=True)
class Column:
    """A declared field: how its header reads in our sheets, and how others call it.

    `hints` are parts of a header that tell the field (longest first); `never` are parts that rule it out.
    """

    field: str
    zh: str
    en: str
    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    explains_zh: str = ""
    explains_en: str = ""
    width: int = 14

    @cached_property
    def known(self) -> frozenset[str]:
        """All exact names, plain."""
        return frozenset(self._ranks)

    @cached_property
    def _ranks(self) -> dict[str, float]:
        """Exact names in the order of their declaration: our own header first, the loosest synonym last."""
        names = [plain(name) for name in (self.zh, self.en, self.field, *self.names)]
        return {name: rank / 100 for rank, name in reversed(list(enumerate(names)))}

    def score(self, header: str) -> float:
        """How surely a plain header names this field: 99 and up exact, 60 and up by a part, less by spelling, 0 not."""
        if header in self._ranks:
            return EXACT - self._ranks[header]
        if not header or any(part in header for part in self.never):
            return 0.0
        for hint in self.hints:
            if hint in header:
                return HINTED + 30.0 * len(hint) / len(header)
        if len(header) < 3:
            return 0.0
        nearest = max(fuzz.ratio(header, name) for name in self.known)
        return nearest * 0.6 if nearest >= SURE_RATIO else 0.0


@dataclass(frozen=True)
class Columns:
    """The declared fields of one kind of sheet, in the order of its template."""

    name_zh: str
    name_en: str
    columns: tuple[Column, ...]

    def match(self, headers: Sequence[Sequence[str]]) -> dict[str, int]:
        """Field to position of its header; each header is given as its spellings, the whole one first."""
        plains = [[plain(part) for part in parts if part and len(part) <= LONGEST_HEADER] for parts in headers]
        scored = [
            (score, -order, -position, column.field, position)
            for order, column in enumerate(self.columns)
            for position, parts in enumerate(plains)
            if (score := max((column.score(part) for part in parts), default=0.0))
        ]
        found: dict[str, int] = {}
        taken: set[int] = set()
        for _score, _order, _place, name, position in sorted(scored, reverse=True):
            if name not in found and position not in taken:
                found[name] = position
                taken.add(position)
        return {column.field: found[column.field] for column in self.columns if column.field in found}

    @property
    def required(self) -> tuple[Column, ...]:
        """The fields without which a row says nothing."""
        return tuple(column for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The declaration of a field; KeyError for one that is not declared."""
        for column in self.columns:
            if column.field == name:
                return column
        raise KeyError(name)
