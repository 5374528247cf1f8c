"""Papers of urging as Word files."""

from django.utils import timezone

from diancai.formats.papers import write_letter
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.place.queries import name_of
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.urging.models import Urge
from diancai.stages.urging.queries.letters import get_letter
from diancai.stages.urging.queries.urges import WITH_ALL, urge_row, urges_of_order
from diancai.stages.urging.settling import answer_due
from diancai.stages.urging.wording import letter_paper, reminder_paper
from diancai.words import UrgingStep


def letter_file(account: Account, letter_id: int) -> tuple[str, bytes]:
    """Name and bytes of a letter in the official format. Raises `NotFound`."""
    found = get_letter(account, letter_id)
    letter = found.letter
    due = letter.answer_due_on
    if due is None:
        drafted_on = timezone.localdate(letter.drafted_at)
        try:
            due = answer_due(letter.step, drafted_on)
        except CalendarMissing:
            due = drafted_on
    return f"{letter.step.zh} {letter.number}", write_letter(letter_paper(letter, found.lines, due))


def reminder_file(account: Account, urge_id: int) -> tuple[str, bytes]:
    """Name and bytes of a reminder's notice (催办通知书). Raises `NotFound`, also for one out of sight."""
    urge = Urge.objects.filter(pk=urge_id, step=UrgingStep.REMINDER).select_related(*WITH_ALL).first()
    if urge is None or all(row.id != urge_id for row in urges_of_order(account, urge.order_id)):
        raise NotFound
    office = name_of(urge.county_code or urge.prefecture_code) + "群众点单行动领导小组办公室"
    row = urge_row(urge, timezone.localdate())
    return f"催办通知书 {row.number}", write_letter(reminder_paper(row, office))
