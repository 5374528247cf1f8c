"""Personal data never leaves a text, however it was written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.said.masking import mask

FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")

mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
identity = st.from_regex(r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])[0-9]{3}[0-9X]", fullmatch=True)
card = st.from_regex(r"62[0-9]{14,17}", fullmatch=True)
fixed = st.from_regex(r"0478[- ]?8[0-9]{6}", fullmatch=True)
around = st.text(alphabet="我的电话是，。 打这个号给说说abc\n", max_size=8)


def _digits(text: str) -> str:
    plain = text.translate(str.maketrans("０１２３４５６７８９零〇幺一二三四五六七八九", "01234567890011" + "23456789"))
    return re.sub(r"[^0-9]", "", plain)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number and one of the ways in which people write it."""
    number = draw(st.one_of(mobile, identity, card))
    gap = draw(st.sampled_from(["", " ", "-", "  ", "."]))
    size = draw(st.integers(min_value=3, max_value=6))
    spread = gap.join(number[place : place + size] for place in range(0, len(number), size))
    how = draw(st.sampled_from(["plain", "full"]))
    return number, spread.translate(FULL_WIDTH) if how == "full" else spread


@given(around, written(), around)
@settings(max_examples=150, deadline=None)
def test_no_phone_identity_or_card_number_leaks(before: str, number: tuple[str, str], after: str) -> None:
    digits, told = number
    masked = mask(before + told + after)
    left = _digits(masked.shown)
    assert digits[:7] not in left
    assert digits.rstrip("X")[-4:] not in left
    assert masked.found


@given(around, mobile)
@settings(max_examples=60, deadline=None)
def test_a_spoken_phone_number_does_not_leak(before: str, number: str) -> None:
    masked = mask(before + number.translate(SPOKEN))
    assert not re.search(r"[零幺二三四五六七八九]{4}", masked.shown)


@given(fixed)
@settings(max_examples=40, deadline=None)
def test_a_fixed_line_does_not_leak(number: str) -> None:
    assert _digits(mask(f"打{number}找我").shown) == ""


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_masking_never_fails_and_is_done_once(text: str) -> None:
    masked = mask(text)
    assert mask(masked.shown).shown == masked.shown or len(masked.found) > 0
    assert len(masked.found) == 0 or "[" in masked.shown


@pytest.mark.parametrize(
    ("said", "shown", "found"),
    [
        ("我叫张有福，三社的", "我叫[姓名]，三社的", ("姓名",)),
        ("我叫巴图孟和，放羊的", "我叫[姓名]，放羊的", ("姓名",)),
        ("我叫大夫来看看", "我叫大夫来看看", ()),
        ("我叫他来的", "我叫他来的", ()),
        ("我叫王大夫来看", "我叫王大夫来看", ()),
        ("车牌蒙L·A1234的车", "车牌[车牌]的车", ("车牌",)),
        ("写信到a.b@c.com", "写信到[邮箱]", ("邮箱",)),
        ("微信号：abc_123", "微信号：[账号]", ("账号",)),
        ("2019-12-28 06:50来过", "2019-12-28 06:50来过", ()),
        ("投资1200000元", "投资1200000元", ()),
        ("亩产1200、1300、1400斤", "亩产1200、1300、1400斤", ()),
        ("一千二百亩地、四十六户", "一千二百亩地、四十六户", ()),
        ("", "", ()),
    ],
)
def test_what_is_covered_and_what_is_not(said: str, shown: str, found: tuple[str, ...]) -> None:
    masked = mask(said)
    assert (masked.shown, masked.found) == (shown, found)
