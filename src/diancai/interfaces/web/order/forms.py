"""The small forms of an order page: one for each act that the person may do now, with what the act must be told.

The stage says which acts those are; here stands only what is asked for each. `acting.py` takes what was filled in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import word_label
from diancai.stages.order.rows import AssignmentRow, ExtensionRow, OrderDetail
from diancai.stages.order.rules import AssignmentAct, OrderAct
from diancai.words import (
    EscalationAnswer,
    EscalationKind,
    OrderLevel,
    PauseReason,
    PlanOutcome,
    Word,
)

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `kind` is text, area, number, date or choice; `must` marks what may not stay empty."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    options: Options = ()
    value: str = ""
    must: bool = True


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act with its fields; without any it is a plain button. `tone` is the look of its button."""

    act: str
    key: str
    label: str
    href: str
    fields: tuple[Field, ...] = ()
    tone: str = ""
    note: str = ""


def order_forms(detail: OrderDetail) -> tuple[ActForm, ...]:
    """What may be done to the whole order now, beside dispatching, closing, planning and withdrawing."""
    makers = {
        OrderAct.ANSWER: _answer,
        OrderAct.MEET: _meet,
        OrderAct.CONFIRM: _confirm,
        OrderAct.REVIEW_PLAN: _review_plan,
        OrderAct.RECORD_OUTSIDE: _record_outside,
        OrderAct.ESCALATE: _escalate,
        OrderAct.CALL_BACK: _call_back,
        OrderAct.REDO: _redo,
        OrderAct.RESUME: _resume,
        OrderAct.PAUSE: _pause,
    }
    made = [form for act, make in makers.items() if act in detail.acts for form in make(detail)]
    return tuple(made)


def part_forms(part: AssignmentRow, detail: OrderDetail) -> tuple[ActForm, ...]:
    """What may be done to a department's part now, beside answering and completing it."""
    makers = {
        AssignmentAct.ASK_EXTENSION: _ask_extension,
        AssignmentAct.HAND_OVER: _hand_over,
        AssignmentAct.ALLOW_RETURN: _allow_return,
    }
    return tuple(make(part, detail) for act, make in makers.items() if act in part.acts)


def extension_forms(extension: ExtensionRow, detail: OrderDetail) -> tuple[ActForm, ...]:
    """The answer to an extension that waits for it, or that the resident was told."""
    if extension.granted is None and OrderAct.DECIDE_EXTENSION in detail.acts:
        return (_decide(extension, detail),)
    told = extension.granted and extension.resident_told_at is None
    if told and OrderAct.TELL_RESIDENT in detail.acts:
        href = _href(detail, OrderAct.TELL_RESIDENT, extension.id)
        return (ActForm(OrderAct.TELL_RESIDENT, f"tell-{extension.id}", word_label(OrderAct.TELL_RESIDENT), href),)
    return ()


def departments_of(detail: OrderDetail) -> Options:
    """The bureaus that may hold the order: those of its county, then those of the prefecture."""
    scope = detail.order.scope
    county = list_departments(scope.county_code) if detail.order.level == OrderLevel.COUNTY else []
    return tuple((str(row.id), row.name) for row in [*county, *list_departments(scope.prefecture_code)])


def _answer(detail: OrderDetail) -> list[ActForm]:
    given = (EscalationAnswer.TAKES_OVER, EscalationAnswer.TAKES_PART, EscalationAnswer.RETURNED)
    return [
        _form(
            detail,
            OrderAct.ANSWER,
            Field("answer", _("怎么答复"), "choice", options=_options(given)),
            Field("words", _("说明（退回时写原因）"), "area", must=False),
            Field("basis", _("依据（退回时必填）"), must=False),
            tone="is-primary",
        )
    ]


def _meet(detail: OrderDetail) -> list[ActForm]:
    return [
        _form(
            detail,
            OrderAct.MEET,
            Field("meeting_on", _("会议日期"), "date"),
            Field("attended", _("参会单位和人员"), "area"),
            Field("decision", _("研判决定"), "area"),
            _department(detail, _("定由谁牵头"), empty=_("这次不定牵头单位")),
            Field("due_on", _("办理时限"), "date", must=False),
            tone="is-primary",
            note=_("会上定下的牵头单位不能再退回或移交。"),
        )
    ]


def _confirm(detail: OrderDetail) -> list[ActForm]:
    refuse = ActForm(
        "refuse",
        "refuse",
        _("不同意归档"),
        _href(detail, "refuse"),
        (Field("words", _("不同意的原因"), "area"),),
    )
    return [_form(detail, OrderAct.CONFIRM, tone="is-primary"), refuse]


def _review_plan(detail: OrderDetail) -> list[ActForm]:
    return [
        _form(
            detail,
            OrderAct.REVIEW_PLAN,
            Field("outcome", _("今年怎么办"), "choice", options=_options(PlanOutcome)),
            _department(detail, _("派给谁（今年办的）"), empty="—"),
            Field("year", _("改到哪一年（改年度的）"), "number", must=False),
            Field("words", _("说明（取消的写原因）"), "area", must=False),
            tone="is-primary",
        )
    ]


def _record_outside(detail: OrderDetail) -> list[ActForm]:
    return [
        _form(
            detail,
            OrderAct.RECORD_OUTSIDE,
            Field("answer", _("答复结果"), "choice", options=_options(EscalationAnswer)),
            Field("said_by", _("答复单位和人员")),
            Field("words", _("答复内容"), "area"),
            Field("basis", _("依据（退回时必填）"), must=False),
        )
    ]


