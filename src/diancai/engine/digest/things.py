"""Names of things in a part by category (crop, animal, canal, road …), each in the word that an office writes.

Called by `content`.
"""

from functools import cache

from diancai.engine.lexicon.scan import WordScan
from diancai.engine.lexicon.shelf import open_list


@cache
def _scan() -> tuple[WordScan, dict[tuple[str, str], str]]:
    things: dict[str, dict[str, list[str]]] = open_list("things")
    names = {(kind, word): name for kind, group in things.items() for name, words in group.items() for word in words}
    lists: dict[str, list[str]] = {}
    for kind, word in names:
        lists.setdefault(kind, []).append(word)
    return WordScan(lists), names


def things_in(text: str) -> dict[str, tuple[str, ...]]:
    """For each category the things named, in order of their first mention."""
    scan, names = _scan()
    found: dict[str, list[str]] = {}
    for hit in scan.find(text):
        found.setdefault(hit.mark, []).append(names[hit.mark, hit.word])
    return {kind: tuple(dict.fromkeys(words)) for kind, words in found.items()}
