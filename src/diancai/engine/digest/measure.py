"""How much, how many households, how many people a want concerns: what is asked or affected, never what was.

Called by `digester`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from diancai.engine.digest.clauses import Clause
from diancai.engine.digest.parts import Part
from diancai.engine.lexicon.scan import WordScan
from diancai.engine.lexicon.shelf import open_list, words_of
from diancai.engine.said.households import Count, find_households, find_people
from diancai.engine.said.quantities import Quantity, find_age, find_quantities
from diancai.words import Kind, Route

_LONG_LETTER = 200
_OUR_PLACE = re.compile(r"(?:我们|咱们|咱)[\u4e00-\u9fff0-9]{0,3}(?:社|组|队|村|嘎查|分场)")
_SHOW_CUES = ("唱", "演", "戏", "红火", "办班", "培训", "讲", "电影", "放")
_VICTIMS = ("老两口", "两口子", "小两口", "娘俩", "爷俩", "母子俩", "父子俩")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a want concerns; None where it was not told."""

    quantities: tuple[Quantity, ...]
    households: int | None
    approx: bool
    persons: int | None

    @property
    def plain(self) -> str | None:
        """Quantities as a clerk writes them, or None."""
        return "、".join(quantity.plain() for quantity in self.quantities) or None


@cache
def _listed(mark: str) -> frozenset[str]:
    return frozenset(open_list("measures")[mark])


@cache
def _pattern(mark: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words_of("measures", mark))))


def _has_word(clause: Clause, mark: str) -> bool:
    return _pattern(mark).search(clause.text) is not None


def _is_existing(clause: Clause, repairs: bool) -> bool:
    """原来四眼, 坏了一眼 is what there is; where nothing new is asked for, 坏了七八盏 is what is to be mended."""
    words = open_list("measures")["existing"]
    return any(word in clause.text for word in words if not (repairs and word in ("坏了", "坏掉")))


def _belongs(quantity: Quantity, clause: Clause, repairs: bool) -> bool:
    """Whether a quantity is wanted or affected: not a distance, an existing stock, a loss or a length of time."""
    unit = quantity.unit
    if _is_existing(clause, repairs) or clause.has("past", "audience"):
        return False
    if unit in ("里", "公里", "米") and _has_word(clause, "distance"):
        return False
    return _counts(quantity, clause, asks=clause.has("ask", "suggest"), repairs=repairs)


def _counts(quantity: Quantity, clause: Clause, *, asks: bool, repairs: bool) -> bool:
    """By the kind of unit: shows and courses only where asked for, stock where one has it, areas always."""
    unit, several = quantity.unit, quantity.amount.value >= 2 or quantity.amount.upper is not None
    if unit in _listed("show"):
        return asks and any(cue in clause.text for cue in _SHOW_CUES)
    if unit in _listed("never"):
        return asks and several and unit in _listed("in_ask") and unit != "元"
    if not several and unit not in _listed("one_counts"):
        return False
    if unit in _listed("livestock"):
        return asks or any(word in clause.text for word in ("有", "共", "加起来"))
    return asks or (repairs and clause.has("problem")) or unit in _listed("scale")


def _quantities(part: Part, names: WordScan | None, *, asked_only: bool) -> tuple[Quantity, ...]:
    repairs = not part.asking
    # A long letter is full of numbers: only those in a clause that asks are wanted.
    clauses = part.asking if asked_only or len(part.text) > _LONG_LETTER else part.clauses
    found = [q for clause in clauses for q in find_quantities(clause.text, names) if _belongs(q, clause, repairs)]
    return tuple({(q.plain()): q for q in found}.values())[:3]


def _speaks_for_all(clause: Clause) -> bool:
    """我们社, 我们七社, 都是这个情况: what is counted here holds for every want."""
    return clause.has("shared", "many") or _OUR_PLACE.search(clause.text) is not None


def _households_told(clauses: Sequence[Clause], names: WordScan | None) -> Count | None:
    told = [
        (clause, count)
        for clause in clauses
        for count in find_households(clause.text, names)
        if not _has_word(clause, "existing") and not clause.has("past")
    ]
    shared = [count for clause, count in told if _speaks_for_all(clause)]
    every = [count for _, count in told]
    found = shared or every
    return found[-1] if found else None


def _shared_by_all(clauses: Sequence[Clause], names: WordScan | None) -> Count | None:
    """我们社二十三户都是这个情况 holds for every want of the remark."""
    return _households_told([clause for clause in clauses if _speaks_for_all(clause)], names)


def _one_home(part: Part, clauses: Sequence[Clause]) -> bool:
    """The speaker talks of his own home and of nobody else's."""
    speaks_of_own = part.has("own") or (any(c.has("own") for c in clauses) and not part.has("many"))
    return speaks_of_own and not any(clause.has("many") for clause in clauses)


def _own_person(part: Part) -> bool:
    return part.has("health_self") or any(find_age(clause.text) for clause in part.clauses)


def measure(
    part: Part, clauses: Sequence[Clause], *, route: Route, kind: Kind, names: WordScan | None = None
) -> Measured:
    """Quantities, households and persons of one part of a remark."""
    if route is Route.EMERGENCY:
        return Measured((), 1, False, victims(clauses))
    quantities = _quantities(part, names, asked_only=route is Route.CASE) if kind is not Kind.ENQUIRY else ()
    told = _households_told(part.clauses, names) or _shared_by_all(clauses, names)
    people = [
        count for clause in part.clauses if not clause.has("audience") for count in find_people(clause.text, names)
    ]
    persons = people[0].number if people else None
    if told is not None:
        return Measured(quantities, told.number, told.approx, persons)
    if route is Route.CASE:
        return Measured(quantities, 1, False, persons or 1)
    if _one_home(part, clauses):
        return Measured(quantities, 1, False, persons or (1 if _own_person(part) else None))
    return Measured(quantities, None, False, persons)


def victims(clauses: Sequence[Clause]) -> int:
    """How many people are in danger, as told; one when nothing else is said."""
    whole = "，".join(clause.text for clause in clauses)
    if any(word in whole for word in _VICTIMS):
        return 2
    told = [count.number for clause in clauses for count in find_people(clause.text)]
    return max(told, default=1)
