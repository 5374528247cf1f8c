"""Writing the index, inside the transaction of the act that changed the record."""

from datetime import datetime

from diancai.ground.people.who_may import Scope
from diancai.ground.search.models import SearchRow
from diancai.ground.search.mongolian import mongolian_key
from diancai.ground.search.spacing import indexed


def put(kind: str, object_id: int, *, scope: Scope, at: datetime, words: str, initials: str = "") -> None:
    """Add or replace the row of one record. `words` are the shown ones; never hand in what is sealed."""
    SearchRow.objects.update_or_create(
        kind=kind,
        object_id=object_id,
        defaults=_columns(scope, at, words, initials),
    )


def put_many(kind: str, rows: list[tuple[int, Scope, datetime, str, str]]) -> None:
    """Add the rows of new records at once: (object id, scope, instant, words, initials of its places)."""
    SearchRow.objects.bulk_create(
        [SearchRow(kind=kind, object_id=i, **_columns(scope, at, words, first)) for i, scope, at, words, first in rows],
        batch_size=200,
    )


def remove(kind: str, object_ids: list[int]) -> None:
    """Take records out of the index: withdrawn, merged or diverted ones."""
    SearchRow.objects.filter(kind=kind, object_id__in=object_ids).delete()


def _columns(scope: Scope, at: datetime, words: str, initials: str) -> dict[str, object]:
    return {
        "prefecture_code": scope.prefecture_code,
        "county_code": scope.county_code,
        "town_code": scope.town_code,
        "village_code": scope.village_code,
        "at": at,
        "words": f"{indexed(words, mongolian_key)} {initials}".strip(),
    }
