"""What one order counts as: facts, each with its instant and the department that answers for it. Pure.

An indicator divides such facts (`indicators`), cells add them up (`cube`), and a list of what stands behind a figure
asks the same function, so that figure and list cannot differ.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from diancai.words import AssignmentState, ClosingReason, Satisfaction, Solved, Word


class Fact(Word):
    """What is counted; the label is the rule as the annex prints it."""

    SIGN_DUE = (
        "sign_due",
        "应签收件：签收时限落在本期的派单，主办、会办各计一件；到期前撤回的不计",
        "dispatches whose time to sign for fell in the period, lead and joint each; not those recalled before",
    )
    SIGNED_IN_TIME = (
        "signed_in_time",
        "按时签收件：应签收件中，时限内接单或退回的",
        "of these, accepted or returned within the time",
    )
    DUE = (
        "due",
        "应办结件：办理时限落在本期的主办件，没有办结的也算；到期前退回、移交、撤回的和暂停计时的不计",
        "lead parts whose deadline fell in the period, unfinished ones too; not those given up before it or paused",
    )
    DONE_IN_TIME = (
        "done_in_time",
        "按时办结件：应办结件中，时限内报办结的",
        "of these, reported completed within the time",
    )
    DISPATCHED = (
        "dispatched",
        "派单件：本期派出的，主办、会办各计一件",
        "dispatches of the period, lead and joint each",
    )
    RETURNED = ("returned", "退回件：本期派出的件中，被退回的", "of these, returned")
    COMPLETED = (
        "completed",
        "办结件：本期报办结的主办件，每轮计一件；办结不等于解决",
        "lead parts reported completed in the period, one a round; completed is not solved",
    )
    REDONE = ("redone", "重办件：本期办结的件中，后来重办的", "of these, redone later")
    FOLLOWED_UP = (
        "followed_up",
        "回访到的件：本期办结的件中，已经联系上群众的",
        "of the parts completed in the period, those whose resident was reached",
    )
    PLACED = (
        "placed",
        "点单件：本期点的单；向上提请的不重复计",
        "orders placed in the period, each once",
    )
    TOLD_AGAIN = (
        "told_again",
        "重复诉求件：本期点的单中，点单以后群众又反映同一件事的",
        "of these, told again after the order was placed",
    )
    ANSWERED = (
        "answered",
        "有效回访件：本期联系上群众、有答复的，每轮计最后一次",
        "residents reached in the period with an answer, the last of each round",
    )
    RESPONDED = (
        "responded",
        "已响应件：有效回访件中，这一轮在签收时限内接单的",
        "of these, accepted within the time to sign for in that round",
    )
    SOLVED = ("solved", "已解决件：有效回访件中，群众说已解决的", "of these, solved in the resident's words")
    PARTLY_SOLVED = ("partly_solved", "部分解决件：有效回访件中，群众说部分解决的", "of these, partly solved")
    SATISFIED = ("satisfied", "满意件：有效回访件中，群众表示非常满意或满意的", "of these, very satisfied or satisfied")
    BASICALLY = ("basically", "基本满意件：有效回访件中，群众表示基本满意的", "of these, basically satisfied")
    DISSATISFIED = ("dissatisfied", "不满意件：有效回访件中，群众表示不满意或非常不满意的", "of these, dissatisfied")
    CLOSED = (
        "closed",
        "归档件：本期归档的，不论原因；与已解决件分开计，不相加",
        "orders closed in the period for whatever reason; never added to the solved",
    )
    HANDLED = (
        "handled",
        "办理天数：本期办结的主办件，自派单次日起到办结日的工作日数",
        "working days from the day after the dispatch to the day of completion, of lead parts completed in the period",
    )


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A department's part; `handled_days` are working days from dispatch to completion, None where not known."""

    part_id: int
    department_id: int
    round: int
    is_lead: bool
    state: AssignmentState
    dispatched_at: datetime
    answered_at: datetime | None = None
    completed_at: datetime | None = None
    ended_at: datetime | None = None
    sign_due_at: datetime | None = None
    due_at: datetime | None = None
    handled_days: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What the resident said of a round: a word of `Solved` and one of `Satisfaction`, "" where not told."""

    round: int
    at: datetime
    solved: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """All that is counted of one order. `excluded`: the indicators it was taken out of, "" for all that allow it."""

    order_id: int
    prefecture_code: str
    county_code: str
    town_code: str
    village_code: str
    strand: str
    topic: str
    is_twin: bool
    is_paused: bool
    placed_at: datetime
    closed_at: datetime | None = None
    closing_reason: ClosingReason | None = None
    told_again: bool = False
    redone_rounds: frozenset[int] = frozenset()
    parts: tuple[PartFacts, ...] = ()
    answers: tuple[AnswerFacts, ...] = ()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """One order counted once as a fact. `days` is the value of a measured one; `part_id` None: the order as a whole."""

    fact: Fact
    at: datetime
    department_id: int
    round: int
    part_id: int | None = None
    days: int | None = None


JUST_BEFORE = timedelta(microseconds=1)  # a deadline at midnight belongs to the day that it ends
NOBODY = 0  # the department of what was never dispatched
GIVEN_UP = (AssignmentState.RETURNED, AssignmentState.HANDED_OVER, AssignmentState.WITHDRAWN)
GRADES: dict[str, Fact] = {
    Satisfaction.VERY: Fact.SATISFIED,
    Satisfaction.SATISFIED: Fact.SATISFIED,
    Satisfaction.BASICALLY: Fact.BASICALLY,
    Satisfaction.DISSATISFIED: Fact.DISSATISFIED,
    Satisfaction.VERY_DISSATISFIED: Fact.DISSATISFIED,
}
SOLVED: dict[str, Fact] = {Solved.YES: Fact.SOLVED, Solved.PARTLY: Fact.PARTLY_SOLVED}


def counted(order: OrderFacts) -> Iterator[Counted]:
    """Everything that an order counts as, also what lies ahead (a deadline to come): the caller cuts at an instant.

    What went up (a twin) is another department's promise, but the same need: it counts by its parts only.
    """
    for part in order.parts:
        for fact, at in _of_part(order, part):
            yield _counted(part, fact, at)
    if order.is_twin:
        return
    yield from _of_completion(order)
    yield from _of_order(order)
    yield from _of_answers(order)


def _counted(part: PartFacts, fact: Fact, at: datetime, days: int | None = None) -> Counted:
    return Counted(fact, at, part.department_id, part.round, part.part_id, days)


def _of_part(order: OrderFacts, part: PartFacts) -> Iterator[tuple[Fact, datetime]]:
    yield Fact.DISPATCHED, part.dispatched_at
    if part.state == AssignmentState.RETURNED:
        yield Fact.RETURNED, part.dispatched_at
    sign = part.sign_due_at
    if sign is not None and (part.answered_at is not None or not _ended_before(part, sign)):
        yield Fact.SIGN_DUE, sign - JUST_BEFORE
        if part.answered_at is not None and part.answered_at <= sign:
            yield Fact.SIGNED_IN_TIME, sign - JUST_BEFORE
    due = part.due_at
    if due is not None and part.is_lead and _held_at(order, part, due):
        yield Fact.DUE, due - JUST_BEFORE
        if part.completed_at is not None and part.completed_at <= due:
            yield Fact.DONE_IN_TIME, due - JUST_BEFORE


def _held_at(order: OrderFacts, part: PartFacts, due: datetime) -> bool:
    """Whether the part was this department's to finish at its deadline. A clock that stands still has none yet."""
    if part.completed_at is not None:
        return True
    return not order.is_paused and not _ended_before(part, due)


