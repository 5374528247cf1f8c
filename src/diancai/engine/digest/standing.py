"""How urgent, on which level, by whom, asked by what sort of person, and how doubtful: proposals with their grounds.

Called by `digester`.
"""

from collections.abc import Sequence
from datetime import date

from diancai.engine.digest.parts import Part
from diancai.engine.digest.timing import Window
from diancai.engine.digest.topics import Topic
from diancai.engine.said.quantities import find_age
from diancai.words import HandlingLevel, Kind, Route, Urgency

_ASKERS = {
    "old": "老年人",
    "disabled": "残疾人",
    "child": "儿童、学生",
    "poor": "困难群众",
    "woman": "妇女",
    "herder": "牧民",
}
_TOWN_LINES = frozenset(("乡镇", "苏木乡镇"))
_OLD_AGE = 60
_SOON_DAYS = 15
_AT_ONCE_DAYS = 3


def judge_urgency(part: Part, window: Window | None, *, route: Route, said_on: date | None) -> Urgency:
    """Danger to life first, then a season or an entitlement that runs out, then the rest."""
    if route is Route.EMERGENCY:
        return Urgency.CRITICAL
    if part.has("hazard") or (part.has("danger", "danger_weak") and not part.has("past", "prevent")):
        return Urgency.PRESSING
    if window is None or (window.preferred and not window.loss):
        return Urgency.NORMAL
    left = (window.latest - said_on).days if window.latest and said_on else _SOON_DAYS + 1
    near = left <= _AT_ONCE_DAYS or (left <= _SOON_DAYS and route is Route.CASE)
    in_season = window.farm and window.latest is not None
    runs_out = window.loss or part.has("loss") or in_season or near
    return Urgency.PRESSING if runs_out else Urgency.NORMAL


def propose_level(part: Part, topic: Topic | None) -> HandlingLevel:
    """County alone, prefecture beside it, prefecture, or to be judged when no line of work answers for it."""
    if topic is None or not topic.lines or topic.lines[0] in _TOWN_LINES:
        return HandlingLevel.UNCLEAR
    # A new well needs a water permit that the county cannot give alone.
    new_well = "井" in part.text and any(word in part.text for word in ("打", "新井", "钻"))
    if topic.level1 == "农田水利" and (new_well or part.has("upper")):
        return HandlingLevel.PREFECTURE
    if part.has("upper"):
        return HandlingLevel.PREFECTURE
    return HandlingLevel.JOINT if part.has("mongol") else HandlingLevel.SELF


def propose_lines(part: Part, topic: Topic | None) -> tuple[str | None, tuple[str, ...]]:
    """The leading line of work and those beside it."""
    if topic is None or not topic.lines:
        return None, ()
    joint = list(topic.lines[1:])
    if "信用社" in part.text or "银行" in part.text:
        joint.append("金融")
    return topic.lines[0], tuple(word for word in dict.fromkeys(joint) if word != topic.lines[0])


def find_askers(part: Part) -> tuple[str, ...]:
    """What sort of person the part speaks of, in the office's words."""
    found = [label for mark, label in _ASKERS.items() if mark != "old" and part.has(mark)]
    ages = [find_age(clause.text) for clause in part.clauses]
    if any(age is not None and age >= _OLD_AGE for age in ages) or any(
        word in part.text for word in ("老人", "老两口", "老年", "孤寡", "空巢", "高龄")
    ):
        found.insert(0, _ASKERS["old"])
    return tuple(found)


def weigh_doubt(base: float, *, topics: Sequence[tuple[str, float]], parts: int, kind: Kind, part: Part) -> float:
    """How much a person should look: no or near topics, many wants, nothing asked."""
    doubt = base
    if not topics:
        doubt += 0.3
    elif len(topics) > 1:
        lead = topics[0][1] - topics[1][1]
        doubt += 0.25 if lead < 0.05 else 0.12 if lead < 0.15 else 0.0
    if topics and topics[0][1] < 0.3:
        doubt += 0.15
    if parts > 1:
        doubt += 0.08
    if kind is Kind.PROBLEM and not part.asking:
        doubt += 0.05
    return round(min(doubt, 1.0), 2)
