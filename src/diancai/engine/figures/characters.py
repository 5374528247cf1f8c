"""Folding of characters to one form without moving any of them, so that positions stay code points of the text.

Full-width digits, capital numerals of money papers (壹佰) and the traditional characters of numbers and measure words
become their plain forms, one for one. Called by `page.open_page` only.
"""

_FROM = (
    "０１２３４５６７８９％．，（）／：；！？～－―﹣–"
    "萬億兩幾數餘餘個戶畝噸頃萬場隊項條張噸鄉鎮縣區萬黨員眾發資貧業農約過達說應當為與點"
    "圓佰仟貳叁肆伍柒捌玖拾"
)
_TO = (
    "0123456789%.，（）/：；！？~---—"
    "万亿两几数余余个户亩吨顷万场队项条张吨乡镇县区万党员众发资贫业农约过达说应当为与点"
    "元百千二三四五七八九十"
)
_PLAIN = str.maketrans(_FROM, _TO) | {ord("("): "（", ord(")"): "）", ord("﹪"): "%"}
# 壹 and 陆 also stand in names (陆家村), so they count as digits only beside another numeral or before money.
_SHY = {"壹": "一", "陆": "六"}
_COMPANY = frozenset("一二三四五六七八九十百千万亿元角分")


def fold(text: str) -> str:
    """The text in plain characters, exactly as long as it was."""
    plain = text.translate(_PLAIN)
    if not any(shy in plain for shy in _SHY):
        return plain
    return "".join(_fold_shy(plain, place) for place in range(len(plain)))


def _fold_shy(plain: str, place: int) -> str:
    character = plain[place]
    neighbours = plain[place + 1 : place + 2], plain[place - 1 : place] if place else ""
    return _SHY[character] if character in _SHY and _COMPANY & set("".join(neighbours)) else character
