"""What the story needs at hand: the programme, the people, its clock, the places by name.

The sheets tell the days of 2019 and 2020. They are told as many whole weeks later as bring the story's last day to
within a week of today, so that the programme is running when somebody looks (docs/demo.md): weekdays stay, seasons do
not, and every page says by how much the days were moved.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diancai.config import read_bytes, read_json, read_text
from diancai.ground.people.actions import give_post, make_account
from diancai.ground.people.queries import Account, get_account
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import DepartmentRow, get_place, list_departments, list_places
from diancai.ground.place.stations import set_station
from diancai.ground.programme.queries import ProgrammeRow, get_programme
from diancai.ground.slip.rows import Signing
from diancai.ground.uploads.files import FileGiven
from diancai.words import Level, Role

ZONE = ZoneInfo("Asia/Shanghai")
SINCE, LAST_DAY = date(2019, 11, 1), date(2020, 1, 19)
OFFICERS = {Role.LIAISON_OFFICER, Role.TOWN_OFFICER, Role.PROGRAMME_OFFICE}
PASSWORD = "diancai-demo"  # noqa: S105 (printed on the sign-in page of the demo)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of the story."""
    return list(csv.DictReader(io.StringIO(read_text(f"demo/{name}"))))


@dataclass
class Stage:
    """The story's people and places; accounts are made when they first act. `later`: by how much its days moved."""

    later: timedelta = timedelta()
    programme: ProgrammeRow = field(default_factory=lambda: get_programme("2019"))
    decisions: dict[str, Any] = field(default_factory=lambda: read_json("demo/decisions.json"))
    offers: dict[str, int] = field(default_factory=dict)
    departments: dict[str, DepartmentRow] = field(default_factory=lambda: {d.name: d for d in list_departments()})

    def day(self, told: date | str) -> date:
        """A day of the sheets as it is told now."""
        return (date.fromisoformat(told) if isinstance(told, str) else told) + self.later

    def moment(self, told: date, hour: int = 10, minute: int = 0) -> datetime:
        """An instant of a day of the sheets, in the story's time zone."""
        day = self.day(told)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)

    def signing(self, signed_by: str, at: datetime) -> Signing:
        """A paper that was signed at once; its scan is a specimen that says so."""
        return Signing(signed_by, at.date(), FileGiven("signed_slip.jpg", read_bytes("demo/signed_slip.jpg")))

    def code_of(self, place: str) -> str:
        """The code of a place by its full name. Raises ValueError naming it: the story must be right."""
        found = place_names().resolve(place)
        if found.code is None:
            raise ValueError(f"config/demo: {place}: {found.how} {found.candidates}")
        return found.code

    def office_of(self, county_code: str) -> Account:
        """The account of a county's programme office."""
        return self._account(next(r for r in rows_of("people.csv") if r["place"] == get_place(county_code).name))

    def person(self, username: str) -> Account:
        """An account of the story by name."""
        return self._account(next(row for row in rows_of("people.csv") if row["username"] == username))

    def contact_of(self, department: DepartmentRow) -> Account:
        """Whoever answers for a department: the one the story names, or one made for it."""
        for row in rows_of("people.csv"):
            if row["department"] == department.name and row["role"] == Role.DEPARTMENT_CONTACT:
                return self._account(row)
        username = f"contact{department.id}"
        return get_account(username) or self._contact(username, department)

    def make_everybody(self) -> None:
        """Every account that the start screen lists; who sits at a place answers at its station."""
        manager = self.person("zhaohong")
        for number, row in enumerate(rows_of("people.csv"), 1):
            account = self._account(row)
            if row["place"] and row["role"] in OFFICERS:
                set_station(
                    by=manager,
                    at=self.moment(SINCE),
                    place_code=self.code_of(row["place"]),
                    officer=account,
                    duty_phone=f"0478-00000{number:02d}",
                )

    def _contact(self, username: str, department: DepartmentRow) -> Account:
        account = make_account(
            by=None,
            at=self.moment(SINCE),
            username=username,
            display_name=f"{department.short_name}落实联络人",
            password=None,
        )
        give_post(
            by=None,
            at=self.moment(SINCE),
            account=account,
            role=Role.DEPARTMENT_CONTACT,
            valid_from=self.day(SINCE),
            department_id=department.id,
        )
        return account

    def _account(self, row: dict[str, str]) -> Account:
        known = get_account(row["username"])
        if known is not None:
            return known
        account = make_account(
            by=None, at=self.moment(SINCE), username=row["username"], display_name=row["name"], password=PASSWORD
        )
        give_post(
            by=None,
            at=self.moment(SINCE),
            account=account,
            role=Role(row["role"]),
            valid_from=self.day(SINCE),
            place_code=self.code_of(row["place"]) if row["place"] else "",
            department_id=self.departments[row["department"]].id if row["department"] else None,
        )
        return account


def period_of(at: datetime) -> str:
    """The period of the lists drawn up then: `2019年12月`."""
    return f"{at.year}年{at.month}月"


def weeks_to(today: date) -> int:
    """Whole weeks by which the story is moved, so that it ends today or at most six days ago; never backwards."""
    return max(0, (today - LAST_DAY).days // 7)


def after(at: datetime, **later: float) -> datetime:
    """A later instant."""
    return at + timedelta(**later)


def counties() -> list[str]:
    """Codes of the seven counties."""
    return [county.code for county in list_places(Level.COUNTY)]
