"""The scan: every place where a number with a unit stands, before anybody asks whether it is a figure.

One pass from left to right over an open page; ranges (20至40公里), lists that share a unit (11、14和18场), unwritten
units (经费860万) and halves (二十吨半) are put together here. Called by `read_figures`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from diancai.engine.figures.numerals import ARABIC, DIGITS, LONGEST, MAGNITUDES, Numeral, read_numeral
from diancai.engine.figures.page import Page
from diancai.engine.figures.units import Unit, read_unit

STARTERS = ARABIC | frozenset(DIGITS) | frozenset(MAGNITUDES) | frozenset("几数上半")
_LIST_JOINERS = frozenset("、和与及")
_RANGE_JOINERS = ("——", "-", "—", "~", "至", "到")
_HALVED = frozenset({"吨", "年", "天", "小时", "个月", "亩", "斤", "公斤", "公里", "元", "里", "分钟"})
_LONG_SPELLINGS = (
    ("个多月", "个月"),
    ("个余月", "个月"),
    ("个多小时", "小时"),
    ("个多星期", "周"),
    ("个多钟头", "小时"),
)
_MONEY_WORDS = (
    *("资金", "党费", "投资", "经费", "费", "款", "收入", "产值", "捐", "投入", "拨", "奖补", "补贴", "补助"),
    *("债", "税", "贷", "工资", "成本", "利润", "资产", "值", "价", "额", "财政", "盈利", "销售", "增收", "元"),
)
_PEOPLE_WORDS = (
    *("人口", "群众", "农民", "居民", "农牧民", "贫困", "观众", "学生", "党员", "听众", "村民", "百姓", "人"),
    *("职工", "劳动力", "移民", "用户"),
)


@dataclass(frozen=True)
class Candidate:
    """A number that carries a unit; `unit` is empty until a list or an unwritten unit gives one.

    `bare` is 百人 without a digit or 余, `chinese` a number in Chinese characters, `number_end` the end of the numeral,
    `listed` a member of a list whose unit is written only once.
    """

    start: int
    end: int
    number_end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    kind: str
    at_least: bool
    approx: bool
    bare: bool
    chinese: bool
    magnitude: int
    implied: bool = False
    listed: bool = False


def scan(page: Page) -> list[Candidate]:
    """The candidates of a page in order, units shared along lists."""
    return _share_units(page, [candidate for candidate in _walk(page) if candidate.end > candidate.start])


def _walk(page: Page) -> Iterator[Candidate]:
    folded, place = page.folded, 0
    while place < len(folded):
        found = _read(page, place) if folded[place] in STARTERS else None
        if found is None:
            place += 1
            continue
        place = found.end
        yield found


def _read(page: Page, start: int) -> Candidate | None:
    folded = page.folded
    if folded[start] == "数" and folded[start - 1 : start] in (
        "人",
        "户",
        "总",
        "次",
        "件",
        "场",
        "份",
        "指",
        "多",
        "无",
    ):
        return None
    numeral = read_numeral(folded, start)
    if numeral is None:
        return None
    if numeral.fraction:
        return _made(numeral, Unit(numeral.end, "%", "percent"))
    return _half(folded, numeral) or _with_unit(page, numeral)


def _half(folded: str, numeral: Numeral) -> Candidate | None:
    """半数 and 一半 are fifty per cent; 半吨 is a half; any other 半 is a word."""
    if folded[numeral.start] == "半":
        return _half_of_unit(folded, numeral)
    if folded[numeral.start : numeral.end] == "一" and folded.startswith("半", numeral.end):
        return _made(replace(numeral, value=Decimal(50)), Unit(numeral.end + 1, "%", "percent"))
    return None


def _half_of_unit(folded: str, numeral: Numeral) -> Candidate:
    unit = _long_spelling(folded, numeral.end) or read_unit(folded, numeral.end)
    if folded.startswith("数", numeral.end):
        return _made(replace(numeral, value=Decimal(50)), Unit(numeral.end + 1, "%", "percent"))
    if unit is None or unit.name not in _HALVED:
        return _made(numeral, None)
    more = any(word in folded[numeral.end : unit.end] for word in "多余")
    return _made(replace(numeral, at_least=more), unit)


def _with_unit(page: Page, numeral: Numeral) -> Candidate:
    folded = page.folded
    if numeral.end - numeral.start > LONGEST:
        return _made(numeral, None)
    far = _range_end(folded, numeral)
    if far is not None:
        return far
    longer = _long_spelling(folded, numeral.end)
    if longer is not None:
        return _made(replace(numeral, at_least=True), longer)
    unit = _unit_after(folded, numeral.end)
    if unit is not None and unit.name == "分" and numeral.chinese:
        return _made(numeral, None)  # 十分重要, 三分地: points of a score are written in digits.
    if unit is not None:
        return _with_tail(folded, _made(numeral, unit))
    return _implied(page, _made(numeral, None))


def _unit_after(folded: str, place: int) -> Unit | None:
    gap = 1 if folded[place : place + 1] in (" ", "\u3000") else 0
    return read_unit(folded, place + gap)


def _long_spelling(folded: str, place: int) -> Unit | None:
    """两个多月 and 一个半小时: the number goes through the middle of its unit."""
    for spelling, name in _LONG_SPELLINGS:
        if folded.startswith(spelling, place):
            return Unit(place + len(spelling), name, "duration")
    return None


def _with_tail(folded: str, candidate: Candidate) -> Candidate:
    """二十吨半, 三年多, 一个半小时."""
    tail = folded[candidate.end : candidate.end + 1]
    if candidate.unit == "个" and tail == "半":
        month = folded.startswith("月", candidate.end + 1)
        unit = Unit(candidate.end + 2, "个月", "duration") if month else read_unit(folded, candidate.end + 1)
        if unit is not None and unit.kind == "duration":
            half = candidate.value + Decimal("0.5")
            return replace(candidate, value=half, end=unit.end, unit=unit.name, kind=unit.kind)
    if candidate.unit not in _HALVED or candidate.upper is not None:
        return candidate
    if tail == "半" and folded[candidate.end + 1 : candidate.end + 2] not in ("数", "年", "个"):
        return replace(candidate, value=candidate.value + Decimal("0.5"), end=candidate.end + 1)
    if tail == "多" and candidate.kind in ("duration", "length"):
        return replace(candidate, at_least=True, end=candidate.end + 1)
    return candidate


def _range_end(folded: str, low: Numeral) -> Candidate | None:
    """20至40公里, 400-500只, 3万元至5万元: one candidate from the low to the high end."""
    own_unit = _unit_after(folded, low.end)
    end = own_unit.end if own_unit else low.end
    joiner = next((joiner for joiner in _RANGE_JOINERS if folded.startswith(joiner, end)), None)
    if joiner is None or (own_unit and joiner == "到"):
        return None
    high = read_numeral(folded, end + len(joiner))
    unit = _unit_after(folded, high.end) if high else None
    if high is None or unit is None or high.upper is not None or (own_unit and own_unit.name != unit.name):
        return None
    bottom = low.value
    if not own_unit and low.magnitude == 1 and high.magnitude > 1 and low.value * high.magnitude < high.value:
        bottom *= high.magnitude
    if bottom >= high.value:
        return None
    whole = replace(low, value=bottom, upper=high.value, at_least=False, end=high.end)
    return _made(whole, unit)


def _made(numeral: Numeral, unit: Unit | None) -> Candidate:
    value, upper = numeral.value, numeral.upper
    if unit is not None and unit.name == "成":
        ten = Decimal(10)
        value, upper, unit = (
            value * ten,
            upper * ten if upper is not None else None,
            replace(unit, name="%", kind="percent"),
        )
    return Candidate(
        start=numeral.start,
        end=unit.end if unit else numeral.end,
        number_end=numeral.end,
        value=value,
        upper=upper,
        unit=unit.name if unit else "",
        kind=unit.kind if unit else "",
        at_least=numeral.at_least,
        approx=numeral.approx,
        bare=numeral.bare,
        chinese=numeral.chinese,
        magnitude=numeral.magnitude,
    )


def _implied(page: Page, candidate: Candidate) -> Candidate:
    """经费860万 means yuan and 15.6万城镇居民 people; with neither word near the unit stays unknown."""
    if candidate.magnitude < 10**4 or candidate.chinese:
        return candidate
    after = page.after(candidate.end)[:8]
    before = page.folded[max(page.sentence_start(candidate.start), candidate.start - 24) : candidate.start]
    money, people = _last(before, _MONEY_WORDS), _last(before, _PEOPLE_WORDS)
    if any(word in after for word in _PEOPLE_WORDS) or people > money:
        return replace(candidate, unit="人", kind="count", implied=True)
    stands_alone = after == "" or after[0] in "的资用以左多拨建修购投补"
    return replace(candidate, unit="元", kind="money", implied=True) if money >= 0 and stands_alone else candidate


def _last(text: str, words: tuple[str, ...]) -> int:
    return max(text.rfind(word) for word in words)


def _share_units(page: Page, found: list[Candidate]) -> list[Candidate]:
    """11、14和18场: a number right before a joiner takes the unit of the next; without one it is no candidate."""
    shared: list[Candidate] = []
    for read in reversed(found):
        candidate, follower = read, shared[-1] if shared else None
        if not candidate.unit and follower is not None and _joined(page, candidate, follower):
            candidate = replace(candidate, unit=follower.unit, kind=follower.kind, listed=True)
        if candidate.unit:
            shared.append(candidate)
    return _merge_neighbours(page, shared[::-1])


def _joined(page: Page, candidate: Candidate, follower: Candidate) -> bool:
    between = page.folded[candidate.end : follower.start]
    heading = page.folded[candidate.start - 1 : candidate.start] in ("", "\n", "。", "第") or candidate.start == 0
    return between in _LIST_JOINERS and not heading and not (candidate.chinese and candidate.value < 2)


def _merge_neighbours(page: Page, found: list[Candidate]) -> list[Candidate]:
    """五、六户 is one range in speech: two neighbouring Chinese digits below ten around a 、."""
    merged: list[Candidate] = []
    for candidate in found:
        low = merged[-1] if merged else None
        if low is not None and low.listed and _are_neighbours(page, low, candidate):
            merged[-1] = replace(candidate, start=low.start, value=low.value, upper=candidate.value)
        else:
            merged.append(candidate)
    return merged


def _are_neighbours(page: Page, low: Candidate, high: Candidate) -> bool:
    both_spoken = low.chinese and high.chinese and high.value < 10
    return both_spoken and high.value == low.value + 1 and page.folded[low.end : high.start] == "、"
