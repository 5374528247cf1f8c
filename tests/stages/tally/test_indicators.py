"""Figures say what the orders say, after any acts; and every figure opens exactly the records it counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cast import DENGKOU, LIANFENG, NOON, PREFECTURE, TAERHU, WUYUAN, Cast
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stages.making import make_need, make_source
from stages.order.bringing import MUSTS, bring_part, part_of, placed
from stages.tally.office import Office

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.feedback.actions import record_answer, settle_follow_ups
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.stages.tally.actions import mark_everything, rebuild_dirty
from diancai.stages.tally.errors import (
    DecidedAlready,
    ExcludedAlready,
    NoSuchIndicator,
    NotExcluded,
    PeriodUnclear,
    SamePerson,
    WordsMissing,
)
from diancai.stages.tally.indicators.excluding import (
    decide_exclusion,
    lift_exclusion,
    list_exclusions,
    propose_exclusion,
)
from diancai.stages.tally.indicators.queries import UNTOLD, indicator_table
from diancai.stages.tally.indicators.records import BASE, NUMERATOR, OUT, list_counted
from diancai.stages.tally.indicators.rows import Ask, By, IndicatorTable
from diancai.stages.tally.models import Exclusion, IndicatorCell, IndicatorUnit, Mark
from diancai.stages.tally.rules.cube import Period
from diancai.stages.tally.rules.figures import Figure
from diancai.words import AssignmentState, OrderState

LATER = datetime(2020, 6, 1, 4, 0, tzinfo=UTC)
YEAR = Period(date(2019, 11, 1), date(2020, 5, 31))
PARTLY = Period(date(2019, 12, 5), date(2020, 1, 10))
WAY = {"reason": "外单位断电三天", "evidence": "供电公司12月11日停电通知"}


def ask(programme: ProgrammeRow, place: str = PREFECTURE, period: Period = YEAR, **narrowed: Any) -> Ask:
    return Ask(programme.id, place, period, **narrowed)


def table(cast: Cast, asked: Ask, by: By = By.DEPARTMENT) -> IndicatorTable:
    return indicator_table(cast.prefecture_office, asked, by, LATER)


def figure(shown: IndicatorTable, key: str) -> Figure:
    return next(each for each in shown.total if each.indicator.key == key)


def listed(cast: Cast, asked: Ask, key: str, side: str) -> int:
    """How many records the list behind a figure holds, page after page."""
    number, after = 0, ""
    while True:
        page = list_counted(cast.prefecture_office, asked, indicator=key, side=side, after=after, limit=2, at=LATER)
        number += len(page.rows)
        if page.next_after is None:
            return number
        after = page.next_after


def opened(asked: Ask, by: By, value: str) -> Ask:
    """What a line of the table asks for."""
    if by == By.DEPARTMENT:
        return replace(asked, department_id=int(value))
    if by == By.PLACE:
        return replace(asked, place_code=value) if value else replace(asked, own_only=True)
    if by in (By.STRAND, By.TOPIC):
        return replace(asked, strand=value or UNTOLD) if by == By.STRAND else replace(asked, topic=value or UNTOLD)
    return asked


def assert_every_figure_opens_its_records(cast: Cast, asked: Ask, by: By) -> None:
    shown = table(cast, asked, by)
    for each in shown.total:
        if not each.indicator.made_of:
            assert_opens(cast, asked, each, BASE, OUT, NUMERATOR)
    for row in shown.rows:
        for each in row.figures:
            if each.indicator.key in ("sign_for", "completion", "repeats", "satisfaction"):
                assert_opens(cast, opened(asked, by, row.value), each, BASE)


def assert_opens(cast: Cast, asked: Ask, told: Figure, *sides: str) -> None:
    """The lists behind a figure are as long as it says."""
    counts = {BASE: told.met if told.indicator.is_count else told.base, NUMERATOR: told.met, OUT: told.excluded}
    for side in sides:
        assert listed(cast, asked, told.indicator.key, side) == counts[side], (told.indicator.key, side, asked)


def add_up(shown: IndicatorTable) -> None:
    """The lines add up to the whole, in every indicator."""
    for at, whole in enumerate(shown.total):
        if not whole.indicator.made_of:
            assert sum(row.figures[at].base for row in shown.rows) == whole.base
            assert sum(row.figures[at].met for row in shown.rows) == whole.met


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(draws=st.lists(st.tuples(st.sampled_from(["want", "accept", "order", "order", "answer", "answer", "finish",
    "decide", "merge", "rate", "take_out", "look"]), st.integers(0, 40)), min_size=8, max_size=16))  # fmt: skip
def test_after_any_acts_cells_and_records_agree(
    cast: Cast, programme: ProgrammeRow, draws: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        office = Office(cast, programme.id)
        for act in ("want", "accept", "order", "answer", "finish"):
            office.do(act, 1)
        for act, draw in draws:
            if act == "rate":
                rate_all(cast, office.at, draw)
            elif act == "take_out":
                take_one_out(cast, office.at, draw)
            elif act == "look":
                table(cast, ask(programme))
            else:
                office.do(act, draw)
        for by, place, period in (
            (By.DEPARTMENT, PREFECTURE, YEAR),
            (By.PLACE, PREFECTURE, PARTLY),
            (By.TOPIC, WUYUAN, PARTLY),
            (By.PLACE, TAERHU, YEAR),
        ):
            assert_every_figure_opens_its_records(cast, ask(programme, place, period), by)
            add_up(table(cast, ask(programme, place, period), by))
        narrowed = ask(programme, WUYUAN, YEAR, department_id=cast.department.pk, strand="science")
        assert_every_figure_opens_its_records(cast, narrowed, By.MONTH)
        transaction.set_rollback(True)


def rate_all(cast: Cast, at: datetime, draw: int) -> None:
    for order in Order.objects.filter(state=OrderState.COMPLETED):
        follow_up = settle_follow_ups(order_id=order.pk, at=at)
        if follow_up is not None:
            told = (("yes", "very"), ("partly", "basically"), ("no", "dissatisfied"))[draw % 3]
            record_answer(
                by=cast.county_office, at=at, follow_up_id=follow_up, way="phone", solved=told[0], satisfaction=told[1]
            )


def take_one_out(cast: Cast, at: datetime, draw: int) -> None:
    order = Order.objects.order_by("pk").first()
    if order is None or Exclusion.objects.filter(order=order).exists():
        return
    made = propose_exclusion(
        by=cast.prefecture_office, at=at, order_id=order.pk, indicator=("", "completion")[draw % 2], **WAY
    )
    decide_exclusion(by=cast.county_office, at=at, exclusion_id=made, granted=draw % 3 != 0, words="核实")


# ---- one story


@pytest.fixture
def done(cast: Cast, programme: ProgrammeRow) -> int:
    """联丰村's course: dispatched, accepted and completed on the same day."""
    need = make_need(programme.id)
    make_source(need, cast)
    return int(bring_part(cast, need.pk, AssignmentState.COMPLETED).id)


