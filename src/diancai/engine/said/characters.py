"""Makes a text even for reading without moving a character, and reads dialect as standard words.

`even` is for analysis only: full-width forms become half-width, traditional characters simplified, control characters
and emoji spaces, one for one, so that a position in the even text is the same position in what was said. `read` then
turns the dialect of the Hetao into standard words and remembers where each character came from. Called by `digest` and
`masking`.
"""

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from diancai.engine.lexicon.shelf import open_list

_CJK = range(0x3400, 0xA000)
_KEPT_MARKS = frozenset("，。、；：！？（）【】《》“”‘’—…·￥％")
_MARKS = {ord("!"): "！", ord("?"): "？", ord(";"): "；", ord(","): "，"}


@cache
def _simplified(character: str) -> str:
    simple = str(opencc.OpenCC("t2s").convert(character))
    return simple if len(simple) == 1 else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _even_character(character: str) -> str:
    if character in _KEPT_MARKS:
        return character
    if ord(character) in _MARKS:
        return _MARKS[ord(character)]
    if ord(character) in _CJK or "\u1800" <= character <= "\u18af":
        return character
    kind = unicodedata.category(character)
    if kind[0] in "CZ" or kind in ("So", "Sk"):
        return "\n" if character in "\n\r\x0b\x0c\u2028\u2029" else " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isprintable() else character


class _Table(dict[int, str]):
    """A translation table that fills itself, so that only characters that occur cost anything."""

    def __missing__(self, code: int) -> str:
        made = _even_character(chr(code))
        self[code] = made
        return made


_TABLE = _Table()


@lru_cache(maxsize=16)  # the masking and the digest read the same text one after the other
def even(text: str) -> str:
    """The text for reading: the same number of code points, each in its plain form."""
    flat = text.translate(_TABLE)
    if flat.isascii():
        return flat
    simple = str(_converter().convert(flat))
    if len(simple) == len(flat):
        return simple
    return "".join(_simplified(character) for character in flat)


@dataclass(frozen=True, slots=True)
class Reading:
    """A standard reading of a text: `text`, and for each cut the offset to the place in what was said."""

    text: str
    cuts: tuple[int, ...]  # positions in the reading where a replaced word ends
    homes: tuple[int, ...]  # the positions in the original that belong to them
    starts: tuple[int, ...]  # positions in the reading where a replaced word starts
    sources: tuple[int, ...]

    def home(self, place: int) -> int:
        """The position in the original of a position in the reading; inside a replaced word, its start."""
        index = bisect_left(self.cuts, place)
        if index < len(self.cuts) and self.cuts[index] == place:
            return self.homes[index]
        if index < len(self.starts) and self.starts[index] < place:
            return self.sources[index]
        if index == 0:
            return place
        return self.homes[index - 1] + place - self.cuts[index - 1]


@cache
def _dialect() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    words: dict[str, str] = open_list("dialect")["words"]
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return words, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def _dialect_word_at(text: str, place: int) -> str | None:
    words, lengths = _dialect()
    for size in lengths.get(text[place], ()):
        word = text[place : place + size]
        if word in words:
            return word
    return None


def read(text: str) -> Reading:
    """The standard reading of an even text; linear in its length."""
    words, lengths = _dialect()
    pieces: list[str] = []
    marks: list[tuple[int, int, int, int]] = []
    done = place = made = 0
    while place < len(text):
        word = _dialect_word_at(text, place) if text[place] in lengths else None
        if word is None:
            place += 1
            continue
        pieces += (text[done:place], words[word])
        made += place - done
        marks.append((made, place, made + len(words[word]), place + len(word)))
        made += len(words[word])
        place = done = place + len(word)
    pieces.append(text[done:])
    starts, sources, cuts, homes = (tuple(column) for column in zip(*marks, strict=True)) if marks else ((), (), (), ())
    return Reading("".join(pieces), cuts, homes, starts, sources)
