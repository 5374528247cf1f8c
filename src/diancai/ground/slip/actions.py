"""Printing a slip and entering the signed one. Called by the editions of need and supply inside their own acts.

The stage asks for leave and writes the ledger event; what the event should say of the paper is returned.
"""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.slip.errors import (
    LinesAltered,
    ScanIsHeic,
    ScanMissing,
    ScanNotTaken,
    ScanTooLarge,
    SignedBeforePrinted,
    SignedInFuture,
    SignerMissing,
    SignerTooLong,
    SlipNotPrinted,
    SlipOutdated,
)
from diancai.ground.slip.models import SignedOnPaper, Slip
from diancai.ground.slip.rows import Signing, SlipTold
from diancai.ground.slip.wording import short_digest
from diancai.ground.uploads.files import FileGiven
from diancai.ground.uploads.keeping import store_file, suffix_of

MOST_NAME = 40
TAKEN = {".jpg", ".png", ".pdf"}
MEGABYTE = 2**20
# What a slip's number begins with, by the kind of what it is printed for.
MARKS = {"demand_edition": "需", "supply_list": "供"}


def print_slip(
    *, by: Account, at: datetime, subject: tuple[str, int], told: SlipTold, content_digest: str
) -> tuple[int, dict[str, object]]:
    """The slip for these lines, made when there is none; returns its id and what the event says (empty: not new)."""
    kind, identifier = subject
    printed = Slip.objects.filter(subject_kind=kind, subject_id=identifier)
    same = printed.filter(content_digest=content_digest).first()
    if same is not None:
        return same.pk, {}
    slip = Slip.objects.create(
        subject_kind=kind,
        subject_id=identifier,
        number=f"{MARKS[kind]}{identifier}-{printed.count() + 1}",
        content_digest=content_digest,
        told=asdict(told) | {"made_on": told.made_on.isoformat()},
        printed_by=by,
        printed_at=at,
    )
    return slip.pk, {"slip_id": slip.pk, "content_digest": content_digest}


def sign_on_slip(
    edition: SignedOnPaper, *, at: datetime, subject: tuple[str, int], content_digest: str, signing: Signing
) -> dict[str, object]:
    """Put the signature on the edition (not saved) and keep the scan; returns what the event says.

    Raises the refusals of `errors`: what is entered is looked at first, then the slip, then its scan.
    """
    signed_by = " ".join(signing.signed_by.split())
    if not signed_by or signing.signed_on is None:
        raise SignerMissing
    if len(signed_by) > MOST_NAME:
        raise SignerTooLong(length=len(signed_by), most=MOST_NAME)
    if signing.signed_on > timezone.localdate(at):
        raise SignedInFuture(day=signing.signed_on.isoformat())
    slip = _fitting(subject, content_digest)
    printed_on = timezone.localdate(slip.printed_at)
    if signing.signed_on < printed_on:
        raise SignedBeforePrinted(day=signing.signed_on, number=slip.number, printed=printed_on)
    scan = check_scan(signing.scan)
    slip.scan_name, slip.scan_digest = store_file(scan.content)
    slip.paper_number = " ".join(signing.paper_number.split())[:120]
    slip.save(update_fields=["scan_name", "scan_digest", "paper_number"])
    edition.signed_by, edition.signed_on = signed_by, signing.signed_on
    edition.slip, edition.digest = slip, content_digest
    return {
        "signed_on": signing.signed_on,
        "digest": content_digest,
        "slip_id": slip.pk,
        "paper_number": slip.paper_number,
        "scan_digest": slip.scan_digest,
    }


def take_signature_back(edition: SignedOnPaper) -> None:
    """Back to unsigned (not saved); the slip and its scan stay as evidence."""
    edition.signed_by, edition.signed_on, edition.slip, edition.digest = "", None, None, ""


def check_unaltered(edition: SignedOnPaper, content_digest: str) -> None:
    """Raise `LinesAltered` unless the lines are those that were signed."""
    if edition.digest != content_digest:
        raise LinesAltered


def check_scan(scan: FileGiven | None) -> FileGiven:
    """The scan, when it can be kept and opened later. Raises `ScanMissing`, `ScanTooLarge`, `ScanIsHeic`, …"""
    if scan is None or not scan.content:
        raise ScanMissing
    if len(scan.content) > settings.PHOTO_LIMIT:
        raise ScanTooLarge(name=scan.file_name, most=settings.PHOTO_LIMIT // MEGABYTE)
    suffix = suffix_of(scan.content)
    if suffix == ".heic":
        raise ScanIsHeic(name=scan.file_name)
    if suffix not in TAKEN:
        raise ScanNotTaken(name=scan.file_name)
    return scan


def _fitting(subject: tuple[str, int], content_digest: str) -> Slip:
    printed = Slip.objects.select_for_update().filter(subject_kind=subject[0], subject_id=subject[1]).order_by("id")
    fitting = printed.filter(content_digest=content_digest).last()
    if fitting is not None:
        return fitting
    last = printed.last()
    if last is None:
        raise SlipNotPrinted
    raise SlipOutdated(number=last.number, printed=short_digest(last.content_digest), now=short_digest(content_digest))
