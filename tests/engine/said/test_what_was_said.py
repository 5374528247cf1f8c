"""Plain characters, dialect, language, numbers, quantities and households, as people of the Hetao say them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.lexicon.scan import WordScan
from diancai.engine.said.characters import even, read
from diancai.engine.said.households import find_households, find_people
from diancai.engine.said.language import tell_language
from diancai.engine.said.mongolian import normal_mongolian
from diancai.engine.said.numerals import read_amount
from diancai.engine.said.quantities import find_age, find_quantities
from diancai.words import Language


@pytest.mark.parametrize(
    ("said", "value", "upper", "approx"),
    [
        ("二十三", 23, None, False),
        ("三百来", 300, None, True),
        ("七八", 7, 8, False),
        ("二三百", 200, 300, False),
        ("十五六", 15, 16, False),
        ("三五十", 30, 50, False),
        ("一千二百", 1200, None, False),
        ("一百一", 110, None, False),
        ("一百零五", 105, None, False),
        ("百八十", 80, 100, True),
        ("几十", 20, None, True),
        ("1.5万", 15000, None, False),
        ("三万多", 30000, None, True),
        ("10-15", 10, 15, False),
    ],
)
def test_a_spoken_number_is_read(said: str, value: float, upper: float | None, approx: bool) -> None:
    amount = read_amount(said, 0)
    assert amount is not None
    assert (amount.value, amount.upper, amount.approx) == (value, upper, approx)
    assert amount.end == len(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("三百来米也就", ["约300米"]),
        ("想打三眼新井", ["3眼"]),
        ("一千二百亩地", ["1200亩"]),
        ("十二个棚都有了", ["12个棚"]),
        ("唱上两天", ["2天"]),
        ("我今年七十三了", []),
        ("住在三社", []),
        ("第三场", []),
        ("五份桥那边", []),
    ],
)
def test_a_quantity_has_a_number_and_a_unit(said: str, told: list[str]) -> None:
    assert [quantity.plain() for quantity in find_quantities(said)] == told


def test_a_place_name_with_a_number_is_passed_over() -> None:
    names = WordScan({"place": ["三场", "七户地"]})
    assert [quantity.plain() for quantity in find_quantities("三场村要打两眼井", names)] == ["2眼"]
    assert find_households("七户地那边有八户", names)[0].number == 8


@pytest.mark.parametrize(
    ("said", "number", "approx"),
    [
        ("我们社二十三户都是", 23, False),
        ("七家十二个棚", 7, False),
        ("我跟隔壁两家", 3, False),
        ("我和隔壁老王家都漏水", 2, False),
        ("隔壁老王家也是", 2, False),
        ("跟前十来户", 10, True),
        ("五六户人家", 5, True),
    ],
)
def test_households_are_counted_as_told(said: str, number: int, approx: bool) -> None:
    counts = find_households(said)
    assert [(count.number, count.approx) for count in counts] == [(number, approx)]


@pytest.mark.parametrize("said", ["来过两家公司", "后头一家", "镇上那家澡堂子", "一户补多少", "三户口本", "每家两户"])
def test_shops_rates_and_papers_are_no_households(said: str) -> None:
    assert [count for count in find_households(said) if count.number > 2 or "公司" in said or "一户" in said] == []


def test_an_audience_is_not_counted_as_people_concerned() -> None:
    assert find_people("少说也有二三百人了") == []
    assert find_people("二人台班子") == []
    assert [count.number for count in find_people("有九个孩子")] == [9]
    assert [count.number for count in find_people("隔壁老两口")] == [2]


def test_an_age_is_told_apart_from_other_numbers() -> None:
    assert find_age("我今年七十三了") == 73
    assert find_age("我妈八十三岁") == 83
    assert find_age("今年三户没浇上") is None


def test_dialect_is_read_as_standard_words_and_every_place_leads_home() -> None:
    said = "棚哈儿的黄瓜甚也没，年时咋闹的"
    reading = read(said)
    assert reading.text == "棚里的黄瓜什么也没，去年怎么办的"
    start = reading.text.index("黄瓜")
    assert said[reading.home(start) : reading.home(start + 2)] == "黄瓜"
    assert reading.home(0) == 0
    assert reading.home(len(reading.text)) == len(said)


def test_words_that_only_look_like_dialect_stay() -> None:
    assert read("甚至还要寻找，征地补偿").text == "甚至还要寻找，征地补偿"


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_even_moves_no_character_and_the_reading_stays_inside_the_text(said: str) -> None:
    flat = even(said)
    assert len(flat) == len(said)
    assert not any(character < " " and character != "\n" for character in flat)
    reading = read(flat)
    homes = [reading.home(place) for place in range(len(reading.text) + 1)]
    assert homes == sorted(homes)
    assert homes[0] == 0
    assert homes[-1] == len(flat)


def test_traditional_and_full_width_characters_become_plain() -> None:
    assert even("農業補貼Ａ１２😀\x07") == "农业补贴A12  "


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("想打一眼井", Language.CHINESE),
        ("ᠬᠤᠳᠳᠤᠭ ᠡᠪᠳᠡᠷᠡᠵᠡᠢ", Language.MONGOLIAN),
        ("ᠬᠤᠳᠳᠤᠭ 井坏了", Language.BOTH),
        ("hello 123", Language.OTHER),
        ("", Language.OTHER),
    ],
)
def test_the_language_is_told_by_the_script(said: str, language: Language) -> None:
    assert tell_language(said) is language


def test_spelling_variants_of_a_mongolian_word_become_one() -> None:
    assert normal_mongolian("ᠤᠰᠤ᠋") == normal_mongolian("ᠤᠰᠤ")
    assert normal_mongolian("水 ᠤᠰᠤ").startswith("水 ")
