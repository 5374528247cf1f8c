"""Keys and numbers that come from an address: read, or taken as not said."""

from datetime import UTC, datetime

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.paging import MOST, after_key, older_than, whole_number, whole_numbers

AT = datetime(2019, 12, 10, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "+1", " 1", "1.0", "1_0", "9" * 23, str(MOST + 1)])
def test_what_no_column_holds_is_no_number(text):
    assert whole_number(text) is None


@given(st.integers(0, MOST))
def test_every_number_that_a_column_holds_is_read(number):
    assert whole_number(str(number)) == number


@given(st.text())
def test_reading_a_number_never_fails(text):
    found = whole_number(text)
    assert found is None or 0 <= found <= MOST


def test_numbers_among_other_texts_are_kept_in_order():
    assert whole_numbers(["7", "²", "3", ""]) == [7, 3]


@pytest.mark.parametrize(
    "key",
    ["", "²~1", "2019-12-10~²", f"{AT.isoformat()}~{'9' * 23}", "0001-01-01T00:00+14:00~1", "9999-12-31T23:59-12:00~1"],
)
def test_a_spoilt_key_holds_no_row_back(key):
    assert older_than(key, "at") == Q()


def test_a_sound_key_is_read_back():
    assert dict(older_than(after_key(AT, 7), "at").children[:1]) == {"at__lte": AT}
