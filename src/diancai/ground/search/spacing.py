"""How text becomes findable: a space between Chinese characters, pinyin initials of places, folded Latin. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
TOKEN = re.compile(f"[{CJK}]|[^\\s{CJK}]+")
# Letters and numbers of any script, and Mongolian with its variation selectors, make words; all else parts them.
BETWEEN_WORDS = re.compile(r"[^\w\u1800-\u18af]|_")
MONGOLIAN = re.compile(r"\S*[\u1800-\u18af]\S*")


def spaced(text: str, mongolian_key: Callable[[str], str] | None = None) -> str:
    """`大棚 ABC` becomes `大 棚 abc`; punctuation and controls become spaces; Mongolian words their spelling key."""
    words = " ".join(TOKEN.findall(BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", text).lower())))
    if mongolian_key is None:
        return words
    return MONGOLIAN.sub(lambda word: mongolian_key(word.group()) or word.group(), words)


LONGEST_TEXT = 8000
MOST_OF_A_WORD = 250
LONGEST_WORD = 500  # PostgreSQL leaves out words of more than 2,047 bytes


def indexed(text: str, mongolian_key: Callable[[str], str] | None = None) -> str:
    """The spaced words that the index takes of a text: as many as both databases can hold."""
    kept: list[str] = []
    seen: Counter[str] = Counter()
    tokens = spaced(text[:LONGEST_TEXT], mongolian_key).split()
    if len(tokens) <= MOST_OF_A_WORD:
        return " ".join(token[:LONGEST_WORD] for token in tokens)
    for token in tokens:
        seen[token] += 1
        if seen[token] > MOST_OF_A_WORD:
            break
        kept.append(token[:LONGEST_WORD])
    return " ".join(kept)


def phrases(asked: str, mongolian_key: Callable[[str], str] | None = None) -> list[list[str]]:
    """What a person typed, as phrases that must all be found: `黄瓜 病害` is two phrases of two tokens each."""
    return [tokens for part in asked.split() if (tokens := spaced(part, mongolian_key).split())]
