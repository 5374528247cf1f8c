"""docs/glossary.md says what the words say, and the words keep their own rules."""

import re

import pytest
from glossary import GLOSSARY, MARK, made_part, vocabularies


def test_the_glossary_is_made_from_the_words_in_force():
    by_hand, mark, made = GLOSSARY.read_text(encoding="utf-8").partition(MARK)
    assert mark, "the line between the two parts is gone"
    assert "| 需求" in by_hand
    assert made == made_part(), "the words have changed: run scripts/glossary"


@pytest.mark.parametrize("vocabulary", list(vocabularies()), ids=lambda vocabulary: vocabulary.__name__)
def test_each_word_has_a_label_in_both_languages_and_no_two_share_one(vocabulary):
    members = list(vocabulary)
    for member in members:
        assert re.search(r"[\u4e00-\u9fff]", member.zh), member
        assert re.fullmatch(r"[A-Za-z][A-Za-z ,()'-]*", member.en), member
    assert len({member.zh for member in members}) == len(members)
    assert len({member.en for member in members}) == len(members)


def test_classes_of_the_words_named_in_the_glossary_by_hand_exist():
    by_hand = GLOSSARY.read_text(encoding="utf-8").partition(MARK)[0]
    states = set(re.findall(r"`(\w+(?:State|Level))`", by_hand))
    assert states
    assert states <= {vocabulary.__name__ for vocabulary in vocabularies()}
