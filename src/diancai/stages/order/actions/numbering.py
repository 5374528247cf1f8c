"""Handing out the numbers of orders."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from diancai.ground.place.models import Place
from diancai.stages.order.models import OrderSerial
from diancai.stages.order.rules import number_text


def next_number(place_code: str, at: datetime) -> str:
    """The next number of a county, or of the prefecture, and this year; the serial's row is held until the commit."""
    year = timezone.localdate(at).year
    OrderSerial.objects.get_or_create(place_code=place_code, year=year)
    OrderSerial.objects.filter(place_code=place_code, year=year).update(last=F("last") + 1)
    serial = OrderSerial.objects.get(place_code=place_code, year=year).last
    return number_text(Place.objects.values_list("short_name", flat=True).get(pk=place_code), year, serial)
