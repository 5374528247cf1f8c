"""Text that people paste: chat records of WeChat in the forms it gives them, and 接龙 rolls. Pure; never raises."""

from .chat import ChatLine, read_chat
from .roll import RollEntry, looks_like_a_roll, read_roll

__all__ = ["ChatLine", "RollEntry", "looks_like_a_roll", "read_chat", "read_roll"]
