"""The topic list: parsing of office lists, and the programme's own list."""

from importlib import resources

import pytest

from diancai.engine.digest import Topics, load_topics
from diancai.engine.digest.topic_words import KeywordClassifier
from diancai.engine.lexicon.shelf import open_list
from diancai.words import Strand


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics(resources.files("diancai") / "config" / "topics.csv")


def test_the_programmes_list_is_whole(topics: Topics) -> None:
    assert 70 <= len(topics.rows) <= 110
    for topic in topics.rows:
        assert topic.strand is not None
        assert topic.lines
        assert len(topic.keywords) >= 3
        assert any("\u1820" <= letter <= "\u18aa" for word in topic.mongolian for letter in word)
    assert {topic.strand for topic in topics.rows} == set(Strand)


def test_every_pattern_sign_and_form_names_a_topic_of_the_list(topics: Topics) -> None:
    labels = {topic.label for topic in topics.rows} | {topic.level1 for topic in topics.rows}
    assert set(open_list("content")["rules"]) <= labels
    assert {sign["topic"] for sign in open_list("topic_signs")["signs"]} <= labels
    assert set(open_list("forms")["by_topic"]) <= labels


def test_an_offices_own_list_is_read_with_other_headers_and_three_levels() -> None:
    found = load_topics(
        "\ufeff一级,二级,三级,关键词\n水利,渠道,清淤,淤 清淤\n水利,渠道,清淤,淤\n文化,演出,,唱戏\n,,,\n"
    )
    assert [topic.label for topic in found.rows] == ["水利/渠道/清淤", "文化/演出"]
    assert found.rows[1].keywords == ("唱戏",)
    assert found.rows[0].strand is None


def test_rows_may_come_as_mappings() -> None:
    found = load_topics([{"level1": "水利", "level2": "清淤", "strand": "服务", "departments_line": "水利 乡镇"}])
    topic = found.get("水利/清淤")
    assert topic is not None
    assert (topic.strand, topic.lines, topic.name) == (Strand.SERVICE, ("水利", "乡镇"), "清淤")


def test_keywords_decide_and_the_name_helps_where_no_keyword_is_found() -> None:
    found = KeywordClassifier(load_topics("level1,level2,keywords\n水利,渠系清淤,斗渠\n文化,文艺演出,唱戏\n"))
    assert found.best("斗渠满了")[0][0] == "水利/渠系清淤"
    assert found.best("想看文艺演出队")[0][0] == "文化/文艺演出"
    assert found.best("完全无关") == []
    assert found.words_found("斗渠满了", "水利/渠系清淤") == ("斗渠",)


def test_mongolian_draft_words_find_their_topic(topics: Topics) -> None:
    best = KeywordClassifier(topics).best("ᠮᠠᠨ ᠤ ᠬᠤᠳᠳᠤᠭ ᠡᠪᠳᠡᠷᠡᠵᠡᠢ")
    assert best[0][0].startswith("农田水利/")
