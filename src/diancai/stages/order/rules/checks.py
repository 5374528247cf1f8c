"""What must be said in an act. `check_x` raises, `can`/`is` answers; buttons and actions ask the same function."""

import re
from dataclasses import dataclass
from datetime import date

from diancai.engine.said.masking import mask
from diancai.stages.order.errors import (
    DueInPast,
    MeetingInFuture,
    NotACompletion,
    NotSolvedYet,
    NotTriedEnough,
    PlanInPast,
    QuantityOutOfRange,
    ReturnedToAsker,
    RuleMissing,
    SettlementNeeded,
    SuggestedItself,
    WayNotMet,
    WordsMissing,
    WordsTooLong,
)
from diancai.words import ClosingReason, DissatisfiedWay, OrderState, Verdict

# Words that keep an order alive instead of finishing it; what remains must say that something was done.
_SLOWLY = r"(?:正在|将|拟|继续|持续|有序|积极|稳步|加快|不断|长期|常态化|深入|扎实|大力|进一步)"
_PREPARED = (
    r"(?:推进|推动|跟进|协调|研究|坚持|安排|部署|谋划|对接|争取|筹备|准备|重视|转交|转办|上报|请示|汇报|"
    r"(?:纳入|列入)(?:日程|计划|台账|清单))(?:中|当中|之中|落实|实施)?(?!了|完|过)"
)
_DOING = r"(?:办理|开展|落实|实施|处理)"
CARRYING_ON = re.compile(rf"(?:已经?)?{_SLOWLY}*{_PREPARED}|(?:已经?)?{_SLOWLY}+{_DOING}中?|{_DOING}(?:中|当中|之中)")
NOT_YET = re.compile(
    r"正在|持续|继续|将(?:于|在|会|尽快|继续|逐步)|拟于?|计划|准备|尽快|下一步|逐步|争取|待(?!遇)|"
    r"尚未|还未|未完成|暂未"
)
FINISHED = re.compile(
    r"已|完成|完毕|解决|出水|建成|修好|修复|通车|通水|办结|结束|到场|发放|解答|答复|举办了|开展了|讲了|做了|\d"
)
SHORTEST_COMPLETION = 4
LONGEST_PLAN_YEARS = 20
DODGE = (
    r"(?:由|请|退回|退给|转|交|建议)[^，。；、]{{0,8}}(?:{names})[^，。；]{{0,6}}"
    r"(?:自行|自己|解决|办理|负责|处理|承担|实施)"
)
HELPING = re.compile(r"配合|会同|协同|协助|联合|共同")
WAY_NEEDS = {
    DissatisfiedWay.REDONE: (
        "重办以后还没有群众满意的回访",
        "no follow-up after a redo found him satisfied",
    ),
    DissatisfiedWay.EXTENDED: ("这一轮没有批准过延期，也没有列入计划", "no extension was granted and it is on no plan"),
    DissatisfiedWay.HANDED_OVER: (
        "没有移交过单位，上级也没有接办",
        "nobody else took it on",
    ),
}
ASKERS = ("乡镇", "苏木", "镇政府", "乡政府", "街道", "村委会", "嘎查", "村组", "社区", "农牧场")


def is_completion(words: str) -> bool:
    """Whether the words tell something done: 持续推进, 正在办理 and 已安排部署 do not; a lecture given does."""
    told = words.strip()
    rest = CARRYING_ON.sub("", told)
    if len(re.sub(r"[\W_]", "", told)) < SHORTEST_COMPLETION or not FINISHED.search(rest):
        return False
    # Something is done and something goes on: only the clauses that are done count.
    return any(FINISHED.search(CARRYING_ON.sub("", part)) and not NOT_YET.search(part) for part in _clauses(told))


def check_completion(words: str) -> None:
    """Raise `NotACompletion` unless the words tell something done."""
    if not is_completion(words):
        raise NotACompletion(words=words.strip() or "（空）")


def sends_back(words: str, town: str, village: str = "") -> bool:
    """Whether the words leave the matter to those who asked (建议由乡镇自行解决); asking for help is no dodge."""
    names = "|".join(re.escape(name) for name in (town, village, *ASKERS) if name)
    return any(not HELPING.search(found[0]) for found in re.finditer(DODGE.format(names=names), words))


def said(words: str, zh: str, en: str, most: int = 300) -> str:
    """Words that must be there, fitted. Raises `WordsMissing`, `WordsTooLong`."""
    if not words.strip():
        raise WordsMissing(field_zh=zh, field_en=en)
    return fitted(words, most, zh, en)


