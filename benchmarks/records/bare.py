"""The bare SQL under each question, timed on one open cursor: what the database alone takes."""

from django.db import connection
from django.db.models import Max

from benchmarks.records.asking import milliseconds
from diancai.ground.search.backends import condition
from diancai.ground.search.models import SearchRow
from diancai.ground.search.spacing import phrases

COLUMNS = "id, content, strand, state, made_at"


def questions(programme: int, county: str, deep_at: str, deep_id: int) -> dict[str, tuple[str, list[object]]]:
    """SQL and parameters of each question, with the conditions that the partial indexes of needs are built for."""
    newest = "ORDER BY made_at DESC, id DESC LIMIT 51"
    base = (
        f"SELECT {COLUMNS} FROM need_need WHERE is_live AND programme_id = %s AND county_code = %s AND route = 'list'"
    )
    given: list[object] = [programme, county]
    top = SearchRow.objects.aggregate(top=Max("id"))["top"] or 0
    where, words = condition(phrases("机井"), max(1, top - 4000), top)
    return {
        "list county": (f"{base} {newest}", given),
        "list county 2,000 deep": (f"{base} AND (made_at, id) < (%s, %s) {newest}", [*given, deep_at, deep_id]),
        "list county strand": (f"{base} AND strand = %s {newest}", [*given, "science"]),
        "list county strand state": (
            f"{base} AND strand = %s AND state = %s {newest}",
            [*given, "science", "combed"],
        ),
        "search two characters": (
            f"SELECT kind, object_id, at FROM search_searchrow WHERE {where} AND prefecture_code = %s"
            " ORDER BY id DESC LIMIT 51",
            [*words, "150800000000"],
        ),
    }


def times(asked: dict[str, tuple[str, list[object]]]) -> dict[str, float]:
    """Milliseconds of each question."""
    taken = {}
    with connection.cursor() as cursor:
        for name, (sql, parameters) in asked.items():

            def ask(sql: str = sql, parameters: list[object] = parameters) -> None:
                cursor.execute(sql, parameters)
                cursor.fetchall()

            taken[name] = milliseconds(ask, 15)
    return taken
