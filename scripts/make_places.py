"""Make the place data of the package from open statistical lists; run by hand when the lists change.

Goes in: a folder with counties.csv, streets.csv, villages.csv (12-digit statistical codes), pinyin.csv (readings of
counties and towns) and boundaries.geojson (county polygons with centres). Comes out, in the folder named second:
places.csv (one row a place) and outlines.geojson (name, code and simplified outline of each county).

    python scripts/make_places.py FOLDER_OF_LISTS src/diancai/config/places
"""

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

PREFECTURE = "150800000000"
FIELDS = [
    "code", "name", "official_name", "short_name", "aliases", "level", "kind", "parent",
    "pinyin", "initials", "pickable", "longitude", "latitude",
]  # fmt: skip
# Coordinates are kept to a thousandth of a degree (about 100 m): a map of seven counties needs no more.
DECIMALS = 3

# What the registered names of town-level companies and offices are called by everybody.
TOWN_NAMES = {
    "巴彦淖尔市狼山农场农牧业发展有限公司": ("狼山农场", ""),
    "巴彦淖尔市临农农牧业发展有限公司": ("临河农场", "临农公司|临农农牧业公司"),
    "巴彦淖尔农垦建沣农场有限公司": ("建沣农场", "建丰农场"),
    "五原县隆兴昌镇荣丰办事处": ("荣丰办事处", "隆兴昌镇荣丰办事处"),
    "中国林业科学研究院沙漠林业实验中心": ("沙漠林业实验中心", "沙林中心|林业实验中心"),
    "巴彦淖尔市苏独隆农场有限公司": ("苏独隆农场", "苏独仑农场"),
    "巴彦淖尔市同和太种畜繁育中心": ("同和太种畜繁育中心", "同和太种畜场|同和太牧场"),
    "巴彦淖尔市西山嘴农场有限公司": ("西山嘴农场", "西山咀农场"),
}
COUNTY_ALIASES = {
    "150802": "临河",
    "150821": "五原",
    "150822": "磴口",
    "150823": "乌前旗|前旗",
    "150824": "乌中旗|中旗",
    "150825": "乌后旗|后旗",
    "150826": "杭后|杭锦旗后旗|后旗",
}
# Readings that the dictionary gets wrong in place names of the Hetao.
READINGS = {"都": "du", "长": "chang", "朝鲁": "chao lu", "乐": "le", "勒": "le", "什那": "shi na", "卜": "bu",
            "咀": "zui", "朝阳": "chao yang", "蓿": "xu"}  # fmt: skip
COMPANY = re.compile(r"^(?:巴彦淖尔市|巴彦淖尔|磴口县)?(?:农垦)?(.+?(?:农场|牧场|渔场))(?:有限(?:责任)?公司)?$")
COMMITTEE = re.compile(r"(?:村村民委员会|村村民委会|村民委员会|村委会)$")
TOWN_KINDS = [("街道", "subdistrict"), ("苏木", "sumu"), ("镇", "town"), ("乡", "township")]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one list, as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def spell(name: str) -> str:
    """Toneless pinyin of a name, a space between syllables, with the local readings."""
    syllables = lazy_pinyin(name)
    for part, reading in READINGS.items():
        for found in re.finditer(part, name):
            syllables[found.start() : found.end()] = reading.split()
    return " ".join(syllables)


def town_name(official: str) -> tuple[str, str]:
    """Everyday name and further names of a town-level unit."""
    if official in TOWN_NAMES:
        return TOWN_NAMES[official]
    company = COMPANY.match(official)
    return (company.group(1), "") if company else (official, "")


def town_kind(name: str, code: str) -> str:
    """Kind of a town-level unit; codes from 400 on are farms and the like."""
    if int(code[6:9]) >= 400:
        return "other" if name.endswith("办事处") else "farm"
    return next(kind for suffix, kind in TOWN_KINDS if name.endswith(suffix))


def village_name(official: str) -> tuple[str, str]:
    """Everyday name and kind of a village-level unit."""
    if official.endswith("生活区"):
        return official.replace("分场村生活区", "分场生活区"), "living_quarters"
    if re.search(r"(?:居民委员会|居委会|社区)$", official):
        name = re.sub(r"(?:居民委员会|居委会)$", "", official)
        return name if name.endswith("社区") else name + "居委会", "community"
    if re.search(r"(?:分|实验)场村委会$", official):
        # The experimental farms of the forestry centre are counted among the villages, not among the branch farms.
        return official.removesuffix("村委会"), "branch_farm" if "分场" in official else "village"
    if "嘎查" in official:
        return official[: official.index("嘎查") + 2], "gacha"
    if not re.search(r"村$|委员会$|委会$", official):
        return official, "other"
    return COMMITTEE.sub("", official).removesuffix("村") + "村", "village"


