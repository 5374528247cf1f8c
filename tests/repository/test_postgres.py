"""Which tests run again on PostgreSQL: those that use the database, by whatever way they ask for it, and no journey."""

import pytest
from postgres import uses_database


class Collected:
    """A collected test as the plugin sees it."""

    def __init__(self, marks=(), fixtures=(), cls=None):
        self.marks, self.fixturenames, self.cls = marks, fixtures, cls

    def get_closest_marker(self, name):
        return name in self.marks or None


class Case:
    databases = {"default"}


@pytest.mark.parametrize(
    ("test", "again"),
    [
        (Collected(marks=["django_db"]), True),
        (Collected(fixtures=["db", "client"]), True),
        (Collected(fixtures=["transactional_db"]), True),
        (Collected(cls=Case), True),
        (Collected(), False),
        (Collected(fixtures=["tmp_path", "settings"]), False),
        (Collected(marks=["django_db", "browser"], fixtures=["live_server"]), False),
    ],
)
def test_a_test_runs_again_when_it_uses_the_database(test, again):
    assert uses_database(test) is again
