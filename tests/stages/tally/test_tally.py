"""Cells say what the records say, after any acts, and nobody adds 1."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from cast import DENGKOU, LIANFENG, PREFECTURE, TAERHU, WUYUAN, Cast
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stages.making import make_need, make_offer
from stages.tally.office import ACTS, Office

from diancai.ground.errors import Refusal
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import get_scope
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.order.models import Order
from diancai.stages.supply.models import Offer
from diancai.stages.tally.actions import mark_cells, mark_everything, rebuild_dirty
from diancai.stages.tally.counting import COUNTED, rebuild
from diancai.stages.tally.models import Cell, Mark
from diancai.stages.tally.months import month_span
from diancai.stages.tally.queries import by_county, check_cells, counts, totals
from diancai.stages.tally.rules import RULES, CellKey, added, cell_of, month_of, narrowed, pack, unpack

PLACES = (PREFECTURE, WUYUAN, DENGKOU, TAERHU)


def true_counts(rule: str, programme_id: int, place_code: str) -> Counter[tuple[str, ...]]:
    """The same figures, counted record by record in Python."""
    counted = COUNTED[rule]
    found: Counter[tuple[str, ...]] = Counter()
    for each in counted.records().filter(programme_id=programme_id):
        if place_code in (each.prefecture_code, each.county_code, each.town_code):
            month = month_of(timezone.localdate(getattr(each, counted.at)))
            found[place_code, month, *(getattr(each, part) for part in RULES[rule].parts)] += 1
    return found


def assert_cells_are_true(programme_id: int) -> None:
    for rule in RULES:
        for place in PLACES:
            assert counts(rule, programme_id, [place]) == dict(true_counts(rule, programme_id, place)), (rule, place)
    assert check_cells(programme_id) == []


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40)), min_size=5, max_size=16))
def test_after_any_acts_the_cells_equal_the_records(
    cast: Cast, programme: ProgrammeRow, acts: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        office = Office(cast, programme.id)
        for act, draw in acts:
            office.do(act, draw)
        assert_cells_are_true(programme.id)
        transaction.set_rollback(True)


def test_one_story_through_all_stages_is_counted_at_every_step(cast: Cast, programme: ProgrammeRow) -> None:
    office = Office(cast, programme.id)
    for act in ("say", "want", "accept", "offer", "pair", "order", "answer", "finish", "decide", "take_back"):
        office.do(act, 0 if act in ("decide", "want", "accept", "pair") else 1)
        assert_cells_are_true(programme.id)
    assert Order.objects.get().state == "completed"
    assert totals("orders", programme.id, [PREFECTURE]) == {(PREFECTURE, "science", "completed"): 1}
    assert totals("needs", programme.id, [TAERHU]) == {(TAERHU, "science", "accepted", "completed"): 1}
    assert totals("remarks", programme.id, [PREFECTURE]) == {}


# ---- places and months


def test_a_prefecture_is_the_sum_of_its_counties_and_its_own(cast: Cast, programme: ProgrammeRow) -> None:
    for place in (LIANFENG, WUYUAN, DENGKOU, PREFECTURE):
        mark_cells([CellKey("needs", programme.id, cell_of(get_scope(place)), "2019-12")])
        make_need(programme.id, place)
    key = ("science", "accepted", "open")
    assert totals("needs", programme.id, PLACES) == {
        (PREFECTURE, *key): 4,
        (WUYUAN, *key): 2,
        (DENGKOU, *key): 1,
        (TAERHU, *key): 1,
    }
    assert by_county("needs", programme.id, PREFECTURE) == {(WUYUAN, *key): 2, (DENGKOU, *key): 1, ("", *key): 1}


def test_months_begin_at_local_midnight(cast: Cast, programme: ProgrammeRow) -> None:
    last_of_december = datetime(2019, 12, 31, 15, 59, 59, tzinfo=UTC)
    first_of_january = datetime(2019, 12, 31, 16, 0, tzinfo=UTC)
    for at in (last_of_december, first_of_january):
        make_need(programme.id, at=at)
    mark_everything(programme.id)
    found = counts("needs", programme.id, [WUYUAN])
    assert {key[1]: number for key, number in found.items()} == {"2019-12": 1, "2020-01": 1}
    assert month_span("2019-12")[1] == first_of_january
    assert narrowed(counts("needs", programme.id, [WUYUAN], ["2020-01"]), 1) == {"2020-01": 1}


def test_what_counts_in_which_cell() -> None:
    assert cell_of(Scope("p", "c", "t", "v")) == cell_of(Scope("p", "c")) == "c"
    assert cell_of(Scope("p")) == "p"
    assert month_of(date(2019, 12, 1)) == "2019-12"
    assert unpack(pack(("science", "", "open"))) == ("science", "", "open")
    assert added([(("a",), 1), (("b",), 2), (("a",), -1)]) == {("b",): 2}


# ---- marks


def test_an_act_that_is_rolled_back_leaves_no_mark(cast: Cast, programme: ProgrammeRow) -> None:
    before = Mark.objects.count()
    with pytest.raises(Refusal):
        make_offer(cast, programme.id, leader="")
    assert Mark.objects.count() == before


def test_the_worker_rebuilds_what_is_marked_and_then_has_nothing_to_do(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    assert Cell.objects.count() == 0
    assert rebuild_dirty() == 1
    assert rebuild_dirty() == 0
    assert Cell.objects.get(rule="offers").values == {"science|in_force": 1}
    assert not Mark.objects.exists()


def test_records_loaded_without_acts_are_counted_after_marking_everything(cast: Cast, programme: ProgrammeRow) -> None:
    make_need(programme.id)
    make_need(programme.id, DENGKOU)
    assert totals("needs", programme.id, [PREFECTURE]) == {}
    assert mark_everything(programme.id) == 2  # 五原县, 磴口县
    assert_cells_are_true(programme.id)


def test_a_cell_that_lies_is_found(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    rebuild_dirty()
    Cell.objects.update(values={"science|in_force": 7})
    assert len(check_cells(programme.id)) == 1


# ---- two at once


def test_a_slow_rebuild_does_not_cover_a_later_one(
    cast: Cast, programme: ProgrammeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one reader counts, another act comes in and another reader rebuilds: the slow one must count again."""
    key = CellKey("offers", programme.id, WUYUAN, "2019-12")
    make_offer(cast, programme.id)
    from diancai.stages.tally import counting

    honest, calls = counting.count, []

    def slow(asked: CellKey) -> dict[str, dict[str, int]]:
        values = honest(asked)
        calls.append(values)
        if len(calls) == 1:
            make_offer(cast, programme.id, service="中途来的")
            rebuild(key)
        return values

    monkeypatch.setattr(counting, "count", slow)
    assert rebuild(key) == {"science|in_force": 2}
    assert calls[0] == {"": {"science|in_force": 1}}
    assert Cell.objects.get(rule="offers").values == {"science|in_force": 2}
    assert not Mark.objects.filter(rule="offers").exists()


def test_what_comes_in_after_the_count_keeps_its_mark(
    cast: Cast, programme: ProgrammeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = CellKey("offers", programme.id, WUYUAN, "2019-12")
    make_offer(cast, programme.id)
    from diancai.stages.tally import counting

    honest = counting.count

    def late(asked: CellKey) -> dict[str, dict[str, int]]:
        values = honest(asked)
        if Offer.objects.count() == 1:
            make_offer(cast, programme.id, service="中途来的")
        return values

    monkeypatch.setattr(counting, "count", late)
    assert rebuild(key) == {"science|in_force": 1}
    assert Mark.objects.filter(rule="offers").count() == 1
    monkeypatch.undo()
    assert totals("offers", programme.id, [WUYUAN]) == {(WUYUAN, "science", "in_force"): 2}
