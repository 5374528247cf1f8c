"""One cell of any kind as clean text. Called for every cell that is read, so the common case comes first."""

import datetime as dt
import re
from dataclasses import dataclass

from .table import Notice

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
ESCAPED_CONTROL = re.compile(r"_x00[01][0-9A-F]_")
# A double keeps 15 digits: a longer number (an ID card typed as a number) has already lost its end in the file.
EXACT_DIGITS = 15


@dataclass
class CellReader:
    """Turns cells into text and remembers what had to be cleaned; one for each sheet that is read."""

    cleaned: int = 0
    cleaned_row: int = 0
    inexact: int = 0
    inexact_row: int = 0
    row_number: int = 0

    def text(self, raw: object) -> str:
        """A cell as text: dates ISO, whole numbers without ".0", no control characters, no space at the ends."""
        if type(raw) is str:
            return raw.strip() if raw.isprintable() else self._clean(raw)
        if raw is None or isinstance(raw, bool):
            return "" if raw is None else ("是" if raw else "否")
        if isinstance(raw, int | float):
            return self._number(raw)
        return _moment(raw)

    def _clean(self, raw: str) -> str:
        text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\u2028", "\n")
        if CONTROL.search(text) or ESCAPED_CONTROL.search(text):
            text = ESCAPED_CONTROL.sub("", CONTROL.sub("", text))
            self.cleaned += 1
            self.cleaned_row = self.cleaned_row or self.row_number
        return text.strip()

    def _number(self, raw: float) -> str:
        if isinstance(raw, float) and not raw.is_integer():
            return f"{raw:.{EXACT_DIGITS}g}"
        whole = str(int(raw))
        if isinstance(raw, float) and len(whole.lstrip("-")) > EXACT_DIGITS:
            self.inexact += 1
            self.inexact_row = self.inexact_row or self.row_number
        return whole

    def notices(self) -> list[Notice]:
        """What was cleaned or is doubtful, counted."""
        found = []
        if self.cleaned:
            found.append(
                Notice(
                    "control_characters",
                    f"有{self.cleaned}个单元格含不可见的控制字符，已去掉（最先在第{self.cleaned_row}行），文字未动。",
                    f"{self.cleaned} cells held invisible control characters, which were removed "
                    f"(first in row {self.cleaned_row}); the words are unchanged.",
                )
            )
        if self.inexact:
            found.append(
                Notice(
                    "long_numbers",
                    f"有{self.inexact}个单元格是超过15位的数字（最先在第{self.inexact_row}行），Excel已把末几位变成0，"
                    "请在原表里改成文本格式后重填。",
                    f"{self.inexact} cells hold numbers of more than 15 digits (first in row {self.inexact_row}); "
                    "Excel has already lost their ends. Format them as text and enter them again.",
                )
            )
        return found


def _moment(raw: object) -> str:
    """A date, time or duration as ISO text; midnight of a date column is the date alone."""
    if isinstance(raw, dt.datetime):
        moment = (raw + dt.timedelta(microseconds=500_000)).replace(microsecond=0) if raw.microsecond else raw
        return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ")
    if isinstance(raw, dt.date | dt.time):
        return raw.isoformat()
    return str(raw)
