"""The rules of needs: states, sums, and how a line of the demand list reads. Pure; asked by actions, queries, tests."""

from diancai.stages.need.rules.counting import Share, add_households, add_quantities, earliest_window
from diancai.stages.need.rules.fields import CHANGEABLE, LONGEST_CONTENT, check_fields
from diancai.stages.need.rules.lines import DEMAND_COLUMNS, FILLED_BY_HAND, line_cells, lines_digest, window_text
from diancai.stages.need.rules.states import TABLE, Step, after, can_step, check_step, diagram

__all__ = [
    "CHANGEABLE",
    "DEMAND_COLUMNS",
    "FILLED_BY_HAND",
    "LONGEST_CONTENT",
    "TABLE",
    "Share",
    "Step",
    "add_households",
    "add_quantities",
    "after",
    "can_step",
    "check_fields",
    "check_step",
    "diagram",
    "earliest_window",
    "line_cells",
    "lines_digest",
    "window_text",
]
