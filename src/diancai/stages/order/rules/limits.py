"""Windows and thresholds of orders, as numbers of `config/orders.json`; and what follows from them. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.stages.order.errors import AskedTooLate, DecidedByMeeting, ExtensionTooLong, NoDueDate, ReturnWindowOver
from diancai.words import ProblemReason


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`return_window_days` and `longest_extension_days` in working days, the rest counts."""

    return_window_days: int
    most_returns: int
    most_transfers: int
    most_redos: int
    longest_extension_days: int
    tries_before_not_reached: int


@dataclass(frozen=True, slots=True)
class Troubles:
    """How often an order was returned, transferred and redone since the last meeting, and whether somebody leads."""

    returns: int
    transfers: int
    redos: int
    is_led: bool


def trouble_of(troubles: Troubles, thresholds: Thresholds) -> ProblemReason | None:
    """Why the order is a problem order now (问题工单), or None. Transfers count only while nobody leads."""
    if troubles.returns >= thresholds.most_returns:
        return ProblemReason.RETURNS
    if troubles.transfers >= thresholds.most_transfers and not troubles.is_led:
        return ProblemReason.TRANSFERS
    return ProblemReason.REDOS if troubles.redos >= thresholds.most_redos else None


def is_last_hour(red_at: datetime | None, at: datetime) -> bool:
    """Whether `at` lies in the red time before the due instant, or after it."""
    return red_at is not None and at >= red_at


def check_window(today: date, last_day: date | None, *, is_allowed: bool, is_by_meeting: bool) -> bool:
    """Whether a return now is a late one; never where the calendar does not reach (`last_day` None).

    Raises `ReturnWindowOver` without the office's leave, `DecidedByMeeting`.
    """
    if is_by_meeting:
        raise DecidedByMeeting
    is_late = last_day is not None and today > last_day
    if is_late and not is_allowed:
        raise ReturnWindowOver(last_day=last_day)
    return is_late


def check_extension(
    due_on: date | None, due_at: datetime | None, at: datetime, days: int, thresholds: Thresholds
) -> date:
    """The due day that is to be extended. Raises `NoDueDate`, `AskedTooLate` after its last instant,
    `ExtensionTooLong`."""
    if due_on is None or due_at is None:
        raise NoDueDate
    if at > due_at:
        raise AskedTooLate(due=due_on)
    if not 1 <= days <= thresholds.longest_extension_days:
        raise ExtensionTooLong(days=days, most=thresholds.longest_extension_days)
    return due_on
