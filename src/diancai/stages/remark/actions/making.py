"""How a remark is put together, for the form, the chat and the import alike: sealed, masked, keyed, indexed."""

import uuid as uuids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from diancai.engine.said.language import tell_language
from diancai.engine.said.masking import mask
from diancai.formats.sheets.values import parse_phone
from diancai.ground.errors import NotFound
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import full_name, get_scope, initials_of
from diancai.ground.privacy.sealing import blind_index
from diancai.ground.search import actions as search
from diancai.stages.remark.errors import NoSuchPlace
from diancai.stages.remark.models import Remark
from diancai.stages.remark.rules import UNKEEPABLE, keepable, normal_text
from diancai.words import Language, Source

KIND = "remark"
FREE_WORDS = ("text", "subject", "sub_place", "speaker", "phone", "translated_by", "outside_id")


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a remark before it is one."""

    programme_id: int
    scope: Scope
    text: str
    source: Source
    sub_place: str = ""
    subject: str = ""
    said_at: datetime | None = None
    recorded_at: datetime | None = None
    households: int | None = None
    households_approx: bool = False
    persons: int | None = None
    speaker: str = ""
    phone: str = ""
    language: Language | None = None
    is_translation: bool = False
    translated_by: str = ""
    is_emergency: bool = False
    outside_id: str = ""
    row_key: str = ""
    team_id: int | None = None
    told: dict[str, str] = field(default_factory=dict)


def scope_of(place_code: str) -> Scope:
    """The scope of a place. Raises `NoSuchPlace`."""
    try:
        return get_scope(place_code)
    except NotFound as missing:
        raise NoSuchPlace(code=place_code) from missing


def text_key(text: str) -> str:
    """The blind index by which identical texts find each other."""
    return blind_index(normal_text(text))


def build(said: Said, *, by_id: int, at: datetime, uuid: uuids.UUID | None = None) -> Remark:
    """An unsaved remark; personal data goes to sealed columns only, all others hold masked words."""
    said = _keepable(said)
    phone = parse_phone(said.phone)
    return Remark(
        uuid=uuid or uuids.uuid4(),
        programme_id=said.programme_id,
        source=said.source,
        verbatim=said.text,
        shown=mask(said.text).shown,
        subject=mask(said.subject).shown[:300] if said.subject else "",
        verbatim_subject=said.subject,
        text_key=text_key(said.text),
        row_key=said.row_key,
        outside_id=said.outside_id[:80],
        language=said.language or tell_language(said.text),
        is_translation=said.is_translation,
        translated_by=said.translated_by,
        speaker=said.speaker.strip(),
        phone=said.phone.strip(),
        phone_key=blind_index(phone.number),
        households=said.households,
        households_approx=said.households_approx,
        persons=said.persons,
        said_at=said.said_at,
        recorded_at=said.recorded_at or at,
        received_at=at,
        recorded_by_id=by_id,
        team_id=said.team_id,
        is_emergency=said.is_emergency,
        told={name: mask(words).shown[:300] for name, words in said.told.items() if words},
        **columns(said.scope, said.sub_place),
    )


def _keepable(said: Said) -> Said:
    """The same without letters that no database keeps; nearly always the very same."""
    words = {name: getattr(said, name) for name in FREE_WORDS}
    broken: dict[str, Any] = {name: keepable(told) for name, told in words.items() if UNKEEPABLE.search(told)}
    return replace(said, **broken) if broken else said


def columns(scope: Scope, sub_place: str = "") -> dict[str, str]:
    """The place columns of a record."""
    return {
        "prefecture_code": scope.prefecture_code,
        "county_code": scope.county_code,
        "town_code": scope.town_code,
        "village_code": scope.village_code,
        "sub_place": sub_place[:40],
    }


def index(remarks: Sequence[Remark], *, are_new: bool = False) -> None:
    """Make remarks findable, replacing what the index held of those that are not new."""
    if not remarks:
        return
    if not are_new:
        search.remove(KIND, [remark.pk for remark in remarks])
    search.put_many(KIND, [_search_row(remark) for remark in remarks])


def _search_row(remark: Remark) -> tuple[int, Scope, datetime, str, str]:
    scope = remark.scope
    words = f"{remark.shown} {remark.subject} {full_name(scope, remark.sub_place)}"
    return remark.pk, scope, remark.recorded_at, words, initials_of(scope)


def bulk_details(remarks: Iterable[Remark]) -> dict[str, Any]:
    """What the event of a bulk act tells: how many, their digest, the places and months whose counts they touch."""
    held = list(remarks)
    return {
        "count": len(held),
        "digest": rows_digest([str(remark.uuid) for remark in held]),
        "places": sorted({remark.scope.place_code for remark in held}),
        "months": sorted({month_of(remark) for remark in held}),
        "programme": held[0].programme_id if held else None,
    }


def month_of(remark: Remark) -> str:
    """The month in which a remark counts: that of its recording, as `2019-12`."""
    return f"{timezone.localtime(remark.recorded_at):%Y-%m}"
