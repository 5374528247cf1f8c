"""How an order and its parts stand, and why they were held up, given back or closed."""

from diancai.words.word import Word


class OrderState(Word):
    """Derived from the assignments of an order (`stages/order/rules.py`)."""

    PLACED = "placed", "已点单", "placed", "ᠵᠠᠬᠢᠶᠠᠯᠠᠭᠰᠠᠨ"
    DISPATCHED = "dispatched", "已派单", "dispatched", "ᠢᠯᠡᠭᠡᠭᠰᠡᠨ"
    ACCEPTED = "accepted", "已接单", "accepted", "ᠬᠦᠯᠢᠶᠡᠨ ᠠᠪᠤᠭᠰᠠᠨ"
    IN_HAND = "in_hand", "办理中", "in hand", "ᠬᠢᠵᠦ ᠪᠠᠶᠢᠨ᠎ᠠ"
    COMPLETED = "completed", "已办结", "completed", "ᠭᠦᠢᠴᠡᠳᠭᠡᠭᠰᠡᠨ"
    RETURNED = "returned", "已退回", "returned", "ᠪᠤᠴᠠᠭᠠᠭᠰᠠᠨ"
    ESCALATED = "escalated", "已提请上级", "escalated"
    PLANNED = "planned", "列入计划", "on the plan", "ᠲᠥᠯᠥᠪᠯᠡᠭᠡᠨ ᠳᠦ ᠣᠷᠣᠭᠰᠠᠨ"
    CLOSED = "closed", "已归档", "closed", "ᠬᠠᠭᠠᠭᠰᠠᠨ"
    WITHDRAWN = "withdrawn", "已撤单", "withdrawn"


class OrderLevel(Word):
    """Who holds an order: each level that takes part has an order of its own."""

    COUNTY = "county", "旗县区级", "county"
    PREFECTURE = "prefecture", "盟市级", "prefecture"
    REGION = "region", "自治区级", "region"


class EscalationKind(Word):
    """What the lower level asks of the upper one when an order goes up (提请上级)."""

    TAKES_PART = "takes_part", "请上级参与办理", "takes part"
    TAKES_OVER = "takes_over", "请上级承办", "takes over"


class EscalationAnswer(Word):
    """What the upper level answered; the first three from its own order, the last as told from outside."""

    TAKES_PART = "takes_part", "上级参与办理", "takes part"
    TAKES_OVER = "takes_over", "上级承办", "takes over"
    RETURNED = "returned", "上级退回", "returned"
    DONE = "done", "上级已办完", "done"


class PauseReason(Word):
    """Why a clock stands still; nothing else stops one."""

    RESIDENT = "resident", "等群众补充情况", "waits for the resident"
    SEASON = "season", "等农时", "waits for the season"
    UPPER = "upper", "等上级答复", "waits for the upper level"
    PROCEDURE = "procedure", "走法定程序（公示、招标、审批）", "legal procedure"
    MONEY = "money", "等资金下达", "waits for money"
    WEATHER = "weather", "灾害天气、封路", "weather or closed roads"


class ProblemReason(Word):
    """Why an order became a problem order (问题工单), which only a recorded meeting resolves."""

    RETURNS = "returns", "多次退回", "returned too often"
    TRANSFERS = "transfers", "多次转办无人牵头", "transferred with nobody leading"
    REDOS = "redos", "多次重办未解决", "redone too often"


class PlanOutcome(Word):
    """What the office decided when the year of a plan came."""

    DISPATCHED = "dispatched", "今年办，已派单", "dispatched"
    MOVED = "moved", "改到以后年度", "moved to another year"
    DROPPED = "dropped", "取消计划（已说明）", "dropped"


class DissatisfiedWay(Word):
    """The four ways in which an order that dissatisfied somebody may be closed (不满意工单分类销号)."""

    REDONE = "redone", "退回重办后满意", "satisfied after the redo"
    JUDGED = "judged", "研判销号", "judged"
    EXTENDED = "extended", "延期销号", "extended"
    HANDED_OVER = "handed_over", "移交销号", "handed over"


class AssignmentState(Word):
    """One department's part of an order."""

    DISPATCHED = "dispatched", "待接单", "waits for acceptance"
    ACCEPTED = "accepted", "已接单", "accepted"
    IN_HAND = "in_hand", "办理中", "in hand"
    COMPLETED = "completed", "已办结", "completed"
    RETURNED = "returned", "已退回", "returned"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    HANDED_OVER = "handed_over", "已移交", "handed over"


class ClosingReason(Word):
    """Why an order was closed; closed and solved are never added together."""

    SOLVED = "solved", "已解决", "solved"
    PARTLY_SOLVED = "partly_solved", "部分解决", "partly solved"
    NOT_ALLOWED = "not_allowed", "政策不允许（已说明依据）", "not allowed by policy"
    EXPLAINED = "explained", "已解释", "explained"
    DUPLICATE = "duplicate", "重复", "duplicate"
    NOT_REACHED = "not_reached", "三次未联系上", "not reached after three tries"
    OUTSIDE_DUTIES = "outside_duties", "非职责范围", "outside duties"
    SOLVED_ELSEWHERE = "elsewhere", "已由其他途径解决", "solved in another way"
    TAKEN_BACK = "taken_back", "群众撤回", "taken back by the resident"
    IN_COURT = "in_court", "已进入诉讼、复议或信访程序", "in court or under review"
    PLAN_DROPPED = "plan_dropped", "计划取消（已说明）", "plan dropped"


class UrgingStep(Word):
    """The ladder of urging, each step after the one before it stood unanswered."""

    REMINDER = "reminder", "催办", "reminder"
    SUPERVISION = "supervision", "书面督办", "written supervision"
    NOTICE = "notice", "工作提醒函", "notice"
    CIRCULAR = "circular", "通报", "circular"


class UrgingCause(Word):
    """What made somebody, or the schedule, urge."""

    BY_HAND = "by_hand", "人工催办", "by a person"
    AMBER = "amber", "到期前48小时预警", "forty-eight hours left"
    RED = "red", "到期前24小时预警", "twenty-four hours left"
    EXPIRED = "expired", "逾期次日催办", "the day after it was due"


class LetterState(Word):
    """The life of a letter of supervision, a notice or a circular."""

    DRAFT = "draft", "待签发", "to be signed"
    SENT = "sent", "已发出", "sent"
    WITHDRAWN = "withdrawn", "已作废", "withdrawn"
