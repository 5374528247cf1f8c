"""Bars and the map of the counties, drawn on the server: they need no script, print sharp and are tables underneath."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.config import read_text
from diancai.interfaces.web.asking import word_label
from diancai.stages.match.rows import GapCount
from diancai.words import Strand

WIDTH = 600  # of the map, in its own units
SHADES = 3
LOCAL = cos(radians(41.3))  # a degree of longitude at the latitude of the prefecture, in degrees of latitude


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a pair of bars: values, their lengths in percent of the longest, and the lists they open."""

    label: str
    value: int
    part: float
    href: str = ""
    second_value: int = 0
    second_part: float = 0
    second_href: str = ""


def bars(rows: Sequence[tuple[str, int, str]]) -> tuple[Bar, ...]:
    """Bars of (label, value, address)."""
    longest = max((value for _label, value, _href in rows), default=0) or 1
    return tuple(Bar(label, value, value * 82 / longest, href) for label, value, href in rows)


def gap_bars(cells: Iterable[GapCount], place: str) -> tuple[Bar, ...]:
    """A pair of bars for each strand: needs without an offer, offers that nobody asks for."""
    needs: dict[Strand | None, int] = defaultdict(int)
    offers: dict[Strand | None, int] = defaultdict(int)
    for cell in cells:
        needs[cell.strand] += cell.needs_without_offer
        offers[cell.strand] += cell.offers_unasked
    strands = [strand for strand in (*Strand, None) if needs[strand] or offers[strand]]
    longest = max((*needs.values(), *offers.values()), default=0) or 1
    return tuple(
        Bar(
            word_label(strand) if strand else _("没有归类"),
            needs[strand],
            needs[strand] * 82 / longest,
            _list_of("needs_without_offer", strand, place),
            offers[strand],
            offers[strand] * 82 / longest,
            _list_of("offers_unasked", strand, place),
        )
        for strand in strands
    )


def _list_of(name: str, strand: Strand | None, place: str) -> str:
    query = {key: value for key, value in (("strand", strand or ""), ("place", place)) if value}
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


@dataclass(frozen=True, slots=True)
class County:
    """A county on the map: its outline, where its name stands, its value and what it opens."""

    name: str
    value: int
    path: str
    x: float
    y: float
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Map:
    """The counties and the box they are drawn in."""

    box: str
    counties: tuple[County, ...]


def gap_map(cells: Iterable[GapCount]) -> Map:
    """Needs without an offer by county."""
    values: dict[str, int] = defaultdict(int)
    for cell in cells:
        values[cell.county_code] += cell.needs_without_offer
    return county_map(values, reverse("needs_without_offer") + "?place={code}")


def county_map(values: Mapping[str, int], href: str) -> Map:
    """The map with a value for each county; `href` holds `{code}`."""
    most = max(values.values(), default=0) or 1
    shapes = _shapes()
    height = max(shape.height for shape in shapes)
    counties = tuple(
        County(
            shape.name,
            values.get(shape.code, 0),
            shape.path,
            shape.x,
            shape.y,
            -(-values.get(shape.code, 0) * SHADES // most),
            href.format(code=shape.code),
        )
        for shape in shapes
    )
    return Map(f"0 0 {WIDTH} {height:.0f}", counties)


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a county in the units of the map; `height` is that of the whole map."""

    code: str
    name: str
    path: str
    x: float
    y: float
    height: float


@lru_cache(maxsize=1)
def _shapes() -> tuple[Shape, ...]:
    """The outlines of `config/places/outlines.geojson`, projected once."""
    features = json.loads(read_text("places/outlines.geojson", settings.CONFIG_OVERRIDES))["features"]
    rings = {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}
    points = [point for each in rings.values() for ring in each for point in ring]
    west, north = min(x for x, _y in points), max(y for _x, y in points)
    scale = WIDTH / ((max(x for x, _y in points) - west) * LOCAL)
    height = (north - min(y for _x, y in points)) * scale

    def placed(point: Sequence[float]) -> tuple[float, float]:
        return (point[0] - west) * LOCAL * scale, (north - point[1]) * scale

    return tuple(
        _shape(feature, [[placed(point) for point in ring] for ring in rings[feature["properties"]["code"]]], height)
        for feature in features
    )


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """The rings of a polygon, or of all polygons of several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _shape(feature: Mapping[str, Mapping[str, str]], rings: list[list[tuple[float, float]]], height: float) -> Shape:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    largest = max(rings, key=lambda ring: max(x for x, _y in ring) - min(x for x, _y in ring))
    xs, ys = [x for x, _y in largest], [y for _x, y in largest]
    told = feature["properties"]
    return Shape(told["code"], told["name"], path, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, height)
