"""Reading programmes."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import CharField

from diancai.ground.errors import NotFound
from diancai.ground.prepared import Given, Prepared
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
    moved_weeks: int


COLUMNS = tuple(field.name for field in fields(ProgrammeRow))
_NEWEST = Prepared(lambda: Programme.objects.values_list(*COLUMNS)[:1])
_BY_KEY = Prepared(lambda: Programme.objects.filter(key=Given(0, CharField())).values_list(*COLUMNS))


def list_programmes() -> list[ProgrammeRow]:
    """All programmes, the newest first."""
    return [ProgrammeRow(*row) for row in Programme.objects.values_list(*COLUMNS)]


def get_programme(key: str = "") -> ProgrammeRow:
    """The programme of that key, or the newest one. Raises `NotFound` when there is none."""
    rows = _BY_KEY.rows(key) if key else _NEWEST.rows()
    if not rows:
        raise NotFound
    return ProgrammeRow(*rows[0])
