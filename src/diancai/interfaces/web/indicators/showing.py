"""How figures are told on a page and in a sheet: the cell with its links, the rules of the annex."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diancai.stages.tally.indicators.records import BASE, NUMERATOR, OUT
from diancai.stages.tally.indicators.rows import Ask, By, RuleLine
from diancai.stages.tally.rules.counted import Fact
from diancai.stages.tally.rules.figures import Figure, told_number
from diancai.stages.tally.rules.indicators import Book, Indicator


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in the table. Addresses are empty where nothing lies behind it."""

    label: str
    told: str
    rule: str
    href: str
    met: str = ""
    met_href: str = ""
    base: str = ""
    out: int = 0
    out_href: str = ""
    more: str = ""


def is_english() -> bool:
    """The language of the page."""
    return (get_language() or "").startswith("en")


def named(indicator: Indicator) -> str:
    """The indicator's name in the language of the page."""
    return indicator.en if is_english() else indicator.zh


def rule_of(fact: Fact) -> str:
    """The rule of a fact in the language of the page."""
    return fact.en if is_english() else fact.zh


def cell_of(figure: Figure, query: str) -> Cell:
    """A figure with the addresses that open its records. `query`: what the line asks for."""
    indicator = figure.indicator
    label, rule = named(indicator), short_rule(indicator)
    if indicator.made_of:
        return Cell(label, figure.told, rule, "")
    is_empty = figure.base == 0 if not indicator.is_count else figure.met == 0
    open_ = _opener(indicator, query)
    href = "" if is_empty else open_(BASE)
    out_href = open_(OUT) if figure.excluded else ""
    if figure.spread is not None:
        mean = told_number(figure.spread.mean)
        more = "" if is_empty else _("平均%(mean)s · %(count)s件") % {"mean": mean, "count": figure.base}
        return Cell(label, figure.told, rule, href, more=more)
    if indicator.is_count:
        return Cell(label, figure.told, rule, href)
    met_href = open_(NUMERATOR) if figure.met else ""
    base = "" if is_empty else str(figure.base)
    return Cell(label, figure.told, rule, href, met_told(figure), met_href, base, figure.excluded, out_href)


def _opener(indicator: Indicator, query: str) -> Callable[[str], str]:
    start = f"{reverse('indicator_records')}?{query}&" if query else f"{reverse('indicator_records')}?"
    return lambda side: start + urlencode({"indicator": indicator.key, "side": side})


def met_told(figure: Figure) -> str:
    """The numerator with its weights: `8+0.9×1`, without what is nought."""
    parts = [(figure.counts.get(fact, 0), weight) for fact, weight in figure.indicator.numerator]
    told = [str(n) if weight == 1 else f"{told_number(weight, 2)}×{n}" for n, weight in parts if n]
    return "+".join(told) or "0"


def short_rule(indicator: Indicator) -> str:
    """`分子 ÷ 分母` in words, for hovering."""
    line = rule_line(indicator, "", 0)
    return f"{line.numerator} ÷ {line.denominator}" if line.denominator else line.numerator


def line_query(ask: Ask, by: By, value: str, kept: str) -> str:
    """The query of one line: what the table asks for and the line's own value."""
    own = {By.DEPARTMENT: "department", By.STRAND: "strand", By.TOPIC: "topic", By.PLACE: "place"}.get(by)
    if by == By.PLACE and not value:
        return _with(kept, own="1")
    if by == By.MONTH:
        since, until = _month_within(ask, value)
        return _with(kept, period=f"{since}~{until}")
    if by == By.DAY:
        return _with(kept, period=f"{value}~{value}")
    return _with(kept, **{own: value or "-"}) if own else kept


def _month_within(ask: Ask, month: str) -> tuple[str, str]:
    """The days of a month that the period holds."""
    first = f"{month}-01"
    year, number = int(month[:4]), int(month[5:])
    days = 31 if number in (1, 3, 5, 7, 8, 10, 12) else 30 if number != 2 else 29 if year % 4 == 0 else 28
    return max(first, ask.period.since.isoformat()), min(f"{month}-{days}", ask.period.until.isoformat())


def _with(kept: str, **values: str) -> str:
    found = {name: value for name, value in parse_qsl(kept) if name not in ("since", "until") or "period" not in values}
    return urlencode(found | values)


def rule_lines(book: Book, figures: Sequence[Figure]) -> list[RuleLine]:
    """The annex: how every indicator is counted, and how many were taken out."""
    out = {figure.indicator.key: figure.excluded for figure in figures}
    windows = {key: window.en if is_english() else window.zh for key, window in book.windows.items()}
    names = {each.key: named(each) for each in book.indicators}
    return [rule_line(each, windows[each.window], out.get(each.key, 0), names) for each in book.indicators]


def rule_line(indicator: Indicator, window: str, excluded: int, names: dict[str, str] | None = None) -> RuleLine:
    """One indicator's rule in words."""
    if indicator.made_of:
        weighed = [f"{told_number(weight, 2)}×{(names or {}).get(key, key)}" for key, weight in indicator.made_of]
        numerator = "+".join(weighed)
    elif indicator.measured is not None:
        numerator = _("%(rule)s；列中位数、九成分位数（最近序号法）和平均数") % {"rule": rule_of(indicator.measured)}
    else:
        numerator = "；".join(_weighed(fact, told_number(weight, 2)) for fact, weight in indicator.numerator)
    is_share = indicator.measured is None and not indicator.is_count
    return RuleLine(
        name=named(indicator),
        numerator=numerator,
        denominator="；".join(rule_of(fact) for fact, _weight in indicator.denominator),
        window=window,
        rounding=_("百分比，四舍五入到%(n)s位小数；未到全部不写100%%") % {"n": indicator.decimals} if is_share else "",
        exclusions=_("可以，须两人审定") if indicator.allows_exclusion and indicator.facts else _("不剔除"),
        version=indicator.version,
        excluded=excluded,
        note=indicator.note_en if is_english() else indicator.note_zh,
    )


def _weighed(fact: Fact, weight: str) -> str:
    return rule_of(fact) if weight == "1" else f"{weight}×（{rule_of(fact)}）"
