"""The number of a need as offices quote it: the county's six digits and the need's own (`150821-000123`)."""

from collections.abc import Iterable

from django.db import connection

from diancai.stages.need.models import Need


def give_numbers(needs: Iterable[Need]) -> None:
    """Number needs that have just been saved."""
    held = list(needs)
    for need in held:
        need.number = f"{(need.county_code or need.prefecture_code)[:6]}-{need.pk:06d}"
    with connection.cursor() as cursor:
        # One prepared statement; `bulk_update` takes ten times as long while SQLite's one writer is held.
        cursor.executemany(
            f"UPDATE {Need._meta.db_table} SET number = %s WHERE id = %s",  # noqa: S608 (our own table)
            [(need.number, need.pk) for need in held],
        )
