"""How long each clock of an order may run: rules as data, the most specific wins, clashes are refused on loading."""

from diancai.clocks.limits.reading import load_limits
from diancai.clocks.limits.rule import Limit, Rule
from diancai.clocks.limits.table import Limits

__all__ = ["Limit", "Limits", "Rule", "load_limits"]
