"""Chat records are read in every shape that WeChat and its exports give them; whatever is pasted, nothing crashes."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.formats.pasted import read_chat, read_roll

ON = dt.date(2019, 12, 10)
EVENING = dt.datetime(2019, 12, 9, 21, 14)

SHAPES = {
    "name and time above": "王某 2019/12/9 21:14\n渠淤了\n\n李某 2019/12/9 21:14\n我家也是",
    "name and time with colon": "王某 2019-12-09 21:14:00：\n渠淤了\n李某 2019-12-09 21:14:00：\n我家也是",
    "time before name": "2019-12-09 21:14 王某\n渠淤了\n2019-12-09 21:14 李某\n我家也是",
    "account in brackets": "2019-12-09 21:14:00 王某(wxid_a1b2)\n渠淤了\n2019-12-09 21:14:00 李某(123456789)\n我家也是",
    "bracketed time inline": "[2019-12-09 21:14] 王某: 渠淤了\n[2019-12-09 21:14] 李某: 我家也是",
    "name and bracketed time inline": "王某(2019-12-09 21:14)：渠淤了\n李某(2019-12-09 21:14)：我家也是",
    "dated rule": "—————  2019-12-09  —————\n\n\n王某  21:14\n\n渠淤了\n\n李某  21:14\n\n我家也是",
    "bubble of time": "2019年12月9日 21:14\n王某：渠淤了\n李某：我家也是",
    "afternoon in words": "王某 2019年12月9日 晚上9:14\n渠淤了\n李某 2019年12月9日 下午9:14\n我家也是",
    "yesterday": "王某 昨天 21:14\n渠淤了\n李某 昨天 21:14\n我家也是",
    "weekday": "王某 星期一 21:14\n渠淤了\n李某 周一 21:14\n我家也是",
    "month and day": "王某 12月9日 21:14\n渠淤了\n李某 12/9 21:14\n我家也是",
    "name above time": "王某\n2019年12月9日 21:14\n渠淤了\n\n李某\n2019年12月9日 21:14\n我家也是",
    "pm": "王某 2019/12/9 9:14 PM\n渠淤了\n李某 2019/12/9 9:14 PM\n我家也是",
}


@pytest.mark.parametrize("pasted", SHAPES.values(), ids=SHAPES.keys())
def test_speaker_time_and_words_are_found(pasted):
    assert [(line.speaker, line.said_at, line.text) for line in read_chat(pasted, on=ON)] == [
        ("王某", EVENING, "渠淤了"),
        ("李某", EVENING, "我家也是"),
    ]


def test_names_with_colons_have_no_time():
    lines = read_chat("王某:\n渠淤了\n李某：\n我家也是")
    assert [(line.speaker, line.said_at, line.text) for line in lines] == [
        ("王某", None, "渠淤了"),
        ("李某", None, "我家也是"),
    ]


def test_a_message_of_several_lines_stays_one_with_its_emoji():
    lines = read_chat("王某 2019/12/9 21:14\n第一句😀\n\n问题：渠淤了\n时间：明年放水前\n李某 2019/12/9 21:15\n好")
    assert lines[0].text == "第一句😀\n问题：渠淤了\n时间：明年放水前"
    assert [line.speaker for line in lines] == ["王某", "李某"]


def test_pictures_and_system_lines_are_marked_and_not_offered():
    lines = read_chat('"张某"加入了群聊\n王某 21:14\n[图片]\n李某 21:15\n渠淤了\n"李某"撤回了一条消息', on=ON)
    assert [line.kind for line in lines] == ["system", "placeholder", "text", "system"]
    assert [line.text for line in lines if line.can_be_ticked] == ["渠淤了"]


def test_a_quoted_message_is_not_told_twice():
    lines = read_chat("王某 昨天 9:00\n「李某：渠淤了」\n- - - - - - - - - - - - - - -\n我们社也是", on=ON)
    assert [line.text for line in lines] == ["我们社也是"]


def test_a_time_without_any_day_is_not_invented():
    assert read_chat("王某 21:14\n渠淤了")[0].said_at is None
    assert read_chat("王某 昨天 21:14\n渠淤了")[0].said_at is None
    assert read_chat("王某 2月30日 21:14\n渠淤了", on=ON)[0].said_at is None


def test_a_day_without_a_year_is_never_in_the_future():
    assert read_chat("王某 12月31日 21:14\n渠淤了", on=ON)[0].said_at == dt.datetime(2018, 12, 31, 21, 14)


def test_a_line_tells_where_it_stood_in_the_paste():
    assert [line.line for line in read_chat("王某 2019/12/9 21:14\n渠淤了\n\n李某 2019/12/9 21:15\n好")] == [1, 4]


def test_text_without_any_speaker_is_one_line_to_tick():
    assert [(line.speaker, line.text) for line in read_chat("我们社的渠淤了\n想清一清")] == [
        ("", "我们社的渠淤了\n想清一清")
    ]


def test_points_of_one_message_stay_with_their_speaker():
    lines = read_chat("王某 21:14\n1、渠淤了\n2、路灯坏了", on=ON)
    assert [(line.speaker, line.text) for line in lines] == [("王某", "1、渠淤了\n2、路灯坏了")]


def test_a_roll_becomes_one_line_for_each_entry():
    lines = read_chat("#接龙\n民情需求征集\n例 姓名 需求\n1. 王某 需要葵花技术培训\n2. 李某：修路\n3. 想要个戏班子")
    assert [(line.speaker, line.text, line.line) for line in lines] == [
        ("王某", "需要葵花技术培训", 4),
        ("李某", "修路", 5),
        ("", "想要个戏班子", 6),
    ]


def test_a_roll_that_grows_in_the_chat_tells_each_entry_once():
    pasted = "王某 昨天 21:14\n#接龙\n1. 王某 修渠\n李某 昨天 21:20\n#接龙\n1. 王某 修渠\n2. 李某 打井"
    assert [(line.speaker, line.text) for line in read_chat(pasted, on=ON)] == [("王某", "修渠"), ("李某", "打井")]


def test_an_entry_that_vanished_from_the_last_copy_is_kept():
    entries = read_roll("#接龙\n1. 王某 修渠\n2. 李某 打井\n#接龙\n1. 王某 修渠\n2. 赵某 看戏")
    assert {(entry.name, entry.text) for entry in entries} == {("王某", "修渠"), ("李某", "打井"), ("赵某", "看戏")}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), st.just(ON)))
def test_whatever_is_pasted_nothing_crashes(text, on):
    for line in read_chat(text, on=on):
        assert line.kind in {"text", "placeholder", "system"}
        assert line.kind != "text" or line.text


WORDS = st.text("渠淤了想请人来讲路灯坏", min_size=1, max_size=12)
NAMES = st.sampled_from(["王某", "二社老李", "Sunny", "联丰村-赵某"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2019, 12, 9)), WORDS), min_size=1, max_size=8
    )
)
def test_every_message_of_an_export_comes_back(messages):
    pasted = "\n".join(f"{who} {when:%Y-%m-%d %H:%M:%S}\n{said}\n" for who, when, said in messages)
    found = [(line.speaker, line.said_at, line.text) for line in read_chat(pasted, on=ON)]
    assert found == [(who, when.replace(microsecond=0), said) for who, when, said in messages]
