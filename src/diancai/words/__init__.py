"""The shared vocabulary: one thing, one word, with its Chinese and English label.

Every stage, table, page and test takes its words from here; `docs/glossary.md` is compared with this room by a test.
Standard library only, so that the engine and the file formats may use it too. Labels that an office wants to call
otherwise stand in `config/labels.json` of its data folder (`rename`), never here.
"""

from .clocks import ClockKind, ClockState, DayGroupKind, DueBound, ExtensionFate, StretchKind
from .judging import AnswerWay, FollowUpState, Satisfaction, Solved, TryFate, Verdict
from .needs import (
    CapacityPeriod,
    EditionState,
    HandlingLevel,
    Kind,
    Language,
    MatchState,
    NeedProgress,
    NeedState,
    Route,
    Source,
    Strand,
    Urgency,
)
from .orders import (
    AssignmentState,
    ClosingReason,
    DissatisfiedWay,
    EscalationAnswer,
    EscalationKind,
    LetterState,
    OrderLevel,
    OrderState,
    PauseReason,
    PlanOutcome,
    ProblemReason,
    UrgingCause,
    UrgingStep,
)
from .places import Level, PlaceKind, Role
from .word import MONGOLIAN_IS_DRAFT, Word, rename
from .work import BatchState, Channel, JobState, NoticeKind, RowFate, SendingFate

__all__ = [
    "MONGOLIAN_IS_DRAFT",
    "AnswerWay",
    "AssignmentState",
    "BatchState",
    "CapacityPeriod",
    "Channel",
    "ClockKind",
    "ClockState",
    "ClosingReason",
    "DayGroupKind",
    "DissatisfiedWay",
    "DueBound",
    "EditionState",
    "EscalationAnswer",
    "EscalationKind",
    "ExtensionFate",
    "FollowUpState",
    "HandlingLevel",
    "JobState",
    "Kind",
    "Language",
    "LetterState",
    "Level",
    "MatchState",
    "NeedProgress",
    "NeedState",
    "NoticeKind",
    "OrderLevel",
    "OrderState",
    "PauseReason",
    "PlaceKind",
    "PlanOutcome",
    "ProblemReason",
    "Role",
    "Route",
    "RowFate",
    "Satisfaction",
    "SendingFate",
    "Solved",
    "Source",
    "Strand",
    "StretchKind",
    "TryFate",
    "Urgency",
    "UrgingCause",
    "UrgingStep",
    "Verdict",
    "Word",
    "rename",
]
