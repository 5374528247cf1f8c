"""Which buttons an order page shows, and why a greyed one is greyed. The rules are those of the stage."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diancai.ground.people.who_may import Scope
from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.desk import Desk
from diancai.stages.order.rows import AssignmentRow, OrderDetail
from diancai.stages.order.rules import ASSIGNMENT_TABLE, LEAVE, ORDER_TABLE, AssignmentAct, OrderAct


@dataclass(frozen=True, slots=True)
class Button:
    """An act: its name, its label, and when it is not possible the reason in words."""

    act: str
    label: str
    off: str


def order_buttons(detail: OrderDetail, desk: Desk) -> dict[str, Button]:
    """Acts on the whole order that the person's post has at all; those not possible now carry the reason."""
    found = (_button(act, act in detail.acts, _wants(_order_states(act))) for act in OrderAct if desk.may(LEAVE[act]))
    return {button.act: button for button in found}


def part_buttons(part: AssignmentRow, desk: Desk) -> dict[str, Button]:
    """Acts on one department's part; none when the part is over or somebody else's."""
    if part.ended_at is not None:
        return {}
    return {
        button.act: button
        for button in (
            _button(act, act in part.acts, _wants(_part_states(act)))
            for act in AssignmentAct
            if desk.may_here(LEAVE[act], _scope_of(part, desk))
        )
    }


def _scope_of(part: AssignmentRow, desk: Desk) -> Scope:
    own = desk.scope
    return Scope(own.prefecture_code, own.county_code, department_ids=frozenset({part.department_id}))


def _button(act: AssignmentAct | OrderAct, possible: bool, wanted: str) -> Button:
    return Button(str(act), word_label(act), "" if possible else wanted)


def _wants(states: Iterable[str]) -> str:
    return _("要在“%(states)s”时才能办") % {"states": _("”或“").join(states)}


def _order_states(act: OrderAct) -> list[str]:
    return [word_label(state) for state in sorted(ORDER_TABLE[act])]


def _part_states(act: AssignmentAct) -> list[str]:
    return [word_label(state) for state, possible in ASSIGNMENT_TABLE if possible == act]
