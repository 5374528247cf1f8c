"""The bare SQL under each question: the statements that the server itself sends, on one open cursor, no Python about.

They are caught from a call in this process, so that what is timed is what is asked, word for word.
"""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.records.asking import Server, milliseconds


def sql_times(server: Server, questions: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, float]:
    """Milliseconds of all statements of each question together."""
    asked = {name: _statements(server, path, query) for name, (path, query) in questions.items()}
    return {name: milliseconds(lambda told=told: _run(told), 15) for name, told in asked.items()}


def _statements(server: Server, path: str, query: dict[str, Any]) -> list[str]:
    browser = Client(SERVER_NAME="localhost", headers={"authorization": f"Bearer {server.token}"})
    browser.get(f"/api/v1/{path}", query)  # what is read once and kept
    with CaptureQueriesContext(connection) as caught:
        browser.get(f"/api/v1/{path}", query)
    return [told["sql"] for told in caught.captured_queries]


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            cursor.fetchall()
