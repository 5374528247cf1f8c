"""Telephone numbers: mobile, landline with area code, and local numbers as offices write them."""

import re
import unicodedata
from dataclasses import dataclass

from .problem import Problem

MOBILE = re.compile(r"^1[3-9]\d{9}$")
LANDLINE = re.compile(r"^0\d{2,3}\d{7,8}$")
LOCAL = re.compile(r"^[2-9]\d{6,7}$")
SERVICE = re.compile(r"^(?:1\d{2}|12\d{3}|95\d{3}|400\d{7})$")
SEPARATORS = re.compile(r"[\s\-—()（）.·]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """Digits only, or "" with a problem; an empty cell has neither."""

    number: str = ""
    problem: Problem | None = None


def parse_phone(text: str) -> Phone:
    """The digits of a number; +86 is dropped. Two numbers in one cell: the first. Ten digits are a problem."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return Phone()
    first = re.split(r"[,，、;；/\n]|\s{2,}", said)[0]
    digits = SEPARATORS.sub("", re.sub(r"^\D*?(?:\+?86[\s\-]?(?=1)|(?=\d))", "", first))
    digits = re.sub(r"(?:转|ext\.?).*$", "", digits)
    if any(pattern.match(digits) for pattern in (MOBILE, LANDLINE, LOCAL, SERVICE)):
        return Phone(digits)
    return Phone(
        problem=Problem(
            "not_a_phone",
            "电话号码的位数不对，请核对（手机11位，座机加区号）。",
            "The telephone number has a wrong length; a mobile has 11 digits, a landline its area code.",
        )
    )