@dataclass(frozen=True, slots=True)
class WayFacts:
    """What a way of closing rests on: the round, what the last follow-up found, and the steps that were taken."""

    round: int
    verdict: Verdict | None
    was_extended: bool
    was_handed_over: bool


def check_way(way: DissatisfiedWay | None, evidence: str, facts: WayFacts) -> DissatisfiedWay:
    """The way in which a dissatisfied order may be closed. Raises `SettlementNeeded`, `WayNotMet`."""
    if way is None or not evidence.strip():
        raise SettlementNeeded
    steps = {
        DissatisfiedWay.REDONE: facts.round > 1 and facts.verdict == Verdict.SATISFIED,
        DissatisfiedWay.JUDGED: True,
        DissatisfiedWay.EXTENDED: facts.was_extended,
        DissatisfiedWay.HANDED_OVER: facts.was_handed_over,
    }
    if not steps[way]:
        why_zh, why_en = WAY_NEEDS[way]
        raise WayNotMet(way_zh=way.zh, way_en=way.en, why_zh=why_zh, why_en=why_en)
    return way


def check_meeting(meeting_on: date, today: date) -> None:
    """Raise `MeetingInFuture` for a meeting that was not held yet."""
    if meeting_on > today:
        raise MeetingInFuture(day=meeting_on)


def check_return(
    *,
    reason: str,
    basis: str,
    department_id: int,
    suggested_id: int | None,
    suggested_place: str,
    asking_codes: tuple[str, ...],
    asking_names: tuple[str, str],
) -> None:
    """A return needs reason and basis and may not go to those who asked.

    `asking_codes`: codes of the town and village of the need; `asking_names` their names. Raises `WordsMissing`,
    `SuggestedItself`, `ReturnedToAsker`.
    """
    for told, zh, en in ((reason, "退回原因", "reason"), (basis, "退回依据", "basis")):
        if not told.strip():
            raise WordsMissing(field_zh=zh, field_en=en)
    if suggested_id == department_id:
        raise SuggestedItself
    if (suggested_place and suggested_place in asking_codes) or sends_back(f"{reason}。{basis}", *asking_names):
        raise ReturnedToAsker(town=asking_names[0] or "乡镇")


def fitted(words: str, most: int, zh: str, en: str) -> str:
    """The words without spaces at their ends, phones, IDs and the like covered: they stand in the ledger for ever.

    Raises `WordsTooLong`; nothing is cut off silently.
    """
    shown = mask(words.strip()).shown
    if len(shown) > most:
        raise WordsTooLong(field_zh=zh, field_en=en, length=len(shown), most=most)
    return shown


def check_due(due_on: date | None, today: date) -> None:
    """Raise `DueInPast` for a day before today."""
    if due_on is not None and due_on < today:
        raise DueInPast(due=due_on)


def check_committed(committed: int, asked: int, unit: str) -> None:
    """Raise `QuantityOutOfRange` unless 1 ≤ committed ≤ asked; a helper without a share commits 0."""
    if not (asked == 0 and committed == 0) and not 1 <= committed <= asked:
        raise QuantityOutOfRange(given=committed, most=asked, unit=unit)


def check_close(
    reason: ClosingReason, rule: str, state: OrderState, *, rest_only: bool, tried: int = 0, most_tries: int = 3
) -> None:
    """Solved needs completion, partly solved completion or an open rest alone, not allowed its rule, not reached
    `most_tries` recorded tries.

    Raises `NotSolvedYet`, `RuleMissing`, `NotTriedEnough`.
    """
    if reason == ClosingReason.NOT_ALLOWED and not rule.strip():
        raise RuleMissing
    if reason == ClosingReason.NOT_REACHED and tried < most_tries:
        raise NotTriedEnough(most=most_tries, tried=tried)
    done = state == OrderState.COMPLETED
    if (reason == ClosingReason.SOLVED and not done) or (
        reason == ClosingReason.PARTLY_SOLVED and not (done or rest_only)
    ):
        raise NotSolvedYet(reason_zh=reason.zh, reason_en=reason.en)


def check_plan(year: int, money: str, answerer: str, today: date) -> None:
    """A plan names its year (not a past one), the money and who answers for it. Raises `PlanInPast`, `WordsMissing`."""
    if not today.year <= year <= today.year + LONGEST_PLAN_YEARS:
        raise PlanInPast(year=year, last=today.year + LONGEST_PLAN_YEARS)
    for told, zh, en in ((money, "资金来源", "source of money"), (answerer, "答复人", "who will answer")):
        if not told.strip():
            raise WordsMissing(field_zh=zh, field_en=en)


def _clauses(words: str) -> list[str]:
    return [part for part in re.split(r"[，。；;,！!\n]", words) if part.strip()]
