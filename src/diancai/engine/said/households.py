"""Households and people that a remark counts: 二十三户, 七家, 我跟隔壁两家 (three), 十来户 (about ten), 老两口 (two).

Never worked out from one another: so many households are never turned into people. Called by `digest.measure`; linear.
"""

import re
from dataclasses import dataclass

from diancai.engine.lexicon.scan import WordScan
from diancai.engine.said.numerals import NUMBER_CHARACTERS, amounts_in, read_amount
from diancai.engine.said.quantities import covered_by

# 家 is a household only where nothing else follows that makes it a shop, a firm or a home.
_HOUSEHOLD_AFTER = frozenset("，。；！？、 \n都的也就合共想有没在全和跟用种养等缺盼要靠连是")
_NOT_HOUSEHOLD_AFTER = frozenset("口主外型籍通县头")
_NEIGHBOURS = re.compile(
    r"我(?:家|们家)?(?:跟|和|连|同|连同|加上|带上?|与)(?:我)?(?:隔壁|邻居|邻家|邻里|对门|旁边|左右|前后院?|后院|前院|上下院|哥|弟|兄弟|叔|大爷|姐)"
)
_KIN = ("哥", "弟", "兄弟", "叔", "大爷", "姐")
_NEIGHBOUR_END = re.compile(r"(?:那|的|家|院|邻|[老小][\u4e00-\u9fff]){0,3}")
_NEXT_DOOR_TOO = re.compile(r"(?:隔壁|邻居|对门|邻家)(?:那|[老小]?[\u4e00-\u9fff])?家?也")
_PEOPLE = re.compile(
    r"(?:个|名|位|口)?(?:老人|老年人|孩子|学生|妇女|年轻人|残疾人|社员|牧民|农民|工人|口人|人(?![台转份间工行家]))"
)
_AUDIENCE_BEFORE = ("来", "少说也有", "坐", "看", "听")
_COUPLES = {
    "老两口": 2,
    "两口子": 2,
    "小两口": 2,
    "母子俩": 2,
    "父子俩": 2,
    "娘俩": 2,
    "爷俩": 2,
    "姐妹俩": 2,
    "弟兄俩": 2,
}


@dataclass(frozen=True, slots=True)
class Count:
    """A count of households or people: where it stands, the lower number told, and whether it was told roughly."""

    start: int
    end: int
    number: int
    approx: bool


def _neighbours(text: str) -> Count | None:
    """我跟隔壁两家 counts the speaker too."""
    match = _NEIGHBOURS.search(text)
    if match is None:
        too = _NEXT_DOOR_TOO.search(text)
        return Count(too.start(), too.end(), 2, False) if too else None
    amount = read_amount(text, match.end())
    if amount is not None and text[amount.end : amount.end + 1] in ("家", "户"):
        # 我跟隔壁两家 is three; 我跟我哥两家 are the two.
        speaker = 0 if match.group().endswith(_KIN) else 1
        return Count(match.start(), amount.end + 1, int(amount.value) + speaker, amount.approx)
    tail = _NEIGHBOUR_END.match(text, match.end())
    end = tail.end() if tail else match.end()
    return Count(match.start(), end, 2, False)


def _household_at(text: str, end: int, number: float) -> bool:
    unit, following = text[end : end + 1], text[end + 1 : end + 2]
    if unit == "户" and number >= 2:  # 一户补多少 is a rate
        return following not in _NOT_HOUSEHOLD_AFTER or not following
    if unit != "家" or number < 2:
        return False
    return not following or following in _HOUSEHOLD_AFTER or following in NUMBER_CHARACTERS


def find_households(text: str, names: WordScan | None = None) -> list[Count]:
    """Counts of households, in order."""
    amounts = amounts_in(text)
    together = _neighbours(text) if "我" in text or "也" in text else None
    if not amounts and together is None:
        return []
    taken = set(covered_by(text, names))
    found: list[Count] = []
    if together:
        found.append(together)
        taken |= set(range(together.start, together.end))
    for place, amount in amounts:
        told = text[max(0, place - 1) : place]
        if place not in taken and told not in ("每", "第", "一") and _household_at(text, amount.end, amount.value):
            rough = amount.approx or amount.upper is not None
            found.append(Count(place, amount.end + 1, int(amount.value), rough))
    return found


def find_people(text: str, names: WordScan | None = None) -> list[Count]:
    """Counts of people concerned; an expected audience (来看的二三百人) is none."""
    found = [
        Count(text.find(word), text.find(word) + len(word), number, False)
        for word, number in _COUPLES.items()
        if word in text
    ]
    amounts = amounts_in(text)
    taken = covered_by(text, names) if amounts else frozenset()
    for place, amount in amounts:
        noun = _PEOPLE.match(text, amount.end) if place not in taken else None
        if noun and not any(word in text[max(0, place - 6) : place] for word in _AUDIENCE_BEFORE):
            rough = amount.approx or amount.upper is not None
            found.append(Count(place, noun.end(), int(amount.value), rough))
    return found
