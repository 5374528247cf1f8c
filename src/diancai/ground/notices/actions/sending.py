"""Sending, by the worker between its jobs: spread notices over channels, gather them into messages, hand those out.

Each step is repeated until nothing is ready, writes at most `MOST` rows in a transaction, and leaves rows that the next
run goes on from: a worker may be killed anywhere. What was handed out but not noted is handed out again under the same
key, which receivers know.
"""

from datetime import datetime

from diancai.ground.notices.actions.gathering import gather_some
from diancai.ground.notices.actions.handing_out import hand_out_one
from diancai.ground.notices.actions.spreading import spread_some
from diancai.ground.notices.adapters.laid import laid_channels

MOST_MESSAGES = 500  # in one run, so that a slow provider does not keep the worker from its jobs


def send_waiting(*, at: datetime, most: int = MOST_MESSAGES) -> int:
    """Everything that is due at `at`, at most so many messages; returns how many were handed out, in vain or not."""
    while spread_some(at=at):
        pass
    if not laid_channels():
        return 0
    while gather_some(at=at):
        pass
    tried = 0
    while tried < most and hand_out_one(at=at):
        tried += 1
    return tried
