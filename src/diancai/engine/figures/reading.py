"""The reading of a whole text: scan, look-alikes, bounds, status, role, setting and double tellings put together."""

from dataclasses import replace

from diancai.engine.figures.figure import Figure
from diancai.engine.figures.lookalikes import hidden_by
from diancai.engine.figures.modifiers import Bounds, read_bounds
from diancai.engine.figures.page import Page, open_page
from diancai.engine.figures.role import Part, read_parts
from diancai.engine.figures.scan import Candidate, scan
from diancai.engine.figures.setting import Setting, read_settings
from diancai.engine.figures.status import read_status
from diancai.engine.figures.tellings import told_before
from diancai.engine.figures.what import read_things


def read_figures(text: str) -> list[Figure]:
    """The figures of a Chinese work report in the order of the text; any string is read, none is refused.

    Time is linear in the length of the text. Positions are code points of `text` as given.
    """
    page = open_page(text)
    found = [candidate for candidate in scan(page) if hidden_by(page, candidate) is None]
    plain = [_figure(page, *fields) for fields in zip(found, read_bounds(page, found), strict=True)]
    told = [
        _completed(figure, what, status, part, setting)
        for figure, what, status, part, setting in zip(
            plain,
            read_things(page, found),
            read_status(page, found),
            read_parts(page, found),
            read_settings(page, found),
            strict=True,
        )
    ]
    earlier = told_before(told, [page.sentence_start(figure.start) for figure in told])
    return [replace(figure, told_before=start) for figure, start in zip(told, earlier, strict=True)]


def _figure(page: Page, found: Candidate, bounds: Bounds) -> Figure:
    return Figure(
        start=found.start,
        end=found.end,
        text=page.text[found.start : found.end],
        value=float(found.value),
        unit=found.unit,
        kind=found.kind,
        upper=None if found.upper is None else float(found.upper),
        at_least=bounds.at_least,
        approx=bounds.approx,
        at_most=bounds.at_most,
        unit_implied=found.implied,
    )


def _completed(figure: Figure, what: str, status: str, part: Part, setting: Setting) -> Figure:
    return replace(
        figure,
        what=what,
        status=status,
        role=part.role,
        per=part.per,
        direction=part.direction,
        actor=setting.actor,
        place=setting.place,
        date=setting.date,
    )
