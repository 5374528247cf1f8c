"""What every look-alike check is: an id, a name, one question, and the examples that its test runs.

A check answers for one kind of number that stands in a report and counts nothing. The list of all checks is in
`lookalikes/__init__.py`; the scan's candidates are asked one by one by `read_figures`.
"""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from diancai.engine.figures.page import Page
from diancai.engine.figures.scan import Candidate


@dataclass(frozen=True)
class Spot:
    """A candidate on its page with the views that checks need."""

    page: Page
    candidate: Candidate

    @property
    def before(self) -> str:
        """The clause before the number."""
        return self.page.before(self.candidate.start)

    @property
    def after(self) -> str:
        """The clause after the unit."""
        return self.page.after(self.candidate.end)

    @property
    def text(self) -> str:
        """Number and unit as they stand, folded."""
        return self.page.folded[self.candidate.start : self.candidate.end]

    @property
    def number(self) -> str:
        """The numeral as it stands, folded."""
        return self.page.folded[self.candidate.start : self.candidate.number_end]

    @property
    def small(self) -> bool:
        """A plain Chinese number up to ten, as slogans and enumerations use them."""
        candidate = self.candidate
        plain = candidate.upper is None and not candidate.at_least and not candidate.approx
        return candidate.chinese and plain and candidate.value <= 10

    def near(self, behind: int, ahead: int) -> str:
        """The folded text from `behind` characters before the number to `ahead` after the unit, clauses disregarded."""
        start = max(0, self.candidate.start - behind)
        return self.page.folded[start : self.candidate.end + ahead]


class LookAlike(ABC):
    """One kind of number that is no figure; `looks` are texts with such a number only, `figures` with a true figure."""

    id: ClassVar[str]
    name: ClassVar[str]
    looks: ClassVar[tuple[str, ...]]
    figures: ClassVar[tuple[str, ...]]

    @abstractmethod
    def hides(self, spot: Spot) -> bool:
        """Whether the number at this spot is of this kind."""


@cache
def word_list(name: str) -> tuple[str, ...]:
    """A list of `words.json`, longest word first."""
    raw: dict[str, Any] = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    return tuple(sorted(raw[name], key=lambda word: (-len(word), word)))
