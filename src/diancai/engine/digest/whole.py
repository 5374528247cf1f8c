"""Wants that are one with their remark: an emergency, a report about persons, a remark in Mongolian.

Called by `digester`.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from diancai.engine.digest.clauses import Clause
from diancai.engine.digest.measure import victims
from diancai.engine.digest.routing import Routed
from diancai.engine.digest.shapes import TopicClassifier, Want
from diancai.engine.digest.topics import Topic
from diancai.engine.reasons import Reason
from diancai.words import HandlingLevel, Kind, Route, Urgency

# What is seen is told as suspected: a diagnosis is the doctor's.
_DANGERS = (
    (("煤烟", "中毒", "煤气", "漏气"), "疑似煤烟（煤气）中毒", "煤烟"),
    (("着火", "起火", "失火", "着了火", "火着"), "火情", ""),
    (("掉井", "掉渠", "掉水", "落水", "掉黄河", "淹", "掉进", "掉到"), "疑似落水（坠落）", ""),
    (("喝药", "农药", "想不开", "自杀", "轻生", "不想活", "活不下去", "上吊", "跳"), "疑似轻生", ""),
    (("触电", "电着", "电打"), "疑似触电", ""),
    (("车祸", "翻车", "撞"), "疑似交通事故", ""),
    (("走失", "走丢", "找不见人", "找不到人", "失踪"), "人员走失", ""),
    (("塌", "压", "埋"), "疑似坍塌压埋", ""),
    (("砍", "刀", "捅", "打死"), "疑似暴力伤人", ""),
    (("生", "难产", "羊水"), "孕产妇急症", ""),
)
_FORMS = {
    "火情": "拨打119、镇村就近处置",
    "人员走失": "拨打110、镇村就近寻找",
    "疑似暴力伤人": "拨打110、120，镇村就近处置",
}
_SUSPECTED_ILL = "疑似急症"


def _danger(text: str) -> str:
    for words, said, only in _DANGERS:
        if any(word in text for word in words):
            return "疑似煤烟中毒" if only and only in text else said
    return _SUSPECTED_ILL


def emergency(routed: Routed, clauses: Sequence[Clause], said_on: date | None, shown: str) -> Want:
    """Call first, record afterwards: wanted at once, for as many people as were told."""
    danger = _danger("、".join(word for clause in clauses for word in clause.words("danger", "danger_weak")))
    people = victims(clauses)
    count = "" if danger == "火情" else f"{people}人"
    act = "请立即处置" if danger in ("火情", "人员走失", "疑似暴力伤人") else "请立即救治"
    # Of a fire nobody says how many are in it unless he says so.
    told = danger != "火情" or people > 1
    return Want(
        n=1, route=Route.EMERGENCY, kind=Kind.EMERGENCY, content=f"{danger}{count}，{act}", wanted_text="立即",
        wanted_from=said_on, wanted_until=said_on, service_form=_FORMS.get(danger, "拨打120、镇村就近处置"),
        topic="突发事件/人身安全", topic_score=1.0, strand=None, quantity=count or None, households=1,
        households_approx=False, persons=people if told else None, urgency=Urgency.CRITICAL,
        handling_level=HandlingLevel.SELF, lead=None, joint=(), doubt=routed.doubt,
        why=(*routed.why, Reason.CALL_FIRST.tell()), quote=shown,
    )  # fmt: skip


def diverted(routed: Routed) -> Want:
    """Nothing of a report about persons is taken down here: only that there is one, for the lawful body."""
    return Want(
        n=1, route=Route.DIVERT, kind=Kind.REPORT, content="转有权处理单位1件", wanted_text=None, wanted_from=None,
        wanted_until=None, service_form="转办（保密）", topic="信访举报", topic_score=1.0, strand=None, quantity=None,
        households=None, households_approx=False, persons=None, urgency=Urgency.NORMAL,
        handling_level=HandlingLevel.UNCLEAR, lead="纪检监察", joint=(), doubt=routed.doubt,
        why=(*routed.why, Reason.NOT_TO_VILLAGE.tell()), quote="",
    )  # fmt: skip


def in_mongolian(shown: str, classifier: TopicClassifier, topics: Mapping[str, Topic]) -> Want:
    """Never dropped: the topic of a Mongolian remark is proposed from draft words, a bilingual officer must look."""
    ranked = classifier.best(shown)
    label, score = ranked[0] if ranked else (None, 0.0)
    topic = topics.get(label) if label else None
    said = f"蒙古文原话待译记（{topic.name}）" if topic else "蒙古文原话待译记"
    return Want(
        n=1, route=Route.LIST, kind=Kind.NEED, content=said[:30], wanted_text=None, wanted_from=None, wanted_until=None,
        service_form=None, topic=label, topic_score=score, strand=topic.strand if topic else None, quantity=None,
        households=None, households_approx=False, persons=None, urgency=Urgency.NORMAL,
        handling_level=HandlingLevel.UNCLEAR, lead=topic.lines[0] if topic and topic.lines else None,
        joint=topic.lines[1:] if topic else (), doubt=0.9 if topic is None else 0.7,
        why=(Reason.IN_MONGOLIAN.tell(),), quote=shown,
    )  # fmt: skip
