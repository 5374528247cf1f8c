"""An order page shows what can be done; a greyed button stands only where somebody would look for it."""

from django.utils.translation import override

from diancai.interfaces.web.order.buttons import MISSED_ON_ORDER, MISSED_ON_PART
from diancai.stages.order.rules import ASSIGNMENT_TABLE, ORDER_TABLE, OrderAct
from diancai.words import OrderState

# In hand an order may be closed when all that is left is a rest nobody took; else the button is greyed.
SOMETIMES = {(OrderAct.CLOSE, OrderState.IN_HAND)}


def test_what_is_greyed_on_an_order_is_not_possible() -> None:
    assert [(act, state) for act, state in {*MISSED_ON_ORDER} - SOMETIMES if state in ORDER_TABLE[act]] == []


def test_what_is_greyed_on_a_part_is_not_possible() -> None:
    assert [(act, state) for act, state in MISSED_ON_PART if (state, act) in ASSIGNMENT_TABLE] == []


def test_reasons_are_a_few_words() -> None:
    with override("zh-hans"):
        told = [str(text) for text in (*MISSED_ON_ORDER.values(), *MISSED_ON_PART.values())]
    assert [text for text in told if len(text) > 12] == []


def test_nothing_is_greyed_on_an_order_that_is_over() -> None:
    over = {OrderState.CLOSED, OrderState.WITHDRAWN}
    assert [state for _act, state in MISSED_ON_ORDER if state in over] == []
