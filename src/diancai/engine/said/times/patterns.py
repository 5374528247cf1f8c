"""The patterns of times: each alternative is named by its kind. Bounded in length, so that no text can make them hang.

Used by `reader` (which adds the farm calendar's names) and read by `anchors`.
"""

import re

from diancai.engine.said import almanac

_HAN = "一二三四五六七八九十"
_DIGIT = "一二三四五六七八九"
_SPAN = "[0-9零一二两三四五六七八九十百半]{1,5}[来多几]?"
_DAY = rf"(?:初[{_HAN}]|廿[{_DIGIT}]?|三十|[一二]?十[{_DIGIT}]?)"
_MONTH = rf"\d{{1,2}}|十[一二]|[{_HAN}]"
_UNIT = "天|日|个?星期|个?礼拜|个月"
_YEAR = "(?:明年|今年|后年|本年)?(?:的)?"
_AFTERWORDS = (
    "以前|之前|前后|前头|前|以后|之后|过后|过了|后头|后|左右|的时候|那会儿?|时候|期间|那阵子?|"
    "里头|里|以内|之内|内|那天|跟前|附近"
)
_SOON = (
    "越快越好|越早越好|尽快|尽早|尽量快|赶快|赶紧|马上|立刻|立即|早点儿?|早些|快点儿?|快些|抓紧|急着|"
    "等不得了?|等不及了?|十万火急"
)
_SEASONS = "开春以?后|春天|春季|春上|夏天|夏季|秋天|秋季|秋后|冬天|冬季|冬闲|农闲|数九天?|三九天?|伏天"
_NEAR = "今天|今晚|明后天|明后两天|明天|大后天|后天|这两天|这几天|这一两天|过两天|过几天|这三五天"
# The order matters: the first alternative that fits is taken.
_CALENDAR = {
    "range": rf"(?:(?P<rm>正|冬|腊|[{_HAN[1:]}])月)?(?P<r1>{_DAY})[日号]?[到至—-](?:[正冬腊]月)?(?P<r2>{_DAY})",
    "lunar": rf"(?P<mark>农历|阴历|旧历)?(?P<lm>正|冬|腊|十[一二]|[{_HAN}])月(?P<ld>{_DAY})(?![日号天来多])",
    "named": "",  # festivals and solar terms, filled in below
    "lunarmonth": rf"(?<![\d{_HAN}])(?P<lmm>正|冬|腊)月(?P<lmp>底|初)?",
    "solar": rf"(?:(?P<sy>20\d\d)年)?(?P<sm>{_MONTH})月(?P<sd>\d{{1,2}}|{_DAY}|[{_DIGIT}])[日号]",
    "month": rf"(?<![\d{_HAN}个])(?P<mm>{_MONTH})月(?P<mp>份|底|初|里|间|上旬|中旬|下旬|末|中)",
    "dayno": (
        rf"(?P<dm>这个月|本月|下个月|下月)?(?<![\d.])(?P<dn>\d{{1,2}}|[一二]?十[{_DIGIT}]?|[{_DIGIT}])号"
        "(?![楼栋线院机井地店桥人])"
    ),
    "bareday": rf"初[{_HAN}]|(?<![0-9{_HAN}月])十五(?=以前|以后|之前|之后|前|后)",
    "monthpart": "(?P<mw>这个|这|本|当|下个|下)?(?P<mx>月底|月末|月初|月中)",
    "yearpart": f"{_YEAR}(?P<yp>年底|年前|年后|年内|上半年|下半年)",
    "week": f"(?P<ww>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<wd>[{_HAN[:6]}日天末])",
    "wholeweek": f"(?P<wv>下个?|这个?|本)(?:周|星期|礼拜)(?![{_HAN[:6]}日天末])",
    "nextmonth": "(?P<nm>这个月|本月|下个月|下月)(?![底初末中])",
    "near": _NEAR,
    "loss": rf"(?:再|还|要是)?(?:等|拖延|拖|过|放|迟|晚|耽搁)(?:上|个|了|下去)?(?P<ln>{_SPAN})(?P<lu>{_UNIT})",
    "left": rf"(?:还有|再有|只剩|只有|剩下|剩|不到|没)(?P<fn>{_SPAN})(?P<fu>{_UNIT})(?=，?就|，?要|便)",
    "within": rf"(?P<wn>{_SPAN})(?P<wu>{_UNIT}|周)(?:之内|以内|内)",
    "soon": _SOON,
    "season": f"{_YEAR}(?P<sn>{_SEASONS})",
    "thisyear": "今年|年内|明年",
}
_FIRSTS = (
    "0-9零一二两三四五六七八九十百半正冬腊初廿农阴旧这本当下上明今后年大除周星礼过再还要等拖放迟晚耽剩只不没"
    "越尽赶马立早快抓急春夏秋数伏月"
)
KINDS = ("farmdone", "farm", "newyear", *_CALENDAR)


def alternation(names: tuple[str, ...]) -> str:
    """An alternation of names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def compile_times(farm: tuple[str, ...], farm_done: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of all times, with the names of the farm calendar: of its seasons, and of seasons that are over."""
    kinds: dict[str, str] = {}
    if farm:
        kinds["farmdone"] = f"(?P<dy>明年|今年|后年)?(?:的)?(?P<fd>{alternation(farm_done)})"
        kinds["farm"] = f"(?P<fy>明年|今年|后年)?(?:的)?(?P<fname>{alternation(farm)})"
    kinds["newyear"] = f"(?P<ye>今年|明年|这个)?(?P<yw>过了年|过完年|{alternation(almanac.NEW_YEAR)})"
    kinds |= _CALENDAR
    kinds["named"] = f"{_YEAR}(?P<nn>{alternation(almanac.FESTIVALS)}|{alternation(almanac.TERMS)})"
    joined = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    firsts = "".join(sorted({name[0] for name in (*farm, *farm_done, *almanac.FESTIVALS, *almanac.TERMS)}))
    # Most places of a text begin no time at all: one class of first characters spares them the alternatives.
    return re.compile(f"(?=[{_FIRSTS}{re.escape(firsts)}])(?:{joined})(?P<after>{_AFTERWORDS})?")
