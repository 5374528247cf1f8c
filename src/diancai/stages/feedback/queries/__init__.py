"""Reading follow-ups, answers and slips."""

from .counts import count_answers, count_by_department
from .follow_ups import get_follow_up, list_follow_ups, list_of_order
from .slips import get_slip_page
from .village import get_village_reply, list_villages

__all__ = [
    "count_answers",
    "count_by_department",
    "get_follow_up",
    "get_slip_page",
    "get_village_reply",
    "list_follow_ups",
    "list_of_order",
    "list_villages",
]
