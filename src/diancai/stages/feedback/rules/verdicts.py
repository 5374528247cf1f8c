"""Which answer counts, and what answers and tries add up to. Pure.

All answers of a follow-up are kept. The one that counts is the last that was told before the period closes; an answer
told later counts in no closed period. Reached, solved, satisfied and words stay four facts: nothing here adds them up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diancai.words import FollowUpState, Satisfaction, Solved, Verdict

DISSATISFIED = frozenset({Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the rules need it; `id` orders those of one instant. `satisfaction` None: not told."""

    id: int
    told_at: datetime
    solved: Solved
    satisfaction: Satisfaction | None


def counting(answers: Iterable[Answer], closes_at: datetime | None = None) -> Answer | None:
    """The answer that counts: the last one told before `closes_at` (None: the period is still open)."""
    valid = [each for each in answers if closes_at is None or each.told_at < closes_at]
    return max(valid, key=lambda each: (each.told_at, each.id), default=None)


def verdict_of(solved: Solved, satisfaction: Satisfaction | None) -> Verdict | None:
    """What an order is told: not solved before everything; solved without a grade is no satisfaction."""
    if solved == Solved.NO:
        return Verdict.NOT_SOLVED
    if satisfaction is None:
        return None
    return Verdict.DISSATISFIED if satisfaction in DISSATISFIED else Verdict.SATISFIED


def state_after(days: Sequence[date], needed: int, *, is_answered: bool) -> FollowUpState:
    """Reached by any answer; not reached after vain tries on `needed` different days; else it waits.

    Two tries on one day are both kept and count as one day.
    """
    if is_answered:
        return FollowUpState.REACHED
    return FollowUpState.NOT_REACHED if len(set(days)) >= needed else FollowUpState.WAITING
