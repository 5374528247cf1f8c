"""Finds the words of many lists in one pass over a text, in time linear in its length.

A dictionary of words is asked at every position for the few lengths that begin with that character: no backtracking, so
no text can make it hang. Used by `digest` for cue words, topic keywords and the names of things.
"""

from collections.abc import Iterable, Mapping
from operator import add
from typing import NamedTuple


class Hit(NamedTuple):
    """A word found: code points `start` to `end` of the text, and the mark (list) it stands under."""

    start: int
    end: int
    word: str
    mark: str


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


class WordScan:
    """A set of marked words; `find` gives their hits, longest first at each place."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        marks: dict[str, list[str]] = {}
        for mark, words in lists.items():
            for word in words:
                if word and mark not in marks.setdefault(word, []):
                    marks[word].append(mark)
        # Words are looked up by their first two characters, so that most places of a text cost one failed look-up.
        heads: dict[str, list[str]] = {}
        for word in marks:
            if len(word) > 1:
                heads.setdefault(word[:2], []).append(word)
        self._singles = frozenset(word for word in marks if len(word) == 1)
        self._marks = {word: tuple(under) for word, under in marks.items()}
        self._heads = {head: tuple(sorted(words, key=lambda w: (-len(w), w))) for head, words in heads.items()}

    def every(self, text: str) -> list[Hit]:
        """All hits, overlapping ones too, in order of their start and longest first."""
        heads, marks = self._heads, self._marks
        found = [
            Hit(start, start + len(word), word, mark)
            for start, pair in enumerate(map(add, text, text[1:]))
            if pair in heads
            for word in heads[pair]
            if len(word) == 2 or text.startswith(word, start)
            for mark in marks[word]
        ]
        singles = self._singles.intersection(text)
        if singles:
            found += [
                Hit(start, start + 1, character, mark)
                for start, character in enumerate(text)
                if character in singles
                for mark in marks[character]
            ]
            found.sort(key=_by_place)
        return found

    def find(self, text: str, *, guard: str = "guard") -> list[Hit]:
        """Hits without those inside a longer hit of the same mark, or inside a word of the `guard` list."""
        return without_inner(self.every(text), guard)


def without_inner(hits: Iterable[Hit], guard: str = "guard") -> list[Hit]:
    """Of hits in order, those that lie in no longer hit of the same mark and in no guard word; guards themselves go."""
    reach: dict[str, int] = {}
    guarded: Hit | None = None
    kept: list[Hit] = []
    for hit in hits:
        if hit.end <= reach.get(hit.mark, 0) or (guarded and hit.end <= guarded.end and hit.word != guarded.word):
            continue
        reach[hit.mark] = hit.end
        if hit.mark == guard:
            guarded = hit
        else:
            kept.append(hit)
    return kept
