"""How a dispatch and the steps of a history read. Called by actions and queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """What a dispatch text tells. `last_taken`: (department, order number, content) of the last like order, or None.

    `redo`: number of the round and what the resident says is not solved, from the second round on.
    """

    number: str
    content: str
    place: str
    households: str
    wanted: str
    lead: str
    joint: tuple[str, ...]
    asked: str
    due_on: date | None
    duty_basis: str
    last_taken: tuple[str, str, str] | None
    returned: tuple[tuple[str, str], ...] = ()
    redo: tuple[int, str] | None = None


def dispatch_text(facts: DispatchFacts) -> str:
    """The text that goes with an order: what, where, for whom, by when, on which duty, and who took it last."""
    lines = [f"{facts.number} {facts.lead}：请承办“{facts.content}”（{facts.asked}）。"]
    lines.append(f"地点：{facts.place}。" + (f"涉及{facts.households}。" if facts.households else ""))
    if facts.wanted:
        lines.append(f"群众要的时间：{facts.wanted}。")
    if facts.due_on:
        lines.append(f"办理时限：{facts.due_on}。")
    if facts.joint:
        lines.append(f"配合单位：{'、'.join(facts.joint)}。")
    lines.append(f"职责依据：{facts.duty_basis.rstrip('。')}。")
    if facts.last_taken:
        department, number, content = facts.last_taken
        lines.append(f"上次同类事项由{department}承办（{number} {content}）。")
    else:
        lines.append("本地此前没有同类事项的承办记录。")
    lines += [f"此前{department}退回，理由：{reason}。" for department, reason in dict.fromkeys(facts.returned)]
    if facts.redo:
        lines.append(f"第{facts.redo[0]}轮重办，群众反映：{facts.redo[1].rstrip('。')}。")
    return "\n".join(lines)


TOLD: dict[str, tuple[str, str]] = {
    "order.placed": ("点单，数量{asked}{unit}{to_zh}", "placed, {asked} {unit}{to_en}"),
    "order.dispatched": (
        "派给{department}（{part_zh}），数量{asked}{problem_zh}",
        "dispatched to {department} ({part_en}), {asked}{problem_en}",
    ),
    "order.dispatched_together": (
        "派给{department}（牵头），同批共{count}件",
        "dispatched to {department} (lead), {count} together",
    ),
    "order.accepted": (
        "{department}接单，承诺{committed}{of_zh}{joined_zh}",
        "accepted by {department}, {committed}{joined_en}",
    ),
    "order.returned": (
        "{department}退回{late_zh}：{reason}（依据：{basis}）{suggested_zh}{problem_zh}",
        "returned{late_en} by {department}: {reason} (basis: {basis}){suggested_en}{problem_en}",
    ),
    "order.late_return_allowed": (
        "准许{department}逾期退回：{reason}",
        "{department} may return it late: {reason}",
    ),
    "order.handed_over": (
        "{department}把{share_zh}移交给{to}：{reason}（依据：{basis}）{problem_zh}",
        "{department} handed {share_en}over to {to}: {reason} (basis: {basis}){problem_en}",
    ),
    "order.passed_on": (
        "{department}更名或撤并，由{to}继续办理",
        "{department} was renamed or dissolved; {to} goes on",
    ),
    "order.started": ("{department}开始办理", "{department} started"),
    "order.completed": ("{department}办结：{words}", "completed by {department}: {words}"),
    "order.recalled": ("撤回派给{department}的单：{reason}", "recalled from {department}: {reason}"),
    "order.escalated": (
        "{kind_zh}（{upper}）。已做：{tried}；请求：{asked_for}",
        "escalated: {upper} {kind_en}. Tried: {tried}; asked: {asked_for}",
    ),
    "order.escalation_answered": (
        "{who}答复：{answer_zh}。{words}{basis_zh}",
        "answer of {who}: {answer_en}. {words}{basis_en}",
    ),
    "order.escalation_called_back": ("撤回提请：{reason}", "escalation called back: {reason}"),
    "order.followed": ("上级单{upper}：{state_zh}，本级随之更新", "the order above, {upper}: {state_en}"),
    "order.paused": ("暂停计时：{reason_zh}", "clock paused: {reason_en}"),
    "order.resumed": ("恢复计时", "clock resumed"),
    "order.extension_asked": (
        "{department}申请延期{days}个工作日{last_zh}：{reason}",
        "{department} asks for {days} more working days{last_en}: {reason}",
    ),
    "order.extension_decided": ("{granted_zh}", "{granted_en}"),
    "order.extension_told": ("已告知群众延期到{due_on}", "the resident was told: until {due_on}"),
    "order.redo_opened": (
        "退回重办，第{number_of_round}轮：{reason}{problem_zh}",
        "redo, round {number_of_round}: {reason}{problem_en}",
    ),
    "order.judged": ("回访：{verdict_zh}", "follow-up: {verdict_en}"),
    "order.problem_resolved": (
        "{meeting_on}会议研判（{attended}）：{decision}{named_zh}",
        "meeting of {meeting_on} ({attended}): {decision}{named_en}",
    ),
    "order.settlement_proposed": (
        "提出归档：{reason_zh}{way_zh}，待第二人确认",
        "closing proposed: {reason_en}{way_en}",
    ),
    "order.settlement_refused": ("第二人不同意归档：{reason}", "closing refused by the second person: {reason}"),
    "order.closed": ("归档：{reason_zh}{way_zh}{rule_zh}", "closed: {reason_en}{way_en}{rule_en}"),
    "order.planned": (
        "列入{year}年计划，资金：{money}，答复人：{answerer}",
        "on the plan of {year}, money: {money}, answered by {answerer}",
    ),
    "order.plan_due": ("计划年度{year}到了，请复核", "the plan of {year} has come: to be reviewed"),
    "order.plan_reviewed": ("计划复核：{outcome_zh}。{words}", "plan reviewed: {outcome_en}. {words}"),
    "order.withdrawn": ("撤单：{reason}", "withdrawn: {reason}"),
    "order.hidden": ("已转有权处理单位", "diverted to the lawful body"),
    "order.clock_amber": ("办理时限临期，{due}到期（{names}）", "amber: due {due} ({names})"),
    "order.clock_red": ("办理时限即将到期，{due}到期（{names}）", "red: due {due} ({names})"),
    "order.clock_overdue": ("办理逾期，已过{due}（{names}）", "overdue since {due} ({names})"),
    "order.sign_overdue": ("{department}签收逾期，应在{due}前签收", "{department} has not signed for it by {due}"),
    "order.delivered": ("办理中{under_way}，已完成{fulfilled}", "under way {under_way}, fulfilled {fulfilled}"),
}


def tell_event(kind: str, details: Mapping[str, object]) -> tuple[str, str]:
    """One line of the history in Chinese and English."""
    known = defaultdict(str, {name: "" if value is None else str(value) for name, value in details.items()})
    zh, en = TOLD.get(kind, (kind, kind))
    return zh.format_map(known), en.format_map(known)
