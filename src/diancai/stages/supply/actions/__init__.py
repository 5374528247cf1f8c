"""Everything that can be done to offers and supply lists."""

from .committing import ask_commit_offers, commit_offer_batch, withdraw_offer_batch
from .editions import add_supplement_line, draft_edition, print_slip, publish_edition, sign_edition, unsign_edition
from .importing import mend_offer_row, read_kept_offer_sheet, read_offer_sheet
from .offers import assure_offer, change_offer, withdraw_offer, write_offer

__all__ = [
    "add_supplement_line",
    "ask_commit_offers",
    "assure_offer",
    "change_offer",
    "commit_offer_batch",
    "draft_edition",
    "mend_offer_row",
    "print_slip",
    "publish_edition",
    "read_kept_offer_sheet",
    "read_offer_sheet",
    "sign_edition",
    "unsign_edition",
    "withdraw_offer",
    "withdraw_offer_batch",
    "write_offer",
]
