"""Which events of `remark` this stage answers, each with a once-only job keyed by the event (design 8.1)."""

from typing import Any

from django.db import transaction

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account
from diancai.ground.work.actions import Running, handles, queue
from diancai.stages.need.digesting.diversion import note_diversion
from diancai.stages.need.keeping import recount, tell
from diancai.stages.need.models import NeedSource
from diancai.stages.need.scrubbing import scrub_remark

SLICE = 100
DIGESTED_AFTER = ("remark.recorded", "batch.committed", "remark.returned")
RECOUNTED_AFTER = ("batch.committed", "batch.withdrawn", "remark.withdrawn", "remark.diverted", "remark.returned")


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("remark.diverted", scrub)
    for kind in dict.fromkeys((*RECOUNTED_AFTER, *DIGESTED_AFTER)):
        listen(kind, react)


def scrub(event: Event) -> None:
    """The one reaction that waits for no job: the words of a diverted remark leave its needs with the divert itself."""
    scrub_remark(int(event.subject_id), by=event.by, at=event.at)


def react(event: Event) -> None:
    """Queue what an event asks for: recounting needs whose remarks changed, digesting remarks that are new."""
    if event.kind in RECOUNTED_AFTER and _moved(event):
        queue(
            "need.recount",
            key=f"need.recount:{event.pk}",
            by=event.by,
            at=event.at,
            subject_kind=event.subject_kind,
            subject_id=int(event.subject_id),
        )
    if event.kind in DIGESTED_AFTER:
        by_id = event.by_id
        queue("need.digest", key=f"need.digest:{event.pk}", by=event.by, at=event.at, by_id=by_id)


def _moved(event: Event) -> bool:
    """Whether remarks that may have needs changed: not a commit of new rows alone, nor a slice of a withdrawal."""
    if event.kind == "batch.committed":
        return bool(event.details.get("revived"))
    if event.kind == "remark.diverted":
        return event.by_id is not None  # what the digest diverts it has noted itself
    return not (event.kind == "remark.withdrawn" and event.subject_kind == "batch")


@handles("need.digest")
def run_digest(running: Running) -> dict[str, Any]:
    """Digest all remarks that wait; only the worker, which does it, loads the engine."""
    from diancai.stages.need.digesting.job import digest_remarks, told  # noqa: PLC0415

    by_id = running.arguments.get("by_id")
    by = Account.objects.filter(pk=by_id).first() if by_id is not None else None
    return told(digest_remarks(running, by=by))


@handles("need.recount")
def run_recount(running: Running) -> dict[str, Any]:
    """Recount the needs of a remark or of all remarks of a batch, 100 in a transaction; safe to repeat."""
    kind, identifier = running.arguments["subject_kind"], running.arguments["subject_id"]
    if kind == "remark":
        note_diversion(identifier, at=running.clock())
    found = NeedSource.objects.filter(**{"remark_id" if kind == "remark" else "remark__batch_id": identifier})
    need_ids = sorted(set(found.values_list("need_id", flat=True)))
    for start in range(0, len(need_ids), SLICE):
        _recount(need_ids[start : start + SLICE], running)
        running.progress(min(start + SLICE, len(need_ids)), len(need_ids))
    return {"needs": len(need_ids)}


@transaction.atomic
def _recount(need_ids: list[int], running: Running) -> None:
    needs = recount(need_ids)
    tell("need.recounted", needs, by=None, at=running.clock())
