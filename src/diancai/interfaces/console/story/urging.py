"""What was urged in the last week: the schedule's reminders, one by hand, two letters, of which one was answered."""

from datetime import date, datetime, timedelta

from diancai.ground.people.queries import Account
from diancai.ground.place.queries import get_department
from diancai.interfaces.console.story.stage import Stage, after
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.urging.actions import answer_urges, draft_letter, remind, remind_due, send_letter
from diancai.stages.urging.errors import StepStands
from diancai.stages.urging.queries import get_letter, list_parts, list_units
from diancai.stages.urging.rows import PartRow

MONDAY, TUESDAY, FRIDAY = date(2020, 1, 13), date(2020, 1, 14), date(2020, 1, 17)
WORKING_WEEK = 5


def urge_some(stage: Stage) -> int:
    """Tell the week; returns how many letters left."""
    for days in range(-WORKING_WEEK, WORKING_WEEK):
        remind_due(at=stage.moment(MONDAY + timedelta(days=days)))
    try:
        return _supervise(stage, stage.moment(TUESDAY, 16), stage.moment(FRIDAY))
    except (StepStands, CalendarMissing):
        return 0  # told in a week of holidays, or in the last days of a calendar: the letters wait


def _supervise(stage: Stage, first: datetime, then: datetime) -> int:
    office = stage.person("hanmei")
    late = _late_in_its_county(stage, office, first)
    if not late:
        return 0
    for part in late:
        words = "群众春灌前等着用，请抓紧安排，办不了的写明原因"
        remind(by=office, at=first, assignment_ids=[part.assignment_id], words=words)
    letters = [
        draft_letter(by=office, at=then, step="supervision", assignment_ids=[part.assignment_id]) for part in late
    ]
    for letter in letters:
        signing = stage.signing("督查室主任（样张）", then)
        send_letter(by=office, at=after(then, hours=1), letter_id=letter, signing=signing)
    _answer(stage, office, late[0], letters[0], after(then, hours=5))
    return len(letters)


def _late_in_its_county(stage: Stage, office: Account, at: datetime) -> list[PartRow]:
    """One overdue part each of the two departments of the county that have most of them."""
    units = list_units(office, programme_id=stage.programme.id, at=at)
    own = [unit for unit in units if unit.late and get_department(unit.department_id).scope.county_code]
    asked = {"programme_id": stage.programme.id, "only": "late", "at": at}
    return [list_parts(office, department_id=unit.department_id, **asked).rows[0] for unit in own[:2]]  # type: ignore[arg-type]


def _answer(stage: Stage, office: Account, part: PartRow, letter_id: int, at: datetime) -> None:
    lines = get_letter(office, letter_id).lines
    answer_urges(
        by=stage.contact_of(get_department(part.department_id)),
        at=at,
        urge_ids=[line.urge_id for line in lines],
        answer="闸门已招标订货，天冷不能浇筑，先备料，化冻后一周内装完",
        promised_on=at.date() + timedelta(days=60),
    )
