"""Cuts a reading into clauses and marks what each holds: asking, trouble, question, greeting, past, connecting words.

Called by `parts`; linear.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from diancai.engine.lexicon.scan import Hit, WordScan
from diancai.engine.lexicon.shelf import open_list

_CUT = re.compile(r"[，。；！？\n：]+| +")
_SENTENCE_ENDS = frozenset("。；！？\n")
_FILLERS = ("那个", "那", "然后", "就是", "嗯", "哦", "唉", "哎呀", "这个", "对了", " ")
_BY_THE_WAY = frozenset(("顺便", "顺带", "捎带", "外带"))
_OPENING = frozenset(("头一宗", "头一个", "头一件", "第一", "一是", "一来", "首先", "先说"))
# 还有两个孩子 tells what one has; 第二天 is a day.
_NO_CONNECTION = re.compile(
    r"还有[一二两三四五六七八九十几0-9]|第[一二三四五][天年次回遍轮书名]|还有人|还有点|下来[给到看讲帮]"
)
_TRY_IT = re.compile(r"([\u4e00-\u9fff])(?:一|上一|了一)?\1")
_GIVE = re.compile(r"给[^，。]{0,6}[送办修换查讲放装配派拉安弄铺建发调清](?![的过了])")
_LONG_ENOUGH_TO_CUT = 4
_JOIN_REACH = 8


@cache
def cue_scan() -> WordScan:
    """The scanner of all cue lists; built once a process."""
    return WordScan({mark: words for mark, words in open_list("cues").items() if isinstance(words, list)})


class Clause(NamedTuple):
    """A stretch of the reading between marks of punctuation, with its cues and how it is joined to what came before."""

    start: int
    end: int
    text: str
    marks: frozenset[str]
    hits: list[Hit]  # places are those of the reading
    opens_sentence: bool
    join: str  # "", "strong", "weak" or "first" (头一宗)
    asks_with_mark: bool  # ends in a question mark
    by_the_way: bool  # begins with 顺便 or its like

    def has(self, *marks: str) -> bool:
        """Whether any of the marks was found."""
        return not self.marks.isdisjoint(marks)

    def words(self, *marks: str) -> tuple[str, ...]:
        """The words found under the marks, in order."""
        if self.marks.isdisjoint(marks):
            return ()
        return tuple(dict.fromkeys(hit.word for hit in self.hits if hit.mark in marks))


def _stripped_start(text: str) -> int:
    place = 0
    while (filler := next((f for f in _FILLERS if text.startswith(f, place)), "")) and len(text) > place + len(filler):
        place += len(filler)
    return place


def _join_of(text: str, hits: Sequence[Hit], start: int) -> str:
    """How a clause is joined: a connecting word at its very start, fillers such as 那 apart."""
    near = [hit for hit in hits if hit.mark in ("connect", "weak") and hit.start - start <= _JOIN_REACH]
    if not near:
        return ""
    opens = _stripped_start(text)
    for hit in near:
        if hit.mark == "connect" and hit.start - start in (0, opens):
            if _NO_CONNECTION.match(text, hit.start - start):
                return ""
            return "first" if hit.word in _OPENING else "strong"
    return "weak" if any(hit.mark == "weak" and hit.start - start <= opens + 3 for hit in near) else ""


def _cuts_inside(hit: Hit, start: int, reading: str) -> bool:
    """Whether a connecting word in the middle of a clause, said without a pause, begins another."""
    into = hit.start - start
    if hit.mark == "connect":
        long_enough = len(hit.word) >= 3 or hit.word in ("另外", "顺便")
        return into >= _LONG_ENOUGH_TO_CUT and long_enough and not _NO_CONNECTION.match(reading, hit.start)
    return hit.mark == "weak" and into >= 6 and hit.word in ("还想", "还希望", "也想", "还需要")


def _clause(start: int, text: str, hits: list[Hit], opens: bool, asks: bool) -> Clause:
    marks = frozenset(hit.mark for hit in hits)
    join = _join_of(text, hits, start) if "connect" in marks or "weak" in marks else ""
    by_the_way = "connect" in marks and any(hit.word in _BY_THE_WAY for hit in hits)
    if join == "weak" or by_the_way or ("给" in text and (_TRY_IT.search(text) or _GIVE.search(text))):
        marks |= {"ask"}  # 顺便把书屋也开开, 再给安几盏路灯, 给老刘送点米面 ask without an asking word
    if "past" in marks and "ask" in marks and not any(hit.mark == "ask" and hit.word[0] != "给" for hit in hits):
        marks -= {"ask"}  # 上次给送的书 was given
    return Clause(start, start + len(text), text, marks, hits, opens, join, asks, by_the_way)


def _parts_words(reading: str, start: int, end: int) -> bool:
    """A space between Chinese or Mongolian characters is a pause; one beside a digit or a letter is not."""
    return bool(start) and end < len(reading) and reading[start - 1] >= "\u1800" and reading[end] >= "\u1800"


def _stretches(reading: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Start, end, whether it opens a sentence, whether a question mark ends it."""
    place, opens = 0, True
    for mark in _CUT.finditer(reading):
        told = mark.group()
        if told[0] == " " and not _parts_words(reading, mark.start(), mark.end()):
            continue
        if mark.start() > place:
            yield place, mark.start(), opens, "？" in told
            opens = not _SENTENCE_ENDS.isdisjoint(told)
        place = mark.end()
    if place < len(reading):
        yield place, len(reading), opens, False


def cut_clauses(reading: str) -> list[Clause]:
    """The clauses of a reading in order; marks of punctuation are left out."""
    hits = cue_scan().find(reading)
    clauses: list[Clause] = []
    at = 0
    for start, end, opens, asks in _stretches(reading):
        mine: list[Hit] = []
        while at < len(hits) and hits[at].start < end:
            if hits[at].start >= start and hits[at].end <= end:
                mine.append(hits[at])
            at += 1
        clauses += _pieces(reading, start, end, mine, opens, asks)
    return clauses


def _pieces(reading: str, start: int, end: int, hits: list[Hit], opens: bool, asks: bool) -> list[Clause]:
    if not reading[start:end].strip():
        return []
    edges = [start, *sorted({hit.start for hit in hits if _cuts_inside(hit, start, reading)}), end]
    found = []
    for left, right in pairwise(edges):
        inside = [hit for hit in hits if hit.start >= left and hit.end <= right] if len(edges) > 2 else hits
        found.append(_clause(left, reading[left:right], inside, opens and left == start, asks and right == end))
    return found
