"""Everything that can be done to offers and supply lists."""

from .editions import add_supplement_line, draft_edition, publish_edition, sign_edition
from .importing import commit_offer_batch, mend_offer_row, read_offer_sheet, withdraw_offer_batch
from .offers import assure_offer, change_offer, withdraw_offer, write_offer

__all__ = [
    "add_supplement_line",
    "assure_offer",
    "change_offer",
    "commit_offer_batch",
    "draft_edition",
    "mend_offer_row",
    "publish_edition",
    "read_offer_sheet",
    "sign_edition",
    "withdraw_offer",
    "withdraw_offer_batch",
    "write_offer",
]
