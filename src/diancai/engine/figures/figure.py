"""What a figure is: one number of a work report with everything a careful clerk would note beside it.

Made by `read_figures`; read by the shell (`python -m diancai.engine figures`), by the report stage and by the Friday
request. Field meanings follow section 6 of the design and the labels of the figures data.
"""

from dataclasses import asdict, dataclass
from typing import Any

_ORDER = (
    *("start", "end", "text", "value", "upper", "unit", "at_least", "approx", "at_most", "what", "kind", "status"),
    *("role", "per", "direction", "unit_implied", "actor", "place", "date", "told_before"),
)


@dataclass(frozen=True)
class Figure:
    """One figure; `start` and `end` are code points of the text, `value` is in the base unit (元, 亩, 人 ...).

    `text` is the figure as it stands, `upper` the far end of a range, `what` the thing counted in the words of the
    text, `told_before` the `start` of the figure that already told the same fact in this text. None or False means
    that the text does not say.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    kind: str
    upper: float | None = None
    at_least: bool = False
    approx: bool = False
    at_most: bool = False
    what: str = ""
    status: str = "done"
    role: str | None = None
    per: str | None = None
    direction: str | None = None
    unit_implied: bool = False
    actor: str | None = None
    place: str | None = None
    date: str | None = None
    told_before: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields in the order of the shell contract, whole numbers written without a decimal point."""
        fields = asdict(self)
        fields |= {name: _whole(fields[name]) for name in ("value", "upper")}
        return {name: fields[name] for name in _ORDER}


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number
