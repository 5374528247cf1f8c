"""What the residents said of what was done: mostly good, some half, few not solved, not reached, not asked."""

from datetime import datetime, timedelta
from typing import Any

from diancai.ground.people.queries import Account
from diancai.interfaces.console.story.stage import Stage, after
from diancai.stages.feedback.actions import answer_by_slip, issue_slip, record_answer, record_try
from diancai.stages.feedback.queries import list_follow_ups
from diancai.stages.feedback.rows import FollowUpRow
from diancai.stages.order.queries import get_order

# In the order in which the follow-ups are due: how, solved, satisfied, words. None: nobody has asked yet.
SAID: tuple[dict[str, str] | None, ...] = (
    {"way": "phone", "solved": "yes", "satisfaction": "satisfied", "words": "专家来过了，病压住了"},
    {"way": "slip", "solved": "yes", "satisfaction": "very", "words": "车开到村里，老人不用去县上"},
    {"way": "visit", "solved": "partly", "satisfaction": "basically", "words": "讲是讲了，时间短，没到地里看"},
    {"way": "tries"},
    {"way": "phone", "solved": "yes", "satisfaction": "basically", "words": ""},
    {"way": "slip", "solved": "no", "satisfaction": "dissatisfied", "words": "来人看了一下就走了，事没办"},
    {"way": "phone", "solved": "partly", "satisfaction": "dissatisfied", "words": "只修了半截"},
    {"way": "visit", "solved": "yes", "satisfaction": "satisfied", "words": ""},
    {"way": "one_try"},
    {"way": "phone", "solved": "yes", "satisfaction": "", "words": "解决了，别的没说"},
    None,
)


def follow_up_all(stage: Stage, until: datetime) -> int:
    """Carry out the follow-ups of the story; returns how many were answered."""
    office = stage.person("zhaohong")
    rows = list_follow_ups(office, programme_id=stage.programme.id, state="waiting", limit=200).rows
    answered = 0
    for number, row in enumerate(rows):
        said = SAID[number % len(SAID)]
        if said is not None:
            answered += _carry_out(stage, row, said, until)
    return answered


def _carry_out(stage: Stage, row: FollowUpRow, said: dict[str, str], until: datetime) -> bool:
    by = stage.office_of(row.scope.county_code)
    at = min(max(after(row.opened_at, days=2), after(get_order(by, row.order_id).order.changed_at, hours=2)), until)
    if said["way"] in ("tries", "one_try"):
        _try(by, row, at, 3 if said["way"] == "tries" else 1, until)
        return False
    answer: dict[str, Any] = {"solved": said["solved"], "satisfaction": said["satisfaction"], "words": said["words"]}
    if said["way"] == "slip":
        code = issue_slip(by=by, at=row.opened_at, order_id=row.order_id).code
        answer_by_slip(at=at, code=code, **answer)
    else:
        record_answer(by=by, at=at, follow_up_id=row.id, way=said["way"], **answer)
    return True


def _try(by: Account, row: FollowUpRow, at: datetime, days: int, until: datetime) -> None:
    fates = ("no_answer", "switched_off", "away")
    for number in range(days):
        tried_at = min(at + timedelta(days=number), until)
        way = "visit" if fates[number] == "away" else "phone"
        record_try(by=by, at=tried_at, follow_up_id=row.id, way=way, fate=fates[number])
