"""What urging answers: a divert takes its words as well; and what it does of itself: the reminders of the schedule."""

from django.utils import timezone

from diancai.ground.ledger.actions import drop_words, listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import withhold_words
from diancai.ground.work.actions import every
from diancai.stages.urging.actions import remind_due
from diancai.stages.urging.models import Letter, Urge

QUARTER_HOUR = 15 * 60


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("need.diverted", on_need_diverted)


def on_need_diverted(event: Event) -> None:
    """Blank what was written about orders of the need, in the transaction of the divert; their letters' words too."""
    urges = list(Urge.objects.filter(order__need_id__in=event.details["wordless_ids"]))
    for urge in urges:
        withhold_words(urge, stays=())
    for letter in Letter.objects.filter(urges__in=urges).distinct():
        withhold_words(letter, stays=("number", "body", "signer", "signed_by", "scan_name", "paper_number"))
        scope = Scope(letter.prefecture_code, letter.county_code)
        drop_words([("letter", letter.pk)], by=event.by, at=event.at, scope=scope)


@every(QUARTER_HOUR)
def remind_by_schedule() -> None:
    """Warn and remind; outside office hours `remind_due` finds nothing to do."""
    remind_due(at=timezone.now())
