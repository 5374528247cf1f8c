"""The short way for plain orders shows what the whole way shows, column by column."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from diancai.stages.order.clocking.plain import is_plain
from diancai.stages.order.clocking.projection import project, project_whole
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.rows import ClockFacts, ClockPart
from diancai.words import AssignmentState, OrderLevel, OrderState

FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def random_facts(chance: Random) -> ClockFacts:
    begins = FIRST + timedelta(hours=chance.randrange(24 * 400), seconds=chance.choice((0, 1, 1799)))

    def later() -> datetime | None:
        return chance.choice((None, begins + timedelta(hours=chance.randrange(-5, 900))))

    day = chance.choice((None, None, begins.date() + timedelta(days=chance.randrange(-3, 40))))
    part = ClockPart(
        assignment_id=1, department_id=2, round=1, is_lead=True, state=AssignmentState.IN_HAND, came_from_id=None,
        dispatched_at=begins, answered_at=later(), handed_at=None, completed_at=later(), ended_at=None,
        set_due_on=day, limit=chance.choice(("", "13d", "4h", "0d")), sign_limit=chance.choice(("", "1d", "2h")),
        opens_promise=True, promise_over_at=later(),
    )  # fmt: skip
    wanted = chance.choice((None, date(2026, chance.randrange(1, 13), 15)))
    return ClockFacts(
        order_id=1, need_id=1, level=OrderLevel.COUNTY, is_twin=False,
        state=chance.choice((OrderState.IN_HAND, OrderState.COMPLETED, OrderState.CLOSED)), county_code="150821000000",
        strand="", topic=chance.choice(("", "农田水利/渠系清淤")), urgency="normal", kind="need", source="",
        wanted_text=chance.choice(("", "放水前")), wanted_from=None, wanted_until=wanted,
        round=chance.choice((1, 1, 2)), placed_at=begins, completed_at=later(), closed_at=later(),
        parts=(part,), pauses=(), extensions=(),
    )  # fmt: skip


def test_the_short_way_equals_the_whole_way() -> None:
    chance = Random(20261124)
    for _ in range(400):
        facts = random_facts(chance)
        at = facts.placed_at + timedelta(hours=chance.randrange(-3, 1000))
        assert is_plain(facts)
        assert project(facts, rulebook(at), at) == project_whole(facts, rulebook(at), at), facts


def test_what_somebody_gave_back_takes_the_whole_way() -> None:
    facts = random_facts(Random(1))
    assert not is_plain(replace(facts, parts=(replace(facts.parts[0], ended_at=facts.placed_at),)))
