"""Everything that writes remarks: recording, importing, withdrawing, diverting, opening what is sealed."""

from diancai.stages.remark.actions.chat import keep_chat
from diancai.stages.remark.actions.committing import ask_commit, commit_batch
from diancai.stages.remark.actions.marking import mark_digested
from diancai.stages.remark.actions.mending import mend_row, skip_row
from diancai.stages.remark.actions.reading import read_kept_sheet, read_sheet
from diancai.stages.remark.actions.recording import record_remark
from diancai.stages.remark.actions.revealing import reveal
from diancai.stages.remark.actions.withdrawing import (
    ask_withdraw,
    divert_remark,
    return_diverted,
    withdraw_batch,
    withdraw_remark,
)

__all__ = [
    "ask_commit",
    "ask_withdraw",
    "commit_batch",
    "divert_remark",
    "keep_chat",
    "mark_digested",
    "mend_row",
    "read_kept_sheet",
    "read_sheet",
    "record_remark",
    "return_diverted",
    "reveal",
    "skip_row",
    "withdraw_batch",
    "withdraw_remark",
]
