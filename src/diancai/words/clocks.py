"""Clocks, their states, and what bound or stretched them."""

from diancai.words.word import Word


class ClockKind(Word):
    """The three clocks of an order; each runs by itself."""

    SIGN_FOR = "sign_for", "签收", "sign for"
    HANDLING = "handling", "办理", "handling"
    FOLLOW_UP = "follow_up", "回访", "follow up"


class ClockState(Word):
    """What a clock shows."""

    RUNNING = "running", "正常", "running"
    AMBER = "amber", "临期", "amber"
    RED = "red", "即将到期", "red"
    OVERDUE = "overdue", "已逾期", "overdue"
    PAUSED = "paused", "暂停计时", "paused"
    MET = "met", "按时完成", "in time"
    MET_LATE = "met_late", "逾期完成", "late"


class DayGroupKind(Word):
    """What a day's work is sorted by."""

    MINE = "mine", "我在办的", "I am on it"
    OVERDUE = "overdue", "已逾期", "overdue"
    TODAY = "today", "今天到期", "due today"
    RED = "red", "即将到期", "running out"
    AMBER = "amber", "临期", "due soon"
    TO_ANSWER = "to_answer", "等接单", "to be accepted"
    TO_DISPATCH = "to_dispatch", "等派单", "to be dispatched"
    RETURNED = "returned", "被退回、等改派", "returned, to be sent elsewhere"


class DueBound(Word):
    """What set a due day."""

    LIMIT = "limit", "规定时限", "limit"
    WANTED = "wanted", "群众所需时间", "wanted time"
    SEASON = "season", "农时", "farm season"
    AGREED = "agreed", "约定时限", "agreed day"


class StretchKind(Word):
    """How a stretch of time on a clock counts."""

    RUNNING = "running", "时限内", "in time"
    LATE = "late", "逾期", "late"
    PAUSED = "paused", "暂停", "paused"


class ExtensionFate(Word):
    """What became of an extension asked for."""

    COUNTED = "counted", "已批准", "approved"
    WAITING = "waiting", "待批准", "waits for approval"
    TOO_LATE = "too_late", "到期后才申请，不计", "asked too late"
