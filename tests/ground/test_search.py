"""Search: the same hits on both databases, from one Chinese character up."""

from datetime import timedelta

import pytest
from cast import LIANFENG, NOON, PREFECTURE, WUYUAN, YONGLIAN
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.place.queries import get_scope, initials_of
from diancai.ground.search.actions import put, put_many, remove
from diancai.ground.search.queries import Reach, find, find_within
from diancai.ground.search.spacing import indexed, spaced

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


@pytest.mark.parametrize("after", ["²", "9" * 23, "-1", "x"])
def test_a_spoilt_page_key_starts_at_the_first_page(index, after):
    assert ids("想", after=after) == [2, 1]


def test_each_kind_is_found_and_counted_within_its_own_reach(places):
    scope = get_scope(LIANFENG)
    for number, kind in enumerate(("remark", "need", "order", "order"), 1):
        put(kind, number, scope=scope, at=NOON, words="修渠")
    reach = {"need": Reach((WUYUAN,)), "remark": Reach((YONGLIAN,)), "order": Reach(record_ids=[4])}
    hits = find_within("修渠", reach)
    assert ([hit.object_id for hit in hits.rows], hits.count) == ([4, 2], 2)
    assert find_within("修渠", {}).count == 0


def test_a_very_long_text_is_found_by_its_beginning_only(places):
    long = "".join(chr(0x4E00 + number % 5000) for number in range(8000)) + "鑫森"
    put("need", 1, scope=get_scope(LIANFENG), at=NOON, words=long, initials="lfc")
    assert (ids(long[:9]), ids("鑫森"), ids("lfc")) == ([1], [], [1])


def test_no_word_is_indexed_oftener_than_both_databases_hold(places):
    put("need", 1, scope=get_scope(LIANFENG), at=NOON, words="水" * 250 + "渠")
    put("need", 2, scope=get_scope(LIANFENG), at=NOON, words="水" * 251 + "渠")
    assert ids("水渠") == [1]
    assert ids("水") == [2, 1]


@given(st.text())
def test_what_is_indexed_is_the_beginning_of_what_is_asked(text):
    assert spaced(text).startswith(indexed(text)) or any(len(word) > 500 for word in spaced(text).split())


@given(st.text())
def test_spacing_never_fails_and_keeps_no_punctuation(text):
    assert not set(spaced(text)) & set("，。！？*\"'()&|")
