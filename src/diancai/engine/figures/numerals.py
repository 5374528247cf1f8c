"""The numeral reader: one number in digits or Chinese characters, with what its own spelling says about exactness.

`read_numeral` is given a place in folded text and reads forward once, a bounded number of characters, so its time does
not depend on the rest of the text. Called by `scan`; knows nothing of units or sentences.
"""

from dataclasses import dataclass
from decimal import Decimal

DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ARABIC = frozenset("0123456789")
LONGEST = 40  # No honest number is longer; what is longer is a serial number.
_INSIDE = frozenset(DIGITS) | frozenset(MAGNITUDES)
_MORE = frozenset("余多")
_UNIT_HEADS = frozenset({"千克", "千瓦", "千米", "千伏", "百帕", "千卡"})  # Here 千 belongs to the unit.


@dataclass(frozen=True)
class Numeral:
    """A number as written: [start, end) in code points; `bare` for 百 千 万 without a digit before them.

    `fraction` marks 百分之八 and 三分之一, whose value is in per cent already; `chinese` a number without digits.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    at_least: bool = False
    approx: bool = False
    bare: bool = False
    chinese: bool = False
    fraction: bool = False
    magnitude: int = 1


def read_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that begins at `start`, or None; an indefinite 几个 and 数名 is none."""
    first = text[start : start + 1] or "。"
    if first in ARABIC:
        return _read_arabic(text, start)
    if first in "几数上":
        return _read_indefinite(text, start)
    if first == "半":
        return Numeral(start, start + 1, Decimal("0.5"), chinese=True)
    nothing = first in "零〇" and text[start + 1 : start + 2] != "点"  # 零件 and 零报告 count nothing.
    if first in _INSIDE and not nothing:
        return _read_fraction(text, start) or _read_chinese(text, start)
    return None


def _read_arabic(text: str, start: int) -> Numeral:
    """1,354  1.2万余  20多万  3万5千; the magnitude is multiplied out."""
    end = _digits_end(text, start)
    if end - start > LONGEST:
        return Numeral(start, end, Decimal(0))
    number = Decimal(text[start:end].replace(",", ""))
    part = _slash_fraction(text, start, end, number)
    if part is not None:
        return part
    more, end = _more(text, end)
    scale, end = _magnitude(text, end)
    number *= scale
    if scale > 1 and not more:
        number, end = _continued(text, number, scale, end)
        more, end = _more(text, end)
    return Numeral(start, end, number, at_least=more == "least", approx=more == "about", magnitude=scale)


def _slash_fraction(text: str, start: int, end: int, above: Decimal) -> Numeral | None:
    """1/3 of something, in per cent; a slash between bigger numbers is a date or a document."""
    below = text[end + 1 : end + 2]
    plain = (
        end - start == 1 and text[end : end + 1] == "/" and below in ARABIC and text[start - 1 : start] not in ARABIC
    )
    if not plain or below == "" or not text.startswith(("的", "以上", "左右", "，", "。"), end + 2):
        return None
    if not 0 < above < Decimal(below):
        return None
    return Numeral(start, end + 2, round(above * 100 / Decimal(below), 4), fraction=True)


def _digits_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in ARABIC:
        end += 1
    while _groups_of_three(text, start, end):
        end += 4
    if end + 1 < len(text) and text[end] == "." and text[end + 1] in ARABIC:
        end += 1
        while end < len(text) and text[end] in ARABIC:
            end += 1
    return end


def _groups_of_three(text: str, start: int, end: int) -> bool:
    group = text[end + 1 : end + 4]
    one_group = end - start <= 3 or "," in text[max(start, end - 4) : end]
    closed = text[end + 4 : end + 5] not in ARABIC
    return one_group and closed and text[end : end + 1] == "," and len(group) == 3 and set(group) <= ARABIC


def _more(text: str, end: int) -> tuple[str, int]:
    """余 and 多 mean at least; 来 and 把 mean about; they count only before a unit or magnitude, not at the end."""
    word = text[end : end + 1]
    if word in _MORE and word:
        return "least", end + 1
    if (
        word == "来"
        and (text[end - 1] == "0" or text[end - 1] in MAGNITUDES)
        and text[end + 1 : end + 2] not in ("", "，", "。", "、")
    ):
        return "about", end + 1
    if word == "几" and text[end - 1 : end] in MAGNITUDES:
        return "least", end + 1
    return "", end


def _magnitude(text: str, end: int) -> tuple[int, int]:
    scale = 1
    while end < len(text) and text[end] in MAGNITUDES and scale < 10**12 and text[end : end + 2] not in _UNIT_HEADS:
        scale *= MAGNITUDES[text[end]]
        end += 1
    return scale, end


def _continued(text: str, number: Decimal, scale: int, end: int) -> tuple[Decimal, int]:
    """1亿2000万 and 3万5千: a smaller part directly after a magnitude."""
    while end < len(text) and (text[end] in ARABIC or text[end] in DIGITS):
        stop = _digits_end(text, end) if text[end] in ARABIC else end + 1
        part = Decimal(text[end:stop].replace(",", "")) if text[end] in ARABIC else Decimal(DIGITS[text[end]])
        smaller, stop = _magnitude(text, stop)
        if smaller >= scale or (smaller == 1 and part >= scale) or smaller == 1:
            break
        number, scale, end = number + part * smaller, smaller, stop
    return number, end


