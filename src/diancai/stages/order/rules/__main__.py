"""Prints docs/states/order.md: `python -m diancai.stages.order.rules > docs/states/order.md`."""

from diancai.stages.order.rules.diagram import diagram

print(diagram(), end="")
