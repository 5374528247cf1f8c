"""Questions that nearly every request asks in the same shape: their SQL is put together once for each process.

Django takes about a millisecond to put the SQL of a query together, longer than the database takes to answer it. Only
the wording is kept, never an answer: whoever ends a token or a post is obeyed by the very next request.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """A value that is told when the question is asked: its place among those told, from 0."""

    def __init__(self, place: int, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A parameter that `Prepared` puts the told value in place of."""
        return "%s", [self]


class Prepared:
    """A query of plain columns (`values_list`) with `Given` in place of what differs from one asking to the next."""

    def __init__(self, shape: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._shape = shape
        self._sql = ""
        self._parameters: tuple[Any, ...] = ()
        self._converters: dict[int, tuple[list[Callable[..., Any]], Any]] = {}

    def rows(self, *told: object, order: str = "", most: int | None = None) -> list[tuple[Any, ...]]:
        """The rows for these values: texts, whole numbers and dates, as the columns hold them.

        `order` and `most` are for a query that has neither: SQL behind ORDER BY, never foreign input, and a limit.
        """
        behind = (f" ORDER BY {order}" if order else "") + (f" LIMIT {most:d}" if most is not None else "")
        found = self._execute("{}" + behind, told)
        return [self._converted(row) for row in found] if self._converters else found

    def count(self, *told: object, most: int) -> int:
        """How many rows there are for these values; counting stops at `most`."""
        ((number,),) = self._execute(f"SELECT COUNT(*) FROM ({{}} LIMIT {most:d}) AS counted", told)  # noqa: S608 (a number)
        return int(number)

    def _execute(self, around: str, told: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if not self._sql:
            self._put_together()
        parameters: list[Any] = [told[each.place] if isinstance(each, Given) else each for each in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(around.replace("{}", self._sql), parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def _put_together(self) -> None:
        compiler = self._shape().query.get_compiler(connection=connection)
        sql, self._parameters = compiler.as_sql()
        self._converters = compiler.get_converters([column[0] for column in compiler.select])
        self._sql = sql  # last, since another thread may ask meanwhile

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, (steps, expression) in self._converters.items():
            for step in steps:
                values[place] = step(values[place], expression, connection)
        return tuple(values)
