"""Triggers that refuse to change or delete what the ledger holds; installed by a migration on both databases.

The words of an event may be taken away (a report about persons), never changed.
"""

from typing import Any

GUARDED = (
    ("ledger_event", "update"),
    ("ledger_event", "delete"),
    ("ledger_seal", "update"),
    ("ledger_seal", "delete"),
    ("ledger_eventwords", "update"),
)
WORDS = "the ledger is append-only"


def install(connection: Any) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        for statement in _install_sql(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away: only for tests that must empty the tables, and for going back a migration."""
    with connection.cursor() as cursor:
        for table, verb in GUARDED:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def _install_sql(vendor: str) -> list[str]:
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
            for table, verb in GUARDED
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for table, verb in GUARDED
    ]
