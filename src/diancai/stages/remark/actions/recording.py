"""Recording one remark: a sentence is enough, the same parcel twice is once."""

import uuid as uuids
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act
from diancai.ground.uploads.keeping import store_file
from diancai.stages.remark.actions.making import Said, build, index, month_of, scope_of
from diancai.stages.remark.errors import UnknownWord
from diancai.stages.remark.models import Remark, RemarkPhoto
from diancai.stages.remark.photos import check_photos
from diancai.stages.remark.queries import row_of
from diancai.stages.remark.rows import PhotoGiven, RemarkRow
from diancai.stages.remark.rules import check_fields, check_said_at, check_text
from diancai.words import Language, Source, Word

Listed = TypeVar("Listed", bound=Word)


def record_remark(
    *,
    by: Account,
    at: datetime,
    programme_id: int,
    text: str,
    place_code: str,
    source: Source | str,
    uuid: uuids.UUID | str | None = None,
    sub_place: str = "",
    said_at: datetime | None = None,
    recorded_at: datetime | None = None,
    subject: str = "",
    households: int | None = None,
    households_approx: bool = False,
    persons: int | None = None,
    speaker: str = "",
    phone: str = "",
    language: Language | str | None = None,
    is_translation: bool = False,
    translated_by: str = "",
    is_emergency: bool = False,
    photos: Sequence[PhotoGiven] = (),
    team_id: int | None = None,
    outside_id: str = "",
) -> RemarkRow:
    """Keep what somebody said. The same `uuid` again gives the remark that is already here.

    Raises `NotAllowed`, `NoSuchPlace`, `EmptyRemark`, `TooLong`, `SaidInFuture`, `CountOutOfRange`,
    `FieldTooLong`, `UnknownWord`, `PhotoNotTaken`.
    """
    scope = scope_of(place_code)
    check(by, Act.RECORD_REMARK, scope)
    check_said_at(said_at, at)
    check_fields(
        {"households": households, "persons": persons}, {"sub_place": sub_place, "translated_by": translated_by}
    )
    check_photos(photos)
    said = Said(
        programme_id=programme_id,
        scope=scope,
        text=check_text(text),
        source=_word(Source, source),
        sub_place=sub_place.strip(),
        subject=subject.strip(),
        said_at=said_at,
        recorded_at=recorded_at,
        households=households,
        households_approx=households_approx,
        persons=persons,
        speaker=speaker,
        phone=phone,
        language=_word(Language, language) if language else None,
        is_translation=is_translation,
        translated_by=translated_by.strip(),
        is_emergency=is_emergency,
        team_id=team_id,
        outside_id=outside_id.strip(),
    )
    return keep(said, by=by, at=at, uuid=uuids.UUID(str(uuid)) if uuid else uuids.uuid4(), photos=photos)


def _word(kind: type[Listed], told: str) -> Listed:
    """The word of a closed list."""
    try:
        return kind(told)
    except ValueError as error:
        raise UnknownWord(words=told, choices="、".join(str(word.value) for word in kind)) from error


def keep(said: Said, *, by: Account, at: datetime, uuid: uuids.UUID, photos: Sequence[PhotoGiven] = ()) -> RemarkRow:
    """Save a remark whose leave has been asked, once for each uuid."""
    remark = build(said, by_id=by.pk, at=at, uuid=uuid)
    remark.recorded_by = by
    try:
        return row_of(_save(remark, by, at, photos))
    except IntegrityError:
        # The parcel was here already: rare, so it is not asked first, and the remark is the first row to be written.
        if (known := Remark.objects.filter(uuid=uuid).first()) is None:
            raise
        return _known(known, by)


@transaction.atomic
def _save(remark: Remark, by: Account, at: datetime, photos: Sequence[PhotoGiven]) -> Remark:
    remark.save(force_insert=True)
    for photo in photos:
        name, digest = store_file(photo.content)
        RemarkPhoto.objects.create(
            remark=remark, file_name=name, content_digest=digest, taken_with_consent=photo.taken_with_consent
        )
    index([remark], are_new=True)
    record(
        "remark.recorded",
        subject=("remark", remark.pk),
        by=by,
        at=at,
        scope=remark.scope,
        details={
            "programme": remark.programme_id,
            "source": remark.source,
            "month": month_of(remark),
            "is_emergency": remark.is_emergency,
            "photos": len(photos),
        },
    )
    return remark


def _known(remark: Remark, by: Account) -> RemarkRow:
    """The remark that the same parcel made before; never shown to somebody who guesses a uuid."""
    if remark.recorded_by_id != by.pk and not can(by, Act.SEE_REMARK, remark.scope):
        raise NotAllowed
    return row_of(remark)
