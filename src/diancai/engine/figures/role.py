"""The part a figure plays beside its neighbours: total, part, change (delta), share (ratio), each; per what; downwards.

Called by `read_figures`; looks at the clause before the number and at the figure before it.
"""

import re
from dataclasses import dataclass

from diancai.engine.figures.page import Page
from diancai.engine.figures.scan import Candidate

_CHANGE = re.compile(
    r"(?:同比|环比|年均|比[^，。；]{1,14}|较[^，。；]{1,14})?"
    r"(?P<way>增长|增幅|增加|增|下降|降低|降幅|降|提高|提升|上升|上涨|减少|新增|回落|缩短|延长|压缩|多收|多出|多|少|低|高)(?:了|出|到)?"
    r"(?:[^，。；、]{0,5})$"
)
_COMPARED = re.compile(r"(?:同比|环比|比|较)[^，。；]{0,14}$")
_DOWN = frozenset({"下降", "降低", "降幅", "降", "减少", "回落", "少", "低"})
_SHARE = re.compile(r"(?:占|占比|比例|比重)[^，。；]{0,8}$")
_PART = re.compile(r"(?:其中|其余|包括|含)[^，。；]*$")
_TOTAL = re.compile(r"(?:合计|共计|总计|总共|总投资|总价值|总值|总数|总额)[^，。；]{0,4}$")
_PER = re.compile(
    r"每一?(公里|平方米|[盒袋箱包人户村场天日月年周亩头只期次名位个组队镇乡县旗站级家车班台季层瓶桶套份吨件盏张幅副根棵株架辆块间处所座节项本册支])"
)
_MEAN = re.compile(r"([户人场日月年亩村周])均")
_BY_UNIT = re.compile(r"按([户人村亩])(?:算|配|发|计|分)")


@dataclass(frozen=True)
class Part:
    """role, per and direction of one figure, None where the text gives none."""

    role: str | None = None
    per: str | None = None
    direction: str | None = None


def read_parts(page: Page, figures: list[Candidate]) -> list[Part]:
    """The part that each figure plays, in order.

    A figure split up behind it (其中) is a total; so is one that equals the sum of its neighbours of the same unit.
    Members of a list share the role of its first one.
    """
    parts = [_part(page, figures, index) for index in range(len(figures))]
    _share_along_lists(page, figures, parts)
    _totals_of_parts(page, figures, parts)
    _sums(page, figures, parts)
    return parts


def _share_along_lists(page: Page, figures: list[Candidate], parts: list[Part]) -> None:
    for index in range(1, len(parts)):
        joined = page.folded[figures[index - 1].end : figures[index].start] in ("、", "和", "与", "及")
        first = parts[index - 1]
        if joined and parts[index].role is None and figures[index].kind == figures[index - 1].kind:
            parts[index] = Part(first.role, parts[index].per or first.per, first.direction)


def _totals_of_parts(page: Page, figures: list[Candidate], parts: list[Part]) -> None:
    for index in range(1, len(parts)):
        if parts[index].role != "part" or not _opens_parts(page, figures, index):
            continue
        for whole in range(index - 1, max(index - 5, -1), -1):
            if parts[whole].role is None and figures[whole].unit == figures[index].unit:
                parts[whole] = Part("total", parts[whole].per)
                break


def _sums(page: Page, figures: list[Candidate], parts: list[Part]) -> None:
    """86场 = 3场 + 83场: exact figures of one unit that add up prove each other."""
    for index in range(len(figures)):
        for step in (1, -1):
            members = _adding_up(page, figures, parts, index, step)
            if len(members) < 2:
                continue
            parts[index] = Part("total", parts[index].per)
            for member in members:
                parts[member] = Part("part", parts[member].per)


def _adding_up(page: Page, figures: list[Candidate], parts: list[Part], index: int, step: int) -> list[int]:
    """Neighbours in one direction, at most eight, whose sum is the figure at `index`."""
    whole, rest = figures[index], figures[index].value
    members: list[int] = []
    if parts[index].role not in (None, "total") or whole.at_least or whole.kind == "percent" or whole.upper:
        return []
    for other in range(index + step, index + 12 * step, step):
        if not 0 <= other < len(figures) or len(members) >= 8 or rest <= 0:
            break
        same = figures[other].unit.removesuffix("次") == whole.unit.removesuffix("次")  # 86场次 are 3场 and 83场.
        if same and parts[other].role in (None, "part") and parts[other].per is None:
            members.append(other)
            rest -= figures[other].value
    return members if rest == 0 and whole.value >= 3 and not _in_one_list(page, figures, index, members) else []


