"""Grouping a batch: stories come together, identical texts always, and the order of rows changes nothing."""

import random

import numpy as np
import pytest
from engine.dedupe.messages import items
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.dedupe import Item, group
from diancai.engine.dedupe.grouping import BAR, FEW_TEXTS_BAR, bar_for
from diancai.engine.dedupe.linkage import cut_piece, pieces
from diancai.engine.dedupe.pairwise import likeness


def _groups(given_items: list[Item]) -> dict[str, str]:
    return {joined.id: joined.group for joined in group(given_items)}


def test_one_story_in_other_words_is_one_group() -> None:
    found = _groups(items())
    assert len({found[f"brickyard-{n}"] for n in (1, 2, 3)}) == 1
    assert found["bus-1"] == found["bus-2"]


def test_different_stories_stay_apart() -> None:
    found = _groups(items())
    assert len({found[name] for name in ("brickyard-1", "bus-1", "pension-1", "school-1", "signal-1")}) == 5


def test_a_group_is_named_by_a_member_and_says_which_words_are_shared() -> None:
    joined = {one.id: one for one in group(items())}
    assert joined["brickyard-2"].group in joined
    assert "砖厂" in joined["brickyard-2"].why
    assert 0 < joined["brickyard-2"].score <= 1


def test_identical_texts_are_together_whatever_their_titles_spaces_and_punctuation() -> None:
    pair = [Item("a", "水渠堵了，请来清一清！", "标题一"), Item("b", "水渠 堵了 请来清一清", "完全不同的另一个标题")]
    found = group([*items(), *pair])
    by_id = {one.id: one for one in found}
    assert by_id["a"].group == by_id["b"].group
    assert "原文相同" in by_id["a"].why


def test_wants_of_one_remark_are_told_apart_by_their_content() -> None:
    text = "渠要清淤，还要请人讲病虫害"
    found = _groups([Item("1", text, content="斗渠清淤"), Item("2", text, content="向日葵列当防治技术培训")])
    assert found["1"] != found["2"]


def test_empty_texts_stand_alone() -> None:
    found = group([Item("a", ""), Item("b", "  ！？"), Item("c", "路灯坏了")])
    assert [one.group for one in found] == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    mixed = items()
    random.Random(seed).shuffle(mixed)
    assert _groups(mixed) == _groups(items())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), max_size=12), st.randoms())
def test_noise_never_breaks_grouping_and_equal_rows_share_a_group(texts: list[str], chance: random.Random) -> None:
    told = [Item(str(at), text) for at, text in enumerate(texts)]
    found = _groups(told)
    assert set(found) == {item.id for item in told}
    mixed = told[:]
    chance.shuffle(mixed)
    assert _groups(mixed) == found
    for one in told:
        for other in told:
            if one.key and one.key == other.key:
                assert found[one.id] == found[other.id]


def test_progress_reaches_the_end() -> None:
    steps: list[tuple[int, int]] = []
    group(items(), lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > 0


def test_a_handful_of_texts_must_be_more_alike_than_thousands() -> None:
    assert bar_for(5) == FEW_TEXTS_BAR
    assert bar_for(5_000) == pytest.approx(BAR)
    assert FEW_TEXTS_BAR > bar_for(200) > BAR


def test_average_linkage_does_not_chain() -> None:
    # a–b and b–c are alike, a–c are strangers: one edge is not enough for one group of three.
    similar = np.array([[1, 0.6, 0.0], [0.6, 1, 0.5], [0.0, 0.5, 1]], np.float32)
    found = cut_piece(similar, lambda size: 0.4)
    assert sorted(part.tolist() for part in found) == [[0, 1], [2]]


def test_a_piece_past_reason_is_cut_and_marked() -> None:
    from scipy.sparse import csr_array

    size = 12
    chain = np.zeros((size, size), np.float32)
    for at in range(size - 1):
        chain[at, at + 1] = chain[at + 1, at] = 0.2 if at == 5 else 0.9
    found = pieces(csr_array(chain), 0.1, largest=6)
    assert sorted((len(part), cut) for part, cut in found) == [(6, True), (6, True)]


def test_likeness_of_pairs() -> None:
    scores = likeness([("同 样，的", "同样的"), ("大棚黄瓜得病", "大棚黄瓜叶子发黄"), ("修路", "养老金"), ("", "修路")])
    assert scores[0] == 1.0
    assert scores[1] > 0.1 > scores[2] == scores[3] == 0.0
    assert likeness([]) == []
