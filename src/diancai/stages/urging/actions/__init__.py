"""What may be done: remind (by hand and by the schedule), draw up and send letters, answer."""

from .answering import answer_urges
from .letters import draft_letter, send_letter, withdraw_letter
from .reminding import remind, remind_due

__all__ = ["answer_urges", "draft_letter", "remind", "remind_due", "send_letter", "withdraw_letter"]
