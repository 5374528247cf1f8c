"""The page that is read: the text, its folded twin of equal length, and where clauses, quotations and dates stand.

Opened once per text by `read_figures`; every finder looks at it through bounded windows, which keeps the whole reading
linear in the length of the text.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from diancai.engine.figures.characters import fold
from diancai.engine.figures.dates import find_dates

WINDOW = 80  # The farthest that any finder looks, in characters; longer clauses are judged by their near part.
CLAUSE_STOPS = frozenset("，,。；;！!？?\n：:（）—…")
SENTENCE_STOPS = frozenset("。！!？?\n")
_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】"}
_LONGEST_NAME = 24


@dataclass(frozen=True)
class Page:
    """A text opened for reading; `clause_starts` and `sentence_starts` are sorted places, spans are [start, end)."""

    text: str
    folded: str
    clause_starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    names: tuple[tuple[int, int], ...]
    dates: tuple[tuple[int, int], ...]

    def clause_start(self, place: int) -> int:
        """Where the clause that holds `place` begins, never farther back than the window."""
        return max(self.clause_starts[bisect_right(self.clause_starts, place) - 1], place - WINDOW)

    def clause_end(self, place: int) -> int:
        """The end of the clause that holds `place`, its stop not included, never farther than the window."""
        after = bisect_right(self.clause_starts, place)
        end = self.clause_starts[after] - 1 if after < len(self.clause_starts) else len(self.folded)
        return min(max(end, place), place + WINDOW)

    def sentence_start(self, place: int) -> int:
        """Where the sentence that holds `place` begins, never farther back than four windows."""
        return max(self.sentence_starts[bisect_right(self.sentence_starts, place) - 1], place - 4 * WINDOW)

    def sentence_end(self, place: int) -> int:
        """The end of the sentence that holds `place`, never farther than four windows."""
        after = bisect_right(self.sentence_starts, place)
        end = self.sentence_starts[after] if after < len(self.sentence_starts) else len(self.folded)
        return min(end, place + 4 * WINDOW)

    def before(self, place: int) -> str:
        """The part of the clause before `place`."""
        return self.folded[self.clause_start(place) : place]

    def after(self, place: int) -> str:
        """The part of the clause from `place` on."""
        return self.folded[place : self.clause_end(place)]

    def in_name(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in a quoted name or a title."""
        return _touches(self.names, start, end)

    def in_date(self, start: int, end: int) -> bool:
        """Whether [start, end) touches a date or a time of day."""
        return _touches(self.dates, start, end)

    def dates_in(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The dates that begin in [start, end), in order."""
        return self.dates[bisect_left(self.dates, (start, 0)) : bisect_left(self.dates, (end, 0))]


def _touches(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    near = bisect_left(spans, (end, 0)) - 1  # The last span that begins before `end`.
    return near >= 0 and spans[near][1] > start


def open_page(text: str) -> Page:
    """The page of a text of any length; every pass over it is linear."""
    folded = fold(text)
    clauses = [0] + [place + 1 for place in range(len(folded)) if _stops(folded, place)]
    sentences = [0] + [place + 1 for place, character in enumerate(folded) if character in SENTENCE_STOPS]
    return Page(text, folded, tuple(clauses), tuple(sentences), _names(folded), find_dates(folded))


def _stops(folded: str, place: int) -> bool:
    if folded[place] not in CLAUSE_STOPS:
        return False
    beside = folded[place - 1 : place] if place else "", folded[place + 1 : place + 2]
    return not (folded[place] in ",—:" and beside[0].isdigit() and beside[1].isdigit())


def _names(folded: str) -> tuple[tuple[int, int], ...]:
    """Quotations that are names or slogans: short, and not closed like a sentence; quoted speech keeps its figures."""
    spans, opened = [], -1
    for place, character in enumerate(folded):
        if character in _OPENING:
            opened = place
        elif opened >= 0 and character == _OPENING[folded[opened]]:
            if _is_name(folded, opened, place):
                spans.append((opened, place + 1))
            opened = -1
    return tuple(spans)


def _is_name(folded: str, opened: int, closed: int) -> bool:
    if folded[opened] in "《〈":
        return closed - opened <= 2 * WINDOW
    inner = folded[opened + 1 : closed]
    return len(inner) <= _LONGEST_NAME and not any(stop in inner for stop in "。！？!?；;")