def _read_indefinite(text: str, start: int) -> Numeral | None:
    """几十 数百 上千: the least that the words allow; 几 and 数 stand for two, 上 for one."""
    scale, end = _magnitude(text, start + 1)
    if scale == 1 or (text[start] == "上" and text[start + 1] == "十"):
        return None
    _, end = _more(text, end)
    number = Decimal(scale if text[start] == "上" else 2 * scale)
    return Numeral(start, end, number, at_least=True, chinese=True, magnitude=scale)


def _read_fraction(text: str, start: int) -> Numeral | None:
    """百分之三点五 and 三分之一, in per cent to four decimals."""
    mark = text.find("分之", start, start + 6)
    if mark <= start or not set(text[start:mark]) <= _INSIDE:
        return None
    below = evaluate(text[start:mark])
    opening = text[mark + 2 : mark + 3]
    if not below or opening == "" or (opening not in ARABIC and opening not in _INSIDE):
        return None
    above = _read_arabic(text, mark + 2) if opening in ARABIC else _read_chinese(text, mark + 2)
    if above.fraction:
        return None
    percent = round(above.value * 100 / below, 4)
    upper = None if above.upper is None else round(above.upper * 100 / below, 4)
    return Numeral(start, above.end, percent, upper, above.at_least, above.approx, chinese=True, fraction=True)


def _read_chinese(text: str, start: int) -> Numeral:
    end = start
    while end < len(text) and text[end] in _INSIDE and end - start < LONGEST and not _opens_unit(text, start, end):
        end += 1
    written = text[start:end]
    decimals_end = _decimals_end(text, end)
    low, high = _neighbours(written)
    value, upper = evaluate(low), evaluate(high) if high else None
    scale = MAGNITUDES.get(written[-1], 1)
    if decimals_end > end:
        places = "".join(str(DIGITS[digit]) for digit in text[end + 1 : decimals_end])
        value = Decimal(f"{int(value)}.{places}")
        scale, end = _magnitude(text, decimals_end)
        value *= scale
    more, end = _more(text, end)
    if more:
        after, end = _magnitude(text, end)
        value, scale = value * after, max(scale, after)
    bare = set(written) <= set("百千万亿") and not more
    return Numeral(start, end, value, upper, more == "least", more == "about", bare, True, magnitude=scale)


def _opens_unit(text: str, start: int, end: int) -> bool:
    return end > start and text[end : end + 2] in _UNIT_HEADS


def _decimals_end(text: str, end: int) -> int:
    if text[end : end + 1] != "点" or text[end - 1] not in DIGITS:
        return end
    stop = end + 1
    while stop < len(text) and text[stop] in DIGITS and stop - end < LONGEST:
        stop += 1
    return stop if stop > end + 1 else end


def _neighbours(written: str) -> tuple[str, str]:
    """七八 and 三五百 tell a range: the spelling of its low and of its high end; no range gives an empty high end."""
    for place in range(len(written) - 1):
        pair = written[place : place + 2]
        if pair[0] not in DIGITS or pair[1] not in DIGITS:
            continue
        if place + 2 < len(written) and written[place + 2] in DIGITS:
            return written, ""
        return _range(written, place, DIGITS[pair[0]], DIGITS[pair[1]])
    return written, ""


def _range(written: str, place: int, first: int, second: int) -> tuple[str, str]:
    without_second = written[: place + 1] + written[place + 2 :]
    without_first = written[:place] + written[place + 1 :]
    if first and (second == first + 1 or (first, second) == (3, 5)):
        return without_second, without_first
    if (first, second) == (3, 2):
        return without_first, without_second
    return written, ""


def evaluate(written: str) -> Decimal:
    """The value of Chinese numeral characters; three digits in a row without a magnitude are read one by one."""
    if len(written) > 1 and all(character in DIGITS for character in written):
        return Decimal("".join(str(DIGITS[character]) for character in written))
    total, section, digit = Decimal(0), Decimal(0), -1
    for character in written:
        if character in DIGITS:
            digit = DIGITS[character]
        elif MAGNITUDES[character] < 10**4:
            section += MAGNITUDES[character] * (digit if digit >= 0 else 1)
            digit = -1
        else:
            section += max(digit, 0)
            total = (total + section or Decimal(1)) * MAGNITUDES[character]
            section, digit = Decimal(0), -1
    return total + section + max(digit, 0) * _colloquial(written)


def _colloquial(written: str) -> int:
    """一百二 is 120 and 两万五 is 25,000: a last digit right after a magnitude above ten counts in the next lower."""
    if len(written) < 3 or written[-2] not in "百千万亿" or written[-1] == "零":
        return 1
    return MAGNITUDES[written[-2]] // 10
