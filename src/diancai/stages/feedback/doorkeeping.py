"""Who may knock how often at the residents' door, which stands open to strangers.

| counted | in | most | then |
|---|---|---|---|
| answers sent to one code | a minute | 6 | that code is refused for the rest of the minute |
| whole but unknown codes from one address | ten minutes | 10 | that address is refused, with good codes too |
| knocks of any kind from one address | a minute | 120 | the same for the rest of the minute: a village may share one |

Each process counts for itself first, so that a flood is refused without a read of the database; the shared count holds
over all of them. A mistyped code fails its check character: it cannot be a guess, and only counts as a knock.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from django.core.cache import cache

from diancai.stages.feedback.digest import digest_of
from diancai.stages.feedback.errors import TooManyTries
from diancai.stages.feedback.rules import read_code

KEPT = 20_000  # counters of one process; the oldest go first


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in `seconds`; `shared` counts over all processes, at the price of a write for each."""

    name: str
    most: int
    seconds: int
    shared: bool


ANSWERS = Limit("answer", 6, 60, True)
GUESSES = Limit("guess", 10, 600, True)
KNOCKS = Limit("knock", 120, 60, False)


@dataclass
class Counters:
    """Counts of this process by limit and key, each for its window of time."""

    now: Callable[[], float] = time.monotonic
    held: "OrderedDict[tuple[str, str], tuple[float, int]]" = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def count(self, limit: Limit, key: str, add: int) -> int:
        """How many there were in the window, after adding."""
        with self.lock:
            began, number = self.held.pop((limit.name, key), (self.now(), 0))
            if self.now() - began >= limit.seconds:
                began, number = self.now(), 0
            self.held[limit.name, key] = (began, number + add)
            if len(self.held) > KEPT:
                self.held.popitem(last=False)
            return number + add


COUNTERS = Counters()


def check_knock(visitor: str) -> None:
    """Before anything is read. `visitor` is a key of the address. Raises `TooManyTries`."""
    if COUNTERS.count(KNOCKS, visitor, 1) > KNOCKS.most:
        raise TooManyTries(minutes=1)
    if _number(GUESSES, visitor) >= GUESSES.most:
        raise TooManyTries(minutes=GUESSES.seconds // 60)


def check_answer(typed: str) -> None:
    """Before an answer is read. Raises `TooManyTries` from the seventh in a minute on, for a code that is none too."""
    key = digest_of(read_code(typed) or typed[:60])[:16]
    if COUNTERS.count(ANSWERS, key, 1) > ANSWERS.most or _add(ANSWERS, key) > ANSWERS.most:
        raise TooManyTries(minutes=1)


def note_guess(visitor: str) -> None:
    """A whole code that nobody was given."""
    COUNTERS.count(GUESSES, visitor, 1)
    _add(GUESSES, visitor)


def forget() -> None:
    """Begin to count anew in this process: for tests."""
    COUNTERS.held.clear()


def _number(limit: Limit, key: str) -> int:
    here = COUNTERS.count(limit, key, 0)
    return here if here >= limit.most else max(here, int(cache.get(_name(limit, key), 0)))


def _add(limit: Limit, key: str) -> int:
    cache.add(_name(limit, key), 0, limit.seconds)
    try:
        return int(cache.incr(_name(limit, key)))
    except ValueError:  # its window ended between the two
        return 1


def _name(limit: Limit, key: str) -> str:
    return f"slip-{limit.name}-{key}"
