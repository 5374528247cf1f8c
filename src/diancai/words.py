"""The shared vocabulary: one thing, one word, with its Chinese and English label.

Every stage, table, page and test takes its words from here; `docs/glossary.md` is compared with this file by a test.
Standard library only, so that the engine and the file formats may use it too. Labels that an office wants to call
otherwise stand in `config/labels.json` of its data folder (`rename`), never here.
"""

from enum import StrEnum
from typing import Self

# The labels in Traditional Mongolian, of what residents see, were written without a speaker: pages mark them as drafts.
MONGOLIAN_IS_DRAFT = True


class Word(StrEnum):
    """A member of a closed list: its value is stored, its labels are shown; `mn` is empty where there is none yet."""

    zh: str
    en: str
    mn: str

    def __new__(cls, value: str, zh: str = "", en: str = "", mn: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        member.mn = mn
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and Chinese label, in the order of this file."""
        return [(member.value, member.zh) for member in cls]

    @classmethod
    def from_zh(cls, label: str) -> Self | None:
        """The member whose Chinese label or value is `label`, or None."""
        wanted = label.strip()
        for member in cls:
            if wanted in (member.zh, member.value):
                return member
        return None


class Level(Word):
    """Levels of the tree of places, from the prefecture down."""

    PREFECTURE = "prefecture", "盟市", "prefecture"
    COUNTY = "county", "旗县区", "county"
    TOWN = "town", "苏木乡镇（街道、农牧场）", "town"
    VILLAGE = "village", "嘎查村（社区、分场）", "village"


class PlaceKind(Word):
    """What a place calls itself: the local words for the same level."""

    PREFECTURE = "prefecture", "市", "prefecture"
    DISTRICT = "district", "区", "district"
    COUNTY = "county", "县", "county"
    BANNER = "banner", "旗", "banner"
    TOWN = "town", "镇", "town"
    TOWNSHIP = "township", "乡", "township"
    SUMU = "sumu", "苏木", "sumu"
    SUBDISTRICT = "subdistrict", "街道", "subdistrict"
    FARM = "farm", "农牧场", "farm"
    ZONE = "zone", "园区", "zone"
    VILLAGE = "village", "村", "village"
    GACHA = "gacha", "嘎查", "gacha"
    COMMUNITY = "community", "社区", "community"
    BRANCH_FARM = "branch_farm", "分场", "branch farm"
    LIVING_QUARTERS = "living_quarters", "生活区", "living quarters"
    OTHER = "other", "其他", "other"


class Strand(Word):
    """The seven strands (七送) of the programme."""

    THEORY = "theory", "理论", "theory", "ᠣᠨᠣᠯ"
    POLICY = "policy", "政策", "policy", "ᠪᠣᠳᠤᠯᠭ᠎ᠠ"
    SCIENCE = "science", "科技", "science", "ᠰᠢᠨᠵᠢᠯᠡᠬᠦ ᠤᠬᠠᠭᠠᠨ"
    HEALTH = "health", "健康", "health", "ᠡᠷᠡᠭᠦᠯ ᠮᠡᠨᠳᠦ"
    SERVICE = "service", "服务", "service", "ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ"
    CULTURE = "culture", "文化", "culture", "ᠰᠣᠶᠤᠯ"
    WARMTH = "warmth", "温暖", "warmth", "ᠳᠤᠯᠠᠭᠠᠨ"


class Source(Word):
    """How a remark reached the station."""

    HOME_VISIT = "home_visit", "入户走访", "home visit"
    NEED_SHEET = "need_sheet", "需求表", "need sheet"
    CHAT = "chat", "微信群访谈", "chat interview"
    HOTLINE = "hotline", "热线", "hotline", "ᠬᠠᠯᠠᠭᠤᠨ ᠤᠲᠠᠰᠤ"
    SURVEY = "survey", "大调研", "survey"
    WEB = "web", "网上留言", "web"
    STATION = "station", "联络站", "liaison station"


class Route(Word):
    """Where a want goes: only `list` reaches a demand list."""

    LIST = "list", "进清单", "demand list"
    CASE = "case", "个人事项", "personal case"
    EMERGENCY = "emergency", "紧急", "emergency"
    DIVERT = "divert", "转办（保密）", "diverted"
    NONE = "none", "不是诉求", "not a need"


class Kind(Word):
    """What sort of saying a want is."""

    NEED = "need", "需求", "need"
    PROBLEM = "problem", "问题", "problem"
    SUGGESTION = "suggestion", "建议", "suggestion"
    ENQUIRY = "enquiry", "咨询", "enquiry"
    HELP = "help", "个人求助", "request for help"
    REPORT = "report", "举报", "report about persons"
    EMERGENCY = "emergency", "紧急求助", "emergency"


class Urgency(Word):
    """Danger to life first, then season or entitlement, then the rest."""

    CRITICAL = "critical", "特急", "critical"
    PRESSING = "pressing", "急", "pressing"
    NORMAL = "normal", "一般", "normal"


class HandlingLevel(Word):
    """Who can do it (办理层级)."""

    SELF = "self", "旗县自办", "county alone"
    JOINT = "joint", "市旗联办", "prefecture takes part"
    PREFECTURE = "prefecture", "提请市级", "prefecture"
    UNCLEAR = "unclear", "需研判", "to be judged"


class Role(Word):
    """What a post lets its holder do; the table stands in `ground/people/who_may.py`."""

    LIAISON_OFFICER = "liaison_officer", "民情联络员", "liaison officer"
    TOWN_OFFICER = "town_officer", "苏木乡镇联络员", "town liaison officer"
    DEPARTMENT_CONTACT = "department_contact", "落实联络人", "department contact"
    DEPARTMENT_LEADER = "department_leader", "责任领导", "department leader"
    PROGRAMME_OFFICE = "programme_office", "领导小组办公室", "programme office"
    LEADER = "leader", "领导", "leader"
    AUDITOR = "auditor", "操作记录审计员", "auditor"
    ADMINISTRATOR = "administrator", "系统管理员", "administrator"


class NeedState(Word):
    """How far a need has come before it is on a list."""

    PROPOSED = "proposed", "待乡镇梳理", "waits for the town", "ᠬᠦᠯᠢᠶᠡᠭᠳᠡᠵᠦ ᠪᠠᠶᠢᠨ᠎ᠠ"
    COMBED = "combed", "待旗县审核", "waits for the county office", "ᠬᠦᠯᠢᠶᠡᠭᠳᠡᠵᠦ ᠪᠠᠶᠢᠨ᠎ᠠ"
    ACCEPTED = "accepted", "已审定", "accepted", "ᠬᠦᠯᠢᠶᠡᠨ ᠠᠪᠤᠭᠰᠠᠨ"
    LISTED = "listed", "已列入清单", "on a list", "ᠵᠢᠭᠰᠠᠭᠠᠯᠲᠠ ᠳᠤ ᠣᠷᠣᠭᠰᠠᠨ"
    MERGED = "merged", "已并入", "merged", "ᠨᠡᠶᠢᠯᠡᠭᠦᠯᠦᠭᠰᠡᠨ"
    DROPPED = "dropped", "不列入", "left out"


class NeedProgress(Word):
    """What became of a need; written by later stages through one action of `need`."""

    OPEN = "open", "未点单", "no order yet"
    MATCHED = "matched", "已对接", "matched"
    ORDERED = "ordered", "已派单", "ordered", "ᠢᠯᠡᠭᠡᠭᠰᠡᠨ"
    IN_HAND = "in_hand", "办理中", "in hand", "ᠬᠢᠵᠦ ᠪᠠᠶᠢᠨ᠎ᠠ"
    COMPLETED = "completed", "已办结", "completed", "ᠭᠦᠢᠴᠡᠳᠭᠡᠭᠰᠡᠨ"
    PLANNED = "planned", "列入计划", "on the plan", "ᠲᠥᠯᠥᠪᠯᠡᠭᠡᠨ ᠳᠦ ᠣᠷᠣᠭᠰᠠᠨ"
    CLOSED = "closed", "已归档", "closed", "ᠬᠠᠭᠠᠭᠰᠠᠨ"


class EditionState(Word):
    """The life of a list edition; published ones are frozen."""

    DRAFT = "draft", "草稿", "draft"
    SIGNED = "signed", "已签批", "signed"
    PUBLISHED = "published", "已发布", "published"


class MatchState(Word):
    """A proposed pair of need and offer, and what a person said of it."""

    PROPOSED = "proposed", "待确认", "proposed"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    REFUSED = "refused", "不合适", "refused"


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


class Verdict(Word):
    """What the last follow-up of an order found; written by the stage that asks the residents."""

    SATISFIED = "satisfied", "群众满意", "satisfied"
    DISSATISFIED = "dissatisfied", "群众不满意", "dissatisfied"
    NOT_SOLVED = "not_solved", "群众说没解决", "not solved"


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


class DueBound(Word):
    """What set a due day."""

    LIMIT = "limit", "规定时限", "limit"
    WANTED = "wanted", "群众所需时间", "wanted time"
    SEASON = "season", "农时", "farm season"


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


class RowFate(Word):
    """What happened, or would happen, to one row of an imported sheet."""

    NEW = "new", "新增", "new"
    ALREADY_HERE = "already_here", "已有", "already here"
    REVIVED = "revived", "恢复", "revived"
    NEEDS_MENDING = "needs_mending", "待修正", "needs mending"
    SKIPPED = "skipped", "未导入", "left out"


class BatchState(Word):
    """The life of an import."""

    DRY_RUN = "dry_run", "试导入", "dry run"
    COMMITTED = "committed", "已导入", "committed"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class JobState(Word):
    """The life of a background job."""

    WAITING = "waiting", "排队中", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "已完成", "done"
    FAILED = "failed", "失败", "failed"


class CapacityPeriod(Word):
    """Over which time an offer's capacity counts."""

    MONTH = "month", "每月", "a month"
    COUNTY_MONTH = "county_month", "每旗县每月", "a county and month"
    TERM = "term", "有效期内", "in the whole term"
    UNLIMITED = "unlimited", "不限", "unlimited"


class Language(Word):
    """Language of a remark, or of teaching."""

    CHINESE = "zh", "汉语", "Chinese", "ᠬᠢᠲᠠᠳ ᠬᠡᠯᠡ"
    MONGOLIAN = "mn", "蒙古语", "Mongolian", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ"
    BOTH = "both", "蒙汉双语", "both"
    OTHER = "other", "其他", "other"


def rename(labels: dict[str, dict[str, str]]) -> None:
    """Put an office's own Chinese labels in place: `{"OrderState": {"accepted": "已受理"}}`; values never change.

    Called once at the start, before anything is shown. Raises ValueError naming a list or value that does not exist.
    """
    lists = {kind.__name__: kind for kind in Word.__subclasses__()}
    for name, own in labels.items():
        if name not in lists:
            raise ValueError(f"labels.json: {name}: {', '.join(sorted(lists))}")
        for value, zh in own.items():
            if value not in lists[name]._value2member_map_ or not zh.strip():
                raise ValueError(f"labels.json: {name}: {value}: {', '.join(lists[name])}")
            lists[name](value).zh = zh.strip()
