"""The ground of Bayannur as the design counts it."""

from collections import Counter

from diancai.config import read_rows
from diancai.ground.place.models import Department, Place


def test_the_tree_has_seven_counties_and_all_their_towns_and_villages(places):
    counted = Counter(Place.objects.values_list("level", flat=True))
    assert counted == {"prefecture": 1, "county": 7, "town": 89, "village": 956}


def test_every_village_carries_the_codes_of_its_ancestors(places):
    lianfeng = Place.objects.get(code="150821101201")
    assert (lianfeng.prefecture_code, lianfeng.county_code, lianfeng.town_code) == (
        "150800000000",
        "150821000000",
        "150821101000",
    )


def test_a_county_bureau_leads_to_the_bureau_of_the_prefecture(places):
    bureau = Department.objects.get(name="五原县农牧局")
    assert bureau.upper.name == "市农牧局"


def test_every_line_of_work_has_its_bureau_at_the_prefecture_and_in_each_county(places):
    lines = {row["line"] for row in read_rows("lines.csv")}
    assert Department.objects.filter(place_id="150800000000").count() == len(lines)
    assert Department.objects.count() == len(lines) * 8
    assert not Department.objects.exclude(place_id="150800000000").filter(upper=None).exists()
