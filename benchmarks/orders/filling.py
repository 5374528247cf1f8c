"""Fills a database with invented orders by SQL alone: one need, one order, one lead for each; nothing passes through
actions. Row n is a pure function of n and of the instant, so that both databases and every size hold the same.
"""

from datetime import datetime

from django.db import connection

from benchmarks.records.filling import empty, insert, make_numbers, make_phrases, pick, place_columns, settle
from diancai.stages.feedback.models import FollowUp
from diancai.stages.need.models import Need
from diancai.stages.order.models import Assignment, Order

# States by turns of ten: a programme in its middle, and one in which everything is open.
MIDDLE = (
    "placed",
    "dispatched",
    "accepted",
    "accepted",
    "in_hand",
    "in_hand",
    "in_hand",
    "completed",
    "completed",
    "closed",
)
OPEN = (
    "dispatched",
    "accepted",
    "accepted",
    "in_hand",
    "in_hand",
    "in_hand",
    "accepted",
    "dispatched",
    "in_hand",
    "accepted",
)
STRANDS = ("theory", "policy", "science", "health", "service", "culture", "warmth")
DAY = 24 * 60 * 60
DAYS_OF_DISPATCH = 40  # dispatched within so many days: about half are over their thirteen working days
DEPARTMENTS = 20  # of each county


