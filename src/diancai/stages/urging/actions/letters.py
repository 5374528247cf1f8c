"""Letters: drawn up by the office, printed, signed by hand, entered with the scan; only then they have left."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope
from diancai.ground.slip.actions import MOST_NAME, check_scan
from diancai.ground.slip.errors import SignedInFuture, SignerMissing, SignerTooLong
from diancai.ground.slip.rows import Signing
from diancai.ground.uploads.keeping import store_file
from diancai.stages.urging.actions.reminding import checked
from diancai.stages.urging.errors import (
    LetterSentAlready,
    NothingToUrge,
    NotYoursToUrge,
    SeveralUnits,
    SignedBeforeDrafted,
)
from diancai.stages.urging.models import Letter, LetterSerial, Urge
from diancai.stages.urging.rules.ladder import MOST
from diancai.stages.urging.settling import answer_due, issuer_of
from diancai.stages.urging.standing import Held, held_parts, new_urge
from diancai.words import LetterState, UrgingStep


@transaction.atomic
def draft_letter(
    *,
    by: Account,
    at: datetime,
    step: UrgingStep | str,
    assignment_ids: Iterable[int],
    words: str = "",
    skip_reason: str = "",
) -> int:
    """Draw up a letter over these parts in the name of the body that the configuration names; returns its id.

    Every part must be fit for the step. `skip_reason`: why a pressing order goes past a step.
    Raises `NobodyChosen`, `TooManyChosen`, `SeveralUnits`, `NotYoursToUrge`, `NothingToUrge`, `NotLateYet`,
    `StepSkipped`, `StepStands`, `SkipNotPressing`, `NotFound`.
    """
    taken = UrgingStep(step)
    helds = held_parts(checked(assignment_ids), lock=True)
    places = {_place_of(held, by, taken, at, skip_reason) for held in helds}
    if len(places) != 1:
        raise SeveralUnits(step_zh=taken.zh, step_en=taken.en, count=len(places))
    place_code = places.pop()
    letter = _drafted(taken, helds, place_code, by, at, words.strip()[:MOST])
    made = Urge.objects.bulk_create(
        [new_urge(held, taken, at, letter=letter, skip_reason=skip_reason.strip()[:MOST]) for held in helds]
    )
    told: dict[str, object] = {"words": letter.words, "skip_reason": skip_reason.strip()[:MOST]}
    _record("urging.letter_drafted", letter, made, by, at, told)
    return letter.pk


@transaction.atomic
def send_letter(*, by: Account, at: datetime, letter_id: int, signing: Signing) -> None:
    """Enter that the letter was signed and has left, with the scan of the signed paper. Its time for answers begins.

    Raises `NotFound`, `NotAllowed`, `LetterSentAlready`, `NothingToUrge` when nothing that it names is open any more,
    the refusals of `ground.slip.errors` about signature and scan, `CalendarMissing`.
    """
    letter = _draft_of(letter_id, by)
    scan = _signed(letter, signing, timezone.localdate(at))
    urges = list(Urge.objects.select_for_update().filter(letter=letter).order_by("id"))
    open_ids = {held.part.pk for held in held_parts([urge.part_id for urge in urges], lock=True) if held.is_open()}
    if not open_ids:
        raise NothingToUrge(number=letter.number)
    letter.scan_name, letter.scan_digest = store_file(scan)
    letter.state, letter.sent_at, letter.sent_by = LetterState.SENT, at, by
    letter.answer_due_on = answer_due(UrgingStep(letter.step), timezone.localdate(at))
    letter.save()
    # What was done meanwhile stands on the signed paper; it is kept as sent, and no answer is asked for it.
    sent = Urge.objects.filter(letter=letter)
    sent.update(sent_at=at, sent_by=by)
    sent.filter(part__in=open_ids).update(answer_due_on=letter.answer_due_on)
    _record("urging.letter_sent", letter, urges, by, at, {})


@transaction.atomic
def withdraw_letter(*, by: Account, at: datetime, letter_id: int) -> None:
    """Take a draft back; its number stays used. Raises `NotFound`, `NotAllowed`, `LetterSentAlready`."""
    letter = _draft_of(letter_id, by)
    letter.state = LetterState.WITHDRAWN
    letter.save(update_fields=["state"])
    _record("urging.letter_withdrawn", letter, list(letter.urges.all()), by, at, {})


def _place_of(held: Held, by: Account, step: UrgingStep, at: datetime, skip_reason: str) -> str:
    """The place of the office that writes: that of the post from which the step may be taken."""
    post = held.check(by, step, at, skip_reason)
    if not post.place_code:
        raise NotYoursToUrge(department=held.part.department.name, step_zh=step.zh, step_en=step.en)
    return post.place_code


def _drafted(step: UrgingStep, helds: list[Held], place_code: str, by: Account, at: datetime, words: str) -> Letter:
    units = {held.part.department_id for held in helds}
    if step != UrgingStep.CIRCULAR and len(units) > 1:
        raise SeveralUnits(step_zh=step.zh, step_en=step.en, count=len(units))
    scope, issuer = get_scope(place_code), issuer_of(step, place_code)
    return Letter.objects.create(
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
        programme_id=helds[0].part.order.programme_id,
        number=_next_number(issuer.mark, step, place_code, at),
        step=step,
        department_id=None if step == UrgingStep.CIRCULAR else units.pop(),
        body=issuer.body,
        signer=issuer.signer,
        words=words,
        drafted_by=by,
        drafted_at=at,
    )


def _next_number(mark: str, step: UrgingStep, place_code: str, at: datetime) -> str:
    """`五原县督〔2019〕3号`; the serial's row is held until the commit."""
    year = timezone.localdate(at).year
    key: dict[str, Any] = {"place_code": place_code, "step": step.value, "year": year}
    LetterSerial.objects.get_or_create(**key)
    LetterSerial.objects.filter(**key).update(last=F("last") + 1)
    return f"{mark}〔{year}〕{LetterSerial.objects.get(**key).last}号"