def _ended_before(part: PartFacts, at: datetime) -> bool:
    return part.ended_at is not None and part.ended_at < at


def _of_completion(order: OrderFacts) -> Iterator[Counted]:
    reached = {answer.round for answer in order.answers}
    for part in order.parts:
        if not part.is_lead or part.completed_at is None or part.state in GIVEN_UP:
            continue
        yield _counted(part, Fact.COMPLETED, part.completed_at)
        if part.handled_days is not None:
            yield _counted(part, Fact.HANDLED, part.completed_at, part.handled_days)
        if part.round in order.redone_rounds:
            yield _counted(part, Fact.REDONE, part.completed_at)
        if part.round in reached:
            yield _counted(part, Fact.FOLLOWED_UP, part.completed_at)


def _of_order(order: OrderFacts) -> Iterator[Counted]:
    first, last = _lead(order, min), _lead(order, max)
    yield Counted(Fact.PLACED, order.placed_at, first, 1)
    if order.told_again:
        yield Counted(Fact.TOLD_AGAIN, order.placed_at, first, 1)
    if order.closed_at is not None:
        yield Counted(Fact.CLOSED, order.closed_at, last, 1)


def _of_answers(order: OrderFacts) -> Iterator[Counted]:
    for answer in order.answers:
        part = _done_in(order, answer.round)
        if part is None:
            continue
        facts = [Fact.ANSWERED, SOLVED.get(answer.solved), GRADES.get(answer.grade)]
        if part.answered_at is not None and part.sign_due_at is not None and part.answered_at <= part.sign_due_at:
            facts.append(Fact.RESPONDED)
        yield from (_counted(part, fact, answer.at) for fact in facts if fact is not None)


def _lead(order: OrderFacts, which: Callable[..., PartFacts]) -> int:
    """The department that led first or last; `NOBODY` while nothing was dispatched."""
    leads = [part for part in order.parts if part.is_lead]
    return which(leads, key=lambda part: part.part_id).department_id if leads else NOBODY


def _done_in(order: OrderFacts, number: int) -> PartFacts | None:
    """The lead part that was completed in a round."""
    done = [p for p in order.parts if p.is_lead and p.round == number and p.completed_at is not None]
    return max(done, key=lambda part: part.part_id) if done else None
