"""Reasons are told in Chinese and read back: an English page says the same thing, by the same pattern."""

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.config import read_text
from diancai.engine.dedupe import Item, propose
from diancai.engine.digest import Digester, Remark
from diancai.engine.match import Matcher
from diancai.engine.match import Need as MatchNeed
from diancai.engine.match import Offer as MatchOffer
from diancai.engine.reasons import JOINT, Reason, in_english, read

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOLES = re.compile(r"\{(\w+)\}")
WORDS = st.text("水渠清淤黄瓜病害腊月前3户 ", min_size=1, max_size=12).filter(lambda text: text.strip())


@pytest.mark.parametrize("reason", Reason)
def test_both_languages_name_the_same_parameters_and_english_holds_no_chinese(reason: Reason) -> None:
    assert set(HOLES.findall(reason.zh)) == set(HOLES.findall(reason.en))
    assert not CHINESE.search(reason.en)


@pytest.mark.parametrize("reason", Reason)
@given(told=st.lists(WORDS, min_size=3, max_size=3))
@settings(max_examples=10, deadline=None)
def test_what_was_told_is_read_back(reason: Reason, told: list[str]) -> None:
    names = HOLES.findall(reason.zh)
    given_ = dict(zip(names, told, strict=False))
    assert read(reason.tell(**given_)) == (reason, given_)


def test_the_longer_pattern_is_tried_first() -> None:
    assert in_english("时间：腊月前（按农时日历）") == "time: 腊月前 (by the farm calendar)"
    assert in_english("时间：腊月前") == "time: 腊月前"


def test_a_line_of_several_reasons_keeps_the_residents_words() -> None:
    line = JOINT.join((Reason.ASKED_FOR.tell(words="给老人、想请"), Reason.TOPIC_NONE.tell()))
    assert in_english(line) == "asked for: 给老人, 想请; no topic fits; please sort by hand"


def test_what_a_person_wrote_stays_in_his_words() -> None:
    assert in_english("李主任核过，是一件事") == "李主任核过，是一件事"
    assert in_english("") == ""


def test_a_parameter_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        Reason.TOPIC_WORDS.tell()


def test_no_reason_of_the_digest_is_left_untranslated() -> None:
    said = [row["text"] for row in csv.DictReader(io.StringIO(read_text("demo/remarks.csv")))]
    said += [
        "我爹煤烟中毒叫不应了，快来人",
        "主任把低保给了他小舅子，别说是我说的",
        "谢谢你们",
        "ᠬᠤᠷᠭᠠ ᠡᠪᠡᠳᠴᠢᠨ",
        "几点开会？",
    ]
    digester = Digester()
    digests = [digester.digest(Remark(str(number), text)) for number, text in enumerate(said)]
    lines = {line for digest in digests for line in (*digest.why, *(why for want in digest.wants for why in want.why))}
    assert len(lines) > 50
    assert [line for line in lines if read(line) is None] == []


def test_no_reason_of_a_merge_or_a_match_is_left_untranslated() -> None:
    contents = ("大棚黄瓜病害现场诊断", "大棚黄瓜病害防治指导", "大棚黄瓜病害现场诊断")
    items = [
        Item(id=str(n), text=text, content=text, topic="设施农业/病害防治", place_code=f"15082110{n}000")
        for n, text in enumerate(contents)
    ]
    pairs = propose(items)
    offer = MatchOffer(
        id="o", service="大棚黄瓜病害防治指导", service_form="集中培训", topics=("设施农业/病害防治",), capacity_left=0
    )
    need = MatchNeed(id="n", text="大棚黄瓜病害防治指导", topic="设施农业/病害防治", service_form="演出")
    matches = Matcher([offer]).best(need)
    lines = {line for pair in pairs for line in pair.why} | {w for one in matches for w in (*one.why, *one.against)}
    assert pairs
    assert matches
    assert [line for line in lines if read(line) is None] == []
