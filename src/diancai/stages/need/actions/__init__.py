"""Everything that writes needs and demand lists."""

from diancai.stages.need.actions.editions import (
    add_supplement_line,
    draft_edition,
    fill_line,
)
from diancai.stages.need.actions.merging import answer_proposal, merge_needs, part_source, undo_merge
from diancai.stages.need.actions.progressing import set_progress
from diancai.stages.need.actions.raising import raise_need
from diancai.stages.need.actions.reviewing import accept_certain, accept_need, change_need, comb_need, leave_out
from diancai.stages.need.actions.signing import print_slip, publish_edition, sign_edition, unsign_edition
from diancai.stages.need.actions.splitting import split_need
from diancai.stages.need.actions.undoing import undo_last

__all__ = [
    "accept_certain",
    "accept_need",
    "add_supplement_line",
    "answer_proposal",
    "change_need",
    "comb_need",
    "draft_edition",
    "fill_line",
    "leave_out",
    "merge_needs",
    "part_source",
    "print_slip",
    "publish_edition",
    "raise_need",
    "set_progress",
    "sign_edition",
    "split_need",
    "undo_last",
    "undo_merge",
    "unsign_edition",
]
