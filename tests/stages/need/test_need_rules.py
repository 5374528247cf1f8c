"""The rules of needs, asked without a database: the table of states, sums, windows, the columns of the list."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.stages.need.errors import BadValue, ContentMissing, NoSuchField, StateForbids, WindowBackwards
from diancai.stages.need.rows import Households
from diancai.stages.need.rules import (
    DEMAND_COLUMNS,
    TABLE,
    Share,
    Step,
    add_households,
    add_quantities,
    after,
    can_step,
    check_fields,
    check_step,
    diagram,
    earliest_window,
    line_cells,
    lines_digest,
    window_text,
)
from diancai.words import HandlingLevel, NeedProgress, NeedState, Strand

OFFICE_HEADER = (
    "序号 旗县区 苏木乡镇、嘎查村（组） 需求内容 领域／七送 服务形式 服务时间 户数 责任单位（牵头／配合） "
    "责任领导 联络人 办理时限 办理情况 备注"
)


@pytest.mark.parametrize("state", list(NeedState))
@pytest.mark.parametrize("step", list(TABLE))
def test_a_step_that_can_be_taken_is_not_refused_and_the_other_way(state, step):
    if can_step(state, step):
        assert check_step(state, step) in NeedState
    else:
        with pytest.raises(StateForbids) as refused:
            check_step(state, step)
        assert state.zh in refused.value.text("zh")
        assert state.en in refused.value.text("en")


def test_nothing_is_done_to_a_merged_need_and_a_listed_one_is_not_left_out():
    assert not any(can_step(NeedState.MERGED, step) for step in TABLE)
    assert not can_step(NeedState.LISTED, Step.LEFT_OUT)
    assert not can_step(NeedState.DROPPED, Step.ACCEPTED)


def test_every_state_is_reached_from_the_first():
    reached = {NeedState.PROPOSED}
    for _ in NeedState:
        reached |= {there for row in TABLE.values() for here, there in row.items() if here in reached}
    assert reached == set(NeedState)


def test_the_diagram_names_every_move():
    told = diagram()
    assert "proposed --> combed: 乡镇梳理通过" in told
    assert "accepted --> listed" in told


@pytest.mark.parametrize("before", list(NeedState))
def test_what_comes_back_from_a_merge_is_looked_at_again(before):
    assert after(before) in {NeedState.PROPOSED, NeedState.COMBED}


def test_the_twelve_remarks_add_up_to_91():
    told = [(1, 101, 23, False), (2, 101, 23, False), (3, 102, 3, False), (3, 103, 7, False), (4, 106, 1, False)]
    told += [(5, 107, 1, False), (6, 108, 10, True), (7, 110, None, False), (8, 112, 46, False)]
    assert add_households([Share(*share) for share in told]) == Households(91, True)


def test_nobody_told_is_not_nought():
    assert add_households([Share(1, 1, None)]) == Households(None, False)


def test_a_number_set_by_hand_stands_for_all_remarks_of_the_need():
    shares = [Share(1, 1, 3), Share(1, 2, 7), Share(2, 1, 3), Share(3, 9, 5)]
    assert add_households(shares, {1: Households(12, False)}) == Households(17, False)


SHARES = st.lists(
    st.builds(Share, st.integers(1, 5), st.integers(1, 5), st.none() | st.integers(0, 50), st.booleans()), max_size=12
)


@given(shares=SHARES)
@settings(deadline=None, max_examples=80)
def test_a_total_is_never_more_than_the_sum_and_never_less_than_the_largest(shares):
    total = add_households(shares).number
    told = [share.households for share in shares if share.households is not None]
    assert (total is None) == (not told)
    if told:
        assert max(told) <= total <= sum(told)
        assert add_households([*shares, *shares]).number == total, "telling it twice changes nothing"
        assert add_households(shares[::-1]).number == total


@given(shares=SHARES)
@settings(deadline=None, max_examples=60)
def test_merging_two_needs_never_changes_the_total(shares):
    merged = [Share(1 if share.need_id == 2 else share.need_id, share.remark_id, share.households) for share in shares]
    assert add_households(merged).number == add_households(shares).number


@pytest.mark.parametrize(
    ("told", "sum_"),
    [
        (["5个棚", "12个棚"], "17个棚"),
        (["约300米", "200米"], "约500米"),
        (["2天", "2天"], "2天"),
        (["3眼、1200亩", "2眼"], "3眼、1200亩、2眼"),
        (["", ""], ""),
        (["5个棚"], "5个棚"),
    ],
)
def test_quantities_of_one_unit_add_up(told, sum_):
    assert add_quantities(told) == sum_


def test_a_merged_need_has_the_earliest_deadline():
    first = (date(2019, 12, 9), date(2019, 12, 19))
    second = (date(2019, 12, 11), date(2020, 1, 4))
    assert earliest_window([first, second]) == (date(2019, 12, 9), date(2019, 12, 19))
    assert earliest_window([(None, date(2019, 12, 19)), (date(2020, 1, 1), None)]) == (None, date(2019, 12, 19))
    assert earliest_window([]) == (None, None)


DAYS = st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1))


@given(st.lists(st.tuples(DAYS, DAYS).filter(lambda w: not (w[0] and w[1] and w[0] > w[1])), max_size=5))
@settings(deadline=None, max_examples=60)
def test_a_merged_window_is_never_backwards(windows):
    first, last = earliest_window(windows)
    assert not (first and last and first > last)


@pytest.mark.parametrize(
    ("first", "last", "told", "text"),
    [
        (None, date(2020, 4, 15), "赶明年放水以前", "4月15日前"),
        (date(2019, 12, 5), date(2020, 5, 20), "", "5月20日前"),
        (date(2020, 1, 30), date(2020, 2, 8), "正月初六到十五", "1月30日—2月8日"),
        (date(2020, 3, 1), None, "", "3月1日起"),
        (None, None, "农闲时", "农闲时"),
        (None, None, "", ""),
    ],
)
def test_the_wanted_time_reads_as_an_office_writes_it(first, last, told, text):
    assert window_text(first, last, told, date(2019, 12, 5)) == text


def test_the_columns_are_the_office_s():
    assert [zh for _, zh, _ in DEMAND_COLUMNS] == OFFICE_HEADER.split()
    cells = line_cells(
        county="五原县",
        place="新公中镇永联村二社、塔尔湖镇联丰村五社",
        content="大棚黄瓜病害现场诊断和防治指导",
        topic="设施农业/病害防治",
        strand=Strand.SCIENCE,
        service_form="专家入棚",
        wanted_time="12月19日前",
        households=10,
        is_approx=True,
        lead="五原县农牧局",
        joint="市农牧局",
        handling_level=HandlingLevel.PREFECTURE,
        progress=NeedProgress.OPEN,
        need_number="N03",
        remark_count=2,
        quantity="17个棚",
        is_common=True,
    )
    assert set(cells) == {field for field, _, _ in DEMAND_COLUMNS}
    assert cells["households"] == "约10"
    assert cells["topic"] == "设施农业／科技"
    assert cells["lead"] == "五原县农牧局／市农牧局"
    assert cells["note"] == "N03，原话2条，17个棚，提请市级，共性需求"


def test_the_digest_of_lines_knows_every_cell():
    lines = [(1, 7, {"content": "清淤"}), (2, 8, {"content": "看戏"})]
    assert lines_digest(lines) == lines_digest([(p, n, dict(c)) for p, n, c in lines])
    assert lines_digest(lines) != lines_digest([lines[0], (2, 8, {"content": "看二人台"})])
    assert lines_digest(lines) != lines_digest(lines[::-1])


def test_fields_are_checked_before_they_are_stored():
    kept = check_fields({"strand": "科技", "households": "23", "wanted_until": "2020-04-15", "content": " 清 淤\n"})
    assert kept == {"strand": "science", "households": 23, "wanted_until": date(2020, 4, 15), "content": "清 淤"}
    assert check_fields({"strand": "", "households": "", "wanted_from": None}) == {
        "strand": "",
        "households": None,
        "wanted_from": None,
    }
    for wrong, refusal in [
        ({"state": "accepted"}, NoSuchField),
        ({"remark_count": 9}, NoSuchField),
        ({"strand": "送钱"}, BadValue),
        ({"households": "很多"}, BadValue),
        ({"households": -1}, BadValue),
        ({"wanted_until": "2019-02-30"}, BadValue),
        ({"topic": "题" * 81}, BadValue),
        ({"content": "  "}, ContentMissing),
        ({"wanted_from": "2020-02-01", "wanted_until": "2020-01-01"}, WindowBackwards),
    ]:
        with pytest.raises(refusal):
            check_fields(wrong)


def test_every_refusal_of_this_stage_speaks_both_languages():
    from diancai.ground.errors import Refusal
    from diancai.stages.need import errors

    found = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Refusal)]
    own = [e for e in found if e.__module__ == errors.__name__]
    assert len({e.code for e in own}) == len(own)
    assert all(e.zh and e.en and e.zh != e.en and e.__name__ in (errors.__doc__ or "") for e in own)
