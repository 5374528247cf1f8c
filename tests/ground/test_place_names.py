"""Place names are resolved with their context, and asked where the context does not decide."""

import csv
import json
import time
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.ground.place.names import PlaceNames
from diancai.words import Level, PlaceKind

FOLDER = resources.files("diancai.config") / "places"
CSV = (FOLDER / "places.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(CSV.splitlines()))
NAMES = PlaceNames.from_csv(CSV)
CODES = [row["code"] for row in ROWS]
WUYUAN, TAERHU, LIANFENG, WULANTUKE = "150821000000", "150821101000", "150821101201", "150802103000"


def test_the_tree_has_the_counts_that_the_programme_tells():
    assert Counter(row["level"] for row in ROWS) == {"prefecture": 1, "county": 7, "town": 89, "village": 956}
    kinds = Counter((row["level"], row["kind"]) for row in ROWS)
    assert sum(kinds["town", kind] for kind in ("town", "township", "sumu")) == 59
    assert kinds["town", "subdistrict"] == 11
    assert kinds["town", "farm"] + kinds["town", "other"] == 19
    assert kinds["village", "village"] + kinds["village", "gacha"] == 657
    assert [kinds["village", kind] for kind in ("community", "branch_farm", "living_quarters", "other")] == [
        143,
        79,
        76,
        1,
    ]


def test_every_place_stands_under_a_place_one_level_higher():
    by_code = {row["code"]: row for row in ROWS}
    levels = [level.value for level in Level]
    for row in ROWS:
        assert PlaceKind(row["kind"])
        assert len(row["code"]) == 12
        if row["parent"]:
            assert levels.index(by_code[row["parent"]]["level"]) == levels.index(row["level"]) - 1
            assert (row["pickable"] == "0") == (row["kind"] == "living_quarters")
    assert sum(not row["parent"] for row in ROWS) == 1


def test_names_read_as_the_office_writes_them():
    said = {row["official_name"]: row["name"] for row in ROWS}
    assert said["联丰村委会"] == "联丰村"
    assert said["磴口县农垦乌兰布和农场有限责任公司"] == "乌兰布和农场"
    assert not any("委员会" in row["name"] or "公司" in row["name"] for row in ROWS)
    pinyin = {row["name"]: row["pinyin"] for row in ROWS}
    assert pinyin["大佘太镇"] == "da she tai zhen"
    assert pinyin["甘其毛都镇"] == "gan qi mao du zhen"
    assert pinyin["长胜村"] == "chang sheng cun"
    assert all(row["initials"] == "".join(part[0] for part in row["pinyin"].split()) for row in ROWS)


def test_the_outlines_are_the_seven_counties_and_light():
    text = (FOLDER / "outlines.geojson").read_text(encoding="utf-8")
    shapes = json.loads(text)["features"]
    counties = {row["code"]: row["name"] for row in ROWS if row["level"] == "county"}
    assert len(text.encode()) < 60_000
    assert {shape["properties"]["code"]: shape["properties"]["name"] for shape in shapes} == counties
    for shape in shapes:
        assert set(shape["properties"]) == {"code", "name"}
        for ring in shape["geometry"]["coordinates"][0]:
            assert ring[0] == ring[-1]
            assert all(104 < longitude < 111 and 39 < latitude < 43 for longitude, latitude in ring)


def test_the_full_name_of_every_place_leads_back_to_it():
    for code in CODES:
        full = NAMES.full_name(code)
        found = NAMES.resolve(full + ("三社" if full.endswith("村") else ""))
        assert (found.code, found.rest) == (code, "三社" if full.endswith("村") else ""), full


@pytest.mark.parametrize(
    ("said", "full", "rest"),
    [
        ("塔尔湖镇联丰村五社", "五原县塔尔湖镇联丰村", "五社"),
        ("内蒙古巴彦淖尔市 杭锦后旗/蛮会镇/公益渠村3社", "杭锦后旗蛮会镇公益渠村", "3社"),
        ("乌拉特前旗明安镇六份子村一组", "乌拉特前旗明安镇六份子村", "一组"),
        ("杭后头道桥镇联丰六队", "杭锦后旗头道桥镇联丰村", "六队"),
        ("塔尔湖联丰", "五原县塔尔湖镇联丰村", ""),
        ("五原", "五原县", ""),
        ("前旗", "乌拉特前旗", ""),
        ("川井白同嘎查村", "乌拉特中旗川井苏木白同嘎查", ""),
        ("乌兰布和农场三分场", "磴口县乌兰布和农场三分场", ""),
        ("联丰村村民委员会塔尔湖", None, ""),
        ("巴彦淖尔市", "巴彦淖尔市", ""),
        ("新华镇红旗村", "临河区新华镇新华红旗村", ""),
        ("五原县塔尔湖镇联丰村五社王家", "五原县塔尔湖镇联丰村", "五社王家"),
    ],
)
def test_a_name_is_read_from_left_to_right(said, full, rest):
    found = NAMES.resolve(said)
    assert (found.code and NAMES.full_name(found.code)) == full
    assert full is None or found.rest == rest


def test_an_ambiguous_name_is_asked_and_never_guessed():
    found = NAMES.resolve("联丰")
    assert (found.code, found.how, len(found.candidates)) == (None, "ambiguous", 6)
    assert (LIANFENG, "五原县塔尔湖镇联丰村") in found.candidates
    assert len(NAMES.resolve("联丰", within=WUYUAN).candidates) == 3
    assert [name for _code, name in NAMES.resolve("后旗").candidates] == ["乌拉特后旗", "杭锦后旗"]


def test_the_context_decides_between_namesakes():
    assert NAMES.resolve("联丰", within=TAERHU).code == LIANFENG
    assert NAMES.resolve("联丰五社", station=LIANFENG).code == LIANFENG
    assert NAMES.resolve("联丰村", station=TAERHU).how == "context"
    assert NAMES.resolve("隆胜三社", station=WULANTUKE).code == "150802103214"
    assert NAMES.resolve("联丰", station=WUYUAN).code is None


def test_the_level_of_a_column_is_kept_to():
    assert NAMES.resolve("团结", within="150826000000", level="town").code == "150826105000"
    assert NAMES.resolve("先锋", within="150823000000", level="town").code == "150823102000"


def test_columns_of_a_sheet_narrow_each_other():
    found = NAMES.resolve_columns(county="五原", town="塔尔湖", village="联丰", sub_place="五社")
    assert (found.code, found.rest) == (LIANFENG, "五社")
    assert NAMES.resolve_columns(town="塔尔湖镇", village="联丰村五社").rest == "五社"
    asked = NAMES.resolve_columns(county="五原县", village="联丰村")
    assert [name for _code, name in asked.candidates] == [
        "五原县隆兴昌镇联丰村",
        "五原县塔尔湖镇联丰村",
        "五原县复兴镇联丰村",
        "五原县",
    ]
    assert NAMES.resolve_columns(county="五原县").code == WUYUAN
    assert NAMES.resolve_columns(village="联丰", within=TAERHU).code == LIANFENG
    assert NAMES.resolve_columns(within=WUYUAN).code == WUYUAN
    assert NAMES.resolve_columns().how == "empty"


def test_one_wrong_character_is_forgiven_when_one_place_is_that_near():
    assert NAMES.resolve("塔尔胡镇联丰村五社").code == LIANFENG
    assert NAMES.resolve("五圆县新公忠镇永联村").code == "150821103207"
    assert NAMES.resolve("甘其毛道镇").how == "typo"
    assert NAMES.resolve("联峰村", within=TAERHU).code == LIANFENG
    assert NAMES.resolve("火星村").code is None


def test_a_place_that_does_not_exist_is_told_with_what_is_near():
    found = NAMES.resolve("塔尔湖镇胡说村")
    assert (found.code, found.how, found.rest) == (None, "unknown_part", "胡说村")
    assert found.candidates == ((TAERHU, "五原县塔尔湖镇"),)
    assert NAMES.resolve("火星").how == "unknown"
    assert NAMES.resolve("").how == "empty"


def test_a_bare_name_that_lies_outside_the_context_is_asked():
    found = NAMES.resolve("白同嘎查", within=WUYUAN)
    assert (found.code, found.how) == (None, "elsewhere")
    assert found.candidates == (("150824201203", "乌拉特中旗川井苏木白同嘎查"),)
    assert NAMES.resolve("乌拉特中旗白同嘎查", within=WUYUAN).code == "150824201203"


def test_living_quarters_come_only_when_they_are_asked_for():
    assert all("生活区" not in name for _code, name in NAMES.resolve("三分场").candidates)
    assert all("生活区" in name for _code, name in NAMES.resolve("三分场生活区").candidates)


def mentions(text, **context):
    return [(mention.text, mention.resolution.code) for mention in NAMES.find_in(text, **context)]


def test_places_are_found_in_running_speech():
    assert mentions("黄瓜有病，我们联丰这圪垯七家都有了", station=TAERHU) == [("联丰", LIANFENG)]
    assert mentions("就隆胜三社，渠背后头一家", station=WULANTUKE) == [("隆胜三社", "150802103214")]
    assert mentions("五原县塔尔湖镇联丰村五社和新公中镇永联村的人") == [
        ("五原县塔尔湖镇联丰村五社", LIANFENG),
        ("新公中镇永联村", "150821103207"),
    ]
    assert mentions("六份子村要三份材料") == [("六份子村", "150823106205")]


def test_ordinary_words_are_no_places():
    assert mentions("大家团结起来，胜利在望，幸福生活，和平发展，光明正大，红旗飘飘") == []


def test_mentions_stand_where_they_say():
    text = "从五原县到塔尔湖镇联丰村"
    for mention in NAMES.find_in(text):
        assert text[mention.start : mention.end] == mention.text


def test_known_names_hold_every_name_for_the_word_cutter():
    assert {"塔尔湖镇", "塔尔湖", "联丰村", "联丰", "乌前旗"} <= NAMES.known_names()
    assert all(len(name) > 1 for name in NAMES.known_names())


def test_ten_thousand_names_are_resolved_in_a_second():
    said = [NAMES.full_name(code) + "三社" for code in CODES]
    began = time.process_time()
    for at in range(5000):
        NAMES.resolve(said[at % len(said)])
    assert 5000 / (time.process_time() - began) > 10_000


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["", WUYUAN, TAERHU]), st.sampled_from(["", LIANFENG]))
def test_any_text_gives_an_answer_that_holds_together(said, within, station):
    found = NAMES.resolve(said, within=within, station=station)
    assert found.code is None or (found.code in CODES and not found.candidates)
    assert all(NAMES.full_name(code) == name for code, name in found.candidates)
    NAMES.find_in(said, within=within, station=station)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([row for row in ROWS if row["level"] == "village"]), st.data())
def test_a_typo_never_leads_to_another_place_unasked(row, data):
    full = NAMES.full_name(row["code"])
    at = data.draw(st.integers(0, len(full) - 1))
    found = NAMES.resolve(full[:at] + "囧" + full[at + 1 :])
    assert found.code is None or full.startswith(NAMES.full_name(found.code))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([row for row in ROWS if row["level"] == "village" and row["pickable"] == "1"]))
def test_a_short_name_within_its_own_town_is_found_or_asked_with_it_among_the_answers(row):
    found = NAMES.resolve(row["short_name"], within=row["parent"])
    assert found.code == row["code"] or row["code"] in [code for code, _name in found.candidates]