def short_name(name: str, kind: str) -> str:
    """The name without what it calls itself; what numbers alone would be left of keeps its suffix."""
    if kind in {"branch_farm", "living_quarters", "other"}:
        return name
    short = re.sub(r"(?:街道|苏木|镇|乡|旗|县|区|市|嘎查|社区|居委会|村)$", "", name)
    return short if len(short) > 1 and not re.fullmatch(r"第?[一二三四五六七八九十]+", short) else name


def place_row(code: str, name: str, kind: str, level: str, parent: str, **more: str) -> dict[str, str]:
    """One row of places.csv; what is not told is empty."""
    pinyin = more.pop("pinyin", "") or spell(name)
    row = dict.fromkeys(FIELDS, "") | {"code": code, "name": name, "kind": kind, "level": level, "parent": parent}
    row |= {"official_name": name, "pickable": "0" if kind == "living_quarters" else "1"} | more
    return row | {
        "short_name": more.get("short_name") or short_name(name, kind),
        "pinyin": pinyin,
        "initials": "".join(syllable[0] for syllable in pinyin.split()),
    }


def county_rows(folder: Path) -> list[dict[str, str]]:
    """Prefecture and counties, with the centre of each county in degrees (longitude, latitude)."""
    shapes = json.loads((folder / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    centres = {str(shape["properties"]["adcode"]): shape["properties"]["center"] for shape in shapes}
    rows = [place_row(PREFECTURE, "巴彦淖尔市", "prefecture", "prefecture", "", aliases="巴盟|巴市")]
    kinds = {"区": "district", "县": "county", "旗": "banner"}
    for county in read_rows(folder / "counties.csv"):
        longitude, latitude = centres[county["code"]]
        name, code = county["name"], county["code"]
        rows.append(place_row(
            code + "0" * 6, name, kinds[name[-1]], "county", PREFECTURE, aliases=COUNTY_ALIASES[code],
            short_name=name if name.endswith("旗") else "",
            longitude=f"{longitude:.4f}", latitude=f"{latitude:.4f}",
        ))  # fmt: skip
    return rows


def town_rows(folder: Path) -> list[dict[str, str]]:
    """Towns, sumus, subdistricts and farms."""
    rows = []
    for town in read_rows(folder / "streets.csv"):
        name, aliases = town_name(town["name"])
        kind = town_kind(name, town["code"])
        rows.append(place_row(
            town["code"] + "000", name, kind, "town", town["areaCode"] + "0" * 6,
            official_name=town["name"], aliases=aliases,
        ))  # fmt: skip
    return rows


def village_rows(folder: Path) -> list[dict[str, str]]:
    """Villages, gachas, communities, branch farms and living quarters."""
    rows = []
    for village in read_rows(folder / "villages.csv"):
        name, kind = village_name(village["name"])
        rows.append(place_row(
            village["code"], name, kind, "village", village["streetCode"] + "000", official_name=village["name"],
        ))  # fmt: skip
    return rows


def thin(ring: list[list[float]]) -> list[list[float]]:
    """A ring of rounded points without repeats; neighbours round alike, so that borders still meet."""
    points: list[list[float]] = []
    for longitude, latitude in ring:
        point = [round(longitude, DECIMALS), round(latitude, DECIMALS)]
        if not points or point != points[-1]:
            points.append(point)
    return points


def outlines(folder: Path) -> dict[str, Any]:
    """GeoJSON of the counties: code, name and outline only."""
    features = []
    for shape in json.loads((folder / "boundaries.geojson").read_text(encoding="utf-8"))["features"]:
        polygons = [[thin(ring) for ring in polygon] for polygon in shape["geometry"]["coordinates"]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": f"{shape['properties']['adcode']}000000", "name": shape["properties"]["name"]},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def main(source: str, target: str) -> None:
    """Write both files."""
    folder, out = Path(source), Path(target)
    rows = sorted(county_rows(folder) + town_rows(folder) + village_rows(folder), key=lambda row: row["code"])
    with (out / "places.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    shapes = json.dumps(outlines(folder), ensure_ascii=False, separators=(",", ":"))
    (out / "outlines.geojson").write_text(shapes + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
