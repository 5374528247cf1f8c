"""All limits in force, and which one an order falls under. Called by the order stage at each dispatch."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from diancai.clocks.errors import LimitsClash, NoLimit
from diancai.clocks.limits.rule import Limit, Rule, told
from diancai.words import ClockKind


@dataclass(frozen=True, slots=True)
class Limits:
    """Rules without a clash: on any day one of those that claim an order lies within all the others."""

    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        for one, two in combinations(self.rules, 2):
            self._check(one, two)

    def find(
        self,
        clock: ClockKind,
        *,
        on: date,
        strand: str = "",
        topic: str = "",
        source: str = "",
        kind: str = "",
        urgency: str = "",
        county: str = "",
    ) -> Limit:
        """The limit for an order dispatched on `on`: the most specific rule then in force. Raises `NoLimit`.

        Values are stored ones (`Strand.SERVICE`); `topic` is a label such as 农田水利/渠系清淤, `county` six digits.
        An order keeps the span it was given; asked again with the same day, a corrected file gives the corrected limit.
        """
        order = {"county": county, "strand": strand, "topic": topic, "source": source, "kind": kind, "urgency": urgency}
        claiming = [rule for rule in self.rules if rule.claims(clock, on, order)]
        for rule in claiming:
            if all(rule.lies_within(other) for other in claiming):
                return rule.limit
        raise NoLimit(on=on, clock_zh=clock.zh, clock_en=clock.en)

    def _check(self, one: Rule, two: Rule) -> None:
        """Two rules that can claim one order must be one within the other, or have a third for what they share."""
        if one.clock is not two.clock or not one.shares_days_with(two):
            return
        both = one.meet(two)
        if both is None or (one.lies_within(two) != two.lies_within(one)):
            return
        if one.fixed != two.fixed and self._is_settled(one, two, both):
            return
        raise LimitsClash(
            first=one.limit.line, second=two.limit.line, both_zh=told(both, "zh"), both_en=told(both, "en")
        )

    def _is_settled(self, one: Rule, two: Rule, both: dict[str, str]) -> bool:
        """Whether rules made for exactly what the two share are in force on all days on which both are."""
        day, last = max(one.since, two.since), min(one.until, two.until)
        for rule in sorted(
            (each for each in self.rules if each.clock is one.clock and each.fixed == both), key=lambda each: each.since
        ):
            if rule.since <= day <= rule.until:
                if rule.until >= last:
                    return True
                day = date.fromordinal(rule.until.toordinal() + 1)
        return False
