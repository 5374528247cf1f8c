"""Figures: the pure reader of Chinese work reports. `read_figures` is the door; see docs/algorithms/figures.md."""

from diancai.engine.figures.figure import Figure
from diancai.engine.figures.reading import read_figures

__all__ = ["Figure", "read_figures"]
