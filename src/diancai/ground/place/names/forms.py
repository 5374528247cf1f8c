"""What a place is called: its row, and every form in which people write its name. Pure; called by the name index."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

# Digits of the 12-digit statistical code that all places below a place of this level share.
SHARED_DIGITS = {"prefecture": 4, "county": 6, "town": 9, "village": 12}

NUMERAL = r"[一二三四五六七八九十百零〇两0-9]+"
SUB_PLACE = re.compile(rf"第?(?:{NUMERAL}|[东西南北前后上中下])(?:村民小组|小组|组|社|小队|队)")
COMMITTEE = re.compile(r"(?:村村民委员会|村民委员会|村委会|居民委员会|居委会|嘎查委员会)$")
SEPARATORS = re.compile(r"[\s,，、/／\\>＞\-—–·.。:：;；|]+")
PROVINCE = re.compile(r"^内蒙古(?:自治区)?")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as the resolver knows it; `level` and `kind` are values of the enums in `diancai.words`."""

    code: str
    name: str
    level: str
    short_name: str = ""
    official_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    parent: str = ""
    pickable: bool = True

    @classmethod
    def from_csv_row(cls, row: Mapping[str, str]) -> Self:
        """A row of `config/places/places.csv`."""
        return cls(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            short_name=row["short_name"],
            official_name=row["official_name"],
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
            kind=row["kind"],
            parent=row["parent"],
            pickable=row["pickable"] == "1",
        )

    @property
    def shared_code(self) -> str:
        """The leading digits that every place below this one begins with."""
        return self.code[: SHARED_DIGITS[self.level]]


def normal(said: str) -> str:
    """A name without spaces, separators, width variants, and what is the same for all (内蒙古, 巴彦淖尔市)."""
    text = PROVINCE.sub("", SEPARATORS.sub("", unicodedata.normalize("NFKC", said)))
    return text.removeprefix("巴彦淖尔市") or text


def forms_of(row: PlaceRow, town_short: str) -> Iterator[str]:
    """What people write for a place: its name, its registered name, both without their suffixes, and its aliases."""
    forms = {row.name, row.official_name, row.short_name, *row.aliases}
    forms |= {normal(row.official_name), COMMITTEE.sub("", row.official_name)}
    if row.kind == "gacha":
        forms |= {row.short_name + "嘎查村", row.short_name + "嘎查"}
    if row.kind in {"village", "branch_farm"}:
        forms |= {row.name + "委会", row.name + "民委员会", row.name.removesuffix("村") + "大队"}
    if row.kind == "community":
        forms |= {row.short_name + "社区", row.short_name + "居委会"}
    if town_short and row.name.startswith(town_short) and len(row.name) - len(town_short) > 2:
        forms.add(row.name.removeprefix(town_short))
    yield from (form for form in forms if len(form) > 1)
