"""Writes of notices: telling, reading, settings, sending, reports from outside."""

from diancai.ground.notices.actions.reading import mark_all_read, mark_read
from diancai.ground.notices.actions.reporting import take_report
from diancai.ground.notices.actions.sending import send_waiting
from diancai.ground.notices.actions.telling import Texts, forget_about, notify
from diancai.ground.notices.actions.wishing import save_wishes

__all__ = [
    "Texts",
    "forget_about",
    "mark_all_read",
    "mark_read",
    "notify",
    "save_wishes",
    "send_waiting",
    "take_report",
]
