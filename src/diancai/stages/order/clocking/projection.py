"""The columns that the clocks of an order project, computed from its facts and the rules. Pure but for the rulebook.

An order whose clock cannot be computed (a year before the first calendar) keeps empty columns and tells why once.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from diancai.clocks import Event, Glance, Limit, Span, Wanted, Warnings, WorkingTime, glance
from diancai.clocks.errors import Refusal as ClockRefusal
from diancai.stages.order.clocking.columns import OrderClock, PartClock, order_clock, part_clock
from diancai.stages.order.clocking.plain import is_plain, plain_clocks
from diancai.stages.order.clocking.promises import Promise, handling_acts, part_acts, promises_of, sign_acts
from diancai.stages.order.clocking.rulebook import Rulebook
from diancai.stages.order.rows import ClockFacts, ClockPart
from diancai.words import ClockKind, ClockState


@dataclass(frozen=True, slots=True)
class Projection:
    """What an order and its parts show at one instant; `refusals` tell what could not be computed."""

    order: OrderClock
    parts: dict[int, PartClock]
    refusals: tuple[ClockRefusal, ...] = ()


@dataclass(slots=True)
class _Work:
    facts: ClockFacts
    rules: Rulebook
    time: WorkingTime
    at: datetime
    parts: dict[int, PartClock] = field(default_factory=dict)
    refusals: list[ClockRefusal] = field(default_factory=list)


def project(facts: ClockFacts, rules: Rulebook, at: datetime) -> Projection:
    """Every column of one order at `at`. Never refuses: see `Projection.refusals`."""
    if is_plain(facts):
        with suppress(ClockRefusal):  # the whole way tells it
            order, part = plain_clocks(facts, rules, at)
            return Projection(order, {facts.parts[0].assignment_id: part})
    return project_whole(facts, rules, at)


def project_whole(facts: ClockFacts, rules: Rulebook, at: datetime) -> Projection:
    """The same for any order, from the acts on its clocks."""
    work = _Work(facts, rules, rules.time(facts.county_code[:6]), at)
    order = OrderClock()
    for promise in promises_of(facts):
        told = _promise(work, promise)
        if promise.is_last and promise.round == facts.round:
            order = told
    return Projection(order, work.parts, tuple(work.refusals))


def with_limits(facts: ClockFacts, part: ClockPart, rules: Rulebook) -> tuple[str, str, Warnings, Warnings]:
    """The spans promised at the part's dispatch, those of the rule in force on that day where none is kept yet, and
    the warnings that go with either. Raises the clocks' refusals."""
    on = timezone.localdate(part.dispatched_at)
    handling, sign = rules.limit(ClockKind.HANDLING, facts, on), rules.limit(ClockKind.SIGN_FOR, facts, on)
    return part.limit or handling.span.text, part.sign_limit or sign.span.text, _warnings(handling), _warnings(sign)


def _warnings(limit: Limit) -> Warnings:
    return limit.warnings


def _promise(work: _Work, promise: Promise) -> OrderClock:
    """Project a promise and its parts; returns what the order shows of it."""
    try:
        return _reckoned(work, promise)
    except ClockRefusal as refusal:
        work.refusals.append(refusal)
        for part in promise.parts:
            work.parts[part.assignment_id] = PartClock(part.limit, part.sign_limit)
        return OrderClock()


def _reckoned(work: _Work, promise: Promise) -> OrderClock:
    facts, rules = work.facts, work.rules
    known = [_kept(part, *with_limits(facts, part, rules)) for part in promise.parts]
    promise = Promise(promise.round, tuple(part for part, _, _ in known), promise.over_at, promise.is_last)
    on = timezone.localdate(promise.root.dispatched_at)
    wanted = None if promise.set_due_on else rules.wanted(facts, on)
    warnings = known[0][1]
    whole = _glance(work, handling_acts(facts, promise, wanted), warnings)
    for part, _, sign_warnings in known:
        own = _own(work, promise, part, whole, wanted, warnings)
        work.parts[part.assignment_id] = _part_clock(work, part, own, sign_warnings)
    return order_clock(whole, rules, is_set=promise.set_due_on is not None, wanted=wanted)


def _kept(
    part: ClockPart, limit: str, sign_limit: str, warnings: Warnings, sign_warnings: Warnings
) -> tuple[ClockPart, Warnings, Warnings]:
    if part.limit and part.sign_limit:
        return part, warnings, sign_warnings
    names = {name: getattr(part, name) for name in ClockPart.__slots__}
    return ClockPart(**names | {"limit": limit, "sign_limit": sign_limit}), warnings, sign_warnings


def _own(
    work: _Work, promise: Promise, part: ClockPart, whole: Glance, wanted: Wanted | None, warnings: Warnings
) -> Glance | None:
    """The part's own clock; a lead that is at work shows the order's."""
    if part.is_lead and part.ended_at is None and part.completed_at is None and promise.over_at is None:
        return whole
    acts = part_acts(work.facts, promise, part, wanted)
    return _glance(work, acts, warnings) if acts is not None else None


def _part_clock(work: _Work, part: ClockPart, own: Glance | None, sign_warnings: Warnings) -> PartClock:
    acts = sign_acts(work.facts, part)
    sign = _glance(work, acts, sign_warnings) if acts is not None else None
    return part_clock(part.limit, part.sign_limit, own, sign)


def _glance(work: _Work, acts: list[Event], warnings: Warnings) -> Glance:
    # An act recorded later than "now" (a clock set back) is looked at from the act, or it would not have begun.
    until = max(work.at, acts[-1].at)
    return glance(acts, work.time, until=until, warnings=warnings)


def is_late(state: str) -> bool:
    """Whether a stopped or running clock ran over its due."""
    return state in (ClockState.OVERDUE, ClockState.MET_LATE)


def span_words(text: str) -> tuple[str, str]:
    """A stored span in words, (zh, en); empty for none."""
    if not text:
        return "", ""
    span = Span.parse(text)
    return span.zh, span.en
