"""What people said, recorded by the officer nearest to them."""

from datetime import datetime

from diancai.ground.people.queries import Account
from diancai.ground.place.queries import get_place
from diancai.interfaces.console.story.stage import ZONE, Stage, after
from diancai.stages.remark.actions import record_remark
from diancai.stages.remark.rows import RemarkRow
from diancai.words import Source


def record_all(stage: Stage, told: list[dict[str, str]]) -> dict[str, RemarkRow]:
    """Record every remark of the story; returns them by the story's key."""
    return {row["key"]: _record(stage, row) for row in told}


def _record(stage: Stage, row: dict[str, str]) -> RemarkRow:
    place = get_place(stage.code_of(row["place"]))
    said_at = datetime.strptime(row["said_at"], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE) + stage.later
    translated = "译记：" in row["text"]
    source = Source.from_zh(row["source"])
    if source is None:
        raise ValueError(f"config/demo/remarks.csv: {row['key']}: {row['source']}")
    return record_remark(
        by=_officer(stage, place.scope.village_code, place.scope.town_code, place.scope.county_code),
        at=after(said_at, minutes=20),
        programme_id=stage.programme.id,
        text=row["text"],
        place_code=place.code,
        source=source,
        sub_place=row["sub_place"],
        said_at=said_at,
        recorded_at=after(said_at, minutes=5),
        households=int(row["households"]) if row["households"] else None,
        is_translation=translated,
        translated_by="双语联络员" if translated else "",
        is_emergency=row["key"] == "x05",
    )


def _officer(stage: Stage, village: str, town: str, county: str) -> Account:
    if village == stage.code_of("五原县塔尔湖镇联丰村"):
        return stage.person("naren")
    if town == stage.code_of("五原县塔尔湖镇"):
        return stage.person("wanggui")
    return stage.office_of(county)
