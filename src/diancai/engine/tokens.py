"""Words and characters of a text: the one tokeniser that classify, dedupe, match and route share.

Pure: no file is read here. Place names are told to the word cutter by `know_places`, because it splits unknown towns.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from diancai.engine.lexicon import word_list

# A text longer than this is cut: what decides its topic stands in the first pages, and time stays linear.
LONGEST = 8_000
_WORD = re.compile(r"\w")
_BARE = re.compile(r"[\W_]+")
_CJK = re.compile(r"[㐀-鿿]")
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0x200B, 0x200C, 0x200D, 0xFEFF])

# Words that carry grammar or courtesy, no topic.
STOP_WORDS = word_list("stop")


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional to simplified, character by character, so that lengths stay."""
    from opencc import OpenCC  # noqa: PLC0415  (only texts with ideographs need it)

    ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
    plain = OpenCC("t2s").convert(" ".join(ideographs)).split(" ")
    return {ord(old): new for old, new in zip(ideographs, plain, strict=True) if old != new and len(new) == 1}


@lru_cache(maxsize=1)
def _cutter() -> Any:
    """The word cutter, loaded with its dictionary when the first text is cut."""
    import rjieba  # noqa: PLC0415

    return rjieba


# Marks of the cutter's dictionary for places, persons, firms and other names, foreign words, numbers and short forms;
# a word that the dictionary does not know is marked x.
_NAMES = ("ns", "nr", "nt", "nz", "x", "eng", "m", "j")


@lru_cache(maxsize=100_000)
def is_name(word: str) -> bool:
    """True for a word that names a place, person or firm, is unknown to the dictionary, or is a single character."""
    if len(word) < 2:
        return True
    parts = tagged(word)
    return len(parts) != 1 or parts[0][1].startswith(_NAMES)


def normal(text: str) -> str:
    """`text` in half width, lower case and simplified characters, without control characters, cut at LONGEST."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_CONTROL).lower()
    return plain if plain.isascii() else plain.translate(_simplified())


def body_key(text: str) -> str:
    """What is left of a whole text when spaces and punctuation go: equal keys mean identical texts."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _BARE.sub("", plain if plain.isascii() else plain.translate(_simplified()))


def is_cut_already(text: str) -> bool:
    """True for space-separated Chinese words, as some archives keep their messages."""
    parts = text.split()
    return len(parts) >= 4 and len(_CJK.findall(text)) > len(parts) and len(text) < 4 * len(parts)


def words(text: str) -> list[str]:
    """The words of a text in order, without punctuation and without STOP_WORDS."""
    plain = normal(text)
    parts = plain.split() if is_cut_already(plain) else _cutter().cut(plain)
    return [word for word in parts if word not in STOP_WORDS and len(word) < 30 and _WORD.search(word)]


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text as it stands, each with its word class as the cutter's dictionary marks it."""
    return list(_cutter().tag(text))


def word_end(text: str, most: int) -> int:
    """The last place at or before `most` where a word of the text ends; `most` itself inside a very long word."""
    end = 0
    for word in _cutter().cut(text[: most + 12]):
        if end + len(word) > most:
            break
        end += len(word)
    return end or most


def pairs_of(text: str) -> list[str]:
    """Character bigrams of a text, punctuation apart; a single character stands for itself."""
    found: list[str] = []
    for run in _BARE.split(normal(text)):
        found.extend([run] if len(run) == 1 else (run[at : at + 2] for at in range(len(run) - 1)))
    return found


def know_places(names: Iterable[str]) -> None:
    """Tell the word cutter the names of places, so that 补隆淖镇 stays one word."""
    for name in names:
        if len(name) > 1:
            _cutter().add_word(name, 100_000, "ns")