def _in_one_list(page: Page, figures: list[Candidate], index: int, members: list[int]) -> bool:
    """分别为30万元、20万元和10万元: members of one list add up by chance."""
    if not members or abs(members[0] - index) != 1:
        return False
    first, second = sorted((index, members[0]))
    return page.folded[figures[first].end : figures[second].start] in ("、", "和", "与", "及")


def _since(page: Page, figures: list[Candidate], index: int) -> str:
    """The words between the figure before (or the sentence) and this figure."""
    figure = figures[index]
    last = figures[index - 1].end if index else 0
    return page.folded[max(page.sentence_start(figure.start), last, figure.start - 60) : figure.start]


def _opens_parts(page: Page, figures: list[Candidate], index: int) -> bool:
    return any(word in _since(page, figures, index) for word in ("其中", "含", "包括"))


def _part(page: Page, figures: list[Candidate], index: int) -> Part:
    figure = figures[index]
    clause = page.before(figure.start)
    near = _since(page, figures, index)[-len(clause) :] if clause else ""
    role, direction = _role(page, figure, near)
    if role is None and _in_parts(page, figures, index):
        role = "part"
    return Part(role, _per(page, figure, clause, near), direction)


def _role(page: Page, figure: Candidate, near: str) -> tuple[str | None, str | None]:
    wide = page.folded[max(page.sentence_start(figure.start), figure.start - 40) : figure.start]
    change = _change(figure, near, compared="相比" in wide)
    if change is not None:
        return "delta", "down" if change in _DOWN else None
    if figure.unit in ("%", "倍", "‰"):
        shared = bool(_SHARE.search(near)) or figure.unit == "倍" or page.after(figure.end).startswith(("的", "以上"))
        return ("ratio" if shared or figure.chinese else None), None
    if near.endswith("各") or re.search(r"各[^，。；、有占为达]{0,2}$", near):
        return "each", None
    if _PART.search(near):
        return "part", None
    return ("total", None) if _TOTAL.search(near) else (None, None)


def _change(figure: Candidate, near: str, *, compared: bool) -> str | None:
    """The word of change before the figure; 新增14场 changes a count, 增产 and 提高认识 do not."""
    found = _CHANGE.search(near)
    if found is None:
        return None
    way, tail = found.group("way"), near[found.end("way") :].strip("了出到至为约近达")
    if tail or way == "新增":
        return way if way == "新增" and (compared or "比" in near) else None
    percent = figure.kind == "percent" or figure.unit == "倍"
    return way if percent or compared or _COMPARED.search(near) else None


def _in_parts(page: Page, figures: list[Candidate], index: int) -> bool:
    """其中 holds for figures of the same unit until the sentence or a semicolon ends."""
    figure = figures[index]
    start = max(page.sentence_start(figure.start), figure.start - 160)
    ahead = page.folded[start : figure.start]
    ahead = ahead[max(ahead.rfind("；"), ahead.rfind(";")) + 1 :]
    opened = figure.start - len(ahead) + ahead.rfind("其中")
    if "其中" not in ahead or figure.kind == "percent":
        return False
    first = next((other for other in figures[max(0, index - 8) : index] if other.start > opened), figure)
    return first.unit == figure.unit


def _per(page: Page, figure: Candidate, clause: str, near: str) -> str | None:
    """每户, 户均 and 按户 before the figure, 元/亩 behind it."""
    if page.folded[figure.end : figure.end + 1] == "/":
        return page.folded[figure.end + 1 : figure.end + 2] or None
    each = _PER.findall(near[-12:])
    if each:
        return "·".join(each)
    mean = _MEAN.search(near[-10:])
    if mean:
        return mean.group(1)
    sentence = page.folded[page.sentence_start(figure.start) : figure.start][-80:]
    by_unit = _BY_UNIT.search(sentence)
    return by_unit.group(1) if by_unit and clause is not None else None
