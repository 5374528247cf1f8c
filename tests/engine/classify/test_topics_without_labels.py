"""Topic names and keywords alone."""

import pytest
from engine.classify.examples import examples

from diancai.engine.classify import Example, Topic, from_topics

TOPICS = [
    Topic(("水利", "渠系清淤"), ("斗渠", "清淤", "渠")),
    Topic(("水利", "机电井"), ("机井", "打井", "浇地")),
    Topic(("卫生", "巡诊"), ("大夫", "看病", "血压")),
    Topic(("文化", "文艺演出"), ("二人台", "唱戏", "演出")),
]


@pytest.mark.parametrize(
    ("text", "label"), [("渠淤住了要清淤", "水利"), ("大夫来量个血压", "卫生"), ("正月唱戏", "文化")]
)
def test_names_and_keywords_decide(text: str, label: str) -> None:
    answer = from_topics(TOPICS).classify(text)
    assert answer.label == label
    assert 0 < answer.score < 1


def test_a_lower_level_is_told_as_a_path() -> None:
    assert from_topics(TOPICS, level=2).classify("机井坏了浇不上地").label == "水利/机电井"


def test_words_of_the_trade_help_a_bare_name() -> None:
    model = from_topics([Topic(("交通运输",)), Topic(("教育文体",)), Topic(("环境保护",))])
    assert model.classify("班车半天等不来一趟").label == "交通运输"
    assert model.classify("娃娃上小学要交多少学费").label == "教育文体"


def test_a_large_unlabelled_batch_is_learned_from_without_harm() -> None:
    texts = [("", f"{one.text}第{number}次") for number in range(60) for one in examples()]
    model = from_topics(TOPICS, texts)
    right = sum(model.classify(one.text).label == one.label for one in examples())
    assert right >= 26


def test_a_correction_counts_at_once() -> None:
    model = from_topics(TOPICS)
    model.correct("戏台边上的渠", "水利")
    assert model.classify("戏台边上的渠").label == "水利"


def test_no_topic_is_refused() -> None:
    with pytest.raises(ValueError, match="no topic"):
        from_topics([Topic(("",))])


def test_the_first_labels_sharpen_what_names_tell() -> None:
    bare = [Topic(("甲类",)), Topic(("乙类",))]
    taught = [
        Example("渠淤了要清", "甲类"),
        Example("机井坏了", "甲类"),
        Example("唱戏演出", "乙类"),
        Example("放电影", "乙类"),
    ]
    model = from_topics(bare, examples=[*taught, Example("路灯坏了", "没有这一类")])
    assert model.classify("两眼机井要修").label == "甲类"
    assert model.classify("想看演出").label == "乙类"
    assert model.labels == ["甲类", "乙类"]
