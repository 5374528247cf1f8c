"""Taking back: an import, one remark, or a report about persons that goes to the lawful body.

Nothing is deleted: rows are kept and counted nowhere, and importing the same sheet again revives them (design 8.4).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from diancai.engine.said.masking import mask
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import drop_words, record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.search import actions as search
from diancai.ground.search.purging import ask_purge
from diancai.ground.work.actions import ask
from diancai.stages.remark.actions.making import (
    KIND,
    bulk_details,
    index,
    month_of,
)
from diancai.stages.remark.errors import AlreadyDiverted, NotDiverted, NotInForce, ReasonMissing
from diancai.stages.remark.models import ImportBatch, Remark
from diancai.stages.remark.queries import get_batch_record, row_of, withdraw_key
from diancai.stages.remark.rows import RemarkRow
from diancai.stages.remark.rules import check_withdraw
from diancai.words import BatchState

SLICE = 200
# What tells of a person beside the words: a group may be a house, a number leads to the caller in another system.
TOLD_BESIDE = ("sub_place", "translated_by", "outside_id", "told")
Progress = Callable[[int, int, str], None]
Details = dict[str, Any]


def ask_withdraw(*, by: Account, at: datetime, batch_id: int, reason: str) -> int:
    """Queue the withdrawal of a batch as a job; returns its id. Asked twice, the first reason stands."""
    batch = get_batch_record(batch_id)
    check(by, Act.WITHDRAW_BATCH, batch.scope)
    check_withdraw(BatchState(batch.state))
    why, key = _told(reason), withdraw_key(batch)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if not locked.withdrawn_reason:
            # The reason lies sealed with the batch: the arguments of a job are plain.
            locked.withdrawn_reason = why
            locked.save(update_fields=["withdrawn_reason"])
        return ask("remark.withdraw", key=key, by=by, at=at, batch_id=batch.pk, by_id=by.pk).pk


def withdraw_batch(
    *, by: Account, at: datetime, batch_id: int, reason: str = "", progress: Progress | None = None
) -> int:
    """Withdraw all remarks of a batch; returns how many. May be killed and called again.

    Without a `reason` the one that was told when the job was asked for.

    Reports about persons go with the others, so that the count tells nobody which they were; the office that handles
    them still finds them among the diverted ones: an undone import must not bury a report.

    Raises `NotFound`, `NotAllowed`, `BatchNotCommitted`, `BatchWithdrawn`, `ReasonMissing`.
    """
    batch = get_batch_record(batch_id)
    check(by, Act.WITHDRAW_BATCH, batch.scope)
    check_withdraw(BatchState(batch.state))
    why = _told(reason or batch.withdrawn_reason)
    total = batch.remarks.filter(withdrawn_at=None).count()
    done = 0
    while taken := _withdraw_slice(batch, by, at):
        done += taken
        if progress is not None:
            progress(done, total, "")
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        locked.state, locked.withdrawn_reason, locked.round = BatchState.WITHDRAWN, why, locked.round + 1
        locked.save(update_fields=["state", "withdrawn_reason", "round"])
        details = {"programme": batch.programme_id, "count": done}
        _tell_batch("batch.withdrawn", batch, by, at, details, reason=why)
    return done


@transaction.atomic
def _withdraw_slice(batch: ImportBatch, by: Account, at: datetime) -> int:
    ImportBatch.objects.select_for_update().get(pk=batch.pk)
    held = batch.remarks.select_for_update().filter(withdrawn_at=None).defer("verbatim", "speaker", "phone")
    remarks = list(held.order_by("id")[:SLICE])
    if not remarks:
        return 0
    ids = [remark.pk for remark in remarks]
    Remark.objects.filter(pk__in=ids).update(withdrawn_at=at)
    search.remove(KIND, ids)
    _tell_batch("remark.withdrawn", batch, by, at, bulk_details(remarks) | {"batch": batch.pk})
    return len(ids)


@transaction.atomic
def withdraw_remark(*, by: Account, at: datetime, remark_id: int, reason: str) -> None:
    """Withdraw one remark: by whoever recorded it, or who may withdraw a batch there.

    A diverted one only by the office that handles reports; for others it is not there.

    Raises `NotFound`, `NotAllowed`, `NotInForce`, `ReasonMissing`.
    """
    remark = _locked(remark_id)
    if remark.is_diverted and not can(by, Act.SEE_DIVERTED, remark.scope):
        raise NotFound
    if remark.recorded_by_id != by.pk:
        check(by, Act.WITHDRAW_BATCH, remark.scope)
    if remark.withdrawn_at is not None:
        raise NotInForce
    why = _told(reason)
    remark.withdrawn_at = at
    remark.save(update_fields=["withdrawn_at"])
    search.remove(KIND, [remark.pk])
    _tell_remark("remark.withdrawn", remark, by, at, bulk_details([remark]), reason=why)


@transaction.atomic
def divert_remark(*, by: Account | None, at: datetime, remark_id: int, reason: str) -> None:
    """Give a report about persons to the lawful body: from now on only the office that handles it may open its words.

    `by` is None when the digest does it at once; a person needs leave to record there. The shown words are taken away,
    and what was told beside them; all stays sealed. Raises `NotFound`, `NotAllowed`, `NotInForce`, `AlreadyDiverted`,
    `ReasonMissing`.
    """
    remark = _locked(remark_id)
    if by is not None:
        check(by, Act.RECORD_REMARK, remark.scope)
    if remark.withdrawn_at is not None:
        raise NotInForce
    if remark.is_diverted:
        raise AlreadyDiverted
    _told(reason)
    remark.withheld = {name: getattr(remark, name) for name in TOLD_BESIDE}
    remark.is_diverted, remark.shown, remark.subject = True, WITHHELD, ""
    remark.sub_place, remark.translated_by, remark.outside_id, remark.told = "", "", "", {}
    remark.save(update_fields=["is_diverted", "shown", "subject", "withheld", *TOLD_BESIDE])
    search.remove(KIND, [remark.pk])
    scope = Scope(remark.prefecture_code, remark.county_code)
    drop_words([(KIND, remark.pk)], by=by, at=at, scope=scope)
    # The event tells neither the reason nor a place below the county: a village must not recognise itself.
    event = record(
        "remark.diverted",
        subject=(KIND, remark.pk),
        by=by,
        at=at,
        scope=scope,
        details={"month": month_of(remark), "programme": remark.programme_id},
    )
    ask_purge(by=by, at=at, event_id=event.pk)


@transaction.atomic
def return_diverted(*, by: Account, at: datetime, remark_id: int, reason: str) -> RemarkRow:
    """Bring back a remark that is no report about persons after all; it is digested again and not diverted twice.

    Raises `NotFound`, `NotDiverted`, `ReasonMissing`.
    """
    remark = _locked(remark_id)
    if not can(by, Act.SEE_DIVERTED, remark.scope):
        raise NotFound
    if not remark.is_diverted:
        raise NotDiverted
    why = _told(reason)
    remark.is_diverted, remark.may_divert, remark.digested_at = False, False, None
    remark.shown = mask(remark.verbatim).shown
    remark.subject = mask(remark.verbatim_subject).shown[:300]
    for name, words in remark.withheld.items():
        setattr(remark, name, words)
    remark.withheld = {}
    changed = ["is_diverted", "may_divert", "digested_at", "shown", "subject", "withheld", *TOLD_BESIDE]
    remark.save(update_fields=changed)
    if remark.withdrawn_at is None:
        index([remark])
    _tell_remark("remark.returned", remark, by, at, bulk_details([remark]), reason=why)
    return row_of(remark)


def _locked(remark_id: int) -> Remark:
    remark = Remark.objects.select_for_update().filter(pk=remark_id).first()
    if remark is None:
        raise NotFound
    return remark


def _told(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return mask(reason.strip()).shown[:200]


def _tell_batch(
    kind: str, batch: ImportBatch, by: Account, at: datetime, details: Details, *, reason: str = ""
) -> None:
    words: Details = {"reason": reason} if reason else {}
    record(kind, subject=("batch", batch.pk), by=by, at=at, scope=batch.scope, details=details, words=words)


def _tell_remark(kind: str, remark: Remark, by: Account, at: datetime, details: Details, *, reason: str) -> None:
    words: Details = {"reason": reason}
    record(kind, subject=("remark", remark.pk), by=by, at=at, scope=remark.scope, details=details, words=words)
