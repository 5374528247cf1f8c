"""Taking out of the full-text index what was removed from it: SQLite keeps removed words until parts are merged.

Nobody finds them, but a report about persons must not lie about in the file either. PostgreSQL clears them by itself.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from diancai.ground.people.models import Account
from diancai.ground.work.actions import Running, ask, handles

JOB = "search.purge"
PAGES = 300  # of the index, merged in one transaction; a few tens of milliseconds


def ask_purge(*, by: Account | None, at: datetime, event_id: int) -> None:
    """Queue the clearing after the act of that event; asked by diverts."""
    ask(JOB, key=f"{JOB}:{event_id}", by=by, at=at)


@handles(JOB, last=True)
def purge(running: Running) -> dict[str, Any]:
    """Merge all parts of the index into one, some pages at a time; safe to repeat and to break off."""
    steps = 0
    if connection.vendor == "sqlite":
        _merge(-PAGES)  # the minus begins a merge of everything, the steps below go on with it
        while _merge(PAGES):
            steps += 1
            running.progress(steps, steps + 1)
    return {"steps": steps}


@transaction.atomic
def _merge(pages: int) -> bool:
    """Whether there was anything to merge, as SQLite tells it: by more than one changed row."""
    with connection.cursor() as cursor:
        before = _changes(cursor)
        cursor.execute("INSERT INTO search_text(search_text, rank) VALUES ('merge', %s)", [pages])
        return _changes(cursor) - before > 1


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
