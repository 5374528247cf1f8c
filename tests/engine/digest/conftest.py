"""One digester with the programme's own topic list and farm calendar, for all tests of this folder."""

from collections.abc import Callable
from datetime import datetime
from importlib import resources

import pytest

from diancai.engine.digest import Digest, Digester, Remark, load_topics
from diancai.engine.said.farm_calendar import load_farm_calendar


class Villages:
    """A few of the names that hold numbers."""

    def known_names(self) -> frozenset[str]:
        return frozenset({"六份子", "六份子村", "十七份子", "三支渠", "二十四份", "联丰"})


@pytest.fixture(scope="session")
def digester() -> Digester:
    config = resources.files("diancai") / "config"
    topics = load_topics((config / "topics.csv").read_text(encoding="utf-8"))
    calendar = load_farm_calendar((config / "farm_calendar.json").read_text(encoding="utf-8"))
    return Digester(topics, calendar, Villages())


@pytest.fixture(scope="session")
def digest(digester: Digester) -> Callable[..., Digest]:
    def run(text: str, *, on: str = "2019-12-05", place_code: str = "150826", subject: str = "") -> Digest:
        return digester.digest(
            Remark("1", text, subject=subject, said_at=datetime.fromisoformat(on), place_code=place_code)
        )

    return run
