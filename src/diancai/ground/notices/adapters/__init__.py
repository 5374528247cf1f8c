"""The ways out of the house. Each channel is one small adapter with one `send`; which are laid says the environment.

An adapter is called outside transactions, has its time limits, and answers in one of three ways: `Sent`,
`Refused` (trying again is useless) or `Failed` (try again later). Nothing else may come out of it.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: `key` stays the same over all tries, so that the receiver knows a second one."""

    key: str
    address: str
    subject: str
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it; `outside_id` is what it calls the message, for the report that may follow."""

    outside_id: str = ""


class Refused(Exception):
    """The provider will never take it: a wrong address, somebody who blocked it."""


class Failed(Exception):
    """It did not go out this time: no connection, no answer in time, an error of the provider."""


class Adapter(Protocol):
    """One channel."""

    def send(self, letter: Letter) -> Sent:
        """Send it, once. Raises `Refused`, `Failed`."""
        ...
