"""What a figure counts, in the words of the text: 印发明白纸4800余份 counts 明白纸, 36个水利项目 counts 水利项目.

The rules say on which side of the number the thing stands; where its phrase ends is said by `phrases`. Called by
`read_figures` with the figures in order, because a share or a change counts what the figure before it counts.
"""

import re
from dataclasses import dataclass

from diancai.engine.figures.modifiers import APPROX_BEFORE, AT_LEAST_BEFORE, AT_MOST_BEFORE
from diancai.engine.figures.page import Page
from diancai.engine.figures.phrases import (
    Phrase,
    described_noun,
    is_action,
    leading_noun,
    noun_after,
    phrase_before,
    predicate_after,
)
from diancai.engine.figures.scan import Candidate

_REACH = 30  # A phrase that names the thing counted is never longer.
_SHARES = re.compile(r"(?:占比|占|比重|比例)[^，。；]{0,6}$")
_CHANGES = re.compile(
    r"(?:(?:同比|环比|比|较)[^，。；]{0,16})?(?:同比|环比|年均|均)?"
    r"(?:增长|增幅|增加|增|下降|降低|降幅|降|提高|提升|上升|上涨|减少|回落|缩短|延长|压缩|多收|多出|多|少|低|高)(?:了|出|到|至|为)?$"
)
_LIST_LEAD = re.compile(
    r"(?:各有|各为|各是|各达|各|分别有|分别为|分别是|分别达|分别占|分别|依次有|依次为|依次是|依次)[^，。；]{0,4}$"
)
_SHARE_TAIL = re.compile(r"(?:的|所占)?(?:占比|比重|比例)$")
_MEASURE_TAILS = (
    "额",
    "量",
    "率",
    "收入",
    "资金",
    "面积",
    "投资",
    "人数",
    "数",
    "产值",
    "演出",
    "支出",
    "费",
    "时间",
    "比例",
    "价",
)
_EACH = re.compile(
    r"(?:每一?(?:公里|[盒袋箱包人户村场天日月年周亩头只期次名位个组队镇乡县旗站级家车班台季层瓶桶套份吨斤批件方次盏张幅副根棵株架辆块间处所座节课项本册支])?)+$"
)
_TURNS = re.compile(r"到|至|增|降|减|提高|提升|上升|缩|扩|升|涨")
_EVENT_UNITS = frozenset({"场", "场次", "期", "班", "次", "班次", "堂", "节", "轮"})


@dataclass(frozen=True)
class _View:
    """One figure with the words on both sides of it and what the figures before it count."""

    page: Page
    figures: list[Candidate]
    index: int
    known: list[str]

    @property
    def figure(self) -> Candidate:
        return self.figures[self.index]

    @property
    def before(self) -> str:
        """The clause before the number back to the figure before it; a bracket belongs to the words before it."""
        start, folded = self.figure.start, self.page.folded
        opened = start - 1 if folded[start - 1 : start] == "（" else start
        begin = self.page.clause_start(opened - 1) if opened else 0
        if self.index:
            begin = max(begin, self.figures[self.index - 1].end)
        return _without_bounds(folded[max(begin, opened - _REACH) : opened]).lstrip("）、和与及,，的")

    @property
    def after(self) -> str:
        """The clause behind the unit up to the next figure, without the words of exactness."""
        end = min(self.page.clause_end(self.figure.end), self.figure.end + _REACH)
        words = self.page.folded[self.figure.end : min(end, max(self._next_start, self.figure.end))]
        for word in ("以上", "左右", "以内", "之内"):
            words = words.removeprefix(word)
        return words

    @property
    def cut_short(self) -> bool:
        """Whether the next figure stands in the same clause."""
        return self._next_start < self.page.clause_end(self.figure.end)

    @property
    def _next_start(self) -> int:
        following = self.index + 1
        return self.figures[following].start if following < len(self.figures) else len(self.page.folded)

    @property
    def touches_last(self) -> bool:
        """46场2070人: the number runs straight on from the figure before it."""
        return self.index > 0 and self.figures[self.index - 1].end == self.figure.start

    @property
    def carried(self) -> str:
        """What the figure before counts, if it stands in the same sentence."""
        same = self.index > 0 and self.figures[self.index - 1].start >= self.page.sentence_start(self.figure.start)
        return self.known[-1] if same else ""

    @property
    def carried_of_unit(self) -> str:
        """What the nearest figure before of the same unit counts: 其余41条 are of what was counted in 条."""
        for index in range(self.index - 1, max(self.index - 6, -1), -1):
            if self.figures[index].unit == self.figure.unit:
                return self.known[index]
        return self.carried


def _without_bounds(words: str) -> str:
    """投诉类不到一成 counts 投诉类: words of exactness name nothing."""
    ends = (*AT_LEAST_BEFORE, *AT_MOST_BEFORE, *APPROX_BEFORE)
    for _ in range(2):
        found = next((end for end in ends if words.endswith(end)), "")
        words = words[: len(words) - len(found)]
    return words


def read_things(page: Page, figures: list[Candidate]) -> list[str]:
    """What each figure counts, in order; empty where the text does not say."""
    known: list[str] = []
    for index in range(len(figures)):
        known.append(_thing(_View(page, figures, index, known)))
    return _fill_from_next(figures, known)


def _thing(view: _View) -> str:
    shared = _shared_list(view)
    if shared:
        return shared
    if view.figure.kind == "percent" or view.figure.unit == "倍" or _CHANGES.search(view.before):
        return _of_share_or_change(view)
    return _own_noun(view) or _named_around(view)


