"""Everything that is written in feedback."""

from .answering import answer_by_slip, record_answer
from .opening import settle_follow_ups
from .slips import end_slip, issue_slip
from .trying import record_try

__all__ = ["answer_by_slip", "end_slip", "issue_slip", "record_answer", "record_try", "settle_follow_ups"]
