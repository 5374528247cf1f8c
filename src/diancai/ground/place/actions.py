"""Writing the ground: the tree from `config/places`, departments by line, stations. Safe to repeat."""

from datetime import date

from django.conf import settings
from django.db import transaction

from diancai.config import read_rows
from diancai.ground.place.models import Department, LiaisonStation, Place
from diancai.ground.place.queries import forget_tree, list_places, tree
from diancai.words import Level

LEVELS = (Level.PREFECTURE, Level.COUNTY, Level.TOWN, Level.VILLAGE)
SINCE = date(2016, 1, 1)  # when the present division was surveyed; earlier ones are not in the data


@transaction.atomic
def load_tree() -> int:
    """Make or refresh every place of `config/places/places.csv`; returns how many there are."""
    rows = read_rows("places/places.csv", settings.CONFIG_OVERRIDES)
    known = {row["code"]: row for row in rows}
    for level in LEVELS:
        places = [_place(row, known) for row in rows if row["level"] == level]
        Place.objects.bulk_create(
            places,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "short_name", "kind", "pinyin", "initials", "is_pickable", "longitude", "latitude"],
        )
    forget_tree()
    return len(rows)


@transaction.atomic
def load_departments() -> int:
    """Make the departments of `config/lines.csv` at the prefecture and in each county, joined by their line."""
    rows = read_rows("lines.csv", settings.CONFIG_OVERRIDES)
    prefecture = list_places(Level.PREFECTURE)[0]
    for row in rows:
        upper = _department(row["prefecture"], row, prefecture.code, None)
        for county in list_places(Level.COUNTY):
            _department(_county_name(county.name, row["county"]), row, county.code, upper)
    return Department.objects.count()


@transaction.atomic
def load_stations(duty_phones: dict[str, str] | None = None) -> int:
    """Give every county, town and pickable village its liaison station; phones are set where they are known."""
    phones = duty_phones or {}
    wanted = [p for p in tree().values() if p.level != Level.PREFECTURE and p.is_pickable]
    stations = [
        LiaisonStation(place_id=p.code, name=f"{p.name}民情联络站", duty_phone=phones.get(p.code, ""), opened_on=SINCE)
        for p in wanted
    ]
    LiaisonStation.objects.bulk_create(stations, batch_size=500, ignore_conflicts=True)
    return LiaisonStation.objects.count()


def _place(row: dict[str, str], known: dict[str, dict[str, str]]) -> Place:
    chain = {}
    above = known.get(row["parent"])
    while above is not None:
        chain[above["level"]] = above["code"]
        above = known.get(above["parent"])
    own = {row["level"]: row["code"]}
    return Place(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        level=row["level"],
        kind=row["kind"],
        parent_id=row["parent"] or None,
        prefecture_code=(chain | own)[Level.PREFECTURE],
        county_code=chain.get(Level.COUNTY, ""),
        town_code=chain.get(Level.TOWN, ""),
        pinyin=row["pinyin"],
        initials=row["initials"],
        is_pickable=row["pickable"] == "1",
        longitude=float(row["longitude"]) if row["longitude"] else None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        valid_from=SINCE,
    )


def _county_name(county: str, suffix: str) -> str:
    """`五原县` + `农牧局`; a party organ is named after the level alone: `五原县委组织部`, `乌拉特中旗旗委组织部`."""
    if not suffix.startswith("委"):
        return county + suffix
    return county + (county[-1] if len(county) > 3 else "") + suffix


def _department(name: str, row: dict[str, str], place_code: str, upper: Department | None) -> Department:
    department, _ = Department.objects.get_or_create(
        place_id=place_code,
        name=name,
        defaults={
            "short_name": row["short_name"],
            "line": row["line"],
            "duties": row["duties"],
            "duty_basis": row["duty_basis"],
            "upper": upper,
            "valid_from": SINCE,
        },
    )
    return department
