"""How text becomes findable: a space between Chinese characters, pinyin initials of places, folded Latin. Pure."""

import unicodedata
from collections.abc import Callable

CJK = (("㐀", "䶿"), ("一", "鿿"), ("豈", "﫿"), ("𠀀", "𲎯"))


def is_cjk(character: str) -> bool:
    """Whether a character is a Chinese one, which is a word of its own in the index."""
    return any(low <= character <= high for low, high in CJK)


def spaced(text: str, mongolian_key: Callable[[str], str] | None = None) -> str:
    """`大棚 ABC` becomes `大 棚 abc`; punctuation and controls become spaces; Mongolian words their spelling key."""
    pieces: list[str] = []
    for character in unicodedata.normalize("NFKC", text).lower():
        if is_cjk(character):
            pieces.append(f" {character} ")
        elif unicodedata.category(character)[0] in "LN" or "᠀" <= character <= "᢯":
            pieces.append(character)
        else:
            pieces.append(" ")
    words = "".join(pieces).split()
    return " ".join(_keyed(word, mongolian_key) for word in words)


def _keyed(word: str, mongolian_key: Callable[[str], str] | None) -> str:
    if mongolian_key and any("᠀" <= character <= "᢯" for character in word):
        return mongolian_key(word) or word
    return word


def phrases(asked: str, mongolian_key: Callable[[str], str] | None = None) -> list[list[str]]:
    """What a person typed, as phrases that must all be found: `黄瓜 病害` is two phrases of two tokens each."""
    return [tokens for part in asked.split() if (tokens := spaced(part, mongolian_key).split())]
