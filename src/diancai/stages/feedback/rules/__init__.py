"""The rules of feedback, pure: codes of slips, which answer counts, what a village is told."""

from .codes import ALPHABET, LENGTH, make_code, read_code, spaced
from .telling import (
    FEWEST_TOLD,
    VillageAnswers,
    VillageLine,
    VillageReply,
    chat_text,
    covered,
    outcome_of,
    script,
    told_answers,
)
from .verdicts import DISSATISFIED, Answer, counting, state_after, verdict_of

__all__ = [
    "ALPHABET",
    "DISSATISFIED",
    "FEWEST_TOLD",
    "LENGTH",
    "Answer",
    "VillageAnswers",
    "VillageLine",
    "VillageReply",
    "chat_text",
    "counting",
    "covered",
    "make_code",
    "outcome_of",
    "read_code",
    "script",
    "spaced",
    "state_after",
    "told_answers",
    "verdict_of",
]
