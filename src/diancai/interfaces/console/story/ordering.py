"""Matches confirmed, orders placed, and what the departments made of them: honest, never 100 %."""

from datetime import datetime, timedelta
from typing import Any

from diancai.ground.people.queries import Account
from diancai.ground.place.queries import get_department
from diancai.interfaces.console.story.reviewing import Review
from diancai.interfaces.console.story.stage import Stage, after
from diancai.stages.match.actions import confirm_match, make_match, refuse_match
from diancai.stages.match.queries import list_proposals, offers_proposed
from diancai.stages.need.rows import NeedRow
from diancai.stages.order.actions import (
    accept_assignment,
    close_order,
    complete_assignment,
    dispatch_order,
    place_order,
    plan_order,
    return_assignment,
    start_assignment,
)
from diancai.stages.order.queries import get_order
from diancai.words import ClosingReason

GOOD_ENOUGH = 0.5
# Days until an order is due: what is built takes longer than what is taught; what the office asked for in a hurry.
DUE, DUE_BUILT, DUE_SOON = timedelta(days=60), timedelta(days=120), timedelta(days=25)
BUILT = ("施工", "建设", "维修", "工程", "配备", "支持", "协调")


def order_all(stage: Stage, review: Review, at: datetime) -> int:
    """An order for every need: on its confirmed match, else to the county's bureau of its line."""
    for (county, _content), need in review.needs.items():
        office = stage.office_of(county)
        order_id = _place(stage, office, need, at)
        _carry_through(stage, office, order_id, need, after(at, days=1))
    return len(review.needs)


def _place(stage: Stage, office: Account, need: NeedRow, at: datetime) -> int:
    due = (at + _time_for(stage, need)).date()
    match = _confirmed(stage, office, need, at)
    if match is not None:
        return place_order(by=office, at=at, need_id=need.id, match_id=match, due_on=due).id
    return place_order(by=office, at=at, need_id=need.id, department_id=_bureau(stage, need), due_on=due).id


def _time_for(stage: Stage, need: NeedRow) -> timedelta:
    if need.content in stage.decisions["hurried"]:
        return DUE_SOON
    return DUE_BUILT if any(word in need.service_form for word in BUILT) else DUE


def _confirmed(stage: Stage, office: Account, need: NeedRow, at: datetime) -> int | None:
    """The pair the office confirms: its own choice where the story tells one, else the engine's best if good enough."""
    proposals = list_proposals(office, programme_id=stage.programme.id, need_id=need.id, limit=5).rows
    chosen = next((c for c in stage.decisions["chosen"] if c["content"] == need.content), None)
    if chosen is None:
        best = next(iter(proposals), None)
        good = best is not None and best.score >= GOOD_ENOUGH
        return confirm_match(by=office, at=at, match_id=best.id).id if best and good else None
    for proposal in proposals:
        if proposal.offer_service == chosen["service"]:
            return confirm_match(by=office, at=at, match_id=proposal.id).id
        refuse_match(by=office, at=at, match_id=proposal.id, reason=chosen["against"] or "另选更合适的项目")
    if not chosen["service"]:
        return None
    return make_match(by=office, at=at, need_id=need.id, offer_id=stage.offers[chosen["service"]]).id


def _bureau(stage: Stage, need: NeedRow) -> int:
    """The county's bureau of the need's line of work; where the county has none, its bureau of agriculture."""
    lead = need.lead.split("、")[0].split("／")[0]
    mine = [d for d in stage.departments.values() if d.place_code == need.scope.county_code]
    return next((d.id for d in mine if lead and (d.line in lead or lead in d.name)), _agriculture(mine))


def _agriculture(departments: list[Any]) -> int:
    return next(int(d.id) for d in departments if d.line == "农牧")


def _carry_through(stage: Stage, office: Account, order_id: int, need: NeedRow, at: datetime) -> None:
    told = _decision(stage, need.content)
    assignment = get_order(office, order_id).assignments[0]
    contact = stage.contact_of(get_department(assignment.department_id))
    if told[0] == "returned":
        return_assignment(
            by=contact, at=at, assignment_id=assignment.id, reason=told[1]["reason"], basis=told[1]["basis"]
        )
        dispatch_order(by=office, at=after(at, hours=2), order_id=order_id, department_id=assignment.department_id)
        assignment = get_order(office, order_id).assignments[-1]
    _accept(contact, order_id, assignment.id, need, after(at, hours=4))
    _end(office, contact, order_id, assignment.id, told, after(at, days=6))


def _accept(contact: Account, order_id: int, assignment_id: int, need: NeedRow, at: datetime) -> None:
    """The department takes it on by the order's offer, else by the first it is shown, else by a new one."""
    order = get_order(contact, order_id).order
    shown = offers_proposed(need.id, order.lead_id) if order.offer_id is None and order.lead_id else ()
    accept_assignment(
        by=contact,
        at=at,
        assignment_id=assignment_id,
        offer_id=shown[0][0] if shown else None,
        leader="分管副局长",
        contact="办公室",
    )


def _decision(stage: Stage, content: str) -> tuple[str, dict[str, Any]]:
    """What the story says of a need, by the words its line begins with."""
    for kind, entries in stage.decisions.items():
        if not isinstance(entries, list) or kind == "hurried":
            continue
        for entry in entries:
            told = entry if isinstance(entry, dict) else {"content": entry}
            if content.startswith(told["content"]):
                return kind, told
    return "accepted", {}


def _end(
    office: Account, contact: Account, order_id: int, assignment_id: int, told: tuple[str, dict[str, Any]], at: datetime
) -> None:
    kind, entry = told
    if kind == "planned":
        year = at.year + entry["years_ahead"]
        money = entry["money"].format(year=year)
        plan_order(by=office, at=at, order_id=order_id, year=year, money=money, answerer=entry["answerer"])
        return
    if kind in {"accepted", "returned"}:
        return
    start_assignment(by=contact, at=at, assignment_id=assignment_id)
    if kind == "in_hand":
        return
    words = entry.get("words") or f"{entry['content']}已按时开展，资料存档"
    complete_assignment(by=contact, at=after(at, days=4), assignment_id=assignment_id, words=words)
    reasons = {
        "solved": ClosingReason.SOLVED,
        "partly": ClosingReason.PARTLY_SOLVED,
        "unsatisfied": ClosingReason.PARTLY_SOLVED,
        "explained": ClosingReason.EXPLAINED,
        "refused": ClosingReason.NOT_ALLOWED,
    }
    if kind in reasons:
        close_order(
            by=office,
            at=after(at, days=6),
            order_id=order_id,
            reason=reasons[kind],
            rule=entry.get("rule", ""),
            words=words,
        )
