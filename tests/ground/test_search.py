"""Search: the same hits on both databases, from one Chinese character up."""

from datetime import timedelta

import pytest
from cast import LIANFENG, NOON, PREFECTURE, WUYUAN, YONGLIAN
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.place.queries import get_scope, initials_of
from diancai.ground.search.actions import put, put_many, remove
from diancai.ground.search.queries import find
from diancai.ground.search.spacing import spaced

WORDS = {1: "大棚黄瓜叶子发黄，想请专家", 2: "正月想看二人台 Er-ren-tai", 3: "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠪᠡᠷ ᠰᠤᠷᠭᠠᠬᠤ"}


@pytest.fixture
def index(places):
    for number, words in WORDS.items():
        scope = get_scope(LIANFENG if number != 2 else YONGLIAN)
        put("need", number, scope=scope, at=NOON + timedelta(hours=number), words=words, initials=initials_of(scope))


def ids(asked, codes=(PREFECTURE,), **more):
    return [hit.object_id for hit in find(asked, codes=codes, **more).rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("瓜", [1]),
        ("黄瓜", [1]),
        ("瓜黄", []),
        ("黄瓜 专家", [1]),
        ("黄瓜 二人台", []),
        ("er-ren", [2]),
        ("ER", [2]),
        ("ᠮᠣᠩᠭᠣᠯ", [3]),
        ("lfc", [3, 1]),
        ("", []),
        ("'\"*():&|!", []),
        ("想", [2, 1]),
    ],
)
def test_words_are_found_newest_first(index, asked, expected):
    assert ids(asked) == expected


def test_only_records_of_the_asked_places_are_found(index):
    assert ids("想", codes=(YONGLIAN,)) == [2]
    assert ids("想", codes=("150822000000",)) == []
    assert ids("想", codes=()) == []
    assert ids("想", codes=(WUYUAN,)) == [2, 1]


def test_pages_follow_each_other_without_gap_or_repeat(places):
    scope = get_scope(LIANFENG)
    put_many("remark", [(number, scope, NOON, "修渠", "") for number in range(25)])
    seen, after = [], ""
    while True:
        page = find("修渠", codes=(PREFECTURE,), after=after, limit=10)
        seen += [hit.object_id for hit in page.rows]
        if not page.next_after:
            break
        after = page.next_after
    assert seen == list(range(24, -1, -1))


def test_what_was_removed_or_changed_is_found_no_more(index):
    put("need", 1, scope=get_scope(LIANFENG), at=NOON, words="修路")
    assert (ids("黄瓜"), ids("修路")) == ([], [1])
    remove("need", [1])
    assert ids("修路") == []


@given(st.text())
def test_spacing_never_fails_and_keeps_no_punctuation(text):
    assert not set(spaced(text)) & set("，。！？*\"'()&|")
