"""What the papers of urging say: Chinese, as an office writes. Called by queries; pure but for names of places."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from diancai.formats.papers import LetterPaper
from diancai.ground.slip.wording import day_text
from diancai.stages.urging.rows import LetterRow, LineRow, UrgeRow
from diancai.words import UrgingCause, UrgingStep

ASKS = {
    UrgingStep.SUPERVISION: (
        "上述事项经催办仍未办结。请你单位抓紧办理，并于{due}前书面答复办理进展、未办结的原因和预计办结时间。"
    ),
    UrgingStep.NOTICE: (
        "上述事项经书面督办仍未办结，特此提醒。请你单位主要负责同志过问，并于{due}前书面答复整改措施和办结时间。"
    ),
    UrgingStep.CIRCULAR: (
        "上述事项经催办、督办、提醒仍未办结，现予通报。请有关单位举一反三、限期办结，并于{due}前书面报告办理情况。"
    ),
}
TITLES = {
    UrgingStep.SUPERVISION: "关于督促办理{count}件逾期群众需求事项的督办函",
    UrgingStep.NOTICE: "关于{count}件群众需求事项逾期未办的工作提醒函",
    UrgingStep.CIRCULAR: "关于群众需求事项逾期未办情况的通报",
}
EMPTY_DAY = "　　年　　月　　日"


def letter_paper(letter: LetterRow, lines: Sequence[LineRow], answer_due_on: date) -> LetterPaper:
    """A letter as it is printed; unsigned ones leave the day of the signature open."""
    step = letter.step
    opening = [_opening(step, lines)]
    if letter.words:
        opening.append(letter.words)
    skipped = [line for line in lines if line.skip_reason]
    if skipped:
        opening.append(f"因事项紧急（{skipped[0].skip_reason}），越级发函。")
    return LetterPaper(
        mark=letter.body,
        number=letter.number,
        title=TITLES[step].format(count=len(lines)),
        to=letter.department or "各有关单位",
        opening=tuple(opening),
        points=tuple(_point(line, letter, with_unit=step == UrgingStep.CIRCULAR) for line in lines),
        closing=(ASKS[step].format(due=day_text(answer_due_on)), "特此函告。" if letter.department else "特此通报。"),
        organ=letter.body,
        day=day_text(letter.signed_on) if letter.signed_on else EMPTY_DAY,
        note=f"签发：{letter.signer}{'　' + letter.signed_by if letter.signed_by else ''}",
    )


def reminder_paper(urge: UrgeRow, office: str) -> LetterPaper:
    """The reminder of a part that fell due (催办通知书), or any other reminder on paper."""
    is_late = urge.cause == UrgingCause.EXPIRED
    due = day_text(urge.due_on) if urge.due_on else "规定期限"
    state = f"应于{due}办结，现已逾期" if is_late else f"应于{due}办结"
    closing = [f"请于{day_text(urge.answer_due_on)}前书面答复办理进展和预计办结时间。"] if urge.answer_due_on else []
    return LetterPaper(
        mark=office,
        number=f"催办〔{urge.sent_at.year}〕{urge.id}号",
        title="催办通知书",
        to=urge.department,
        opening=(
            f"你单位承办的{urge.number}“{urge.content}”（{urge.place}），{state}。",
            *((urge.words,) if urge.words else ()),
        ),
        points=(),
        closing=("请抓紧办理，办结后及时在系统登记。", *closing),
        organ=office,
        day=day_text(urge.sent_at.date()),
    )


def _opening(step: UrgingStep, lines: Sequence[LineRow]) -> str:
    if step != UrgingStep.CIRCULAR:
        return f"下列{len(lines)}件群众需求事项由你单位承办，已超过办理时限："
    by_unit = Counter(line.department for line in lines)
    told = "、".join(f"{unit}{count}件" for unit, count in by_unit.items())
    return f"截至发文之日，下列{len(lines)}件群众需求事项逾期未办结（{told}）："


def _point(line: LineRow, letter: LetterRow, *, with_unit: bool) -> str:
    due = f"应于{day_text(line.due_on)}办结" if line.due_on else "没有按时办结"
    days = (letter.drafted_at.date() - line.due_on).days if line.due_on else 0
    late = f"，已逾期{days}天" if days > 0 else ""
    unit = f"{line.department}：" if with_unit else ""
    return f"{unit}{line.number}，{line.content}（{line.place}），{due}{late}。"
