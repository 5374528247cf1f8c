"""Keeping what an officer ticked in a pasted chat; the words of everybody else are never stored."""

import uuid as uuids
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from diancai.formats.pasted import ChatLine
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.privacy.sealing import blind_index
from diancai.stages.remark.actions.making import Said, scope_of
from diancai.stages.remark.actions.recording import keep
from diancai.stages.remark.rows import RemarkRow
from diancai.stages.remark.rules import Told, check_said_at, check_text, join_ticked, normal_text
from diancai.words import Source


def keep_chat(
    *,
    by: Account,
    at: datetime,
    programme_id: int,
    place_code: str,
    lines: Sequence[ChatLine],
    ticked: Sequence[int],
    sub_place: str = "",
    source: Source | str = Source.CHAT,
) -> tuple[RemarkRow, ...]:
    """Ticked lines become remarks, one for each speaker's breath; the same paste again adds nothing.

    Every line is checked before the first is kept. Raises `NothingTicked` and what `record_remark` raises.
    """
    scope = scope_of(place_code)
    check(by, Act.RECORD_REMARK, scope)
    told = join_ticked(lines, ticked)
    found = [
        Said(
            programme_id=programme_id,
            scope=scope,
            text=check_text(breath.text),
            source=Source(source),
            sub_place=sub_place.strip(),
            said_at=_aware(breath.said_at),
            speaker=breath.speaker,
        )
        for breath in told
    ]
    for said in found:
        check_said_at(said.said_at, at)
    marks = [_mark(programme_id, place_code, breath) for breath in told]
    return tuple(keep(said, by=by, at=at, uuid=mark) for said, mark in zip(found, marks, strict=True))


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


def _mark(programme_id: int, place_code: str, told: Told) -> uuids.UUID:
    """The uuid of a chat line, the same whenever it is pasted; keyed, so that it tells nothing of the words."""
    said = told.said_at.isoformat() if told.said_at else ""
    parts = [str(programme_id), place_code, told.speaker, said, normal_text(told.text)]
    return uuids.UUID(blind_index("\x1f".join(parts))[:32], version=4)
