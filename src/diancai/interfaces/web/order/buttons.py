"""Which buttons an order page shows: what can be done now, and greyed what a person may look for in vain, with why.

The rules are those of the stage; an act that makes no sense in a state (accepting what is accepted, anything on a
closed order) has no button at all.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diancai.ground.people.who_may import Scope
from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.desk import Desk
from diancai.stages.order.rows import AssignmentRow, OrderDetail
from diancai.stages.order.rules import LEAVE, AssignmentAct, OrderAct
from diancai.words import AssignmentState, OrderState

# Acts that somebody may look for although they are not possible yet, or no more; in a few words.
MISSED_ON_ORDER = {
    (OrderAct.CLOSE, OrderState.DISPATCHED): _("办结后才能归档"),
    (OrderAct.CLOSE, OrderState.ACCEPTED): _("办结后才能归档"),
    (OrderAct.CLOSE, OrderState.IN_HAND): _("办结后才能归档"),
    (OrderAct.WITHDRAW, OrderState.IN_HAND): _("正在办，先撤回派单"),
}
MISSED_ON_PART = {
    (AssignmentAct.COMPLETE, AssignmentState.DISPATCHED): _("接单后才能办结"),
    (AssignmentAct.RETURN, AssignmentState.IN_HAND): _("已经开始办，不能退"),
}


@dataclass(frozen=True, slots=True)
class Button:
    """An act: its name, its label, and when it is not possible the reason in words."""

    act: str
    label: str
    off: str


def order_buttons(detail: OrderDetail, desk: Desk) -> dict[str, Button]:
    """Acts on the whole order that the person's post has at all, by name."""
    found = (
        _button(act, act in detail.acts, MISSED_ON_ORDER.get((act, detail.order.state)))
        for act in OrderAct
        if desk.may(LEAVE[act])
    )
    return {button.act: button for button in found if button}


def part_buttons(part: AssignmentRow, desk: Desk) -> dict[str, Button]:
    """Acts on one department's part; none when the part is over or somebody else's."""
    if part.ended_at is not None:
        return {}
    found = (
        _button(act, act in part.acts, MISSED_ON_PART.get((act, part.state)))
        for act in AssignmentAct
        if desk.may_here(LEAVE[act], _scope_of(part, desk))
    )
    return {button.act: button for button in found if button}


def _scope_of(part: AssignmentRow, desk: Desk) -> Scope:
    own = desk.scope
    return Scope(own.prefecture_code, own.county_code, department_ids=frozenset({part.department_id}))


def _button(act: AssignmentAct | OrderAct, possible: bool, missed: Promise | None) -> Button | None:
    """The button of a possible act; a greyed one where it may be looked for; None where nobody would."""
    label = word_label(act)
    label = label[0].upper() + label[1:]
    if possible:
        return Button(str(act), label, "")
    return Button(str(act), label, str(missed)) if missed else None
