"""Learning, answering, correcting, keeping a model as a file."""

import time

import numpy as np
import pytest
from engine.classify.examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.classify import Example, Model, learn
from diancai.engine.classify.learning import best_slope

MODEL = learn(examples())


@pytest.mark.parametrize(
    ("text", "label"), [("我们社的渠淤住了", "水利"), ("想叫大夫下来看看腿疼", "卫生"), ("正月能来唱戏吗", "文化")]
)
def test_new_messages_are_put_where_they_belong(text: str, label: str) -> None:
    answer = MODEL.classify(text)
    assert answer.label == label
    assert answer.why
    assert answer.alternatives[0].label != label
    assert answer.score > answer.alternatives[0].score


def test_space_separated_words_are_read_like_raw_text() -> None:
    assert MODEL.classify("机井 坏 浇 不上 地").label == MODEL.classify("机井坏了浇不上地").label == "水利"


def test_the_subject_counts() -> None:
    assert MODEL.classify("请尽快解决", "斗渠清淤").label == "水利"


@pytest.mark.parametrize("text", ["", "   ", "！？。", "\x00\x01"])
def test_an_empty_text_has_no_label(text: str) -> None:
    answer = MODEL.classify(text)
    assert (answer.label, answer.score, answer.alternatives) == (None, 0.0, ())


def test_a_correction_counts_at_once_and_fast() -> None:
    model = learn(examples())
    text = "广场上的机井房想改成戏台"
    before = model.classify(text).label
    wanted = "卫生" if before != "卫生" else "文化"
    started = time.perf_counter()
    model.correct(text, wanted)
    assert time.perf_counter() - started < 0.1
    assert model.classify(text).label == wanted
    assert model.classify(text).score == 1.0


def test_corrections_teach_their_like() -> None:
    model = learn(examples())
    for text in ("羊圈里羔子拉稀", "羔子拉稀死了不少", "羊羔拉稀咋治"):
        model.correct(text, "畜牧")
    assert model.classify("羔子拉稀").label == "畜牧"


def test_a_model_kept_as_a_file_answers_the_same() -> None:
    again = Model.from_bytes(MODEL.to_bytes())
    for example in examples():
        assert again.classify(example.text).label == MODEL.classify(example.text).label
    assert len(MODEL.to_bytes()) < 100_000


def test_a_foreign_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a model"):
        Model.from_bytes(b"PK\x03\x04 something else")
    with pytest.raises(ValueError, match="not a model"):
        Model.from_bytes(b"")


def test_learning_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="both a text and a label"):
        learn([Example("", "水利"), Example("渠淤了", " ")])


def test_one_class_alone_is_always_the_answer() -> None:
    assert learn([Example("渠淤了", "水利"), Example("井坏了", "水利")]).classify("路灯坏了").label == "水利"


def test_learning_twice_gives_the_same_model() -> None:
    assert learn(examples()).to_bytes() == learn(examples()).to_bytes()


def test_the_slope_makes_sure_answers_sure() -> None:
    margins = np.array([[2.0, 0.0], [0.0, 2.0]] * 20, np.float32)
    right = np.array([0, 1] * 20)
    assert best_slope(margins, right) > best_slope(margins, np.array([0, 1, 1, 0] * 10))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.text(max_size=20))
def test_noise_never_breaks_an_answer(text: str, subject: str) -> None:
    answer = MODEL.classify(text, subject)
    assert 0 <= answer.score <= 1
    assert (answer.label is None) == (answer.score == 0)


def test_thirty_thousand_characters_take_no_longer_than_a_moment() -> None:
    started = time.perf_counter()
    MODEL.classify("渠淤了，" * 7_500)
    assert time.perf_counter() - started < 1.0
