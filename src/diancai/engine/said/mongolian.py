"""Traditional Mongolian brought to one spelling, for keywords and duplicates; the text itself is never changed.

Variation selectors and joiners go, then each word takes the canonical encoding of its shape. Called by `digest`.
"""

from functools import cache

from mongol_norm import MongolianShaper

_DROPPED = dict.fromkeys((0x180B, 0x180C, 0x180D, 0x180F, 0x200C, 0x200D))


@cache
def _shaper() -> MongolianShaper:
    return MongolianShaper("MNG")


@cache
def _normal_word(word: str) -> str:
    try:
        normal: str = _shaper().normalize(word, strict=False)
    except ValueError:
        return word
    return normal


def normal_mongolian(text: str) -> str:
    """The text with every Mongolian word in its canonical encoding; other characters stay."""
    plain = text.translate(_DROPPED)
    return " ".join(_normal_word(word) if word[:1] >= "\u1800" and len(word) < 60 else word for word in plain.split())
