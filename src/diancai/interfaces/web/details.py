"""What a ledger event tells, in words: labels for what a person can use, nothing of what only the machine needs.

Called by the ledger page and the histories. A test finds the keys that actions write and asks for each of them here.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language

from diancai.engine.reasons import in_english
from diancai.ground.place.queries import get_department, name_of
from diancai.interfaces.web.asking import word_label
from diancai.stages.order.rules import tell_event
from diancai.words import (
    ClosingReason,
    EditionState,
    NeedProgress,
    OrderState,
    ProblemReason,
    Role,
    RowFate,
    Satisfaction,
    Solved,
    Source,
    Strand,
    UrgingStep,
    Word,
)

DETAIL_WORDS = {
    "added": ("新列入", "added"),
    "already_here": ("已有", "already here"),
    "answerer": ("谁负责答复", "who answers"),
    "asked": ("要求", "asked"),
    "assignment_id": ("派单编号", "part of the order"),
    "basis": ("依据", "basis"),
    "channels": ("通知方式", "channels"),
    "deputy": ("代办人", "deputy"),
    "from": ("从", "from"),
    "problem": ("成为问题工单", "became a problem order"),
    "promised_on": ("承诺日期", "promised for"),
    "step": ("督促方式", "step"),
    "until": ("到", "until"),
    "batch": ("导入批次", "import"),
    "batch_id": ("导入批次", "import"),
    "capacity": ("身份", "capacity"),
    "changed": ("改了", "changed"),
    "changed_personal": ("改了（内容加密）", "changed (content encrypted)"),
    "committed": ("接下", "committed"),
    "committed_in_all": ("共接下", "committed in all"),
    "content": ("内容", "content"),
    "count": ("条数", "records"),
    "department": ("单位", "department"),
    "due_on": ("办理时限", "due on"),
    "duty_phone": ("值班电话", "duty phone"),
    "ends_on": ("到期", "ends on"),
    "fate": ("结果", "result"),
    "field": ("哪一栏", "field"),
    "fields": ("改了", "changed"),
    "fulfilled": ("完成", "fulfilled"),
    "gone": ("不再建议", "no longer proposed"),
    "into": ("并入需求", "into need"),
    "is_common": ("标为共性需求", "marked as common"),
    "is_emergency": ("紧急", "emergency"),
    "is_supplement": ("增补", "supplement"),
    "joined": ("并入已有需求", "joined existing needs"),
    "joint": ("配合", "joint departments"),
    "kind": ("种类", "kind"),
    "last_day": ("最后一天", "last day"),
    "late": ("逾期办结", "completed late"),
    "line": ("清单行", "line"),
    "lines": ("条数", "lines"),
    "merged": ("被并的需求", "merged need"),
    "money": ("资金来源", "source of money"),
    "month": ("月份", "month"),
    "months": ("月份", "months"),
    "name": ("名称", "name"),
    "need_id": ("需求", "need"),
    "need_ids": ("需求条数", "needs"),
    "needs_mending": ("待修正", "to be mended"),
    "new": ("新增", "new"),
    "number": ("编号", "number"),
    "offer_id": ("服务项目", "offer"),
    "offer_ids": ("服务项目数", "offers"),
    "officer": ("联络员", "officer"),
    "order_ids": ("订单数", "orders"),
    "parted_from": ("拆自需求", "parted from need"),
    "period": ("期间", "period"),
    "photos": ("照片", "photos"),
    "place": ("地方", "place"),
    "post": ("岗位编号", "post"),
    "progress": ("进展", "progress"),
    "purpose": ("用途", "purpose"),
    "reason": ("原因", "reason"),
    "remark": ("民情记录", "remark"),
    "remarks": ("民情记录数", "remarks"),
    "revived": ("恢复", "revived"),
    "role": ("岗位", "role"),
    "row": ("行", "row"),
    "rows": ("行数", "rows"),
    "rule": ("政策依据", "rule"),
    "service": ("服务项目", "offer"),
    "signed_by": ("签批人", "signed by"),
    "signed_on": ("签批日期", "signed on"),
    "source": ("来源", "source"),
    "split": ("拆分的需求", "split need"),
    "state": ("状态", "state"),
    "times_returned": ("退回次数", "times returned"),
    "token": ("口令编号", "token"),
    "under_way": ("在办", "under way"),
    "undone": ("撤销的一步", "step undone"),
    "unit": ("单位", "unit"),
    "username": ("账号", "account"),
    "words": ("说明", "words"),
    "year": ("年份", "year"),
    "days_tried": ("试过几天", "days tried"),
    "due_at": ("时限", "due at"),
    "expires_at": ("有效期到", "expires at"),
    "number_of_round": ("第几轮", "round"),
    "on": ("哪天", "on"),
    "order_state": ("订单状态", "state of the order"),
    "satisfaction": ("满意度", "satisfaction"),
    "solved": ("解决没有", "solved"),
    "way": ("方式", "way"),
    "code": ("原因", "reason"),
}
# Keys that serve counting, checking and other languages; the sentence of an order carries its own `_zh` and `_en`.
TECHNICAL = {
    "absence",
    "again",
    "by_strand",
    "department_id",
    "digest",
    "event_ids",
    "file",
    "outside_id",
    "scan_digest",
    "urge_ids",
    "last_number",
    "list_digest",
    "of_zh",
    "places",
    "programme",
    "problem_ids",
    "programme_id",
    "supplement_id",
    "wordless_ids",
    "order_id",
    "rating_id",
    "slip_id",
}
BOTH_LANGUAGES = ("_zh", "_en")
KINDS: dict[str, type[Word]] = {
    "role": Role,
    "source": Source,
    "strand": Strand,
    "fate": RowFate,
    "progress": NeedProgress,
    "reason": ClosingReason,
    "satisfaction": Satisfaction,
    "solved": Solved,
    "order_state": OrderState,
    "problem": ProblemReason,
    "step": UrgingStep,
}
STATES: dict[str, type[Word]] = {"order": OrderState, "demand_edition": EditionState, "supply_list": EditionState}

# Fields of a need and of an offer, as a change names them.
CHANGED_FIELDS = {
    "content": ("需求内容", "content"),
    "topic": ("主题", "topic"),
    "service_form": ("服务形式", "service form"),
    "language": ("语言", "language"),
    "wanted_text": ("什么时候要", "wanted time"),
    "quantity": ("数量", "quantity"),
    "lead": ("牵头", "lead"),
    "joint": ("配合", "joint"),
    "sub_place": ("组、社", "group"),
    "route": ("去向", "route"),
    "kind": ("种类", "kind"),
    "strand": ("七送", "strand"),
    "urgency": ("紧急程度", "urgency"),
    "handling_level": ("办理层级", "handling level"),
    "households": ("户数", "households"),
    "persons": ("人数", "persons"),
    "wanted_from": ("最早", "earliest"),
    "wanted_until": ("最迟", "latest"),
    "households_approx": ("户数是约数", "households are approximate"),
    "is_common": ("共性需求", "common need"),
    "place_code": ("地方", "place"),
    "place_codes": ("服务范围", "places served"),
    "service": ("服务项目", "service"),
    "leader": ("责任领导", "leader"),
    "contact": ("落实联络人", "contact"),
    "contact_phone": ("联络人电话", "contact's phone"),
    "topics": ("主题", "topics"),
    "capacity": ("能力", "capacity"),
    "capacity_unit": ("能力单位", "unit of capacity"),
    "capacity_period": ("能力按什么算", "period of capacity"),
    "valid_from": ("从哪天", "valid from"),
    "valid_until": ("到哪天", "valid until"),
    "note": ("备注", "note"),
    "number": ("编号", "number"),
}
SUBJECTS = {
    "account": ("账号", "account"),
    "batch": ("民情导入", "import of remarks"),
    "demand_edition": ("需求清单", "demand list"),
    "follow_up": ("回访", "follow-up"),
    "match": ("对接", "match"),
    "need": ("需求", "need"),
    "needs": ("一批需求，行动", "needs of programme"),
    "offer": ("服务项目", "offer"),
    "offer_batch": ("服务项目导入", "import of offers"),
    "order": ("订单", "order"),
    "programme": ("行动", "programme"),
    "remark": ("民情记录", "remark"),
    "station": ("联络站", "station"),
    "supply_list": ("供给清单", "supply list"),
    "team": ("小分队", "team"),
}


def is_english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")


def subject_word(kind: str) -> str:
    """What an event was done to, in the page's language; an unknown kind by its code."""
    return SUBJECTS.get(kind, (kind, kind))[is_english()]