def test_a_story_is_told_at_every_place_it_belongs_to(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    for place in (PREFECTURE, WUYUAN, TAERHU, LIANFENG):
        told = table(cast, ask(programme, place))
        assert (figure(told, "sign_for").told, figure(told, "completion").told) == ("100.0%", "100.0%"), place
        assert [row.name for row in told.rows] == [cast.department.name]
    assert figure(table(cast, ask(programme, DENGKOU)), "sign_for").told == "—"
    by_place = table(cast, ask(programme), By.PLACE)
    assert [row.name for row in by_place.rows] == ["五原县"]
    assert next(row.value for row in table(cast, ask(programme), By.DAY).rows) == "2019-12-10"


def test_a_deadline_comes_to_count_by_itself(cast: Cast, programme: ProgrammeRow) -> None:
    order = placed(cast, make_need(programme.id).pk, department_id=cast.department.pk, due_on=date(2019, 12, 20))
    actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, **MUSTS)
    before = indicator_table(cast.county_office, ask(programme, WUYUAN), By.DEPARTMENT, NOON + timedelta(days=1))
    assert figure(before, "completion").told == "—"
    after = indicator_table(cast.county_office, ask(programme, WUYUAN), By.DEPARTMENT, NOON + timedelta(days=30))
    assert (figure(after, "completion").told, figure(after, "completion").base) == ("0.0%", 1)


def test_told_again_after_the_order_is_a_repeat(cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id)
    make_source(need, cast)
    order = placed(cast, need.pk, department_id=cast.department.pk)
    assert figure(table(cast, ask(programme)), "repeats").told == "0.0%"
    later = make_source(need, cast, "又来问列当的课啥时候上。")
    type(later.remark).objects.filter(pk=later.remark_id).update(recorded_at=NOON + timedelta(days=3))
    actions.recall_assignment(by=cast.county_office, at=NOON, assignment_id=part_of(order).pk, reason="派错了")
    assert figure(table(cast, ask(programme)), "repeats").told == "100.0%"


