"""Reading programmes."""

from dataclasses import dataclass
from datetime import date

from diancai.ground.errors import NotFound
from diancai.ground.programme.models import Programme


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as pages need it."""

    id: int
    key: str
    name: str
    short_name: str
    prefecture_code: str
    starts_on: date
    ends_on: date | None
    is_demo: bool


def list_programmes() -> list[ProgrammeRow]:
    """All programmes, the newest first."""
    return [_row(programme) for programme in Programme.objects.all()]


def get_programme(key: str = "") -> ProgrammeRow:
    """The programme of that key, or the newest one. Raises `NotFound` when there is none."""
    found = Programme.objects.filter(key=key) if key else Programme.objects.all()
    programme = found.first()
    if programme is None:
        raise NotFound
    return _row(programme)


def _row(programme: Programme) -> ProgrammeRow:
    return ProgrammeRow(
        programme.pk,
        programme.key,
        programme.name,
        programme.short_name,
        programme.prefecture_code,
        programme.starts_on,
        programme.ends_on,
        programme.is_demo,
    )