def fill(orders: int, programme_id: int, account_id: int, now: datetime, *, is_open: bool) -> None:
    """Replace all needs, orders, parts and follow-ups by invented ones; `is_open`: every order is in work."""
    make_phrases()
    make_numbers(orders)
    _departments()
    for model in (FollowUp, Assignment, Order, Need):
        empty(model)
    states = OPEN if is_open else MIDDLE
    fixed = {"programme_id": str(programme_id)}
    insert(Need, orders, fixed | _need(now))
    insert(Order, orders, fixed | {"placed_by_id": str(account_id)} | _order(now, states))
    insert(Assignment, orders, {"dispatched_by_id": str(account_id)} | _part(now, states))
    if not is_open:
        insert(FollowUp, orders * 3 // 10, fixed | _follow_up(now))
        _drop_parts_of_placed()
    settle(Need, Order, Assignment, FollowUp)


def _departments() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_department")
        cursor.execute(
            "CREATE TABLE bench_department AS SELECT place_id AS county_code, id,"
            " row_number() OVER (PARTITION BY place_id ORDER BY id) - 1 AS n FROM place_department"
        )
        cursor.execute("CREATE UNIQUE INDEX bench_department_n ON bench_department (county_code, n)")


def _ago(now: datetime, seconds: str) -> str:
    """The moment so many seconds before now, as SQL."""
    moment = f"({int(now.timestamp())} - ({seconds}))"
    if connection.vendor == "postgresql":
        return f"to_timestamp({moment})"
    return f"strftime('%Y-%m-%d %H:%M:%S', {moment}, 'unixepoch')"


def _dispatched(days_later: int = 0) -> str:
    """Seconds before now at which the order was dispatched, or so many days after that."""
    return f"(k.n * 7919) % {DAYS_OF_DISPATCH * DAY} - {days_later * DAY}"


def _clock(now: datetime) -> dict[str, str]:
    """Columns as the clocks would set them, near enough for reading: eighteen days for thirteen working days."""
    due = _ago(now, _dispatched(18))
    return {
        "due_at": due,
        "due_on": f"date({due})",
        "red_at": _ago(now, _dispatched(17)),
        "amber_at": _ago(now, _dispatched(16)),
    }


def _states(states: tuple[str, ...], open_: str, over: str, none: str = "") -> str:
    """The state of a clock by the state of its order."""
    told = {"placed": none, "completed": over, "closed": over}
    return pick(tuple(told.get(state, open_) for state in states), 1)


def _need(now: datetime) -> dict[str, str]:
    return place_columns() | {
        "content": "f.content",
        "route": "'list'",
        "kind": "'need'",
        "topic": "'bench/' || (k.n % 40)",
        "strand": pick(STRANDS, 5),
        "state": "'listed'",
        "progress": "'ordered'",
        "urgency": "'normal'",
        "handling_level": "'self'",
        "made_at": _ago(now, _dispatched(-5)),
        "changed_at": _ago(now, _dispatched(-5)),
    }


def _order(now: datetime, states: tuple[str, ...]) -> dict[str, str]:
    done = _states(states, "NULL", "1", "NULL").replace("'NULL'", "NULL").replace("'1'", _ago(now, _dispatched(9)))
    return (
        place_columns()
        | _clock(now)
        | {
            "need_id": "k.n + 1",
            "number": "'B-' || k.n",
            "level": "'county'",
            "content": "f.content",
            "strand": pick(STRANDS, 5),
            "unit": "'项'",
            "state": pick(states, 1),
            "clock_state": _states(states, "running", "met"),
            "due_bound": "'limit'",
            "paused_credit": _nought(),
            "placed_at": _ago(now, _dispatched(-1)),
            "changed_at": _ago(now, _dispatched()),
            "completed_at": done,
            "closed_at": pick(tuple("1" if state == "closed" else "" for state in states), 1)
            .replace("'1'", _ago(now, _dispatched(12)))
            .replace("''", "NULL"),
            "closing_reason": pick(tuple("solved" if state == "closed" else "" for state in states), 1),
        }
    )


def _part(now: datetime, states: tuple[str, ...]) -> dict[str, str]:
    own = tuple("completed" if state == "closed" else "dispatched" if state == "placed" else state for state in states)
    department = (
        f"(SELECT b.id FROM bench_department b WHERE b.county_code = p.county_code AND b.n = k.n % {DEPARTMENTS})"
    )
    answered = pick(tuple("" if state == "dispatched" else "1" for state in own), 1)
    done = pick(tuple("1" if state == "completed" else "" for state in own), 1)
    return _clock(now) | {
        "order_id": "k.n + 1",
        "department_id": department,
        "round": "1",
        "is_lead": "true" if connection.vendor == "postgresql" else "1",
        "asked": "1",
        "state": pick(own, 1),
        "limit": "'13d'",
        "sign_limit": "'1d'",
        "opens_promise": "true" if connection.vendor == "postgresql" else "1",
        "clock_state": _states(states, "running", "met"),
        "paused_credit": _nought(),
        "sign_state": "'met'",
        "dispatched_at": _ago(now, _dispatched()),
        "answered_at": answered.replace("'1'", _ago(now, _dispatched(1))).replace("''", "NULL"),
        "completed_at": done.replace("'1'", _ago(now, _dispatched(9))).replace("''", "NULL"),
        "completion_words": done.replace("'1'", "'办完'"),
    }


def _follow_up(now: datetime) -> dict[str, str]:
    """Of every completed or closed order: those of the turns 7 to 9."""
    order = "(k.n / 3) * 10 + 7 + k.n % 3"
    own = {name: f"(SELECT o.{name} FROM order_order o WHERE o.id = {order} + 1)" for name in place_columns()}
    return own | {
        "order_id": f"{order} + 1",
        "need_id": f"{order} + 1",
        "department_id": f"(SELECT a.department_id FROM order_assignment a WHERE a.id = {order} + 1)",
        "round": "1",
        "state": "'reached'",
        "solved": pick(("yes", "yes", "partly", "no"), 1),
        "satisfaction": pick(("satisfied", "satisfied", "basically", "dissatisfied"), 1),
        "opened_at": _ago(now, _dispatched(9)),
        "due_at": _ago(now, _dispatched(12)),
        "answered_at": _ago(now, _dispatched(10)),
        "changed_at": _ago(now, _dispatched(10)),
    }


def _nought() -> str:
    return "interval '0'" if connection.vendor == "postgresql" else "0"


def _drop_parts_of_placed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM order_assignment WHERE order_id IN (SELECT id FROM order_order WHERE state = 'placed')"
        )
