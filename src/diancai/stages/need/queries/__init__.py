"""Reading needs and demand lists: frozen rows, pages by key, nothing beyond what the account's posts reach."""

from diancai.stages.need.queries.editions import find_draft, get_edition, get_scan, get_slip, list_editions
from diancai.stages.need.queries.needs import (
    count_households,
    find_needs,
    get_need,
    list_need_lines,
    list_needs,
    list_needs_of_remark,
)
from diancai.stages.need.queries.review import count_review_queue, list_review_queue

__all__ = [
    "count_households",
    "count_review_queue",
    "find_draft",
    "find_needs",
    "get_edition",
    "get_need",
    "get_scan",
    "get_slip",
    "list_editions",
    "list_need_lines",
    "list_needs",
    "list_needs_of_remark",
    "list_review_queue",
]
