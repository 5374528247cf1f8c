"""From recorded facts to the acts on each clock. Pure: nothing is read, nothing is kept, "now" is nowhere.

A **promise** is one handling clock: it opens with the first dispatch of a round (or after a plan), runs through
returns, hand-overs and new leads, and is over when the order is completed, closed, withdrawn or put on the plan.
Between a return and the next dispatch it runs on the office's account (`OFFICE`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from diancai.clocks import Event, Extended, HandedOver, Paused, Resumed, Span, Started, Stopped, Wanted
from diancai.stages.order.rows import ClockExtension, ClockFacts, ClockPart, ClockPause
from diancai.words import AssignmentState, OrderState

OFFICE = ""
_OVER = frozenset({OrderState.COMPLETED, OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.PLANNED})
_RANKS = {Started: 0, Paused: 1, Resumed: 1, Extended: 2, HandedOver: 3, Stopped: 4}


@dataclass(frozen=True, slots=True)
class Promise:
    """The parts of one promise in the order of their dispatch; `over_at` None while it runs."""

    round: int
    parts: tuple[ClockPart, ...]
    over_at: datetime | None
    is_last: bool

    @property
    def root(self) -> ClockPart:
        """The part with which it opened: its dispatch is the start, its span the limit."""
        return self.parts[0]

    @property
    def set_due_on(self) -> date | None:
        """The day that a person set for the lead last, if any."""
        return next((part.set_due_on for part in reversed(self.parts) if part.is_lead and part.set_due_on), None)


def promises_of(facts: ClockFacts) -> tuple[Promise, ...]:
    """All promises of an order, the oldest first; the last one is what its columns show."""
    groups: list[list[ClockPart]] = []
    for part in facts.parts:
        if not groups or part.opens_promise or groups[-1][0].round != part.round:
            groups.append([])
        groups[-1].append(part)
    last = len(groups) - 1
    return tuple(
        Promise(group[0].round, tuple(group), _over_at(facts, group[0], is_last=place == last), place == last)
        for place, group in enumerate(groups)
    )


def _over_at(facts: ClockFacts, root: ClockPart, *, is_last: bool) -> datetime | None:
    if root.promise_over_at is not None or not is_last or root.round != facts.round or facts.state not in _OVER:
        return root.promise_over_at
    return facts.completed_at or facts.closed_at


def handling_acts(facts: ClockFacts, promise: Promise, wanted: Wanted | None) -> list[Event]:
    """The acts on the clock of a promise, with the units that held it by turns (their ids; `OFFICE` between two)."""
    root, over = promise.root, promise.over_at
    started = Started(root.dispatched_at, Span.parse(root.limit), str(root.department_id), _binding(promise, wanted))
    leads = {part.assignment_id for part in promise.parts if part.is_lead}
    acts: list[Event] = [started, *_changes_of_hand(promise), *_pauses(facts.pauses, promise)]
    acts += _extensions(each for each in facts.extensions if each.assignment_id in leads)
    return _ended(acts, root.dispatched_at, over)


def part_acts(facts: ClockFacts, promise: Promise, part: ClockPart, wanted: Wanted | None) -> list[Event] | None:
    """The acts on a part's own handling clock: the promise's limit and pauses, its own extensions (a lead has all of
    the leads'), stopped with its completion. None for a part given back, taken back or handed on."""
    if part.ended_at is not None and part.completed_at is None:
        return None
    root = promise.root
    chain = {each.assignment_id for each in promise.parts if each.is_lead} if part.is_lead else _chain(promise, part)
    bound = Wanted(part.set_due_on, part.set_due_on) if part.set_due_on and not part.is_lead else None
    started = Started(
        root.dispatched_at, Span.parse(root.limit), str(part.department_id), bound or _binding(promise, wanted)
    )
    acts: list[Event] = [started, *_pauses(facts.pauses, promise)]
    acts += _extensions(each for each in facts.extensions if each.assignment_id in chain)
    return _ended(acts, root.dispatched_at, part.completed_at or promise.over_at)


def sign_acts(facts: ClockFacts, part: ClockPart) -> list[Event] | None:
    """The acts on a part's sign-for clock, from its dispatch to the first answer; handing it on is an answer too.

    None for a part that was taken back, or passed to a successor, before anybody had to answer.
    """
    answered = part.answered_at or (part.handed_at if part.state == AssignmentState.HANDED_OVER else None)
    passed_on = any(
        each.came_from_id == part.assignment_id and each.dispatched_at == part.dispatched_at for each in facts.parts
    )
    if part.ended_at is not None and (answered is None or (passed_on and part.answered_at is None)):
        return None
    started = Started(part.dispatched_at, Span.parse(part.sign_limit), str(part.department_id))
    pauses = [pause for pause in facts.pauses if pause.round == part.round]
    acts: list[Event] = [started, *_clipped(pauses, part.dispatched_at)]
    return _ended(acts, part.dispatched_at, answered)


def _binding(promise: Promise, wanted: Wanted | None) -> Wanted | None:
    """A day that a person set goes before what the limit and the season say."""
    day = promise.set_due_on
    return Wanted(day, day) if day else wanted


def _chain(promise: Promise, part: ClockPart) -> set[int]:
    """The part and those that it came from."""
    by_id = {each.assignment_id: each for each in promise.parts}
    chain: set[int] = set()
    at: ClockPart | None = part
    while at is not None and at.assignment_id not in chain:
        chain.add(at.assignment_id)
        at = by_id.get(at.came_from_id or 0)
    return chain


def _changes_of_hand(promise: Promise) -> Iterator[HandedOver]:
    """Each instant at which another unit, or the office, holds the lead from then on."""
    leads = [part for part in promise.parts if part.is_lead]
    if len(leads) == 1 and leads[0].ended_at is None:
        return
    ended = {part.assignment_id: part.ended_at for part in promise.parts}
    spans = [(ended.get(part.came_from_id or 0) or part.dispatched_at, part.ended_at, part) for part in leads]
    instants = sorted({instant for begins, ends, _ in spans for instant in (begins, ends) if instant is not None})
    holder = str(promise.root.department_id)
    for instant in instants:
        held = [part for begins, ends, part in spans if begins <= instant and (ends is None or ends > instant)]
        now = str(held[-1].department_id) if held else OFFICE
        if now != holder and instant > promise.root.dispatched_at:
            yield HandedOver(instant, now)
            holder = now


def _pauses(pauses: Iterable[ClockPause], promise: Promise) -> Iterator[Event]:
    return _clipped((pause for pause in pauses if pause.round == promise.round), promise.root.dispatched_at)


def _clipped(pauses: Iterable[ClockPause], since: datetime) -> Iterator[Event]:
    """Pauses from the start on; one that was over before counts for nothing."""
    for pause in pauses:
        begins = max(pause.since, since)
        if pause.until is not None and pause.until <= begins:
            continue
        yield Paused(begins, pause.reason.value)
        if pause.until is not None:
            yield Resumed(pause.until)


def _extensions(extensions: Iterable[ClockExtension]) -> list[Event]:
    """A grant that bears an earlier instant than its asking (two machines, two clocks) counts from the asking."""
    return [
        Extended(each.asked_at, each.days, max(each.granted_at, each.asked_at) if each.granted_at else None)
        for each in extensions
    ]


def _ended(acts: list[Event], since: datetime, over: datetime | None) -> list[Event]:
    """In order of time; what lies before the start or after the end is no act on this clock."""
    if over is not None:
        over = max(over, since)
        acts.append(Stopped(over))
    if len(acts) == 1:
        return acts
    kept = [act for act in acts if act.at >= since and (over is None or act.at <= over)]
    return sorted(kept, key=lambda act: (act.at, _RANKS[type(act)]))
