"""Which of the times in a part are when the service is wanted, and the window they make.

Past events (年时夏天), habits (每年), durations and the subject itself (接羔) are not wishes. Called by `digester`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from diancai.engine.digest.clauses import Clause
from diancai.engine.digest.parts import Part
from diancai.engine.said.times import TimeMention, TimeSense

_GOES_ON = ("就", "便", "要", "可", "得")
_NO_WISH = ("每年", "年年", "每到", "一到", "往年", "多少年")
_LEADS = ("最好是", "最好", "赶在", "赶", "等到", "等", "趁着", "趁")
_TAILS = ("来最好", "最好", "都行", "也行", "来就行")
_COMING_TO_IT = re.compile("来|行|办|要(?!命|紧|是)")
_SHORT_WINDOW = 15
_FARTHEST_GAP = 14
_LONG_LETTER = 200  # longer texts tell a history full of dates: only limits count there
_LIMITS_IN_LETTERS = (TimeSense.BEFORE, TimeSense.WITHIN, TimeSense.SOON, TimeSense.LOSS)
_COMING = ("下周", "下个", "下星期", "下礼拜", "这周", "这个周", "明天", "后天", "大后天")


@dataclass(frozen=True, slots=True)
class Window:
    """When it is wanted: a stretch of the reading, or `told` when the words stand apart, and the days."""

    start: int
    end: int
    told: str | None
    earliest: date | None
    latest: date | None
    farm: bool  # bound to the farm calendar
    preferred: bool  # 最好, 都行: a preference, not a limit
    loss: bool  # something is lost or stopped after it
    soon: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    mention: TimeMention
    clause: Clause
    free: bool = False


def _rest_of(clause: Clause, mention: TimeMention) -> str:
    return clause.text[max(0, mention.end - clause.start) :]


def _is_wish(mention: TimeMention, clause: Clause, following: str, enquiry: bool) -> bool:
    since = clause.text[: mention.start - clause.start].endswith("从")  # 从九月份就没领上 tells since when
    if since or clause.has("past") or any(word in clause.text for word in _NO_WISH):
        return False
    if mention.latest is None and mention.earliest is None and mention.sense is TimeSense.AT:
        return clause.has("ask", "preferred")
    if mention.sense is TimeSense.LOSS:
        rest = _rest_of(clause, mention) + following
        return clause.has("loss") or any(word in rest for word in _GOES_ON)
    if mention.sense in (TimeSense.BEFORE, TimeSense.SOON):
        # 说年底给 was somebody's promise; 说是月底就停发 is a limit.
        return not clause.text.startswith("说") or clause.has("loss", "ask")
    return not enquiry and _is_wish_beside_words(mention.sense, clause, mention)


def _is_wish_beside_words(sense: TimeSense, clause: Clause, mention: TimeMention) -> bool:
    asks = clause.has("ask", "suggest", "preferred", "free", "explain", "answer")
    if sense is TimeSense.SEASON:
        named = mention.end - mention.start > 3  # 今年冬天, 明年开春
        return clause.has("free") or (asks and (named or clause.has("explain", "preferred")))
    if sense is TimeSense.YEAR:
        return clause.has("answer") or (clause.has("ask") and not clause.has("enquire"))
    if sense is TimeSense.WITHIN:
        return asks or "给" in clause.text
    rest = _rest_of(clause, mention)[:4]
    if asks or _COMING_TO_IT.search(rest):
        return True
    # 三月二十号前后就得种 is a limit; 正月里就得订种子 tells a habit of the season.
    short = mention.earliest and mention.latest and (mention.latest - mention.earliest).days <= _SHORT_WINDOW
    return bool(short) and "就得" in rest


def _is_coming_day(mention: TimeMention, clause: Clause) -> bool:
    """下周三我们开会，想请…… names the day before it asks."""
    told = clause.text[mention.start - clause.start :]
    return mention.sense is TimeSense.AT and told.startswith(_COMING) and not clause.has("past")


def _wishes(part: Part, mentions: Sequence[TimeMention], enquiry: bool) -> list[_Wish]:
    found: list[_Wish] = []
    clauses = part.clauses
    asks = bool(part.asking) and not enquiry
    is_letter = len(part.text) > _LONG_LETTER
    for place, clause in enumerate(clauses):
        following = clauses[place + 1].text if place + 1 < len(clauses) else ""
        for mention in mentions:
            if not clause.start <= mention.start < clause.end or (
                is_letter and mention.sense not in _LIMITS_IN_LETTERS
            ):
                continue
            if _is_wish(mention, clause, following, enquiry) or (asks and _is_coming_day(mention, clause)):
                free = mention.sense is TimeSense.SEASON and clause.has("free")
                found.append(_Wish(mention, clause, free))
    return found


def _bounds(wishes: Sequence[_Wish], said_on: date | None) -> tuple[date | None, date | None]:
    """The narrowest window that all wishes allow."""
    limits = (TimeSense.BEFORE, TimeSense.WITHIN, TimeSense.LOSS)
    latest = [w.mention.latest for w in wishes if w.mention.sense in limits and w.mention.latest]
    spans = [w.mention for w in wishes if w.mention.sense in (TimeSense.AT, TimeSense.YEAR) or _whole_season(w)]
    spans = [m for m in spans if m.earliest and (not latest or m.earliest <= min(latest))]
    narrowest = min(
        spans, key=lambda m: (m.latest - m.earliest).days if m.latest and m.earliest else 9999, default=None
    )
    earliest = narrowest.earliest if narrowest else said_on
    after = [w.mention.earliest for w in wishes if w.mention.sense is TimeSense.AFTER and w.mention.earliest]
    if after:
        earliest = max(after)
    if narrowest and narrowest.latest:
        latest.append(narrowest.latest)
    elif not latest:
        latest = [w.mention.latest for w in wishes if w.free and w.mention.latest]
    until = min(latest) if latest else None
    return earliest, until if until is None or earliest is None or until >= earliest else None


def _whole_season(wish: _Wish) -> bool:
    return wish.mention.sense is TimeSense.SEASON and not wish.free


def _stretch(wish: _Wish) -> tuple[int, int]:
    """The words to quote: with 最好 or 赶 before, and to the end of the clause where the loss is told."""
    clause, start, end = wish.clause, wish.mention.start, wish.mention.end
    before = clause.text[: start - clause.start]
    lead = next((word for word in _LEADS if before.endswith(word)), "")
    rest = clause.text[end - clause.start :]
    tail = next((word for word in _TAILS if rest.startswith(word)), "")
    if wish.mention.sense is TimeSense.LOSS:
        tail = rest
    elif wish.mention.sense is TimeSense.YEAR or wish.free:
        tail = _through(clause, end, "answer" if wish.mention.sense is TimeSense.YEAR else "free")
    return start - len(lead), end + len(tail)


def _through(clause: Clause, end: int, mark: str) -> str:
    stop = max((hit.end for hit in clause.hits if hit.mark == mark), default=end)
    return clause.text[end - clause.start : max(stop, end) - clause.start]


def find_window(
    part: Part, mentions: Sequence[TimeMention], said_on: date | None, reading: str, *, enquiry: bool
) -> Window | None:
    """The wanted window of a part, or None when no time was asked for."""
    wishes = _wishes(part, mentions, enquiry)
    if any(wish.mention.sense is TimeSense.AT for wish in wishes):
        wishes = [wish for wish in wishes if not wish.free]  # 过年人都回来了，初五到初十讲: the days say it
    if not wishes:
        return None
    earliest, latest = _bounds(wishes, said_on)
    stretches = [_stretch(wish) for wish in wishes]
    start, end = stretches[0][0], stretches[-1][1]
    apart = any(two[0] - one[1] > _FARTHEST_GAP for one, two in pairwise(stretches))
    told = _told_apart(stretches, reading) if apart else None
    return Window(
        start,
        end,
        told,
        earliest,
        latest,
        any(wish.mention.farm for wish in wishes),
        any(wish.clause.has("preferred") for wish in wishes),
        any(wish.mention.sense is TimeSense.LOSS or wish.clause.has("loss") for wish in wishes),
        any(wish.mention.sense is TimeSense.SOON for wish in wishes),
    )


def _told_apart(stretches: Sequence[tuple[int, int]], reading: str) -> str:
    """正月里 … 初六到十五都行 is told as 正月初六到十五."""
    words = [reading[start:end] for start, end in stretches]
    if (
        len(words) == 2
        and words[0].startswith(("正月", "腊月", "冬月"))
        and words[1].startswith(("初", "十", "二十", "廿"))
    ):
        day = next((words[1].removesuffix(tail) for tail in _TAILS if words[1].endswith(tail)), words[1])
        return words[0][:2] + day
    return "；".join(dict.fromkeys(words))
