"""Real work for a worker: remarks of every county that wait for the digest, entered through the action itself."""

import uuid

from django.utils import timezone

from benchmarks.records.filling import THINGS, WANTS
from benchmarks.records.ground import asker
from diancai.ground.ledger.models import Unsealed
from diancai.ground.place.queries import list_places
from diancai.ground.programme.queries import get_programme
from diancai.ground.work.models import Job
from diancai.stages.remark.actions import record_remark
from diancai.stages.remark.queries import count_undigested
from diancai.stages.tally.models import Mark
from diancai.words import JobState, Level, Source


def ask_for(remarks: int) -> None:
    """Record `remarks` of them; each event asks for a digest."""
    account, programme_id = asker(), get_programme().id
    villages = list_places(Level.VILLAGE)
    for number in range(remarks):
        record_remark(
            by=account,
            at=timezone.now(),
            programme_id=programme_id,
            text=_text(number),
            place_code=villages[number * 389 % len(villages)].code,
            source=Source.HOME_VISIT,
            uuid=uuid.uuid4(),
        )


def _text(number: int) -> str:
    thing, other = THINGS[number % len(THINGS)], THINGS[(number // 7 + 3) % len(THINGS)]
    return f"第{number}户想要{thing}{WANTS[number // 11 % len(WANTS)]}，还有{other}也请人看看，最好下个月"


def is_done() -> bool:
    """Whether no job, no remark, no mark and no event waits any more."""
    if Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
        return False
    return not (count_undigested() or Mark.objects.exists() or Unsealed.objects.exists())
