"""The envelope of WeChat: opens what another implementation sealed, and believes nothing that was touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.ground.notices.adapters.envelope import Envelope, EnvelopeBroken, key_of

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
# Sealed and signed by wechatpy 1.8.18: token "tok", receiver "wx1", nonce "n0", time 1409735669.
SEALED = "iw/0RlYlh8DgCWc3CS8XftkYkXAXEGbnmaKGiGsZTB8fwHkwNpkjJCkWXMjP8atVdrUdf4dUbIxpyu82mvLzxw=="
SIGNED = "4307b1f365a64cef14c59798d29067d7762ed302"
AT, NONCE = "1409735669", "n0"


@pytest.fixture
def envelope():
    return Envelope("tok", KEY, "wx1")


def test_what_another_implementation_sealed_is_opened(envelope):
    assert envelope.open(SIGNED, AT, NONCE, SEALED) == "<xml><a>你好</a></xml>"


@pytest.mark.parametrize(
    ("signature", "at", "nonce", "sealed"),
    [
        ("0" * 40, AT, NONCE, SEALED),
        ("签", AT, NONCE, SEALED),
        (SIGNED, "1409735670", NONCE, SEALED),
        (SIGNED, AT, "n1", SEALED),
        (SIGNED, AT, NONCE, SEALED[:-4] + "AAA="),
        (SIGNED, AT, NONCE, ""),
    ],
)
def test_a_touched_envelope_is_not_opened(envelope, signature, at, nonce, sealed):
    with pytest.raises(EnvelopeBroken):
        envelope.open(signature, at, nonce, sealed)


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base 64", "签", "A" * 43 + "=", SEALED[:44]])
def test_a_signed_envelope_with_nothing_sensible_inside_is_broken_too(envelope, sealed):
    with pytest.raises(EnvelopeBroken):
        envelope.open(envelope.signature(AT, NONCE, sealed), AT, NONCE, sealed)


def test_an_envelope_for_another_account_is_not_ours(envelope):
    other = Envelope("tok", KEY, "wx2").seal("<xml/>")
    with pytest.raises(EnvelopeBroken):
        envelope.open(envelope.signature(AT, NONCE, other), AT, NONCE, other)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.binary(min_size=16, max_size=16))
@settings(max_examples=40, deadline=None)
def test_whatever_is_sealed_is_opened(text, random_bytes):
    envelope = Envelope("tok", KEY, "wx1")
    sealed = envelope.seal(text, random_bytes)
    assert envelope.open(envelope.signature(AT, NONCE, sealed), AT, NONCE, sealed) == text


@pytest.mark.parametrize("key", ["", "short", KEY + "A", "签" * 43])
def test_a_key_of_another_length_is_none(key):
    with pytest.raises(ValueError):
        key_of(key)
