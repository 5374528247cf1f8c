"""The programme's topic list as rows: names of two or three levels, strand, keywords, the departments' lines of work.

A pure parser; which list is used is the caller's choice (`config/topics.csv`, or an office's own).
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from diancai.words import Strand

_LEVELS = ("level1", "level2", "level3")
_NOT_A_LEVEL = frozenset(("strand", "七送", "departments_line", "责任条线", "name_mn_draft", "keywords_mn_draft"))
_KEYWORDS = ("keywords", "关键词")
_LINES = ("departments_line", "责任条线")
_MONGOLIAN = ("name_mn_draft", "keywords_mn_draft")


@runtime_checkable
class _Readable(Protocol):
    def read_text(self, encoding: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: `label` is "一级/二级"; `lines` are words such as 水利, the first leads; `mongolian` are drafts."""

    label: str
    strand: Strand | None
    keywords: tuple[str, ...]
    lines: tuple[str, ...]
    mongolian: tuple[str, ...] = ()

    @property
    def level1(self) -> str:
        """The name of the first level."""
        return self.label.split("/", 1)[0]

    @property
    def name(self) -> str:
        """The name of the last level."""
        return self.label.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Topics:
    """A topic list in the order of its rows."""

    rows: tuple[Topic, ...] = ()

    def get(self, label: str | None) -> Topic | None:
        """The topic of that label, or None."""
        return next((topic for topic in self.rows if topic.label == label), None)

    def by_label(self) -> dict[str, Topic]:
        """Topics by their label."""
        return {topic.label: topic for topic in self.rows}


def _first(row: Mapping[str, str], names: Iterable[str]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _topic(row: Mapping[str, str]) -> Topic | None:
    levels = [row.get(name) or "" for name in _LEVELS]
    if not any(levels):
        levels = [value or "" for name, value in row.items() if name not in _NOT_A_LEVEL and name not in _KEYWORDS]
    label = "/".join(level.strip() for level in levels if level.strip())
    if not label:
        return None
    told = row.get("strand") or row.get("七送") or ""
    mongolian = tuple(word for name in _MONGOLIAN for word in (row.get(name) or "").split())
    return Topic(
        label,
        Strand.from_zh(told),
        tuple(_first(row, _KEYWORDS).split()),
        tuple(_first(row, _LINES).split()),
        tuple(dict.fromkeys(mongolian)),
    )


def load_topics(source: "str | _Readable | Iterable[Mapping[str, str]]") -> Topics:
    """Topics from CSV text, from something with `read_text` (a path, a package resource), or from rows.

    Columns: level1, level2 (level3), strand, keywords (space separated), departments_line (space separated, the first
    leads), name_mn_draft, keywords_mn_draft. With other headers the columns are levels from left to right.
    """
    if isinstance(source, _Readable):
        source = source.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(source.removeprefix("\ufeff"))) if isinstance(source, str) else source
    found = (_topic({str(name): str(value or "") for name, value in row.items() if name}) for row in rows)
    return Topics(tuple({topic.label: topic for topic in found if topic}.values()))
