"""How an order is numbered: 五原-2019-0001."""


def number_text(place: str, year: int, serial: int) -> str:
    """The short name of the county (or prefecture), the year, and a serial of at least four digits."""
    return f"{place}-{year}-{serial:04d}"
