"""Tells the language of a remark by its script. Called by `digest` and by the forms that ask for a language."""

from diancai.words import Language

# A stray letter does not make a remark bilingual: a twentieth of what is written must be in the lesser script.
_SHARE_OF_BOTH = 0.05


def _is_mongolian(character: str) -> bool:
    return "\u1820" <= character <= "\u18aa"


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def tell_language(text: str) -> Language:
    """Chinese, Mongolian (Traditional script), both, or other; an empty text is other."""
    mongolian = sum(map(_is_mongolian, text))
    chinese = sum(map(_is_chinese, text))
    if not mongolian and not chinese:
        return Language.OTHER
    # A Chinese character carries about as much as three Mongolian letters.
    weights = (mongolian / 3, float(chinese))
    if min(weights) >= _SHARE_OF_BOTH * sum(weights):
        return Language.BOTH
    return Language.MONGOLIAN if weights[0] > weights[1] else Language.CHINESE
