"""Which texts tell the same need: groups of a batch, pairs worth a clerk's look, and one new text against many old.

`group` sorts a whole batch; `propose` names pairs of needs that other words or other villages keep apart; `Index`
compares one new text with what is there. Nothing here merges anything: a person decides.
"""

from .grouping import group
from .index import Index
from .items import Item, Joined, Proposal
from .proposals import propose

__all__ = ["Index", "Item", "Joined", "Proposal", "group", "propose"]