def test_the_worker_rebuilds_what_acts_marked(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    assert Mark.objects.filter(rule="indicators").exists()
    rebuild_dirty()
    assert not Mark.objects.filter(rule="indicators").exists()
    unit = IndicatorUnit.objects.get()
    assert (unit.place_code, unit.month) == (WUYUAN, "2019-12")
    assert IndicatorCell.objects.filter(place_code=TAERHU, dims="").exists()
    assert rebuild_dirty() == 0


def test_cells_counted_by_other_rules_are_counted_again(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    table(cast, ask(programme))
    IndicatorCell.objects.update(values={})
    assert figure(table(cast, ask(programme)), "sign_for").told == "—"
    IndicatorUnit.objects.update(book="older")
    assert figure(table(cast, ask(programme)), "sign_for").told == "100.0%"


def test_orders_loaded_without_acts_are_counted_after_marking_everything(
    cast: Cast, programme: ProgrammeRow, done: int
) -> None:
    Mark.objects.all().delete()
    assert figure(table(cast, ask(programme)), "sign_for").told == "—"
    mark_everything(programme.id)
    assert figure(table(cast, ask(programme)), "sign_for").told == "100.0%"


def test_what_was_hidden_counts_nowhere_and_its_words_go(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    propose_exclusion(by=cast.county_office, at=NOON, order_id=done, **WAY)
    actions.hide_order(order_id=done, by=None, at=NOON)
    assert figure(table(cast, ask(programme)), "sign_for").told == "—"
    assert "断电" not in Exclusion.objects.get().reason
    assert list_exclusions(cast.county_office, ask(programme, WUYUAN)) == ()


# ---- who may see


def test_a_department_sees_its_own_parts_only(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    own = indicator_table(cast.department_contact, ask(programme, WUYUAN), By.STRAND, LATER)
    assert own.ask.department_id == cast.department.pk
    assert figure(own, "sign_for").base == 1
    theirs = indicator_table(cast.other_department_contact, ask(programme, WUYUAN), By.STRAND, LATER)
    assert figure(theirs, "sign_for").base == 0
    with pytest.raises(NotAllowed):
        indicator_table(
            cast.other_department_contact, ask(programme, WUYUAN, department_id=cast.department.pk), By.STRAND, LATER
        )


def test_the_stranger_and_the_other_county_are_refused(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    for who in (cast.stranger, cast.other_county_office, cast.auditor):
        with pytest.raises(NotAllowed):
            indicator_table(who, ask(programme, WUYUAN), By.STRAND, LATER)
        with pytest.raises(NotAllowed):
            list_counted(who, ask(programme, WUYUAN), indicator="sign_for", at=LATER)
        with pytest.raises(NotAllowed):
            list_exclusions(who, ask(programme, WUYUAN))


def test_a_period_that_ends_before_it_begins_is_refused(cast: Cast, programme: ProgrammeRow) -> None:
    for period in (Period(date(2020, 1, 2), date(2020, 1, 1)), Period(date(2001, 1, 1), date(2020, 1, 1))):
        with pytest.raises(PeriodUnclear):
            table(cast, ask(programme, period=period))
    with pytest.raises(NoSuchIndicator):
        list_counted(cast.prefecture_office, ask(programme), indicator="happiness")


# ---- exclusions


def test_two_people_take_an_order_out(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    made = propose_exclusion(by=cast.county_office, at=NOON, order_id=done, indicator="completion", **WAY)
    assert figure(table(cast, ask(programme)), "completion").base == 1  # asked for is not out
    with pytest.raises(SamePerson):
        decide_exclusion(by=cast.county_office, at=NOON, exclusion_id=made, granted=True)
    decide_exclusion(by=cast.prefecture_office, at=NOON, exclusion_id=made, granted=True)
    told = table(cast, ask(programme))
    assert (figure(told, "completion").told, figure(told, "completion").excluded) == ("—", 1)
    assert figure(told, "sign_for").base == 1
    with pytest.raises(DecidedAlready):
        decide_exclusion(by=cast.prefecture_office, at=NOON, exclusion_id=made, granted=False, words="不妥")
    row = list_exclusions(cast.county_office, ask(programme, WUYUAN))[0]
    assert (row.proposed_by, row.second, row.granted, row.may_lift) == ("李芳", "赵宏", True, True)
    lift_exclusion(by=cast.county_office, at=NOON, exclusion_id=made)
    assert figure(table(cast, ask(programme)), "completion").base == 1
    with pytest.raises(NotExcluded):
        lift_exclusion(by=cast.county_office, at=NOON, exclusion_id=made)


def test_what_an_exclusion_needs(cast: Cast, programme: ProgrammeRow, done: int) -> None:
    one = {"by": cast.county_office, "at": NOON, "order_id": done}
    with pytest.raises(WordsMissing):
        propose_exclusion(**one, reason="断电", evidence=" ")  # type: ignore[arg-type]
    for key in ("returns", "overall", "happiness"):  # none may be taken out of these
        with pytest.raises(NoSuchIndicator):
            propose_exclusion(**one, indicator=key, **WAY)  # type: ignore[arg-type]
    for who in (cast.stranger, cast.other_county_office, cast.department_contact, cast.town_officer):
        with pytest.raises(NotAllowed):
            propose_exclusion(**(one | {"by": who}), **WAY)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        propose_exclusion(**(one | {"order_id": 0}), **WAY)  # type: ignore[arg-type]
    made = propose_exclusion(**one, **WAY)  # type: ignore[arg-type]
    with pytest.raises(ExcludedAlready):
        propose_exclusion(**one, **WAY)  # type: ignore[arg-type]
    with pytest.raises(WordsMissing):
        decide_exclusion(by=cast.prefecture_office, at=NOON, exclusion_id=made, granted=False)
    decide_exclusion(by=cast.prefecture_office, at=NOON, exclusion_id=made, granted=False, words="停电不影响办理")
    propose_exclusion(**one, **WAY)  # type: ignore[arg-type]  # refused once, asked anew
