"""An office may call things otherwise; what is stored stays the same."""

import pytest

from diancai.words import OrderState, rename


@pytest.fixture
def _own_words():
    before = OrderState.ACCEPTED.zh
    yield
    OrderState.ACCEPTED.zh = before


def test_an_office_calls_a_state_otherwise_and_its_value_stays(_own_words):
    rename({"OrderState": {"accepted": "已受理"}})
    assert (OrderState("accepted").zh, OrderState.ACCEPTED.value) == ("已受理", "accepted")


@pytest.mark.parametrize(
    "wrong",
    [{"Orders": {"accepted": "已受理"}}, {"OrderState": {"taken": "已受理"}}, {"OrderState": {"accepted": " "}}],
)
def test_a_name_that_does_not_exist_is_told(wrong):
    with pytest.raises(ValueError, match=r"labels\.json"):
        rename(wrong)
    assert OrderState.ACCEPTED.zh == "已接单"