def _own_noun(view: _View) -> str:
    """The noun right behind the unit: 36卷地膜, 200多万元的取暖物资."""
    kind, after = view.figure.kind, view.after
    if kind == "duration" and not after.startswith(("的", "时间")):
        return ""
    noun = noun_after(after.removeprefix("的"), skip_verbs=after.startswith("的"))
    if not noun and view.figure.unit in ("名", "位", "个", "家", "支", "项"):
        noun = described_noun(after)
    return re.split(r"[、和与及]", noun)[0] if view.cut_short else noun


def _named_around(view: _View) -> str:
    """No noun right behind: the noun before, else the noun behind a verb, else the doing itself, else what was told."""
    before = _EACH.sub("", view.before)
    phrase = phrase_before(before)
    if not before and view.touches_last:
        return view.carried
    consumed = bool(phrase.words) and phrase.words == view.carried
    if phrase.is_noun and not consumed:
        return phrase.words
    return _named_behind(view, Phrase("", False) if consumed else phrase)


def _named_behind(view: _View, phrase: Phrase) -> str:
    if view.figure.kind == "duration":
        doing = predicate_after(view.after.removeprefix("内"))
        return phrase.words or doing or view.carried or _subject(view)
    if "其余" in view.before or "剩余" in view.before:
        return view.carried_of_unit
    if view.figure.unit in _EVENT_UNITS and is_action(phrase.words.removeprefix("已")):
        return _object_before(view) or phrase.words
    behind = noun_after(view.after, skip_verbs=True)
    if behind or (phrase.words and not view.cut_short) or phrase.words:
        return behind or phrase.words
    if _TURNS.match(view.after):
        return view.carried or _subject(view)
    return predicate_after(view.after) or view.carried or _subject(view)


def _object_before(view: _View) -> str:
    """开展科技培训，目前已举办129场: an event that only "was held" is named at the end of the clause before."""
    start = view.page.clause_start(view.figure.start)
    if start <= view.page.sentence_start(view.figure.start):
        return ""
    named = phrase_before(view.page.folded[view.page.clause_start(start - 1) : start - 1])
    return named.words if named.is_noun else ""


def _of_share_or_change(view: _View) -> str:
    """A share or change counts what the text names in its clause, else what the figure before it counts."""
    before = view.before
    _, position = _list_of(view)
    head = view.page.before(view.figures[view.index - position].start)[-12:]
    share = _SHARES.search(head)
    if share and view.carried:
        own = phrase_before(_SHARES.sub("", before)) if position == 0 else Phrase("", False)
        return own.words if own.is_noun else _counted_with(view)
    if view.figure.unit == "倍" and before.endswith("的") and view.carried:
        return view.carried
    change = _CHANGES.search(before)
    named = phrase_before(_EACH.sub("", before[: change.start()] if change else before)).words
    linked = noun_after(view.after.removeprefix("的"), skip_verbs=False) if view.after.startswith("的") else ""
    return named or linked or view.carried or _subject(view) or noun_after(view.after, skip_verbs=True)


def _counted_with(view: _View) -> str:
    """分别占55.4%、25.1% ...: members of a list of shares go one by one with the figures told before the list."""
    size, position = _list_of(view)
    source = view.index - size
    if size == 1:
        while source > 0 and view.figures[source].kind == "percent":
            source -= 1
    elif view.index - position - size < 0:
        source = view.index - position - 1
    return view.known[source] if 0 <= source < len(view.known) else view.carried


def _list_of(view: _View) -> tuple[int, int]:
    """How many figures stand in a row joined by 、 or 和 around this one, and its position among them."""
    first = last = view.index
    while first > 0 and view.index - first < 20 and _are_joined(view, first - 1):
        first -= 1
    while last + 1 < len(view.figures) and last - view.index < 20 and _are_joined(view, last):
        last += 1
    return last - first + 1, view.index - first


def _are_joined(view: _View, index: int) -> bool:
    one, next_one = view.figures[index], view.figures[index + 1]
    return view.page.folded[one.end : next_one.start] in ("、", "和", "与", "及") and one.kind == next_one.kind


def _shared_list(view: _View) -> str:
    """来信、来访各有12件和5件: members go one by one; 路灯、水渠造价分别为 counts 造价 for all."""
    size, position = _list_of(view)
    if size < 2:
        return ""
    before = view.page.before(view.figures[view.index - position].start)[-40:]
    lead = _LIST_LEAD.search(before)
    if lead is None:
        return ""
    told = before[: lead.start()]
    stem = _SHARE_TAIL.sub("", told)
    names = re.split(r"[、和与及]", stem)
    if len(names) == size and _are_parallel(names, share=stem != told):
        return phrase_before(names[position]).words or names[position]
    return "" if stem != told or "占" in lead.group() else phrase_before(told).words


def _are_parallel(names: list[str], *, share: bool) -> bool:
    """水费、电费 are two things; 墙面、大棚造价 is one measure of two things, unless it is a share of each."""
    measured = names[-1].endswith(_MEASURE_TAILS) and not names[0].endswith(names[-1][-1])
    return share or (not measured and len(names[-1]) <= len(names[0]) + 3)


def _subject(view: _View) -> str:
    """Nothing stands in the clause itself: the clause before it begins with the thing, unless it has a number too."""
    start = view.page.clause_start(view.figure.start)
    if start < 2 or start <= view.page.sentence_start(view.figure.start):
        return ""
    earlier = view.page.folded[view.page.clause_start(start - 1) : start - 1]
    return "" if any(character.isdigit() for character in earlier) else leading_noun(earlier)


def _fill_from_next(figures: list[Candidate], known: list[str]) -> list[str]:
    """12户35名社员: a figure with no name of its own that runs straight into the next one counts the same thing."""
    filled = list(known)
    for index in range(len(figures) - 2, -1, -1):
        touching = figures[index].end == figures[index + 1].start
        if touching and (not filled[index] or is_action(filled[index])):
            filled[index] = filled[index + 1]
    return filled
