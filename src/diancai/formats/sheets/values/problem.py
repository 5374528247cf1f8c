"""Why a cell could not be understood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A code and the sentence to show beside the cell, in Chinese and English."""

    code: str
    zh: str
    en: str
