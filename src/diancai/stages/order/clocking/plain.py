"""The short way for plain orders: one department, no pause, no extension, nothing handed on. Nine of ten are such.

It shows what the whole way of `projection` shows, which a test holds it to, without making the acts first. Pure but for
the rulebook. Called by `projection` alone.
"""

from datetime import datetime

from diancai.clocks import Glance, PlainClocks, Span, Wanted
from diancai.stages.order.clocking.columns import OrderClock, PartClock, order_clock, part_clock
from diancai.stages.order.clocking.promises import promises_of
from diancai.stages.order.clocking.rulebook import Rulebook
from diancai.stages.order.rows import ClockFacts, ClockPart
from diancai.words import AssignmentState


def is_plain(facts: ClockFacts) -> bool:
    """Whether the short way holds for the order."""
    return len(facts.parts) == 1 and not facts.pauses and not facts.extensions and _holds(facts.parts[0])


def _holds(part: ClockPart) -> bool:
    return part.is_lead and part.ended_at is None and part.state is not AssignmentState.HANDED_OVER


def plain_clocks(facts: ClockFacts, rules: Rulebook, at: datetime) -> tuple[OrderClock, PartClock]:
    """The clocks of a plain order and of its one part. Raises the clocks' refusals."""
    part, over = facts.parts[0], promises_of(facts)[0].over_at
    on = rules.time(facts.county_code[:6]).day_of(part.dispatched_at)
    terms = rules.terms(facts, on)
    limit, sign_limit = part.limit or terms.limit, part.sign_limit or terms.sign_limit
    season = None if part.set_due_on else rules.wanted(facts, on)
    wanted = Wanted(part.set_due_on, part.set_due_on) if part.set_due_on else season
    begins, done = part.dispatched_at, part.completed_at or over
    whole = _glance(terms.handling, begins, limit, wanted, over, at)
    own = whole if done == over else _glance(terms.handling, begins, limit, wanted, done, at)
    sign = _glance(terms.sign, begins, sign_limit, None, part.answered_at, at)
    order = order_clock(whole, rules, is_set=part.set_due_on is not None, wanted=season)
    return order if part.round == facts.round else OrderClock(), part_clock(limit, sign_limit, own, sign)


def _glance(
    clocks: PlainClocks, begins: datetime, limit: str, wanted: Wanted | None, stopped: datetime | None, at: datetime
) -> Glance:
    # As in `projection`: a stop before the start counts from the start, an act after "now" is looked at from the act.
    stopped_at = None if stopped is None else max(stopped, begins)
    until = max(at, stopped_at or begins)
    return clocks.glance(begins, Span.parse(limit), wanted, stopped_at=stopped_at, until=until)
