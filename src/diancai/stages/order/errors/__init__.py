"""Refusals of order.

```
Refusal
├── NotValid
│   ├── DueInPast              a due date before today
│   ├── DutyBasisMissing       no duty basis given and none known of the department
│   ├── DepartmentElsewhere    a department of another county
│   ├── QuantityOutOfRange     nothing, or more than was asked or is open
│   ├── WordsMissing           a return, recall or withdrawal without reason; a plan without year, money or answerer
│   ├── WordsTooLong           more characters than are kept
│   ├── ReturnedToAsker        a return that names the town that asked
│   ├── SuggestedItself        a return that suggests the returning department
│   ├── NotACompletion         持续推进 and its like given as completion
│   ├── RuleMissing            not allowed by policy without the rule
│   ├── PlanInPast             a plan for a year that is over or too far away
│   ├── OfferOfAnother         the offer to join belongs to another department
│   ├── ExtensionTooLong       more working days than the office may grant
│   ├── CalendarMissing        a year whose working days are not known
│   ├── NoUpperLine            a department without a bureau above it
│   ├── NobodyTicked           a bulk act on nothing
│   ├── TooManyTicked          a bulk act on more orders than go together
│   ├── MeetingInFuture        a meeting recorded before it was held
│   ├── SettlementNeeded       a dissatisfied order closed without its way and evidence
│   └── WayNotMet              a way of closing whose step was not taken
└── NotNow
    ├── ActNotNow              the state of the assignment or order forbids the act
    ├── NeedNotOrderable       the need is not on a list, or has an order
    ├── MatchNotConfirmed      the pair is not confirmed, or belongs to another need
    ├── LeadStands             another department leads already
    ├── LeadFirst              a joint department before there is a lead
    ├── HoldsItAlready         the department has an open part of the order
    ├── NothingOpen            nothing is left to dispatch
    ├── NotSolvedYet           closed as solved before the departments completed
    ├── GoesUpAlready          escalated twice
    ├── NothingAbove           escalated from the highest level
    ├── UpperStillOpen         ended while the order above is open
    ├── MeetingFirst           decided on while a problem order waits for its meeting
    ├── NothingWaits           an answer to what nobody asked, or what was answered
    ├── PausedAlready          paused twice
    ├── ReturnWindowOver       returned after its window without the office's leave
    ├── DecidedByMeeting       returned or handed over though a meeting named the department
    ├── NoDueDate              an extension of no limit
    ├── AskedTooLate           an extension asked for after the due date
    ├── ExtensionWaits         an extension asked for twice
    ├── NotCompletedYet        rated before completion
    ├── NotTriedEnough         closed as not reached without the tries
    ├── SamePerson             confirmed by who proposed it
    ├── SettlementWaits        closing proposed twice
    └── NoSuccessor            a unit's orders passed on to nobody
```
"""

from .constraints import CONSTRAINTS
from .now import (
    ActNotNow,
    AskedTooLate,
    DecidedByMeeting,
    ExtensionWaits,
    GoesUpAlready,
    HoldsItAlready,
    LeadFirst,
    LeadStands,
    MatchNotConfirmed,
    MeetingFirst,
    NeedNotOrderable,
    NoDueDate,
    NoSuccessor,
    NotCompletedYet,
    NothingAbove,
    NothingOpen,
    NothingWaits,
    NotSolvedYet,
    NotTriedEnough,
    PausedAlready,
    ReturnWindowOver,
    SamePerson,
    SettlementWaits,
    UpperStillOpen,
)
from .valid import (
    CalendarMissing,
    DepartmentElsewhere,
    DueInPast,
    DutyBasisMissing,
    ExtensionTooLong,
    MeetingInFuture,
    NobodyTicked,
    NotACompletion,
    NoUpperLine,
    OfferOfAnother,
    PlanInPast,
    QuantityOutOfRange,
    ReturnedToAsker,
    RuleMissing,
    SettlementNeeded,
    SuggestedItself,
    TooManyTicked,
    WayNotMet,
    WordsMissing,
    WordsTooLong,
)

__all__ = [
    "CONSTRAINTS",
    "ActNotNow",
    "AskedTooLate",
    "CalendarMissing",
    "DecidedByMeeting",
    "DepartmentElsewhere",
    "DueInPast",
    "DutyBasisMissing",
    "ExtensionTooLong",
    "ExtensionWaits",
    "GoesUpAlready",
    "HoldsItAlready",
    "LeadFirst",
    "LeadStands",
    "MatchNotConfirmed",
    "MeetingFirst",
    "MeetingInFuture",
    "NeedNotOrderable",
    "NoDueDate",
    "NoSuccessor",
    "NoUpperLine",
    "NobodyTicked",
    "NotACompletion",
    "NotCompletedYet",
    "NotSolvedYet",
    "NotTriedEnough",
    "NothingAbove",
    "NothingOpen",
    "NothingWaits",
    "OfferOfAnother",
    "PausedAlready",
    "PlanInPast",
    "QuantityOutOfRange",
    "ReturnWindowOver",
    "ReturnedToAsker",
    "RuleMissing",
    "SamePerson",
    "SettlementNeeded",
    "SettlementWaits",
    "SuggestedItself",
    "TooManyTicked",
    "UpperStillOpen",
    "WayNotMet",
    "WordsMissing",
    "WordsTooLong",
]