def fields_told(names: str) -> str:
    """`content、service_form` as the fields are called on the page; anything else as it is."""
    known = [CHANGED_FIELDS.get(name) for name in names.split("、")]
    if not all(known):
        return reason_told(names)
    return (", " if is_english() else "、").join(words[is_english()] for words in known if words)


def reason_told(line: str) -> str:
    """A reason in the page's language; what a person wrote stays in his words."""
    return in_english(line) if is_english() else line


def details_told(kind: str, subject_kind: str, details: Mapping[str, object]) -> list[tuple[str, str]]:
    """Pairs of label and value for a reader; an order's event is one sentence, under an empty label."""
    sentence = tell_event(kind, details)[is_english()]
    if sentence != kind:
        return [("", sentence)]
    shown = ((key, _value(key, value, subject_kind)) for key, value in details.items() if _is_for_people(key))
    return [(DETAIL_WORDS.get(key, (key, key))[is_english()], text) for key, text in shown if text]


def _is_for_people(key: str) -> bool:
    return key not in TECHNICAL and not key.endswith(BOTH_LANGUAGES)


def _value(key: str, value: object, subject_kind: str) -> str:
    """The value in words; empty for what was not told, for No, and for nothing."""
    if value in (None, "", [], {}, False):
        return ""
    if value is True:
        return "yes" if is_english() else "是"
    if isinstance(value, list):
        return _list_told(key, value)
    if key == "department" and isinstance(value, int):
        return get_department(value).name
    if isinstance(value, str):
        return _text_told(key, value, subject_kind)
    return str(value)


def _list_told(key: str, values: list[object]) -> str:
    """Identifiers are counted; months, fields and departments are named."""
    if all(isinstance(value, int) for value in values):
        return str(len(values))
    names = "、".join(str(value) for value in values)
    return fields_told(names) if key in ("fields", "changed", "changed_personal") else names


def _text_told(key: str, text: str, subject_kind: str) -> str:
    kind = STATES.get(subject_kind) if key == "state" else KINDS.get(key)
    if kind and text in kind._value2member_map_:
        return word_label(kind(text))
    if key == "place":
        return name_of(text) or text
    if key in ("signed_on", "due_on", "ends_on", "last_day", "promised_on", "from", "until"):
        return _day_of(text)
    return reason_told(text) if key == "reason" else text


def _day_of(text: str) -> str:
    try:
        return day_told(date.fromisoformat(text))
    except ValueError:
        return text


def day_told(day: date) -> str:
    """`2019年12月3日`, in English `3 December 2019`."""
    return f"{day.day} {day:%B %Y}" if is_english() else f"{day.year}年{day.month}月{day.day}日"
