"""How values are told: dates, figures, marks, scripts; nothing that a resident says becomes markup."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.interfaces.web.charts import bars, county_map
from diancai.interfaces.web.need.deciding import REASON
from diancai.interfaces.web.templatetags.told import dash, day, figure, marked, moment, script_of, sign, tone
from diancai.words import AssignmentState, NeedState, OrderState, RowFate


def test_dates_and_moments_are_told_as_an_office_writes_them() -> None:
    with override("zh-hans"):
        assert day(date(2019, 12, 3)) == "2019年12月3日"
        assert moment(datetime(2019, 12, 3, 16, 5, tzinfo=UTC)) == "2019年12月4日 00:05"
    with override("en"):
        assert day(date(2019, 12, 3)) == "3 December 2019"


def test_what_was_not_told_is_a_dash_and_zero_is_told() -> None:
    assert [dash(""), dash(None), dash(0)] == ["—", "—", 0]
    assert [figure(None), figure(0), figure(1234567)] == ["—", "0", "1\u2009234\u2009567"]


@pytest.mark.parametrize("word", [*NeedState, *OrderState, *AssignmentState, *RowFate])
def test_every_state_has_a_sign_beside_its_colour(word) -> None:
    assert tone(word) in {"waits", "moves", "done", "late", "rests"}
    assert sign(word)


def test_returned_and_refused_are_not_told_like_done() -> None:
    assert tone(OrderState.RETURNED) == "late"
    assert tone(OrderState.PLANNED) == "rests"
    assert tone(OrderState.COMPLETED) == "done"


def test_words_that_decided_are_marked_once_and_do_not_overlap() -> None:
    told = marked("渠淤了，放水前给清一清", ["放水前", "放水", "清"])
    assert told == "渠淤了，<mark>放水前</mark>给<mark>清</mark>一清"


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="渠水<>&\"'清mark/", max_size=30), st.lists(st.text(alphabet="渠水<>&清", max_size=4), max_size=4)
)
def test_marking_never_lets_markup_through_and_loses_no_letter(text: str, parts: list[str]) -> None:
    import html

    told = str(marked(text, parts))
    bare = told.replace("<mark>", "\x00").replace("</mark>", "\x00")
    assert "<" not in bare
    assert ">" not in bare
    assert html.unescape(bare.replace("\x00", "")) == text


def test_traditional_mongolian_is_known_by_its_letters() -> None:
    assert script_of("ᠪᠣᠯᠤᠭᠰᠠᠨ ᠬᠦᠮᠦᠨ 23") == "mn-Mong"
    assert script_of("渠淤了，放水前给清一清") == ""
    assert script_of("") == ""


def test_bars_are_as_long_as_their_values() -> None:
    longest, half, none = bars([("甲", 8, ""), ("乙", 4, ""), ("丙", 0, "")])
    assert longest.part == 2 * half.part > none.part == 0


def test_the_map_draws_seven_counties_darker_with_more() -> None:
    drawn = county_map({"150821000000": 12, "150822000000": 1}, "?place={code}")
    shades = {county.name: county.shade for county in drawn.counties}
    assert len(shades) == 7
    assert (shades["五原县"], shades["磴口县"], shades["临河区"]) == (3, 1, 0)
    width, height = (float(side) for side in drawn.box.split()[2:])
    assert all(0 < county.x < width and 0 < county.y < height for county in drawn.counties)


def test_reasons_name_words_behind_a_colon() -> None:
    assert REASON.findall("提出：想学、愿意；主题词：抖音；时间：正月里") == ["想学、愿意", "抖音", "正月里"]
