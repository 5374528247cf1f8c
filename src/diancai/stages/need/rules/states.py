"""The states of a need as a table: which step leads from where to where. Pages, actions and the diagram read it."""

from diancai.stages.need.errors import StateForbids
from diancai.words import NeedState, Word


class Step(Word):
    """What is done to a need; stored in its history."""

    PROPOSED = "proposed", "系统拆出", "digested"
    JOINED = "joined", "同文原话归入", "joined by the same text"
    COMBED = "combed", "乡镇梳理通过", "combed by the town"
    ACCEPTED = "accepted", "审定", "accepted"
    CHANGED = "changed", "修改", "changed"
    MERGED = "merged", "并入另一条", "merged into another"
    TOOK_IN = "took_in", "并入了另一条", "took another in"
    PARTED = "parted", "拆出一条原话", "let a remark go"
    SPLIT = "split", "拆分", "split"
    LEFT_OUT = "left_out", "不列入", "left out"
    LISTED = "listed", "列入清单发布", "published on a list"
    RESTORED = "restored", "恢复为单独一条", "stands alone again"
    COMMON = "common", "标为共性需求", "tagged as common"


S = NeedState
OPEN = (S.PROPOSED, S.COMBED, S.ACCEPTED)

# The state after a step; a state that has no entry for a step forbids it.
TABLE: dict[Step, dict[NeedState, NeedState]] = {
    Step.COMBED: {S.PROPOSED: S.COMBED},
    # A county does not wait for a silent town: what the town has not combed may be accepted too.
    Step.ACCEPTED: {S.PROPOSED: S.ACCEPTED, S.COMBED: S.ACCEPTED},
    Step.CHANGED: {state: state for state in (*OPEN, S.LISTED)},
    Step.SPLIT: {state: state for state in OPEN},
    Step.MERGED: dict.fromkeys((*OPEN, S.LISTED, S.DROPPED), S.MERGED),
    Step.TOOK_IN: {state: state for state in (*OPEN, S.LISTED)},
    Step.PARTED: {state: state for state in (*OPEN, S.LISTED, S.DROPPED)},
    Step.LEFT_OUT: dict.fromkeys(OPEN, S.DROPPED),
    Step.LISTED: dict.fromkeys((S.ACCEPTED, S.LISTED), S.LISTED),
    Step.COMMON: {state: state for state in (*OPEN, S.LISTED)},
}


def can_step(state: NeedState, step: Step) -> bool:
    """Whether the step may be taken from the state."""
    return state in TABLE[step]


def check_step(state: NeedState, step: Step) -> NeedState:
    """The state after the step. Raises `StateForbids`."""
    if not can_step(state, step):
        raise StateForbids(state_zh=state.zh, state_en=state.en, act_zh=step.zh, act_en=step.en)
    return TABLE[step][state]


def after(before: NeedState) -> NeedState:
    """Where a need stands when it comes back from a merge: with the county office at the latest, which looks again."""
    return before if before == S.PROPOSED else S.COMBED


def diagram() -> str:
    """The table as a Mermaid diagram, for the documents."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.PROPOSED.value}"]
    moves = [(step, here, there) for step, row in TABLE.items() for here, there in row.items() if here != there]
    lines += [f"    {here.value} --> {there.value}: {step.zh}" for step, here, there in moves]
    return "\n".join(lines) + "\n"