def _escalate(detail: OrderDetail) -> list[ActForm]:
    planned = detail.planned_escalation or EscalationKind.TAKES_OVER
    fields = [
        Field("kind", _("请上级做什么"), "choice", options=_options(EscalationKind), value=planned),
        Field("tried", _("已经做的工作"), "area"),
        Field("asked_for", _("请上级解决什么"), "area"),
    ]
    if detail.order.level == OrderLevel.COUNTY:
        upper = tuple((str(row.id), row.name) for row in list_departments(detail.order.scope.prefecture_code))
        options = (("", _("牵头单位的对口上级")), *upper)
        fields.append(Field("department", _("提请哪个部门"), "choice", options=options, must=False))
    tone = "is-primary" if detail.planned_escalation else ""
    note = _("需求的办理层级要求提请上级。") if detail.planned_escalation else ""
    return [_form(detail, OrderAct.ESCALATE, *fields, tone=tone, note=note)]


def _call_back(detail: OrderDetail) -> list[ActForm]:
    return [_form(detail, OrderAct.CALL_BACK, Field("reason", _("为什么撤回")), tone="is-plain")]


def _redo(detail: OrderDetail) -> list[ActForm]:
    joint: Options = (("1", _("原来的单位都重办")), ("0", _("只由牵头单位重办")))
    return [
        _form(
            detail,
            OrderAct.REDO,
            Field("reason", _("群众说哪里没解决"), "area"),
            Field("with_joint", _("由谁重办"), "choice", options=joint),
            Field("due_on", _("办理时限"), "date", must=False),
            note=_("重办另算一轮，原来的记录都保留。"),
        )
    ]


def _resume(detail: OrderDetail) -> list[ActForm]:
    return [_form(detail, OrderAct.RESUME)]


def _pause(detail: OrderDetail) -> list[ActForm]:
    return [
        _form(
            detail,
            OrderAct.PAUSE,
            Field("reason", _("为什么暂停"), "choice", options=_options(PauseReason)),
            Field("words", _("说明"), "area", must=False),
            tone="is-plain",
        )
    ]


def _ask_extension(part: AssignmentRow, detail: OrderDetail) -> ActForm:
    return ActForm(
        AssignmentAct.ASK_EXTENSION,
        f"ask-{part.id}",
        word_label(AssignmentAct.ASK_EXTENSION),
        _href(detail, AssignmentAct.ASK_EXTENSION, part.id),
        (
            Field("days", _("再要几个工作日"), "number"),
            Field("reason", _("为什么延期"), "area"),
        ),
        note=_("到期前申请，批准后要告知群众。"),
    )


def _hand_over(part: AssignmentRow, detail: OrderDetail) -> ActForm:
    held = part.committed or part.asked
    some = Field("quantity", _("移交多少（不填就是全部）"), "number", must=False)
    return ActForm(
        AssignmentAct.HAND_OVER,
        f"hand-{part.id}",
        word_label(AssignmentAct.HAND_OVER),
        _href(detail, AssignmentAct.HAND_OVER, part.id),
        (
            _department(detail, _("移交给谁"), without=part.department_id),
            *((some,) if held > 1 else ()),
            Field("reason", _("为什么移交"), "area"),
            Field("basis", _("依据"), hint=_("职责文件、分工规定。")),
        ),
        note=_("不能移交给提出需求的苏木乡镇和嘎查村。"),
    )


def _allow_return(part: AssignmentRow, detail: OrderDetail) -> ActForm:
    return ActForm(
        AssignmentAct.ALLOW_RETURN,
        f"allow-{part.id}",
        word_label(AssignmentAct.ALLOW_RETURN),
        _href(detail, AssignmentAct.ALLOW_RETURN, part.id),
        (Field("words", _("为什么准许"), "area"),),
        tone="is-plain",
        note=_("退回时限已过，退回后会标明“逾期退回”。"),
    )


def _decide(extension: ExtensionRow, detail: OrderDetail) -> ActForm:
    granted: Options = (("1", _("同意")), ("0", _("不同意")))
    return ActForm(
        OrderAct.DECIDE_EXTENSION,
        f"decide-{extension.id}",
        word_label(OrderAct.DECIDE_EXTENSION),
        _href(detail, OrderAct.DECIDE_EXTENSION, extension.id),
        (
            Field("granted", _("审批"), "choice", options=granted),
            Field("words", _("意见（不同意时写原因）"), "area", must=False),
        ),
        tone="is-primary",
    )


def _department(detail: OrderDetail, label: str, *, empty: str = "", without: int = 0) -> Field:
    options = tuple(pair for pair in departments_of(detail) if pair[0] != str(without))
    chosen = (("", empty), *options) if empty else options
    return Field("department", label, "choice", options=chosen, must=not empty)


def _form(detail: OrderDetail, act: OrderAct, *fields: Field, tone: str = "", note: str = "") -> ActForm:
    return ActForm(act, act, word_label(act), _href(detail, act), fields, tone, note)


def _href(detail: OrderDetail, act: str, about: int = 0) -> str:
    order_id = detail.order.id
    return reverse("order_act_on", args=[order_id, act, about]) if about else reverse("order_act", args=[order_id, act])


def _options(members: Iterable[Word]) -> Options:
    return tuple((member.value, word_label(member)) for member in members)
