"""The rules of urging, pure: who may send which step to whom, and when a step may follow the one before."""

from .ladder import STEPS, Stood, above, check_answer, check_open, check_step, free_after, is_open
from .senders import TABLE, About, Relation, Way, relation_of, table_text, way_of

__all__ = [
    "STEPS",
    "TABLE",
    "About",
    "Relation",
    "Stood",
    "Way",
    "above",
    "check_answer",
    "check_open",
    "check_step",
    "free_after",
    "is_open",
    "relation_of",
    "table_text",
    "way_of",
]
