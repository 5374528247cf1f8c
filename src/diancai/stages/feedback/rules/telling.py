"""What goes back to the village: lines for the notice board, sentences for the loudspeaker, a text for a chat group.

Pure. `VillageLine` holds the only fields that may be made public; a field that is not there cannot be shown. Names and
phones that the office knows of are covered by `covered` before a line is made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diancai.engine.said.masking import mask
from diancai.words import ClosingReason, OrderState

SOMEBODY = "某村民"
SHORTEST_NAME = 2
# Fewer answers than this would tell who gave them.
FEWEST_TOLD = 5


@dataclass(frozen=True, slots=True)
class VillageLine:
    """One need of a village and what became of it, in words that everybody may read."""

    content: str
    department: str
    outcome: str
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class VillageAnswers:
    """What the followed-up residents of the village said in the period; counts of follow-ups, never of persons."""

    asked: int
    reached: int
    solved: int
    partly: int
    not_solved: int


@dataclass(frozen=True, slots=True)
class VillageReply:
    """A village's reply sheet for a period."""

    place: str
    period: str
    told_on: date
    lines: tuple[VillageLine, ...]
    answers: VillageAnswers
    call: str


def covered(text: str, known: Iterable[str] = ()) -> str:
    """The text without phones, IDs and the like, and without the names and phones that are `known`."""
    for word in sorted({each.strip() for each in known}, key=len, reverse=True):
        if len(word) >= SHORTEST_NAME:
            text = text.replace(word, SOMEBODY)
    return mask(text).shown


def outcome_of(state: OrderState, reason: ClosingReason | None, *, round: int, plan_year: int | None) -> str:
    """How it stands, in a villager's words; closed is told by its reason, never as solved."""
    if state == OrderState.PLANNED and plan_year:
        return f"列入{plan_year}年计划"
    if state == OrderState.CLOSED and reason is not None:
        return OUTCOMES.get(reason, reason.zh)
    if state == OrderState.COMPLETED:
        return "部门已办结"
    return "正在重办" if round > 1 else "正在办理"


OUTCOMES = {
    ClosingReason.NOT_ALLOWED: "政策不允许，已说明依据",
    ClosingReason.NOT_REACHED: "部门已办结，三次没有联系上本人",
    ClosingReason.OUTSIDE_DUTIES: "不属于政府职责，已说明",
}


def told_answers(answers: VillageAnswers) -> str:
    """A sentence on what residents said; too few answers are not told, for they would name who gave them."""
    if answers.reached < FEWEST_TOLD:
        return f"回访{answers.asked}件；评价少于{FEWEST_TOLD}件，不单列。" if answers.asked else ""
    return (
        f"回访{answers.asked}件，联系上{answers.reached}件：群众说解决了的{answers.solved}件，"
        f"解决了一部分的{answers.partly}件，没有解决的{answers.not_solved}件。"
    )


def script(reply: VillageReply) -> tuple[str, ...]:
    """Short sentences to read aloud, one breath each."""
    if not reply.lines:
        return (f"{reply.place}的乡亲们，{reply.period}没有新办结的事。",)
    return (
        f"{reply.place}的乡亲们，请听一下大家提的事办得怎么样。",
        f"{reply.period}，一共给大家回复{len(reply.lines)}件事。",
        *(sentence for number, line in enumerate(reply.lines, 1) for sentence in _spoken(number, line)),
        "哪件没有办好，请到联络站说，也可以打单子上的电话。" if not reply.call else f"哪件没有办好，请打{reply.call}。",
        "广播完了，谢谢大家。",
    )


def chat_text(reply: VillageReply) -> str:
    """A text to paste into the village's chat group."""
    head = f"【{reply.place}】{reply.period}办事回复，共{len(reply.lines)}件"
    lines = [_written(number, line) for number, line in enumerate(reply.lines, 1)]
    foot = f"没有办好的，请打{reply.call}，或到联络站说。" if reply.call else "没有办好的，请到联络站说。"
    return "\n".join([head, *lines, *([told_answers(reply.answers)] if told_answers(reply.answers) else []), foot])


def _spoken(number: int, line: VillageLine) -> Sequence[str]:
    by = f"由{line.department}办。" if line.department else ""
    words = [f"{part}。" for part in line.words.replace("；", "。").split("。") if part.strip()]
    return (f"第{number}件，{line.content}。", *([by] if by else []), f"结果是：{line.outcome}。", *words)


def _written(number: int, line: VillageLine) -> str:
    by = f"（{line.department}）" if line.department else ""
    words = f"，{line.words}" if line.words else ""
    return f"{number}. {line.content}：{line.outcome}{words}{by}"
