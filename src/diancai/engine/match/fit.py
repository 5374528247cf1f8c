"""Whether an offer may serve a need at all (the walls), and how well its form and topic fit."""

from diancai.engine.reasons import Reason

from .need_and_offer import Need, Offer

# Ways of serving. Two ways of one family fit; building and talking never do.
_FORMS = {
    "工程": ("施工", "工程", "建设", "新建", "修建", "改造", "委托经营"),
    "培训": ("培训", "课堂", "授课", "讲座", "宣讲", "讲解"),
    "指导": ("指导", "入棚", "入户", "专家", "上门", "小课堂"),
    "巡诊": ("巡诊", "义诊", "诊疗", "医疗车", "体检"),
    "演出": ("演出", "舞台", "放映", "文艺"),
    "咨询": ("咨询", "解答", "政策"),
    "帮办": ("帮办", "代办", "查询", "认证"),
    "宣传": ("宣传", "明白纸", "手册", "资料"),
    "发放": ("发放", "捐赠", "赠送", "慰问"),
}
# A permit is a paper, whatever it permits: 机动车驾驶员培训备案 trains nobody.
_PERMIT = ("审批", "备案", "许可", "核准", "核发", "换发", "审查", "登记", "变更", "注销")
PERMIT = "办证"
# Families that may stand in for one another.
_NEAR = {
    frozenset(("培训", "指导")),
    frozenset(("培训", "咨询")),
    frozenset(("咨询", "帮办")),
    frozenset(("培训", "宣传")),
    frozenset((PERMIT, "帮办")),
    frozenset((PERMIT, "咨询")),
}
MONGOLIAN = "mn"


def wall(need: Need, offer: Offer) -> str:
    """Why this offer cannot serve this need, in Chinese; empty when no wall stands between them."""
    served = tuple(_beginning(code) for code in offer.place_codes)
    if need.place_code and served and not need.place_code.startswith(served):
        return "不在服务范围内"
    if need.wanted_until and offer.valid_from and offer.valid_from > need.wanted_until:
        return "开始得太晚"
    if need.wanted_from and offer.valid_until and offer.valid_until < need.wanted_from:
        return "有效期已过"
    if need.language == MONGOLIAN and MONGOLIAN not in offer.languages:
        return "不能用蒙古语服务"
    return ""


def _beginning(code: str) -> str:
    """The digits that every place at or below this one shares: a full code ends in zeros for open levels."""
    if len(code) < 12:
        return code
    if code[4:6] == "00":
        return code[:4]
    return code[:6] if code[6:9] == "000" else code[:9] if code[9:] == "000" else code


def families(form: str) -> frozenset[str]:
    """The families of service that a form speaks of; a permit is of that family alone."""
    if any(mark in form for mark in _PERMIT):
        return frozenset((PERMIT,))
    return frozenset(name for name, marks in _FORMS.items() if any(mark in form for mark in marks))


def form_fit(need: frozenset[str], offer: frozenset[str]) -> float:
    """1 the same way of serving, 0.5 a near one, 0 unknown, −1 another."""
    if not need or not offer:
        return 0.0
    if need & offer:
        return 1.0
    near = any(frozenset((one, two)) in _NEAR for one in need for two in offer)
    return 0.5 if near else -1.0


def topic_fit(topic: str | None, topics: tuple[str, ...]) -> float | None:
    """1 the same topic, 0.4 the same field, 0 another; None when one side names none, or words of another list.

    The programme's topics are written 领域/主题; a foreign sheet's own sorting (未分类) says nothing for or against.
    """
    if not topic or not topics:
        return None
    if topic in topics:
        return 1.0
    field, *names = topic.split("/")
    if any(other in names for other in topics):
        return 1.0
    if any(other.split("/")[0] == field for other in topics):
        return 0.4
    return 0.0 if not names or any("/" in other for other in topics) else None


def served_when(need: Need, offer: Offer) -> str:
    """In words, that the offer holds when it is wanted; empty when no time was told."""
    if not (need.wanted_from or need.wanted_until):
        return ""
    wanted = need.wanted_until or need.wanted_from
    return (Reason.HOLDS_UNTIL if need.wanted_until else Reason.HOLDS_FROM).tell(day=f"{wanted:%Y-%m-%d}")
