"""Which offer meets a need, which answer fits a question, and which unit takes a case.

`Matcher` pairs needs with offers behind hard walls (place, time, language) and says why; `Ranking` is plain text
ranking for the shell; `Router` learns day by day which unit took what.
"""

from .matcher import Matcher
from .need_and_offer import Need, Offer, Pair
from .ranking import Ranking
from .router import Router, UnitChoice

__all__ = ["Matcher", "Need", "Offer", "Pair", "Ranking", "Router", "UnitChoice"]
