"""What order hands out: frozen rows of orders, parts, boards, clocks, and the chain back to every remark. Pure."""

from .boards import BoardCard, BoardColumn, DayGroup, DispatchedTogether, OnIt, OrderCounts, OutcomeCounts, Tally
from .clocks import ClockExtension, ClockFacts, ClockPart, ClockPause, ClockStrip, StretchRow
from .orders import AssignmentRow, Chain, ChainLink, HistoryRow, OrderDetail, OrderRow
from .wayside import EscalationRow, ExtensionRow, PauseRow, PlanReviewRow, ProblemRow, RedoRow, SettlementRow, StandRow

__all__ = [
    "AssignmentRow",
    "BoardCard",
    "BoardColumn",
    "Chain",
    "ChainLink",
    "ClockExtension",
    "ClockFacts",
    "ClockPart",
    "ClockPause",
    "ClockStrip",
    "DayGroup",
    "DispatchedTogether",
    "EscalationRow",
    "ExtensionRow",
    "HistoryRow",
    "OnIt",
    "OrderCounts",
    "OrderDetail",
    "OrderRow",
    "OutcomeCounts",
    "PauseRow",
    "PlanReviewRow",
    "ProblemRow",
    "RedoRow",
    "SettlementRow",
    "StandRow",
    "StretchRow",
    "Tally",
]
