"""Words around a figure that bound it: 近 约 超过 不少于 不超过 before it, 以上 左右 以内 after it.

What a list shares (分别稳在1亿亩、1800万亩以上) is given to every member. Called by `read_figures`.
"""

from dataclasses import dataclass

from diancai.engine.figures.page import Page
from diancai.engine.figures.scan import Candidate

AT_LEAST_BEFORE = (
    "不少于",
    "不低于",
    "不下于",
    "不小于",
    "不下",
    "至少",
    "最少",
    "高于",
    "大于",
    "多于",
    "超过",
    "超出",
    "突破",
    "冲破",
    "超",
    "逾",
    "破",
    "起码",
)
AT_MOST_BEFORE = (
    "不超过",
    "不高于",
    "不多于",
    "不大于",
    "未超过",
    "不得超过",
    "不足",
    "不到",
    "不满",
    "未满",
    "少于",
    "低于",
    "小于",
    "至多",
    "最多",
    "最高",
    "上限",
    "上限为",
    "上限是",
    "控制在",
    "未达到",
    "未达",
)
APPROX_BEFORE = ("大约", "将近", "接近", "大概", "约为", "约有", "约", "近", "差不多", "估计")
AT_LEAST_AFTER = ("以上", "及以上", "或以上", "之多", "往上", "不止", "开外")
AT_MOST_AFTER = ("以内", "之内", "以下", "及以下", "封顶")
APPROX_AFTER = ("左右", "上下", "许", "光景")
_FILLERS = ("达到", "达", "有", "为", "了", "到", "的", "出", "共", "已", "人均", "户均")
_SHARING = ("分别", "均", "都", "各", "依次", "稳在", "稳定在")


@dataclass(frozen=True)
class Bounds:
    """What the words around a figure say about its exactness."""

    at_least: bool = False
    approx: bool = False
    at_most: bool = False

    def joined(self, other: "Bounds") -> "Bounds":
        """Both together."""
        return Bounds(self.at_least or other.at_least, self.approx or other.approx, self.at_most or other.at_most)


def read_bounds(page: Page, figures: list[Candidate]) -> list[Bounds]:
    """The bounds of each figure, in order; bounds spelt inside the number (余, 多, 几) included."""
    outside = [_before(page, figure).joined(_after(page, figure)) for figure in figures]
    for index in range(len(figures) - 2, -1, -1):
        if _is_listed_with_next(page, figures, index):
            outside[index] = outside[index].joined(_shared(page, figures, index))
            outside[index] = outside[index].joined(_handed_back(page, figures, index, outside))
    return [bounds.joined(_inside(figure)) for bounds, figure in zip(outside, figures, strict=True)]


def _inside(figure: Candidate) -> Bounds:
    return Bounds(figure.at_least, figure.approx)


def _before(page: Page, figure: Candidate) -> Bounds:
    words = page.before(figure.start)[-10:]
    for _ in range(2):
        bounds = _ends(words)
        if bounds is not None:
            return bounds
        filler = next((filler for filler in _FILLERS if words.endswith(filler)), "")
        if not filler:
            break
        words = words[: -len(filler)]
    return Bounds(at_least=figure.bare and page.before(figure.start).endswith("过"))


def _ends(words: str) -> Bounds | None:
    """The bound that the words end in; 不超过 is asked before 超过, 不少于 before 少于."""
    if words.endswith(AT_MOST_BEFORE) and not words.endswith(("不少于", "不低于", "不小于")):
        return None if words.endswith("控制在") else Bounds(at_most=True)
    if words.endswith(AT_LEAST_BEFORE):
        return Bounds(at_least=True)
    return Bounds(approx=True) if words.endswith(APPROX_BEFORE) else None


def _after(page: Page, figure: Candidate) -> Bounds:
    words = page.after(figure.end)[:3].lstrip("的")
    within = figure.kind == "duration" and words.startswith("内")
    limit = figure.kind == "money" and page.before(figure.start)[-8:].endswith(("限额", "封顶"))
    return Bounds(
        at_least=words.startswith(AT_LEAST_AFTER),
        approx=words.startswith(APPROX_AFTER),
        at_most=words.startswith(AT_MOST_AFTER) or within or limit,
    )


def _is_listed_with_next(page: Page, figures: list[Candidate], index: int) -> bool:
    return page.folded[figures[index].end : figures[index + 1].start] in ("、", "和", "与", "及")


def _shared(page: Page, figures: list[Candidate], index: int) -> Bounds:
    """A unitless member of a list has no words of its own: it takes those after the next one."""
    return _after(page, figures[index + 1]) if figures[index].listed else Bounds()


def _handed_back(page: Page, figures: list[Candidate], index: int, outside: list[Bounds]) -> Bounds:
    """After 分别, 均 and the like the words behind the last member hold for all of the list."""
    if not any(word in page.before(figures[index].start) for word in _SHARING):
        return Bounds()
    following = outside[index + 1]
    return following if _after(page, figures[index + 1]) != Bounds() or figures[index + 1].listed else Bounds()
