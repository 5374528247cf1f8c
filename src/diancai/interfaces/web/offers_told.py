"""How an offer's capacity, term and places read in the page's language; a sheet and a published list keep the Chinese.

Called by the filters of `templatetags/told.py`.
"""

from datetime import date
from typing import Protocol

from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.details import day_told, is_english
from diancai.words import CapacityPeriod

PER = {CapacityPeriod.MONTH: "a month", CapacityPeriod.COUNTY_MONTH: "a county and month"}


class OfferTold(Protocol):
    """What these words need of a row of an offer."""

    @property
    def capacity(self) -> int | None: ...
    @property
    def capacity_unit(self) -> str: ...
    @property
    def capacity_period(self) -> CapacityPeriod | None: ...
    @property
    def capacity_text(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def capacity_told(row: OfferTold) -> str:
    """`每旗县每月4场`, in English `4场 a county and month`; empty where nothing was told."""
    if not is_english():
        return row.capacity_text
    if row.capacity is None:
        unlimited = row.capacity_period == CapacityPeriod.UNLIMITED
        return word_label(CapacityPeriod.UNLIMITED) if unlimited else ""
    per = PER.get(row.capacity_period) if row.capacity_period else None
    return f"{row.capacity}{row.capacity_unit}" + (f" {per}" if per else "")


def term_told(row: OfferTold) -> str:
    """`2019年12月1日 至 2020年5月15日`, or one end of it, or 常年."""
    first = day_told(row.valid_from) if row.valid_from else ""
    last = day_told(row.valid_until) if row.valid_until else ""
    if is_english():
        return (
            f"{first} to {last}"
            if first and last
            else f"from {first}"
            if first
            else f"until {last}"
            if last
            else "all year"
        )
    return f"{first} 至 {last}" if first and last else f"{first}起" if first else f"至{last}" if last else "常年"
