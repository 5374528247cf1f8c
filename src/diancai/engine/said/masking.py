"""Finds personal data in a text and covers it before anybody else reads the text.

Phones, ID numbers, bank cards, plates, mails, accounts and self-given names are replaced whole by a label.
Full-width digits, spaces, dashes and spoken digits (幺三八…) do not hide a number. When in doubt a number is covered: a
covered quantity costs a question, a leaked phone cannot be taken back. Called by `digest` and by whoever shows a text.
"""

import re
from dataclasses import dataclass
from functools import cache

from diancai.engine.lexicon.shelf import open_list
from diancai.engine.said.characters import even

_SPOKEN = str.maketrans({c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "幺": "1", "〡": "1"})
_GAPS = frozenset(" -—–_.·()（）")
_UNIT_AFTER = frozenset("元块亩斤米吨人户年万千亿公")
_WIDEST_GAP = 2
_SEVEN_DIGITS = re.compile(r"[0-9](?:[ \-—–_.·()（）]{0,2}[0-9]){6}")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][ ·.-]?[A-Z0-9]{5,6}(?![A-Z0-9])"
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.]?)(?:0?[1-9]|1[0-2])\1(?:[0-2]?\d|3[01])(?!\d)")
_DASHED_DATE = re.compile(r"(?<![\d-])(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:[0-2]\d|3[01]|[1-9])(?![\d-])")
_ACCOUNT = re.compile(r"(?:微信号?|QQ号?|qq号?|抖音号|快手号)(?:是|为)?[:： ]{0,2}([A-Za-z0-9_-]{5,20})")
_NAME_CUE = re.compile(r"(?:我叫|我名叫|本人叫|我的名字叫|我的名字是|姓名[:：]|本人姓名[:：]?|我名|名字叫)")
_LOCAL_PART = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")


@dataclass(frozen=True, slots=True)
class Masked:
    """`shown` may be stored, indexed and exported; `found` names the kinds of data that were covered, in order."""

    shown: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cover:
    start: int
    end: int
    kind: str


def _digit_runs(flat: str) -> list[tuple[int, int, str]]:
    """Runs of digits with at most two separators between two of them: start, end, the digits alone."""
    runs: list[tuple[int, int, str]] = []
    start = end = -1
    digits: list[str] = []
    for place, character in enumerate(flat):
        if character in "0123456789" or (character in "Xx" and len(digits) == 17 and place - end <= _WIDEST_GAP):
            if digits and place - end > _WIDEST_GAP:
                runs.append((start, end, "".join(digits)))
                digits = []
            if not digits:
                start = place
            digits.append(character)
            end = place + 1
        elif character not in _GAPS and digits:
            runs.append((start, end, "".join(digits)))
            digits = []
    if digits:
        runs.append((start, end, "".join(digits)))
    return runs


def _kind_of_number(digits: str) -> str:
    if len(digits) in (15, 18):
        return "身份证号"
    if 16 <= len(digits) <= 19:
        return "银行卡号"
    return "电话" if len(digits) <= 14 else "号码"


def _is_short_number(flat: str, start: int, end: int, digits: str) -> bool:
    """Seven to ten digits: a fixed line, unless a unit follows or it is a date."""
    whole = flat[start:end]
    if not 7 <= len(digits) <= 10 or _DATE.match(whole):
        return False
    groups = [group for group in re.split(r"\D+", whole) if group]
    if len(groups) == 1:
        return flat[end : end + 1] not in _UNIT_AFTER or whole.startswith("0")
    # A list of small numbers is no phone; an area code with a number, or two groups of four, is.
    return len(groups) <= 3 and max(map(len, groups)) >= 3


def _number_covers(flat: str) -> list[_Cover]:
    covers: list[_Cover] = []
    if not _SEVEN_DIGITS.search(flat):
        return covers
    undated = _DASHED_DATE.sub(lambda date: "d" * len(date.group()), flat)
    for start, end, digits in _digit_runs(undated):
        if len(digits) >= 11:
            covers.append(_Cover(start, end, _kind_of_number(digits)))
        elif _is_short_number(flat, start, end, digits):
            covers.append(_Cover(start, end, "电话"))
    return covers


def _mail_covers(flat: str) -> list[_Cover]:
    covers: list[_Cover] = []
    reach = 0
    at = flat.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > reach and flat[start - 1] in _LOCAL_PART:
            start -= 1
        while end < len(flat) and flat[end] in _LOCAL_PART:
            end += 1
        if start < at and "." in flat[at:end]:
            covers.append(_Cover(start, end, "邮箱"))
            reach = end
        at = flat.find("@", max(end, at + 1))
    return covers


@cache
def _names(mark: str) -> tuple[str, ...]:
    return tuple(open_list("names")[mark])


def _name_length(rest: str) -> int:
    """How many characters of what follows 我叫 are a name; 0 when it is something else (我叫大夫来)."""
    stop = next((n for n, c in enumerate(rest) if not "\u4e00" <= c <= "\u9fff" and c != "·"), len(rest))
    run = rest[:stop]
    if run.startswith(_names("not_a_name")) or run[1:].startswith(_names("titles")):
        return 0
    if run.startswith(_names("mongolian")):
        return len(run) if len(run) <= 6 else 4
    surname = next((run[:size] for size in (2, 1) if run[:size] in _names("surnames")), "")
    if not surname:
        return (
            len(run)
            if 2 <= len(run) <= 3 and stop < len(rest) and rest[stop] in "，。、 " and run[0] not in "他她你人"
            else 0
        )
    given = run[len(surname) :]
    if not given:
        return 0
    # The first character belongs to the name whatever it is (张有福); the second only when it begins no other word.
    size = 1 if len(given) == 1 or given[1] in _names("after_a_name") else 2
    return len(surname) + size


def _name_covers(flat: str) -> list[_Cover]:
    covers = []
    for cue in _NAME_CUE.finditer(flat):
        size = _name_length(flat[cue.end() : cue.end() + 8])
        if size:
            covers.append(_Cover(cue.end(), cue.end() + size, "姓名"))
    return covers


def _found_covers(flat: str) -> list[_Cover]:
    covers = _number_covers(flat.translate(_SPOKEN)) + _mail_covers(flat) + _name_covers(flat)
    upper = flat.upper()
    if len(upper) == len(flat):
        covers += [_Cover(*plate.span(), "车牌") for plate in _PLATE.finditer(upper)]
    covers += [_Cover(*account.span(1), "账号") for account in _ACCOUNT.finditer(flat)]
    return sorted(covers, key=lambda cover: (cover.start, -cover.end))


def _label(cover: _Cover) -> str:
    return f"[{cover.kind}]"


def mask(text: str) -> Masked:
    """The text with personal data covered by labels such as [电话]; linear in its length; an empty text stays empty."""
    covers = _found_covers(even(text))
    pieces: list[str] = []
    found: list[str] = []
    done = 0
    for cover in covers:
        if cover.end <= done:
            continue
        if cover.start >= done:
            pieces += (text[done : cover.start], _label(cover))
            found.append(cover.kind)
        done = cover.end
    pieces.append(text[done:])
    return Masked("".join(pieces), tuple(found))