def _draft_of(letter_id: int, by: Account) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    if letter is None:
        raise NotFound
    check(by, Act.SEND_LETTER, letter.scope)
    if letter.state != LetterState.DRAFT:
        raise LetterSentAlready(number=letter.number)
    return letter


def _signed(letter: Letter, signing: Signing, today: date) -> bytes:
    """Put the signature on the letter (not saved); returns the scan's bytes."""
    name = " ".join(signing.signed_by.split())
    if not name or signing.signed_on is None:
        raise SignerMissing
    if len(name) > MOST_NAME:
        raise SignerTooLong(length=len(name), most=MOST_NAME)
    if signing.signed_on > today:
        raise SignedInFuture(day=signing.signed_on.isoformat())
    drafted_on = timezone.localdate(letter.drafted_at)
    if signing.signed_on < drafted_on:
        raise SignedBeforeDrafted(day=signing.signed_on, drafted=drafted_on)
    scan = check_scan(signing.scan)
    letter.signed_by, letter.signed_on = name, signing.signed_on
    letter.paper_number = " ".join(signing.paper_number.split())[:120]
    return scan.content


def _record(kind: str, letter: Letter, urges: list[Urge], by: Account, at: datetime, words: dict[str, object]) -> None:
    record(
        kind,
        subject=("letter", letter.pk),
        by=by,
        at=at,
        scope=letter.scope,
        details={
            "step": letter.step,
            "department_id": letter.department_id,
            "count": len(urges),
            "order_ids": sorted({urge.order_id for urge in urges}),
            "digest": rows_digest([f"{urge.part_id}:{urge.due_on}" for urge in urges]),
            "signed_on": letter.signed_on,
            "scan_digest": letter.scan_digest,
        },
        words={name: text for name, text in words.items() if text},
        about=[("letter", letter.pk), *sorted({("order", urge.order_id) for urge in urges})],
    )
