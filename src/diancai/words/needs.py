"""What is said, wanted and offered: where it came from, where it goes, how it stands."""

from diancai.words.word import Word


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
