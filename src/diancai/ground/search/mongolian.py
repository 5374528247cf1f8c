"""One key for the spelling variants of a Traditional Mongolian word: different code points, the same shape on paper."""

from functools import lru_cache

from mongol_norm import MongolianShaper


@lru_cache(maxsize=1)
def _shaper() -> MongolianShaper:
    return MongolianShaper()


def mongolian_key(word: str) -> str:
    """The normal spelling of a word; what the shaper does not know stays as it was typed."""
    return str(_shaper().normalize_text(word, strict=False))
