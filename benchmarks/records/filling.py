"""Fills a database with invented needs and remarks by SQL alone; nothing here passes through actions.

Row n is a pure function of n, so that both databases and every size hold the same beginning.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from diancai.ground.search.models import SearchRow
from diancai.ground.search.spacing import spaced
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.remark.models import Remark

THINGS = ("农渠", "斗渠", "机井", "大棚", "羊圈", "村道", "路灯", "饮水管", "葵花地", "番茄苗", "玉米", "文化室")
WANTS = ("清淤", "维修", "病害防治", "技术培训", "改造", "检测", "补贴政策讲解", "义诊巡诊", "演出", "对接销售")
STRANDS = ("theory", "policy", "science", "health", "service", "culture", "warmth")
STATES = ("proposed", "combed", "accepted", "listed")
START = datetime(2019, 1, 1, tzinfo=UTC)
SECONDS_APART = 25
REMARKS_PER_NEED = 1.3


@dataclass(frozen=True)
class Filled:
    """How many rows there are."""

    needs: int
    remarks: int


def fill(needs: int, programme_id: int, account_id: int) -> Filled:
    """Replace all needs, remarks and their search rows by `needs` invented ones."""
    remarks = int(needs * REMARKS_PER_NEED)
    make_phrases()
    make_numbers(max(needs, remarks))
    for model in (NeedSource, SearchRow, Need, Remark):
        empty(model)
    fixed = {"programme_id": str(programme_id), "recorded_by_id": str(account_id)}
    insert(Remark, remarks, fixed | _remark_columns())
    insert(Need, needs, fixed | _need_columns())
    insert(NeedSource, remarks, _source_columns(needs))
    insert(SearchRow, needs, _search_columns("need", "made"), offset=0)
    insert(SearchRow, remarks, _search_columns("remark", "said"), offset=needs)
    settle(Remark, Need, NeedSource, SearchRow)
    return Filled(needs, remarks)


def make_phrases() -> None:
    """A table of things that people want, as text and as words for the search."""
    pairs = [(thing + want) for want in WANTS for thing in THINGS]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_phrase")
        cursor.execute("CREATE TABLE bench_phrase (n integer PRIMARY KEY, content text, words text)")
        rows = [(n, text, spaced(text)) for n, text in enumerate(pairs)]
        cursor.executemany("INSERT INTO bench_phrase VALUES (%s, %s, %s)", rows)
        cursor.execute("DROP TABLE IF EXISTS bench_place")
        cursor.execute(
            "CREATE TABLE bench_place AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, prefecture_code,"
            " county_code, town_code, code AS village_code FROM place_place WHERE level = 'village'"
        )
        cursor.execute("CREATE UNIQUE INDEX bench_place_n ON bench_place (n)")


def make_numbers(count: int) -> None:
    """A table of the numbers from 0 on, made from digits: the same SQL on both databases."""
    digits = "(" + " UNION ALL ".join(f"SELECT {d} AS d" for d in range(10)) + ")"
    joined = ", ".join(f"{digits} AS t{power}" for power in range(7))
    total = " + ".join(f"t{power}.d * {10**power}" for power in range(7))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_number")
        cursor.execute("CREATE TABLE bench_number (n integer PRIMARY KEY)")
        cursor.execute(f"INSERT INTO bench_number SELECT {total} FROM {joined} WHERE {total} < {count} ORDER BY 1")


def empty(model: type[models.Model]) -> None:
    """Take every row of a table away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {model._meta.db_table} RESTART IDENTITY CASCADE")
        else:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def insert(model: type[models.Model], count: int, columns: dict[str, str], offset: int = 0) -> None:
    """INSERT … SELECT over numbers, phrases and places; a column not named takes the plain default of its type."""
    fields = list(model._meta.concrete_fields)
    chosen = {field.column: columns.get(field.column) or _default(field) for field in fields}
    chosen[model._meta.pk.column] = f"k.n + {1 + offset}"
    names = ", ".join(f'"{name}"' for name in chosen)  # a column may be called as a word of SQL
    sql = (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(chosen.values())}"
        f" FROM bench_number k JOIN bench_phrase f ON f.n = k.n % {len(THINGS) * len(WANTS)}"
        f" JOIN bench_place p ON p.n = ((k.n % 956) * 7919) % 956 WHERE k.n < {count}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _default(field: Any) -> str:
    """The plain default of a column as SQL."""
    if field.null:
        return "NULL"
    kind, default, on_server = field.get_internal_type(), field.get_default(), connection.vendor == "postgresql"
    plain = {
        "BooleanField": str(bool(default)).lower() if on_server else str(int(bool(default))),
        "JSONField": ("'{}'" if default == {} else "'[]'") + ("::jsonb" if on_server else ""),
        "BinaryField": "''::bytea" if on_server else "x''",
        "UUIDField": _uuid(),
        "DateTimeField": moment(),
    }
    numbers = {"PositiveIntegerField", "PositiveSmallIntegerField", "BigIntegerField", "FloatField"}
    return plain.get(kind) or (str(default or 0) if kind in numbers else f"'{default or ''}'")


