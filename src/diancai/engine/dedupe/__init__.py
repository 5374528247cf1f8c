"""Which texts tell the same need: groups of a batch, pairs worth a clerk's look, and one new text against many old.

`group` sorts a whole batch; `propose` names pairs of needs that other words or other villages keep apart, `propose_for`
those of one need; `Index` compares one new text with what is there. Nothing here merges anything: a person decides.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .items import Item, Joined, Proposal
from .proposals import propose, propose_for

if TYPE_CHECKING:
    from .grouping import group
    from .index import Index

__all__ = ["Index", "Item", "Joined", "Proposal", "group", "propose", "propose_for"]

# What computes with numpy is loaded when it is first asked for, so that importing this room costs next to nothing.
_LATER = {"Index": ".index", "group": ".grouping"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name], __name__), name)
