"""Which offer meets a need, which answer fits a question, and which unit takes a case.

`Matcher` pairs needs with offers behind hard walls (place, time, language) and says why; `Ranking` is plain text
ranking for the shell; `Router` learns day by day which unit took what.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .matcher import Matcher
from .need_and_offer import Need, Offer, Pair
from .router import Router, UnitChoice

if TYPE_CHECKING:
    from .ranking import Ranking

__all__ = ["Matcher", "Need", "Offer", "Pair", "Ranking", "Router", "UnitChoice"]

# What computes with numpy is loaded when it is first asked for, so that importing this room costs next to nothing.
_LATER = {"Ranking": ".ranking"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name], __name__), name)
