"""Tables of PostgreSQL out to files and back in, by COPY; called by backup.py.

Django's foreign keys are checked at the end of a transaction, so the order of the tables does not matter; the triggers
that guard the ledger stay in force throughout, since only empty tables are filled.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg.sql import SQL, Composed, Identifier, Literal

COLUMNS = """
    select c.relname, array_agg(a.attname order by a.attnum)
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname
"""
SEQUENCES = """
    select s.oid::regclass::text, t.relname, a.attname
    from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
    join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where s.relkind = 'S' and s.relnamespace = current_schema()::regnamespace
"""


def columns_by_table(cursor: Any) -> dict[str, list[str]]:
    """Every table of the schema with the columns that hold something of their own."""
    cursor.execute(COLUMNS)
    return {str(table): list(columns) for table, columns in cursor.fetchall()}


def copy_to(table: str, columns: list[str]) -> Composed:
    return SQL("copy {} ({}) to stdout").format(Identifier(table), SQL(", ").join(map(Identifier, columns)))


def copy_from(table: str, columns: list[str]) -> Composed:
    return SQL("copy {} ({}) from stdin").format(Identifier(table), SQL(", ").join(map(Identifier, columns)))


def copy_out(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """One file a table, all of the same moment."""
    folder.mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        for table, columns in columns_by_table(cursor).items():
            with (folder / f"{table}.copy").open("wb") as file, cursor.copy(copy_to(table, columns)) as rows:
                for block in rows:
                    file.write(block)


def unknown_migrations(connection: BaseDatabaseWrapper, migrations: list[str]) -> list[str]:
    """Those of the copy that this version of the code does not have."""
    nodes = MigrationExecutor(connection).loader.graph.nodes
    return [entry for entry in migrations if tuple(entry.split(".", 1)) not in nodes]


def copy_in(connection: BaseDatabaseWrapper, folder: Path, migrations: list[str]) -> None:
    """Empty the schema, build it as it was when the copy was made, fill it. A later `migrate` brings it up to date."""
    empty_schema(connection)
    MigrationExecutor(connection).migrate(
        [(app, name) for app, _, name in (entry.partition(".") for entry in migrations)]
    )
    with transaction.atomic(), connection.cursor() as cursor:
        tables = columns_by_table(cursor)
        for table in tables:
            empty(cursor, table)
        for path in sorted(folder.glob("*.copy")):
            with path.open("rb") as file, cursor.copy(copy_from(path.stem, tables[path.stem])) as rows:
                while block := file.read(1 << 20):
                    rows.write(block)
        set_sequences(cursor)


def empty_schema(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_schema()")
        schema = Identifier(cursor.fetchone()[0])
        cursor.execute(SQL("drop schema {} cascade").format(schema))
        cursor.execute(SQL("create schema {}").format(schema))


def empty(cursor: Any, table: str) -> None:
    """Take out what migrations put in; an empty table is left alone, since a guard may forbid even trying."""
    cursor.execute(SQL("select exists (select from {})").format(Identifier(table)))
    if cursor.fetchone()[0]:
        cursor.execute(SQL("delete from {}").format(Identifier(table)))


def set_sequences(cursor: Any) -> None:
    """The next number of every table follows its highest one."""
    cursor.execute(SEQUENCES)
    for sequence, table, column in cursor.fetchall():
        query = SQL("select setval({}, coalesce(max({}), 1), max({}) is not null) from {}")
        name = Identifier(column)
        cursor.execute(query.format(Literal(sequence), name, name, Identifier(table)))
