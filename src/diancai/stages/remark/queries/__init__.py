"""Reading remarks and imports: frozen rows, pages by key, nothing beyond what the account's posts reach."""

from diancai.stages.remark.queries.imports import (
    batch_row,
    commit_key,
    count_rows,
    get_batch,
    get_batch_record,
    list_batch_rows,
    list_batches,
    withdraw_key,
)
from diancai.stages.remark.queries.remarks import (
    count_undigested,
    find_same_text,
    find_shown,
    get_photo,
    get_remark,
    get_undigested,
    has_remarks,
    list_remarks,
    list_undigested,
    month_bounds,
)
from diancai.stages.remark.queries.showing import row_of, sheet_rows_of

__all__ = [
    "batch_row",
    "commit_key",
    "count_rows",
    "count_undigested",
    "find_same_text",
    "find_shown",
    "get_batch",
    "get_batch_record",
    "get_photo",
    "get_remark",
    "get_undigested",
    "has_remarks",
    "list_batch_rows",
    "list_batches",
    "list_remarks",
    "list_undigested",
    "month_bounds",
    "row_of",
    "sheet_rows_of",
    "withdraw_key",
]
