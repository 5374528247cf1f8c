"""The records behind a figure: the same rule that counts them lists them, so figure and list cannot differ."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.place.codes import at_or_below, level_of
from diancai.ground.place.models import Department
from diancai.ground.place.queries import full_name
from diancai.stages.order.models import Assignment, Order
from diancai.stages.tally.errors import NoSuchIndicator
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.queries import wanted_of
from diancai.stages.tally.indicators.reading import counted_orders, facts_of
from diancai.stages.tally.indicators.rows import Ask, CountedRow
from diancai.stages.tally.indicators.sight import allowed
from diancai.stages.tally.months import month_span
from diancai.stages.tally.rules import month_of
from diancai.stages.tally.rules.counted import Fact, OrderFacts
from diancai.stages.tally.rules.cube import Tallied, tallied
from diancai.stages.tally.rules.indicators import Book, Indicator
from diancai.words import Level

BASE, NUMERATOR, OUT = "base", "numerator", "excluded"
SIDES = (BASE, NUMERATOR, OUT)
SLICE = 300
BELOW = {Level.PREFECTURE: "county_code", Level.COUNTY: "town_code", Level.TOWN: "village_code"}


def list_counted(
    account: Account,
    ask: Ask,
    *,
    indicator: str,
    side: str = BASE,
    after: str = "",
    limit: int = 50,
    at: datetime | None = None,
) -> Page[CountedRow]:
    """Records in the base, the numerator, or taken out (`side`) of an indicator's figure, the newest order first.

    A page ends with a whole order, so it may hold a few rows more. Raises `NoSuchIndicator` and what tables raise.
    """
    ask, rules, now = allowed(account, ask), book(), at or timezone.now()
    if indicator not in rules.keys or side not in SIDES:
        raise NoSuchIndicator(key=indicator, keys="、".join(rules.keys))
    look = _Look(rules, rules.get(indicator), side, ask, now)
    rows: list[tuple[OrderFacts, Tallied]] = []
    while True:
        orders = look.orders().filter(older_than(after, "placed_at")).order_by("-placed_at", "-pk")
        found = list(facts_of(orders[:SLICE]))
        for order in found:
            rows += [(order, each) for each in look.of(order)]
            after = after_key(order.placed_at, order.order_id)
            if len(rows) >= limit:
                more = look.orders().filter(older_than(after, "placed_at")).exists()
                return Page(tuple(_told(rows, look)), after if more else None)
        if len(found) < SLICE:
            return Page(tuple(_told(rows, look)), None)


class _Look:
    """What is looked for."""

    def __init__(self, rules: Book, indicator: Indicator, side: str, ask: Ask, now: datetime) -> None:
        self.rules, self.indicator, self.ask, self.now = rules, indicator, ask, now
        self.wanted = wanted_of(ask)
        facts = [f for f, _ in indicator.numerator] if side == NUMERATOR else list(indicator.base_facts)
        asked = [(indicator.key, None)] if side == OUT else [(indicator.key, fact) for fact in facts]
        self.slots = {at for at, slot in enumerate(rules.slots) if slot in asked}
        self.over = {fact for fact, _ in indicator.numerator}

    def orders(self) -> QuerySet[Order]:
        """Orders that may be among them: of the place, placed before the period ends."""
        _, end = month_span(month_of(self.ask.period.until + timedelta(days=1)))
        found = counted_orders(self.ask.programme_id).filter(at_or_below(self.ask.place_code), placed_at__lt=end)
        return found.filter(self._narrowed())

    def _narrowed(self) -> Q:
        ask, asked = self.ask, Q()
        column = BELOW.get(level_of(ask.place_code))
        if ask.own_only and column:
            asked &= Q(**{column: ""})
        if "s" in self.wanted:
            asked &= Q(strand=self.wanted["s"])
        if "t" in self.wanted:
            asked &= Q(need__topic=self.wanted["t"])
        if ask.department_id:
            asked &= Q(pk__in=Assignment.objects.filter(department_id=ask.department_id).values("order_id"))
        return asked

    def of(self, order: OrderFacts) -> Iterator[Tallied]:
        """What of the order stands behind the figure."""
        for each in tallied(self.rules, order):
            is_asked = each.slot in self.slots and self.ask.period.holds(each.day)
            has_come = each.counted.at <= self.now
            if is_asked and has_come and all(each.part(name) == value for name, value in self.wanted.items()):
                yield each

    def in_numerator(self, order: OrderFacts, each: Tallied) -> bool:
        """Whether the same record stands in the numerator too."""
        record = (each.counted.part_id, each.counted.round)
        return any(
            other.counted.fact in self.over and (other.counted.part_id, other.counted.round) == record
            for other in tallied(self.rules, order)
            if self.rules.slots[other.slot][0] == self.indicator.key
        )


def _told(rows: list[tuple[OrderFacts, Tallied]], look: _Look) -> Iterator[CountedRow]:
    orders = Order.objects.in_bulk({order.order_id for order, _ in rows})
    ids = {each.counted.department_id for _, each in rows}
    names = dict(Department.objects.filter(pk__in=ids).values_list("pk", "name"))
    for facts, each in rows:
        order, counted = orders[facts.order_id], each.counted
        yield CountedRow(
            order_id=order.pk,
            number=order.number,
            content=order.content,
            place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
            department=names.get(counted.department_id, ""),
            round=counted.round,
            fact=Fact(counted.fact),
            at=counted.at,
            days=counted.days,
            in_numerator=look.in_numerator(facts, each),
        )
