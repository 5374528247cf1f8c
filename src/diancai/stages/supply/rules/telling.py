"""How a capacity and a term read on a list: 每旗县每月4场, 2019-12-01～2020-05-15; `formats` reads them back."""

from datetime import date

from diancai.words import CapacityPeriod


def tell_capacity(number: int | None, unit: str, period: str) -> str:
    """`每旗县每月4场`, `12场` for the whole term, `不限`, or the empty text for what was not told."""
    if number is None:
        return CapacityPeriod.UNLIMITED.zh if period == CapacityPeriod.UNLIMITED else ""
    before = CapacityPeriod(period).zh if period in (CapacityPeriod.MONTH, CapacityPeriod.COUNTY_MONTH) else ""
    return f"{before}{number}{unit}"


def tell_term(first: date | None, last: date | None) -> str:
    """`2019-12-01～2020-05-15`, `2019-12-01起`, `至2020-05-15`, or 常年."""
    if first and last:
        return f"{first}～{last}"
    if first:
        return f"{first}起"
    return f"至{last}" if last else "常年"
