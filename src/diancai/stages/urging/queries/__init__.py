"""Reading urging: units with what is late, parts with the step they stand at, urgings, letters. All rows are frozen."""

from .letters import get_letter, get_letter_scan, list_letters
from .papers import letter_file, reminder_file
from .units import list_parts, list_units
from .urges import count_unanswered, list_urges, urges_of_order

__all__ = [
    "count_unanswered",
    "get_letter",
    "get_letter_scan",
    "letter_file",
    "list_letters",
    "list_parts",
    "list_units",
    "list_urges",
    "reminder_file",
    "urges_of_order",
]