def _uuid() -> str:
    if connection.vendor == "postgresql":
        return "lpad(to_hex(k.n), 32, '0')::uuid"
    return "printf('%032x', k.n)"


def moment() -> str:
    """The moment of row n as SQL."""
    if connection.vendor == "postgresql":
        return f"'{START.isoformat()}'::timestamptz + k.n * interval '{SECONDS_APART} seconds'"
    return f"strftime('%Y-%m-%d %H:%M:%S', {int(START.timestamp())} + k.n * {SECONDS_APART}, 'unixepoch')"


def pick(values: tuple[str, ...], step: int) -> str:
    """One of the values in turn, each `step` times."""
    cases = " ".join(f"WHEN {index} THEN '{value}'" for index, value in enumerate(values))
    return f"CASE (k.n / {step}) % {len(values)} {cases} END"


def place_columns() -> dict[str, str]:
    """The place columns, from the village of the row."""
    return {name: f"p.{name}" for name in ("prefecture_code", "county_code", "town_code", "village_code")}


def _remark_columns() -> dict[str, str]:
    return place_columns() | {
        "shown": "'我们这里想要' || f.content || '，给看看哇'",
        "source": pick(("home_visit", "need_sheet", "chat", "hotline", "survey"), 3),
        "language": "'zh'",
        "text_key": "'t' || k.n",
        "row_key": "''",
        "recorded_at": moment(),
        "digested_at": moment(),
    }


def _need_columns() -> dict[str, str]:
    return place_columns() | {
        "content": "f.content",
        "route": "'list'",
        "kind": "'need'",
        "topic": "'bench/' || (k.n % 40)",
        "strand": pick(STRANDS, 5),
        "state": pick(STATES, 11),
        "progress": "'open'",
        "urgency": "'normal'",
        "handling_level": "'self'",
        "doubt": "k.n % 100",
        "remark_count": "1",
        "made_at": moment(),
        "changed_at": moment(),
    }


def _source_columns(needs: int) -> dict[str, str]:
    return {
        "need_id": f"k.n % {needs} + 1",
        "origin_id": f"k.n % {needs} + 1",
        "remark_id": "k.n + 1",
        "want_number": "1",
        "reason": "'bench'",
        "linked_at": moment(),
    }


def _search_columns(kind: str, verb: str) -> dict[str, str]:
    found = {"kind": f"'{kind}'", "object_id": "k.n + 1", "at": moment(), "words": f"f.words || ' {verb}'"}
    return place_columns() | found


def settle(*tables: type[models.Model]) -> None:
    """Statistics for the planner, and on PostgreSQL the identity columns behind the rows put in by number."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor != "postgresql":
            return
        for model in tables:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"
            )
