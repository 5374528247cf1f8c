"""How a dispatch and the steps of a history read. Called by actions and queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """What a dispatch text tells. `last_taken`: (department, order number, content) of the last like order, or None."""

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
    lines += [f"此前{department}退回，理由：{reason}。" for department, reason in facts.returned]
    return "\n".join(lines)


TOLD: dict[str, tuple[str, str]] = {
    "order.placed": ("点单，数量{asked}{unit}{to_zh}", "placed, {asked} {unit}{to_en}"),
    "order.dispatched": (
        "派给{department}（{part_zh}），数量{asked}",
        "dispatched to {department} ({part_en}), {asked}",
    ),
    "order.accepted": (
        "{department}接单，承诺{committed}{of_zh}{joined_zh}",
        "accepted by {department}, {committed}{joined_en}",
    ),
    "order.returned": (
        "{department}退回：{reason}（依据：{basis}）{suggested_zh}",
        "returned by {department}: {reason} (basis: {basis}){suggested_en}",
    ),
    "order.started": ("{department}开始办理", "{department} started"),
    "order.completed": ("{department}办结：{words}", "completed by {department}: {words}"),
    "order.recalled": ("撤回派给{department}的单：{reason}", "recalled from {department}: {reason}"),
    "order.closed": ("归档：{reason_zh}{rule_zh}", "closed: {reason_en}{rule_en}"),
    "order.planned": (
        "列入{year}年计划，资金：{money}，答复人：{answerer}",
        "on the plan of {year}, money: {money}, answered by {answerer}",
    ),
    "order.withdrawn": ("撤单：{reason}", "withdrawn: {reason}"),
    "order.delivered": ("办理中{under_way}，已完成{fulfilled}", "under way {under_way}, fulfilled {fulfilled}"),
}


def tell_event(kind: str, details: Mapping[str, object]) -> tuple[str, str]:
    """One line of the history in Chinese and English."""
    known = defaultdict(str, {name: "" if value is None else str(value) for name, value in details.items()})
    zh, en = TOLD.get(kind, (kind, kind))
    return zh.format_map(known), en.format_map(known)
